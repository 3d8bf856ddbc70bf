"""Which deadlines of the calendar the acts of this room fulfil: posting by each precinct, and going on the site."""

from __future__ import annotations

from collections.abc import Mapping

from shailoo.commissions.models import Commission
from shailoo.elections.fulfilment import Done, fulfils
from shailoo.elections.models import Voting
from shailoo.voters.lists.models import Posting, Publication, Stage

POSTED = "voters.list_posted"


@fulfils("preliminary_lists_posted", "preliminary_lists_posted_day45", by=POSTED)
def preliminary_posted(voting: Voting) -> Mapping[int, Done]:
    """Each precinct commission that has posted its preliminary list, when it did so first."""
    return _posted(voting, Stage.PRELIMINARY)


@fulfils("control_lists_posted", by=POSTED)
def control_posted(voting: Voting) -> Mapping[int, Done]:
    """The same of the control lists."""
    return _posted(voting, Stage.CONTROL)


@fulfils("final_lists_posted", by=POSTED)
def final_posted(voting: Voting) -> Mapping[int, Done]:
    """The same of the second copies of the final lists."""
    return _posted(voting, Stage.FINAL)


@fulfils("preliminary_lists_online", by="voters.lists_published")
def preliminary_online(voting: Voting) -> Mapping[int, Done]:
    """The Central Commission, from the first publication of preliminary lists."""
    found = Publication.objects.filter(edition__register__voting=voting, edition__stage=Stage.PRELIMINARY)
    first = found.order_by("at", "pk").first()
    cec = Commission.objects.filter(level=Commission.Level.CEC).values_list("pk", flat=True).first()
    return {cec: Done(first.at, first.act)} if first is not None and cec is not None else {}


def _posted(voting: Voting, stage: Stage) -> Mapping[int, Done]:
    """Of every list the last version of its posting counts, of every precinct the earliest list."""
    found = Posting.objects.filter(
        list__edition__register__voting=voting, list__edition__stage=stage, list__precinct__commission__isnull=False
    ).order_by("list", "version")
    told = ("list", "list__precinct__commission", "posted_at", "act")
    last = {each: (body, at, act) for each, body, at, act in found.values_list(*told)}
    done: dict[int, Done] = {}
    for body, at, act in last.values():
        if body not in done or at < done[body].at:
            done[body] = Done(at, act)
    return done
