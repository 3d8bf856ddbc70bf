"""Reading elections: which one the public sees first, its votings, and the lines of a ballot."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Exists, OuterRef, QuerySet

from shailoo.elections.models import Election, Option, Voting, VotingPrecinct


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a ballot as pages and sums need it. `registered` is the number of the registration decision."""

    id: int
    position: int
    code: str
    kind: Option.Kind
    name_ky: str
    name_ru: str
    name_en: str
    registered: int | None
    withdrawn: bool

    def name(self, language: str) -> str:
        """The name in "ky", "ru" or "en"; another language gets the Kyrgyz one."""
        return {"ru": self.name_ru, "en": self.name_en}.get(language, self.name_ky)

    @property
    def is_against_all(self) -> bool:
        return self.kind is Option.Kind.AGAINST_ALL


@dataclass(frozen=True, slots=True)
class Ballot:
    """The lines of one voting's ballot in the order of the draw. The votes of a protocol stand in this order."""

    choices: tuple[Choice, ...]  # without "against all"
    against_all: Choice | None

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(choice.code for choice in self.choices)

    @property
    def lines(self) -> tuple[Choice, ...]:
        """Every printed line, "against all" last."""
        return (*self.choices, self.against_all) if self.against_all else self.choices


@dataclass(frozen=True, slots=True)
class Marks:
    """Where an election's data come from, and whether it is a rehearsal."""

    origin: str
    rehearsal: bool


def featured() -> Voting | None:
    """The voting that the public face opens with: the latest day that has a ballot; None before there is any.

    A rehearsal is only shown so while no real election has a ballot.
    """
    return _featured().select_related("election", "election__clock").first()


def marks_of_featured() -> Marks | None:
    """What every page says of the data it shows where it names no election itself: that of the featured voting."""
    found = _featured().values_list("election__origin", "election__rehearsal").first()
    return None if found is None else Marks(*found)


def _featured() -> QuerySet[Voting]:
    with_ballot = Exists(Option.objects.filter(voting=OuterRef("pk")))
    return Voting.objects.filter(with_ballot).order_by("election__rehearsal", "-day", "-pk")


def next_voting() -> Voting | None:
    """The voting with the latest day, with or without a ballot: the one whose calendar is kept."""
    return Voting.objects.select_related("election", "election__clock").order_by("-day", "-pk").first()


def called() -> QuerySet[Election]:
    """Every election, the latest first."""
    return Election.objects.select_related("clock").order_by("-called_on", "-pk")


def by_slug(slug: str) -> Election | None:
    """The election of that address, with its clock."""
    return Election.objects.select_related("clock").filter(slug=slug).first()


def votings(election: Election) -> QuerySet[Voting]:
    """The days of voting of an election, the first day first."""
    return election.votings.select_related("election", "election__clock").order_by("day", "pk")


def voting_of(election: Election) -> Voting | None:
    """The latest day of voting of an election; None while none is set."""
    return votings(election).order_by("-day", "-pk").first()


def ballot(voting: Voting) -> Ballot:
    """The printed lines of a voting's ballot. One small query; the rest is kept until a line changes."""
    printed = Option.objects.filter(voting_id=voting.pk).order_by("position")
    return _ballot(voting.pk, tuple(printed.values_list("pk", "withdrawn")))


def options(voting: Voting) -> tuple[Choice, ...]:
    """All lines of the ballot in order, "against all" last; kept per voting like `ballot`."""
    return ballot(voting).lines


def expected(voting: Voting) -> QuerySet[VotingPrecinct]:
    """The precincts whose protocols are expected, with precinct, TEC and region, by precinct number."""
    return voting.precincts.select_related("precinct", "tec__body", "region").order_by("precinct__number")


@lru_cache(maxsize=64)
def _ballot(voting_id: int, printed: tuple[tuple[int, bool], ...]) -> Ballot:
    """The ballot of `printed`, its lines' keys and whether they are crossed out: a withdrawal makes a new answer."""
    found = tuple(_choice(option) for option in Option.objects.filter(voting_id=voting_id).order_by("position"))
    if len(found) != len(printed):
        raise RuntimeError("the ballot changed while it was read")
    against = next((choice for choice in found if choice.is_against_all), None)
    return Ballot(tuple(choice for choice in found if choice is not against), against)


def _choice(option: Option) -> Choice:
    return Choice(
        option.pk,
        option.position,
        option.code,
        Option.Kind(option.kind),
        option.name_ky,
        option.name_ru,
        option.name_en,
        option.registered,
        option.withdrawn,
    )
