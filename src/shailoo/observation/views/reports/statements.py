"""Publishing a statement or a report, by the office of the organization."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shailoo.accounts.models import Office
from shailoo.accounts.web import office_of, require_election, rule
from shailoo.documents.uploads import received
from shailoo.elections.clock import now
from shailoo.law.outcome import Refused
from shailoo.observation.actions.reports import MOST_BYTES, Draft, publish_statement
from shailoo.observation.forms.reports import StatementForm
from shailoo.observation.models import Sender, Statement
from shailoo.observation.queries import public as queries
from shailoo.observation.queries.reports import elections_of
from shailoo.observation.words.presence import STATEMENTS, TONGUES, finding

NOT_DONE = 422


@rule("observation.apply")
@require_http_methods(["GET", "HEAD", "POST"])
def statements(request: HttpRequest) -> HttpResponse:
    """For the office of a mission: its documents so far, and one more."""
    sender, office = sender_of(request)
    form = StatementForm(request.POST or None, request.FILES or None, body=sender.body)
    if request.method == "POST" and form.is_valid() and _published(request, form, sender, office):
        return redirect("observation_reports:statements")
    found = queries.statements(sender=sender)
    context = {
        "sender": sender,
        "form": form,
        "may_publish": elections_of(sender.body).exists(),
        "rows": [(each, STATEMENTS[each.kind], TONGUES[each.language]) for each in found],
    }
    status = NOT_DONE if request.method == "POST" else 200
    return render(request, "observation/reports/statements.html", context, status=status)


def sender_of(request: HttpRequest) -> tuple[Sender, Office]:
    """The sender for whom the office in use writes; 404 where its body sends nobody."""
    office = office_of(request)
    sender = (
        Sender.objects.select_related("body", "organization").filter(body=office.body_id).first() if office else None
    )
    if sender is None or office is None:
        raise Http404("sender")
    return sender, office


def _published(request: HttpRequest, form: StatementForm, sender: Sender, office: Office) -> bool:
    told = form.cleaned_data
    require_election(request, told["election"].slug)
    draft = Draft(
        election=told["election"],
        kind=Statement.Kind(told["kind"]),
        title=told["title"],
        language=told["language"],
        content=received(request.FILES.get("file"), MOST_BYTES),
    )
    answer = publish_statement(sender, draft, by=office, at=now(draft.election))
    if isinstance(answer, Refused):
        form.refuse(answer)
        return False
    messages.success(request, _("The document is published."))
    for found in answer.findings:
        messages.warning(request, finding(found))
    return True
