"""The page at a commission's door, and the worker that keeps it for the time without a network."""

from __future__ import annotations

import json
from functools import cache
from uuid import uuid4

from csp.constants import SELF
from csp.decorators import csp_update
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from shailoo.accounts.models import Office
from shailoo.accounts.web import office_of, public, reads_personal, rule
from shailoo.commissions.models import Commission
from shailoo.documents import offline
from shailoo.documents.certificates import queries as certificates
from shailoo.documents.certificates.views.checker import ASSETS as OF_THE_CHECKER
from shailoo.elections.clock import now
from shailoo.elections.models import Election
from shailoo.law.outcome import Refused
from shailoo.observation.actions.presence import Kept, Noted, note_passages
from shailoo.observation.checkin.looking import Seen, look
from shailoo.observation.forms.presence import NoteForm
from shailoo.observation.models import Passage
from shailoo.observation.queries.presence import election_of
from shailoo.observation.views.checkin import words
from shailoo.observation.words.presence import bans, finding, kind, refusal, rights

CHECK_IN = "observation.check_in"
NOT_DONE = 422
ASSETS = (*(name for name in OF_THE_CHECKER if name != "checker.js"), "checkin.js")


@rule(CHECK_IN)
@reads_personal("observers")
@csp_update({"worker-src": [SELF]})
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """For a member of a PEC with a phone at the door: may this person come in, and for whom is somebody inside?

    The phone answers, also without a network; without JavaScript the server does, by the same form.
    """
    office, election = scene(request)
    context = _frame(office, election)
    if request.method == "POST" and "way" in request.POST:
        return _note(request, office, election)
    if request.method == "POST":
        text = request.POST.get("code", "")[:1000]
        context |= _shown(look(text, office.body, election, now(election))) | {"text": text}
    response = render(request, "observation/checkin/door.html", context)
    response["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=()"
    return response


@public
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps the door's page: it names files, and nothing of anybody."""
    del request
    return offline.worker("door", ASSETS)


def scene(request: HttpRequest) -> tuple[Office, Election]:
    """The office at the door and the election; 404 where none is called."""
    office = office_of(request)
    election = election_of(office) if office else None
    if office is None or election is None:
        raise Http404("no election")
    return office, election


def _frame(office: Office, election: Election) -> dict[str, object]:
    """What the page knows of its commission; the same for everybody who sits at this door."""
    commission = Commission.objects.select_related("precinct", "body").get(pk=office.body_id)
    return {
        "election": election,
        "commission": commission.body,
        "precinct": commission.precinct.number if commission.precinct else "",
        "voting_premises": commission.level == Commission.Level.PEC,
        "key": certificates.installation_key(),
        "scopes": json.dumps([_page_of(code) for code, _name in settings.LANGUAGES]),
        "words": words.for_the_script(),
    }


def _shown(seen: Seen) -> dict[str, object]:
    """What the page shows of somebody, in the same places as its script."""
    title, advice = words.VERDICTS[words.WARNED if seen.good and seen.findings else seen.verdict]
    found: dict[str, object] = {"seen": seen, "title": title, "advice": advice, "uid": uuid4()}
    if seen.comer:
        who = seen.comer.who
        found |= {"kind": kind(who), "rights": rights(who), "bans": bans(who)}
        found["findings"] = [finding(each) for each in seen.findings]
    return found


def _note(request: HttpRequest, office: Office, election: Election) -> HttpResponse:
    """Keep what the plain form says; what speaks against letting in must be confirmed first."""
    form = NoteForm(request.POST)
    if not form.is_valid():
        raise Http404("passage")
    asked, at = form.cleaned_data, now(election)
    seen = look(asked["number"], office.body, election, at)
    comes_in = asked["way"] == Passage.Way.IN
    if comes_in and not (seen.good and (asked["confirm"] or not seen.findings)):
        context = _frame(office, election) | _shown(seen) | {"unconfirmed": bool(seen.findings), "text": seen.number}
        return render(request, "observation/checkin/door.html", context, status=NOT_DONE)
    confirmed = tuple(each.code for each in seen.findings) if comes_in else ()
    noted = Noted(asked["uid"], seen.number, Passage.Way(asked["way"]), at, seen.verdict, confirmed)
    told = note_passages(election, [noted], sent_at=at, by=office, at=at)
    if isinstance(told, Refused):
        messages.error(request, " ".join(refusal(told.findings)))
    elif told[0].kept is Kept.REFUSED:
        messages.error(request, " ".join(refusal(told[0].findings)))
    else:
        messages.success(request, _("Noted: {number}.").format(number=seen.number))
    return redirect("observation_check_in:page")


@cache
def _page_of(language: str) -> str:
    with override(language):
        return reverse("observation_check_in:page")
