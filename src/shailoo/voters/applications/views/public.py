"""Voters apply without an account, and follow their application by its number and a code that was shown once."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from shailoo.accounts.limits import limited
from shailoo.accounts.web import public
from shailoo.law.outcome import Refused
from shailoo.voters.applications import actions, law_of, queries, words
from shailoo.voters.applications import dossier as dossiers
from shailoo.voters.applications.forms import FilingForm, FollowForm
from shailoo.voters.applications.models import Application, Notice
from shailoo.voters.applications.states import ANSWERED, Kind, State
from shailoo.voters.applications.views import frame
from shailoo.voters.applications.views.frame import NOT_DONE

AN_HOUR = timedelta(hours=1)


@public
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """For a voter who is not on the list, sees a mistake, or wants to vote elsewhere: what to do, and until when."""
    voting = frame.voting_of_lists()
    takes = voting is not None and law_of.takes_applications(voting)
    ends = law_of.term(voting, law_of.CORRECTIONS_END) if voting is not None and takes else None
    at = frame.now(voting) if voting is not None else None
    context = {
        "election": voting.election if voting else None,
        "kinds": [(kind.value, words.kind(kind)) for kind in Kind],
        "ends": ends,
        "now": at,
        "open": bool(ends and ends.closes and at and at < ends.closes),
    }
    return render(request, "voter_applications/public/start.html", context)


@public
@never_cache
@limited("voters.apply", per="ip", most=20, within=AN_HOUR)
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, kind: str) -> HttpResponse:
    """For a voter: the application itself. Number and code are shown once, on the page that answers it."""
    voting = frame.voting_of_lists()
    if kind not in set(Kind) or voting is None:
        raise Http404(kind)
    form = FilingForm(request.POST or None, request.FILES or None, kind=Kind(kind), voting=voting)
    if request.method == "POST" and form.is_valid():
        answer = actions.receive_online(form.filing(words.language()), at=frame.now(voting))
        if not isinstance(answer, Refused):
            context = {
                "application": answer.application,
                "code": dossiers.shown(answer.code),
                "election": voting.election,
                "trail": _trail(pgettext("application", "Received")),
            }
            return render(request, "voter_applications/public/received.html", context)
        form.refuse(answer)
    context = {
        "form": form,
        "kind": kind,
        "title": words.kind(kind),
        "election": voting.election,
        "ends": law_of.term(voting, law_of.CORRECTIONS_END).closes if law_of.takes_applications(voting) else None,
        "now": frame.now(voting),
        "trail": _trail(words.kind(kind)),
    }
    status = NOT_DONE if request.method == "POST" else 200
    return render(request, "voter_applications/public/apply.html", context, status=status)


@public
@never_cache
@limited("voters.follow", per="ip", most=20, within=AN_HOUR)
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """For a voter: where the application is and what was answered. A wrong number and a wrong code answer alike."""
    form = FollowForm(request.POST or None)
    found = None
    if request.method == "POST" and form.is_valid():
        found = queries.follow(form.cleaned_data["number"], form.cleaned_data["code"])
        if found is None:
            form.add_error(None, _("No application has this number and this code."))
    context: dict[str, object] = {"form": form, "trail": _trail(_("Follow an application"))}
    if found is None:
        status = NOT_DONE if request.method == "POST" else 200
        return render(request, "voter_applications/public/follow.html", context, status=status)
    return render(request, "voter_applications/public/status.html", context | _status(found))


def _status(found: Application) -> dict[str, object]:
    """Where it stands; that the voter has read an answer is recorded."""
    at = frame.now(found.voting)
    if found.state in ANSWERED and found.told_at is None:
        actions.tell_by_page(found, at=at)
    steps = list(found.steps.order_by("number"))
    last = steps[-1]
    notices = Notice.objects.filter(step=last).select_related("document__file")
    return {
        "application": found,
        "election": found.voting.election,
        "kind": words.kind(found.kind),
        "state": words.state(found.state),
        "colour": words.COLOURS[found.state],
        "steps": [(each, words.state(each.target)) for each in steps],
        "last": last,
        "ground": words.ground(last.ground),
        "notices": [each.document for each in notices],
        "returned": found.state == State.RETURNED,
        "referred": found.state == State.REFERRED,
        "refused": found.state == State.REFUSED,
        "ends": law_of.term(found.voting, law_of.CORRECTIONS_END).closes,
        "now": at,
    }


def _trail(here: str) -> list[tuple[str, str]]:
    return [(str(words.PUBLIC), reverse("voter_applications_public:start")), (here, "")]
