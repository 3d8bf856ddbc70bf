"""When personal documents go: a while after the official publication of results, as a recorded act.

Neither the Law nor the Regulation sets how long the papers of observers are kept. Powers last until the official
publication of results, continued over a repeat voting (R3.8); complaints against them follow; so what is kept is
erased `settings.OBSERVATION_KEPT_DAYS` after it. What was published stays.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction

from shailoo.elections.models import Election, Moment, Voting
from shailoo.law.calendar import local_day
from shailoo.law.outcome import records
from shailoo.observation.actions.examining import record
from shailoo.observation.actions.filing import erase_all
from shailoo.observation.models import Application, Enquiry
from shailoo.observation.states import State

PUBLICATION = "publication_of_results"
GROUND = "the time for keeping it has ended"


def kept_until(election: Election) -> date | None:
    """The last local day on which personal documents of an election are kept; None while results are to come.

    After a repeat voting its own publication counts.
    """
    days = election.votings.filter(kind__in=(Voting.Kind.GENERAL, Voting.Kind.REPEAT)).order_by("day", "pk")
    last = days.last()
    if last is None:
        return None
    published = Moment.objects.filter(voting=last, anchor=PUBLICATION).order_by("-pk").first()
    return None if published is None else published.day + timedelta(days=settings.OBSERVATION_KEPT_DAYS)


def is_over(application: Application, at: datetime) -> bool:
    """Whether nobody needs the papers any longer: the time has ended, or the application was taken back."""
    if application.state == State.WITHDRAWN:
        return True
    until = kept_until(application.election)
    return until is not None and until < local_day(at)


@transaction.atomic
@records("R3.8.a2")
def erase_application(application: Application, *, at: datetime) -> int:
    """Erase everything sealed of an application whose time has ended; returns how many files went, 0 before it."""
    if not is_over(application, at):
        return 0
    gone = erase_all(application, ground=GROUND, by=None, at=at)
    if gone:
        record("application.erased", application, None, at, {"files": gone})
    return gone


def forget_unproved(at: datetime) -> int:
    """Delete enquiries whose address was never proved: nobody knows whether they were anybody's."""
    found = Enquiry.objects.filter(confirmed_at__isnull=True, expires_at__lt=at)
    return found.delete()[0]
