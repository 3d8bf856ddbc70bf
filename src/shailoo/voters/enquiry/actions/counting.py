"""The voters of an edition are counted once, by region, rayon, precinct, sex and age, and the numbers are frozen."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.law.outcome import Refused
from shailoo.ledger.actions import record
from shailoo.ledger.canonical import canonical
from shailoo.voters.actions.act import act, held
from shailoo.voters.enquiry import counting, lines, protection
from shailoo.voters.enquiry.counting import Counted
from shailoo.voters.enquiry.models import Statistics, UnitStatistics
from shailoo.voters.lists.models import Edition

NORM = "L14.8.a1"


@act
def count_edition(edition: Edition, *, by: Office, at: datetime) -> Statistics | Refused:
    """Count the lists of an edition and freeze the numbers; which of them may be shown is settled for good.

    The search of precincts is made anew with it, from what the lists name now.
    """
    register = edition.register
    held(register)
    if refused := not_to_count(edition, by=by, at=at):
        return refused
    units = counting.units(edition)
    former = _former(edition)
    seen = protection.shown([each.unit for each in units], _before(edition))
    digest = hashlib.sha256(canonical(_public(units, seen)).encode()).hexdigest()
    payload = {"election": register.election.slug, "stage": edition.stage, "number": edition.number}
    act_hash = record(
        "voters.edition_counted",
        subject=f"voter_lists_edition:{edition.pk}",
        by=by,
        at=at,
        grounds=[NORM],
        payload=payload
        | {"voters": edition.voters, "shown": len(seen), "sha256": digest, "lines": lines.renew(register)},
    )
    made = Statistics.objects.create(
        edition=edition, voters=edition.voters, sha256=digest, office=by, at=at, act=act_hash
    )
    UnitStatistics.objects.bulk_create([_row(made, each, each.unit.key in seen, former) for each in units])
    return made


def not_to_count(edition: Edition, *, by: Office, at: datetime) -> Refused | None:
    """Why the office does not count this edition now; None where it does. Asked before the work is begun, too."""
    register = edition.register
    if refused := refusal(by, may="voters.count", election=register.election.slug, at=at):
        return refused
    if Statistics.objects.filter(edition=edition).exists():
        return Refused.because(NORM, "voters_counted_before")
    if Statistics.objects.filter(edition__register=register, edition__at__gte=edition.at).exists():
        return Refused.because(NORM, "voters_later_counted")
    return None


def _before(edition: Edition) -> protection.Before:
    """What the edition counted before has shown, and what any earlier one has hidden."""
    last = _last(edition)
    if last is None:
        return protection.Before()
    units = list(last.units.values_list("key", "cells", "shown"))
    known = UnitStatistics.objects.filter(statistics__edition__register=edition.register, shown=False)
    return protection.Before(
        {key: tuple(cells) for key, cells, _shown in units},
        frozenset(key for key, _cells, shown in units if shown),
        frozenset(known.values_list("key", flat=True)),
    )


def _last(edition: Edition) -> Statistics | None:
    found = Statistics.objects.filter(edition__register=edition.register).exclude(edition=edition)
    return found.order_by("-edition__at", "-pk").first()


def _former(edition: Edition) -> Mapping[str, int]:
    """Key of a unit -> its voters in the edition counted before this one; empty for the first."""
    last = _last(edition)
    return dict(last.units.values_list("key", "voters")) if last else {}


def _public(units: list[Counted], seen: frozenset[str]) -> list[list[object]]:
    """What everybody may know, as it is hashed: key, voters, and the cells or nothing."""
    return [
        [each.unit.key, each.unit.voters, list(each.unit.cells) if each.unit.key in seen else None] for each in units
    ]


def _row(
    made: Statistics,
    each: Counted,
    shown: bool,  # noqa: FBT001  a fact about the unit, not a mode
    former: Mapping[str, int],
) -> UnitStatistics:
    before = former.get(each.unit.key)
    return UnitStatistics(
        statistics=made,
        key=each.unit.key,
        parent=each.unit.parent,
        level=each.level,
        area_id=each.area,
        precinct_id=each.precinct,
        voters=each.unit.voters,
        cells=list(each.unit.cells),
        shown=shown,
        change=None if before is None else each.unit.voters - before,
    )
