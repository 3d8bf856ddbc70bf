"""Printed copies: where each stands, which are ready to go, and the precincts of a TEC with theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from shailoo.commissions.models import Commission
from shailoo.elections.models import VotingPrecinct
from shailoo.territory.models import Precinct
from shailoo.voters.lists.models import Edition, VoterList
from shailoo.voters.printing.models import Batch, PrintedList
from shailoo.voters.printing.states import Act, State, leads

_CUSTODY = ("binding", "handed__handover__receipt")
_OF_THE_LIST = ("list__precinct__area", "list__edition__register__voting", "list__edition__change__delivery")
_LATER = PrintedList.objects.filter(list=OuterRef("list"), copy=OuterRef("copy"), number__gt=OuterRef("number"))


@dataclass(frozen=True, slots=True)
class PrecinctRow:
    """A precinct's list, with the copy that counts if it is printed."""

    list: VoterList
    printed: PrintedList | None
    state: State | None

    @property
    def ready(self) -> bool:
        """Whether the copy may go to its commission now."""
        return self.printed is not None and is_ready(self.printed)


def latest() -> QuerySet[PrintedList]:
    """The copies that count: of each list the last number of each kind, with their way so far."""
    found = PrintedList.objects.filter(~Exists(_LATER)).select_related("list", *_CUSTODY)
    return found.defer("list__entries")


def copy(pk: int) -> PrintedList | None:
    """One printed copy with what its page shows."""
    related = (*_OF_THE_LIST, "list__edition__register__election__clock", "batch", "office__body")
    more = ("binding__office__body", "handed__handover__office__body", "handed__handover__receipt__office__body")
    found = PrintedList.objects.select_related(*related, *more).defer("list__entries")
    return found.filter(pk=pk).first()


def copies_of(printed: PrintedList) -> QuerySet[PrintedList]:
    """Every copy of the same list and kind, the first one first."""
    found = PrintedList.objects.filter(list=printed.list_id, copy=printed.copy).order_by("number")
    return found.select_related(*_CUSTODY, "office__body")


def state_of(printed: PrintedList) -> State:
    """Where a copy stands, asked of the database as it is now."""
    later = PrintedList.objects.filter(list=printed.list_id, copy=printed.copy, number__gt=printed.number)
    if later.exists():
        return State.REPLACED
    return standing(PrintedList.objects.select_related(*_CUSTODY).get(pk=printed.pk))


def standing(printed: PrintedList) -> State:
    """Where the last copy of a list stands, from the acts that were read with it."""
    handed = getattr(printed, "handed", None)
    if handed is not None:
        return State.RECEIVED if hasattr(handed.handover, "receipt") else State.HANDED
    return State.BOUND if hasattr(printed, "binding") else State.PRINTED


def is_ready(printed: PrintedList) -> bool:
    """Whether the last copy of a list may go to its commission now."""
    return leads(standing(printed), Act.HAND_OVER, signed=printed.signed) is not None


def ready(edition: Edition, precinct: Precinct) -> list[PrintedList]:
    """The copies of a precinct's list in the edition that may go to its commission now, by kind."""
    found = latest().filter(list__edition=edition, list__precinct=precinct).order_by("copy")
    return [each for each in found if is_ready(each)]


def lists_of_tec(batch: Batch, tec: Commission) -> QuerySet[VoterList]:
    """The lists of the batch's edition in the precincts under a TEC, by precinct number."""
    votings = {"precinct__votings__voting": batch.edition.register.voting_id, "precinct__votings__tec": tec}
    found = VoterList.objects.filter(edition=batch.edition_id, **votings).defer("entries")
    return found.select_related("precinct").order_by("precinct__number")


def rows_of_tec(batch: Batch, lists: Sequence[VoterList]) -> list[PrecinctRow]:
    """The lists with their copies of this batch: one query, however many lists."""
    counting = {each.list_id: each for each in latest().filter(list__in=lists, copy=batch.copy)}
    rows = []
    for each in lists:
        printed = counting.get(each.pk)
        rows.append(PrecinctRow(each, printed, standing(printed) if printed else None))
    return rows


def printed_of_tec(batch: Batch, tec: Commission) -> list[PrintedList]:
    """The copies of this batch that count in the precincts under a TEC, by precinct number."""
    lists = list(lists_of_tec(batch, tec))
    return [row.printed for row in rows_of_tec(batch, lists) if row.printed is not None]


def tec_of(printed: PrintedList) -> Commission:
    """The TEC under which the precinct of a copy votes."""
    voting = printed.list.edition.register.voting_id
    found = VotingPrecinct.objects.select_related("tec__body__superior")
    return found.get(voting=voting, precinct=printed.list.precinct_id).tec
