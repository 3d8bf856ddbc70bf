"""How far each precinct's lists have come: posted when and where, and what the law says of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Min, OuterRef, Subquery

from shailoo.elections.clock import local
from shailoo.elections.models import Moment, VotingPrecinct
from shailoo.territory.models import Area
from shailoo.voters.lists.judging import Days, Judge, Verdict
from shailoo.voters.lists.models import Edition, Posting, Publication, Stage, VoterList
from shailoo.voters.models import Register

_LISTED = ("precinct", "pk", "number", "voters")
OVER = "publication_of_results"
"""What ends the time of lists on the site: the moment of the official publication, as it is recorded."""


@dataclass(frozen=True, slots=True)
class Way:
    """One precinct: its current list, when it was first posted in each stage, and the law's verdict."""

    precinct: int
    precinct_number: str
    region: Area
    list_id: int | None
    number: str
    voters: int
    posted: Mapping[Stage, datetime]
    current_posted: datetime | None
    verdict: Verdict

    @property
    def late(self) -> bool:
        """Whether its own commission is late with something: what others owe to all precincts does not count."""
        return any(self.verdict.of(stage) for stage in Stage)


@dataclass(frozen=True, slots=True)
class Count:
    """Precincts that have a list of the stage, how many have posted it, and how many are late with it."""

    stage: Stage
    precincts: int
    posted: int
    late: int


def results_published(register: Register, at: datetime) -> bool:
    """Whether the results of the register's voting were officially published by `at`."""
    moments = Moment.objects.filter(voting=register.voting_id, anchor=OVER, day__lte=local(at).date())
    return moments.exists()


def judge(register: Register, at: datetime) -> Judge:
    """The law on the lists of a register, with what has happened to all of them by `at`. Two queries."""
    received: dict[str, date] = {}
    made = Edition.objects.filter(register=register).order_by("at", "pk")
    for stage, came in made.values_list("stage", "change__delivery__at"):
        received.setdefault(stage, local(came).date())
    online = Publication.objects.filter(edition__register=register, edition__stage=Stage.PRELIMINARY)
    first = online.aggregate(first=Min("at"))["first"]
    days = Days(
        asked_on=local(at).date(),
        preliminary_received=received.get(Stage.PRELIMINARY),
        preliminary_online=local(first).date() if first else None,
        control_received=received.get(Stage.CONTROL),
    )
    return Judge(register.voting, days)


def ways(register: Register, at: datetime, *, tec: int | None = None, precinct: int | None = None) -> list[Way]:
    """Every precinct that votes, of one territorial commission or one precinct where asked; eight queries."""
    votes = VotingPrecinct.objects.filter(voting=register.voting_id)
    if tec is not None:
        votes = votes.filter(tec=tec)
    if precinct is not None:
        votes = votes.filter(precinct=precinct)
    places = list(votes.order_by("precinct__number").values_list("precinct", "precinct__number", "region"))
    regions = Area.objects.in_bulk({region for _, _, region in places})
    keys = [key for key, _, _ in places]
    found = judge(register, at)
    lists = _current_lists(register, keys)
    postings = _postings(register, keys)
    return [
        _way((key, number, regions[region]), lists.get(key), postings.get(key, []), found)
        for key, number, region in places
    ]


def _way(
    place: tuple[int, str, Area],
    current: tuple[int, str, int] | None,
    postings: Sequence[tuple[str, int, datetime]],
    law: Judge,
) -> Way:
    list_id, number, voters = current or (None, "", 0)
    posted: dict[Stage, datetime] = {}
    for stage, _key, moment in postings:
        known = posted.setdefault(Stage(stage), moment)
        posted[Stage(stage)] = min(known, moment)
    days = [local(posted[stage]).date() if stage in posted else None for stage in Stage]
    return Way(
        precinct=place[0],
        precinct_number=place[1],
        region=place[2],
        list_id=list_id,
        number=number,
        voters=voters,
        posted=posted,
        current_posted=next((when for _, key, when in postings if key == list_id), None),
        verdict=law.verdict(*days),
    )


def _current_lists(register: Register, precincts: Sequence[int]) -> Mapping[int, tuple[int, str, int]]:
    """The lists of the edition that counts by precinct: key, number, voters."""
    last = Edition.objects.filter(register=register).order_by("-at", "-pk").values("pk")[:1]
    lists = VoterList.objects.filter(edition=Subquery(last), precinct__in=precincts)
    return {precinct: (key, number, voters) for precinct, key, number, voters in lists.values_list(*_LISTED)}


def _postings(register: Register, precincts: Sequence[int]) -> Mapping[int, list[tuple[str, int, datetime]]]:
    """The last version of every posting: stage, list, moment."""
    later = Posting.objects.filter(list=OuterRef("list")).order_by("-version").values("pk")[:1]
    rows = Posting.objects.filter(
        pk=Subquery(later), list__edition__register=register, list__precinct__in=precincts
    ).values_list("list__precinct", "list__edition__stage", "list", "posted_at")
    found: dict[int, list[tuple[str, int, datetime]]] = {}
    for precinct, stage, key, moment in rows:
        found.setdefault(precinct, []).append((stage, key, moment))
    return found


def counts(found: Sequence[Way], stages: Sequence[Stage]) -> list[Count]:
    """Of each stage that has an edition: how many precincts there are, have posted, are late."""
    return [
        Count(
            stage,
            precincts=len(found),
            posted=sum(stage in each.posted for each in found),
            late=sum(bool(each.verdict.of(stage)) for each in found),
        )
        for stage in stages
    ]


def postings_of(found: VoterList) -> list[Posting]:
    """Every version of a list's posting, the last one first."""
    rows = found.postings.select_related("office__body", "office__person", "photograph")
    return list(rows.order_by("-version"))
