"""An election as intake sees it: the voting whose observers are sent, its calendar, and who takes part in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from shailoo.elections.agenda import current
from shailoo.elections.models import Deadline, Election, Option, Voting
from shailoo.elections.occasions import occasion_of
from shailoo.elections.queries import voting_of
from shailoo.law.calendar import Occasion, start_of
from shailoo.observation.models import Application, Sender

PUBLISHED = "official_publication_of_calling"
TERMS = ("observer_accreditation_starts", "observer_accreditation_ends")
"""The events of the calendar between which applications of international observers are taken (R3.7)."""


class NoVotingError(LookupError):
    """The election has no day of voting yet: nobody can be sent to it."""


@dataclass(frozen=True)
class Scene:
    """The election with the voting that is next, and the voting as the calendar sees it."""

    election: Election
    voting: Voting
    occasion: Occasion

    @property
    def published(self) -> datetime | None:
        """When the calling was officially published; the beginning of the day where the hour is not known."""
        found = self.occasion.known.get(PUBLISHED)
        if found is None or isinstance(found, datetime):
            return found
        return start_of(found)

    @cached_property
    def _lines(self) -> tuple[Option, ...]:
        return tuple(Option.objects.filter(voting=self.voting).exclude(kind=Option.Kind.AGAINST_ALL))

    def takes_part(self, sender: Sender) -> bool | None:
        """Whether a candidate or a party is registered; None where it stands neither on the ballot nor in the register.

        Before there is a ballot, the number of the registration decision that the CEC entered with the sender counts.
        """
        names = {sender.body.code.casefold(), *(each.casefold() for each in _names(sender))}
        for line in self._lines:
            if {line.code.casefold(), line.name_ky.casefold(), line.name_ru.casefold()} & names:
                return not line.withdrawn
        return True if sender.registration and not self._lines else None


def scene_of(election: Election) -> Scene:
    """The latest voting of the election. Raises NoVotingError where it has none whose calendar is kept."""
    voting = voting_of(election)
    occasion = occasion_of(voting) if voting is not None else None
    if voting is None or occasion is None:
        raise NoVotingError(election.slug)
    return Scene(election, voting, occasion)


def terms(application: Application) -> list[Deadline]:
    """The terms of the calendar that bind an application, in their order; only those of Art. 10 are dated by law."""
    if application.kind != Application.Kind.INTERNATIONAL:
        return []
    held = {each.event: each for each in current(scene_of(application.election).voting).filter(event__in=TERMS)}
    return [held[name] for name in TERMS if name in held and not held[name].not_applicable]


def election_day(election: Election) -> date:
    """The day of voting."""
    return scene_of(election).voting.day


def _names(sender: Sender) -> tuple[str, str]:
    return (sender.body.name_ky, sender.body.name_ru)
