"""The elections that were called: what happened in each, postponement, the clock of a rehearsal, the ballot."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from shailoo.accounts.web import rule
from shailoo.elections import queries, words
from shailoo.elections.actions import move_clock, postpone_voting, record_moment
from shailoo.elections.forms import ClockForm, MomentForm, PostponeForm
from shailoo.elections.models import Election, Voting
from shailoo.elections.occasions import kind_of, occasion_of
from shailoo.elections.views.scene import acting, may, now, voting_at
from shailoo.law.calendar import Kind, event, events, local_day
from shailoo.law.outcome import Refused

MOMENTS = (
    "signing_of_calling_decree",
    "official_publication_of_calling",
    "calling_in_force",
    "powers_termination",
    "self_dissolution_decision",
    "decision_on_invalidity_or_non_election",
    "decision_on_failure_or_invalidity",
    "repeat_election_decision",
    "approval_of_precinct_map",
    "preliminary_lists_receipt",
    "registration_end",
    "determination_of_results",
    "announcement_of_results",
    "publication_of_results",
    "first_round_determination",
    "repeat_voting_decision",
    "decision_appointing_precinct_repeat_voting",
)
"""What happens once in an election and moves its terms, in the order of an election. What begins with each paper anew,
such as a complaint, is no moment of the election."""


MOST = 50  # elections on the list; a commission calls a few a year


@rule("elections.read_lateness", "elections.fulfil")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """For the CEC and every commission: the elections called, each with its law and its days."""
    rows = []
    for each in queries.called().prefetch_related("votings")[:MOST]:
        voting = max(each.votings.all(), key=lambda found: (found.day, found.pk), default=None)
        rows.append((each, _kind_words(each), _ground_words(each), voting))
    return render(request, "elections/called.html", {"rows": rows, "may": may(request)})


@rule("elections.read_lateness", "elections.fulfil")
@require_safe
def election(request: HttpRequest, slug: str) -> HttpResponse:
    """For the CEC: what happened in an election, what is to be recorded, its ballot; a rehearsal's clock."""
    return _page(request, voting_at(request, slug))


@rule("elections.record_moment")
@require_POST
def record(request: HttpRequest, slug: str) -> HttpResponse:
    """Record that something happened from which terms are counted."""
    voting = voting_at(request, slug)
    at = now(voting)
    form = MomentForm(request.POST, anchors=_anchors(voting), today=local_day(at))
    if form.is_valid():
        answer = record_moment(voting, form.cleaned_data["anchor"], form.moment(), by=acting(request), at=at)
        if not isinstance(answer, Refused):
            told = ngettext("Recorded. %(count)d term moved.", "Recorded. %(count)d terms moved.", answer)
            messages.success(request, told % {"count": answer})
            return redirect("elections:election", slug)
        form.refuse(answer)
    return _page(request, voting, moment=form)


@rule("elections.call")
@require_POST
def postpone(request: HttpRequest, slug: str) -> HttpResponse:
    """Move election day where at most one list stands (L61.6)."""
    voting = voting_at(request, slug)
    form = PostponeForm(request.POST)
    if form.is_valid():
        answer = postpone_voting(voting, form.cleaned_data["lists"], by=acting(request), at=now(voting))
        if not isinstance(answer, Refused):
            messages.success(request, _("Election day has moved, and every term with it."))
            return redirect("elections:election", slug)
        form.refuse(_at_field(answer, "lists"))
    return _page(request, voting_at(request, slug), later=form)


@rule("elections.move_clock")
@require_POST
def move(request: HttpRequest, slug: str) -> HttpResponse:
    """Set the clock of a rehearsal."""
    voting = voting_at(request, slug)
    form = ClockForm(request.POST)
    if form.is_valid():
        answer = move_clock(voting.election, form.cleaned_data["shows"], by=acting(request), at=now(voting))
        if not isinstance(answer, Refused):
            messages.success(request, _("The clock of the rehearsal is set."))
            return redirect("elections:election", slug)
        form.refuse(_at_field(answer, "shows"))
    return _page(request, voting, clock=form)


# ------------------------------------------------------------------------------------- the page


def _page(
    request: HttpRequest,
    voting: Voting,
    *,
    moment: MomentForm | None = None,
    later: PostponeForm | None = None,
    clock: ClockForm | None = None,
) -> HttpResponse:
    """The page of an election; a form that was refused stands on it as it was filled in."""
    found, at = voting.election, now(voting)
    refused: Form | None = moment or later or clock
    context = {
        "voting": voting,
        "election": found,
        "now": at,
        "may": may(request),
        "kind": _kind_words(found),
        "ground": _ground_words(found),
        "law": found.edition,
        "moments": [
            (words.anchor(each.anchor), each)
            for each in voting.moments.select_related("office__body").order_by("day", "pk")
        ],
        "moment": moment or MomentForm(anchors=_anchors(voting), today=local_day(at)),
        "later": (later or PostponeForm()) if _can_be_postponed(voting) else None,
        "clock": (clock or ClockForm(initial={"shows": at})) if found.rehearsal else None,
        "ballot": queries.options(voting),
        "precincts": voting.precincts.count(),
        "refused": refused,
    }
    return render(request, "elections/election.html", context, status=422 if refused else 200)


def _anchors(voting: Voting) -> list[str]:
    """The moments from which a term of this voting is counted."""
    occasion = occasion_of(voting)
    if occasion is None:
        return []
    counted = {each.anchor for each in events().values() if occasion.kind in each.kinds}
    return [each for each in MOMENTS if each in counted]


def _can_be_postponed(voting: Voting) -> bool:
    occasion = occasion_of(voting)
    return occasion is not None and occasion.kind in event("postponement_no_lists").kinds


def _kind_words(found: Election) -> str:
    return words.value("election_kind", Kind(kind_of(found.kind, found.occasion)))


def _ground_words(found: Election) -> str:
    return words.value("calling_ground", found.ground) if found.ground else ""


def _at_field(refused: Refused, field: str) -> Refused:
    """The refusals of an act that has one field only, at that field."""
    return Refused(tuple(each if each.fields else replace(each, fields=(field,)) for each in refused.findings))
