"""Asking for an account, in public; and the desk of the CEC that gives it or refuses it with a reason."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from shailoo.accounts.limits import limited
from shailoo.accounts.web import acting, public, reads_personal, rule
from shailoo.law.outcome import Refused
from shailoo.observation.actions.enquiries import admit_enquiry, confirm, enquire, opened, refuse_enquiry
from shailoo.observation.actions.senders import Admitted, admit
from shailoo.observation.forms.intake import AccountForm, EnquiryForm, ReasonForm
from shailoo.observation.messages import mail
from shailoo.observation.models import Enquiry
from shailoo.observation.queries import senders as queries
from shailoo.observation.views.self_service import frame as shared
from shailoo.observation.words import intake as words
from shailoo.wording import Catalogue, text

ADMIT = "observation.admit"
GONE = 410
MOST_SHOWN = 50


# ------------------------------------------------------------------------------------- in public


@public
@limited("observation.enquiry", per="ip", most=5, within=timedelta(hours=1))
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """For an organization without an account: ask for one. The answer is the same for every address."""
    form = EnquiryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asking = form.asking()
        asked = enquire(asking, at=timezone.now())
        with override(asking.language):
            link = settings.PUBLIC_ADDRESS + reverse("observation_own:prove", args=[asked.secret])
        said = text(Catalogue.VALUES, "observation_mail.prove", asking.language).format(name=asking.contact)
        mail(asking.email, text(Catalogue.VALUES, "observation_mail.subject", asking.language), f"{said}\n\n{link}\n")
        return redirect("observation_own:asked")
    status = shared.NOT_DONE if request.method == "POST" else 200
    return render(request, "observation/self_service/ask.html", {"form": form}, status=status)


@public
@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """That a link went out, if the address exists."""
    return render(request, "observation/self_service/asked.html")


@public
@never_cache
@limited("observation.prove", per="ip", most=20, within=timedelta(hours=1))
@require_http_methods(["GET", "HEAD", "POST"])
def prove(request: HttpRequest, secret: str) -> HttpResponse:
    """For whoever opens the link: one button that proves the address."""
    at = timezone.now()
    found = confirm(secret, at=at) if request.method == "POST" else opened(secret, at)
    if isinstance(found, Refused):
        context = {"refused": words.refusal(found)}
        return render(request, "observation/self_service/link_gone.html", context, status=GONE)
    return render(request, "observation/self_service/prove.html", {"enquiry": found})


# ------------------------------------------------------------------------------------- at the desk


@rule(ADMIT)
@reads_personal("enquiries")
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """For the office of the CEC: who asks for an account, the oldest first; and entering one that was invited."""
    context = {"waiting": queries.waiting(), "answered": queries.answered()[:MOST_SHOWN]}
    return render(request, "observation/self_service/enquiries.html", context)


@rule(ADMIT)
@reads_personal("enquiries", subject="enquiry:{pk}")
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """For the office of the CEC: give the organization an account, and invite who writes for it."""
    enquiry = get_object_or_404(Enquiry, pk=pk, confirmed_at__isnull=False)
    form = AccountForm(request.POST or None, organizations=queries.without_account(), enquiry=enquiry)
    if request.method == "POST" and form.is_valid():
        office, ground = acting(request), form.cleaned_data["ground"]
        done = admit_enquiry(enquiry, form.account(), by=office, at=timezone.now(), ground=ground)
        if not isinstance(done, Refused):
            return _admitted(request, done)
        form.refuse(done)
    status = shared.NOT_DONE if request.method == "POST" else 200
    return render(request, "observation/self_service/admit.html", {"form": form, "enquiry": enquiry}, status=status)


@rule(ADMIT)
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """For the office of the CEC: an account for an organization that was invited and did not have to ask."""
    form = AccountForm(request.POST or None, organizations=queries.without_account())
    if request.method == "POST" and form.is_valid():
        office, ground = acting(request), form.cleaned_data["ground"]
        done = admit(form.account(), by=office, at=timezone.now(), ground=ground)
        if not isinstance(done, Refused):
            return _admitted(request, done)
        form.refuse(done)
    status = shared.NOT_DONE if request.method == "POST" else 200
    return render(request, "observation/self_service/admit.html", {"form": form}, status=status)


def _admitted(request: HttpRequest, done: Admitted) -> HttpResponse:
    """The link is mailed, and shown once, for whoever has to hand it over."""
    sender = done.sender
    with override(sender.language):
        link = settings.PUBLIC_ADDRESS + reverse("invitation", args=[done.invited.secret])
    said = text(Catalogue.VALUES, "observation_mail.admitted", sender.language)
    mail(sender.email, text(Catalogue.VALUES, "observation_mail.subject", sender.language), f"{said}\n\n{link}\n")
    return render(request, "observation/self_service/admitted.html", {"sender": sender, "link": link})


@rule(ADMIT)
@reads_personal("enquiries", subject="enquiry:{pk}")
@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """For the office of the CEC: no account, with the reason, which goes to the organization."""
    enquiry = get_object_or_404(Enquiry, pk=pk, confirmed_at__isnull=False)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = refuse_enquiry(enquiry, form.cleaned_data["reason"], by=acting(request), at=timezone.now())
        if not isinstance(done, Refused):
            said = text(Catalogue.VALUES, "observation_mail.refused", done.language).format(reason=done.refusal)
            mail(done.email, text(Catalogue.VALUES, "observation_mail.subject", done.language), f"{said}\n")
            messages.success(request, _("The organization is told."))
            return redirect("observation_own:enquiries")
        form.refuse(done)
    status = shared.NOT_DONE if request.method == "POST" else 200
    return render(request, "observation/self_service/refuse.html", {"form": form, "enquiry": enquiry}, status=status)
