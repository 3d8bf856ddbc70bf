"""Which kind of election the law's calendar sees in a voting, and what is known of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from shailoo.elections.models import Election, Moment, Voting
from shailoo.law.calendar import Kind, Occasion

_KINDS: Mapping[tuple[str, str], Kind] = {
    (Election.Kind.PRESIDENTIAL, Election.Occasion.REGULAR): Kind.PRESIDENTIAL,
    (Election.Kind.PRESIDENTIAL, Election.Occasion.EARLY): Kind.PRESIDENTIAL_EARLY,
    (Election.Kind.PRESIDENTIAL, Election.Occasion.REPEAT): Kind.REPEAT_PRESIDENTIAL,
    (Election.Kind.JOGORKU_KENESH, Election.Occasion.REGULAR): Kind.JK,
    (Election.Kind.JOGORKU_KENESH, Election.Occasion.EARLY): Kind.JK_EARLY,
    (Election.Kind.JOGORKU_KENESH, Election.Occasion.REPEAT): Kind.REPEAT_JK,
}


def kind_of(kind: str, occasion: str) -> Kind:
    """The calendar's kind of an election."""
    return _KINDS[kind, occasion]


def occasion_of(voting: Voting) -> Occasion | None:
    """A voting as the calendar sees it, with everything that has happened; None for a voting at some precincts only.

    What happened is known by its latest note: a day, or an instant where the hour matters.
    """
    if voting.kind == Voting.Kind.AT_PRECINCTS:
        return None
    election = voting.election
    repeat = voting.kind == Voting.Kind.REPEAT
    kind = Kind.REPEAT_VOTING if repeat else kind_of(election.kind, election.occasion)
    known: dict[str, date | datetime] = {}
    for each in Moment.objects.filter(voting=voting).order_by("pk"):
        known[each.anchor] = each.instant or each.day
    return Occasion(kind, voting.day, election.called_on, known)
