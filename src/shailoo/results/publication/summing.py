"""Adding up the rows of precincts anew: the plain way, in Python, independent of the database that published them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from shailoo.law.protocol.summed import SUMMED_LINES
from shailoo.results.publication.snapshot import PrecinctRow, Snapshot, Status
from shailoo.results.tabulation import Row, Sums


def resummed(snapshot: Snapshot) -> Snapshot:
    """The snapshot with every sum computed from its rows; names of territories are kept."""
    regions: dict[str, list[PrecinctRow]] = defaultdict(list)
    tecs: dict[str, list[PrecinctRow]] = defaultdict(list)
    for row in snapshot.precincts:
        regions[row.region].append(row)
        tecs[row.tec].append(row)
    width = sum(option.kind != "against_all" for option in snapshot.options)
    return replace(
        snapshot,
        national=added(snapshot.precincts, width),
        regions=tuple(replace(row, sums=added(regions.pop(row.code, ()), width)) for row in snapshot.regions)
        + _unnamed(regions, "region", width),
        tecs=tuple(replace(row, sums=added(tecs.pop(row.code, ()), width)) for row in snapshot.tecs)
        + _unnamed(tecs, "tec", width),
    )


def added(rows: Iterable[PrecinctRow], width: int) -> Sums:
    """The sums over some rows; `width` is the number of options without "against all".

    Only summed precincts enter; a line that one of them lacks has no sum.
    """
    every = list(rows)
    summed = [row for row in every if row.status is Status.SUMMED and row.lines is not None and row.votes is not None]
    lines = {line: _sum(row.lines[line] for row in summed if row.lines is not None) for line in SUMMED_LINES}
    votes = [sum(place) for place in zip(*(row.votes for row in summed if row.votes is not None), strict=True)]
    quarantined = [row for row in every if row.status is Status.QUARANTINED]
    invalidated = [row for row in every if row.status is Status.INVALIDATED]
    return Sums(
        expected=len(every),
        summed=len(summed),
        quarantined=len(quarantined),
        invalidated=len(invalidated),
        votes=tuple(votes) if votes else (0,) * width,
        against_all=lines["against_all"] or 0,
        valid=lines["valid"] or 0,
        lines=lines,
        quarantined_valid=sum((row.lines["valid"] or 0) for row in quarantined if row.lines is not None),
        invalidated_participated=_sum(row.lines["participated"] if row.lines else None for row in invalidated),
    )


def _sum(values: Iterable[int | None]) -> int | None:
    """The sum; None where one is not known. The sum of nothing is 0."""
    total = 0
    for value in values:
        if value is None:
            return None
        total += value
    return total


def _unnamed(left: dict[str, list[PrecinctRow]], kind: str, width: int) -> tuple[Row, ...]:
    """Territories that rows name but the publication does not list."""
    return tuple(Row(code, kind, "", "", "", added(rows, width)) for code, rows in sorted(left.items()))
