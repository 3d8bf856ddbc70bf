"""Samples of the certificate and of the application: what the CEC approved, and whether it is in use."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shailoo.accounts.roles import Kind
from shailoo.accounts.web import acting, may_do, rule
from shailoo.commissions.proposing import agenda
from shailoo.law.outcome import Refused
from shailoo.observation import matters
from shailoo.observation.actions.samples import approve_sample, approved, in_use
from shailoo.observation.forms.deciding import CarryOutForm
from shailoo.observation.models import Sample
from shailoo.observation.views.desk import frame
from shailoo.observation.views.desk.frame import ANSWERS, NOT_DONE
from shailoo.observation.words import deciding as words


@rule(ANSWERS)
@require_http_methods(["GET", "HEAD", "POST"])
def samples(request: HttpRequest) -> HttpResponse:
    """For the secretary of the CEC: the forms in use, the versions approved, and approving one by decision."""
    if frame.body(request).kind != Kind.CEC:
        raise Http404("samples are the CEC's")
    wanted = request.POST.get("what", "")
    forms = {what: _form(request, what, bound=wanted == what.value) for what in Sample.What}
    for what, form in forms.items():
        if form.is_bound and form.is_valid():
            done = approve_sample(what, form.cleaned_data["decision"], by=acting(request), at=timezone.now())
            if not isinstance(done, Refused):
                messages.success(request, _("The sample is approved as version %(number)s.") % {"number": done.version})
                return redirect("observation_desk:samples")
            form.refuse(done)
    rows = [
        (what, words.SAMPLES[what], approved(what), in_use(what), form, _agenda(what)) for what, form in forms.items()
    ]
    context = {"rows": rows, "may_ask": may_do(request, "commissions.propose_item")}
    refused = any(form.is_bound for form in forms.values())
    return render(request, "observation/desk/samples.html", context, status=NOT_DONE if refused else 200)


def _form(request: HttpRequest, what: Sample.What, *, bound: bool) -> CarryOutForm:
    decisions = matters.sample(what, in_use(what)).decisions(frame.body(request))
    return CarryOutForm(request.POST if bound else None, decisions=decisions, auto_id=f"id_{what.value}_%s")


def _agenda(what: Sample.What) -> str:
    return agenda(matters.sample(what, in_use(what)))
