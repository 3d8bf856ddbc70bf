"""The register of applications for mobile voting: how many, of whom, and whether it hangs."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from shailoo.elections.models import Voting, VotingPrecinct
from shailoo.territory.models import Precinct
from shailoo.voters.applications.models import MobilePosting, MobileRequest
from shailoo.voters.models import Entry


def mobile_requests(precinct: Precinct, voting: Voting) -> int:
    """How many applications for mobile voting stand in the register of a precinct (the base of CR12 and CR15)."""
    return MobileRequest.objects.filter(voting=voting, precinct=precinct).count()


def all_mobile_requests(voting: Voting) -> int:
    """How many there are in all precincts."""
    return MobileRequest.objects.filter(voting=voting).count()


def register(voting: Voting, precinct: Precinct) -> QuerySet[MobileRequest]:
    """The rows of the register in their order."""
    found = MobileRequest.objects.filter(voting=voting, precinct=precinct).order_by("number")
    return found.select_related("decision", "precinct")


def request(pk: int) -> MobileRequest | None:
    """One row with what its page shows."""
    related = ("voting__election__clock", "precinct", "dossier", "decision", "office__body")
    return MobileRequest.objects.filter(pk=pk).select_related(*related).first()


def names(rows: QuerySet[MobileRequest]) -> list[tuple[int, str]]:
    """Number and name of each row, as the voter's entry has them. Two queries."""
    numbered = list(rows.values_list("number", "entry"))
    entries = Entry.objects.in_bulk([entry for _number, entry in numbered])
    return [(number, _name(entries[entry])) for number, entry in numbered]


def _name(entry: Entry) -> str:
    return " ".join(part for part in (entry.surname, entry.name, entry.patronymic) if part)


def posting(voting: Voting, precinct: Precinct) -> MobilePosting | None:
    """When the register was posted; None while it was not."""
    return MobilePosting.objects.filter(voting=voting, precinct=precinct).first()


def by_precinct(voting: Voting) -> QuerySet[VotingPrecinct]:
    """Every precinct of the voting with `requests`, the number of its applications for mobile voting, most first."""
    counted = Count("precinct__mobile_requests", filter=Q(precinct__mobile_requests__voting=voting))
    return (
        VotingPrecinct.objects.filter(voting=voting)
        .select_related("precinct", "tec__body", "region")
        .annotate(requests=counted)
        .order_by("-requests", "precinct__number")
    )
