"""The page of the Ministry of Foreign Affairs: what came through it, and forwarding it with remarks (R3.2)."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shailoo.accounts.web import acting, reads_personal, require_election, rule
from shailoo.law.outcome import Refused
from shailoo.observation import faults
from shailoo.observation.actions.ministry import forward, sent_at
from shailoo.observation.checking import whole_of
from shailoo.observation.forms.intake import RemarksForm
from shailoo.observation.queries import applications as queries
from shailoo.observation.states import State
from shailoo.observation.views.self_service import frame as shared

REVIEW = "observation.review"


@rule(REVIEW)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """For the Ministry: the applications that wait for it, the oldest first."""
    page = Paginator(queries.at_ministry(), shared.PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"rows": list(page), "page_of": page, "total": page.paginator.count}
    return render(request, "observation/self_service/ministry.html", context)


@rule(REVIEW)
@reads_personal("applicants", subject="application:{pk}")
@require_http_methods(["GET", "HEAD", "POST"])
def application(request: HttpRequest, pk: int) -> HttpResponse:
    """For the Ministry: one application with its people and what the rules found; forwarding is the act."""
    found = get_object_or_404(queries.applications(), pk=pk, state=State.AT_MINISTRY.value)
    require_election(request, found.election.slug)
    now, form = shared.now(found), RemarksForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = forward(found, form.cleaned_data["remarks"], by=acting(request), at=now)
        if not isinstance(answer, Refused):
            messages.success(request, _("Forwarded to the commission: %(number)s.") % {"number": answer.label})
            return redirect("observation_own:ministry")
        form.refuse(answer)
    page = Paginator(queries.people(found), shared.PAGE_SIZE).get_page(request.GET.get("page"))
    context = shared.frame(found) | {
        "form": form,
        "findings": shared.told(whole_of(found, now).findings),
        "rows": [(each, shared.told(faults.of_person(each))) for each in queries.shown(page)],
        "page_of": page,
        "total": page.paginator.count,
        "sent_at": sent_at(found),
    }
    status = shared.NOT_DONE if request.method == "POST" else 200
    return render(request, "observation/self_service/ministry_application.html", context, status=status)
