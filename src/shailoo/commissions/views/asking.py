"""The way from another room to a decision: a question put on the agenda of a sitting that is still to come, or open."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from shailoo.accounts.roles import MAY, Role
from shailoo.accounts.web import rule
from shailoo.commissions.forms import AskForm
from shailoo.commissions.register import calendar
from shailoo.commissions.views.scene import acting, own, together
from shailoo.commissions.views.session import about
from shailoo.commissions.views.sittings import proposed, told
from shailoo.law.outcome import Refused


@rule("commissions.propose_item")
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """For a chair who needs a decision before an act: at which sitting it is decided; the address fills the form in."""
    commission = own(request)
    asked = about(request)
    form = AskForm(request.POST or None, sittings=calendar(commission.body.code, "coming"), initial=asked)
    if request.method == "POST" and form.is_valid():
        sitting = form.cleaned_data["sitting"]
        answer = together(lambda: proposed(request, sitting, form))
        if not isinstance(answer, Refused):
            messages.success(request, told(answer))
            return redirect("commissions:sitting", sitting.pk)
        form.refuse(answer)
    context = {
        "form": form,
        "commission": commission,
        "query": urlencode(asked),
        "may_call": Role(acting(request).role) in MAY["commissions.call_sitting"],
    }
    return render(request, "commissions/ask.html", context, status=422 if request.method == "POST" else 200)
