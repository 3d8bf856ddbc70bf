"""The figures that a determination rests on, as JSON and back without loss, and their hash.

Pure. A decision of the CEC names the figures that were before it by their hash, so that it never speaks of later ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shailoo.law.editions import Edition
from shailoo.ledger.canonical import canonical, sha256
from shailoo.results.reckoning import Facts
from shailoo.results.tabulation import OptionRow, Row, Sums

_COUNTS = (
    "expected",
    "summed",
    "quarantined",
    "invalidated",
    "against_all",
    "valid",
    "quarantined_valid",
    "invalidated_participated",
)
_OPTION = ("code", "position", "kind", "name_ky", "name_ru", "name_en", "registered")
_ROW = ("code", "kind", "name_ky", "name_ru", "name_en")


def figures_data(facts: Facts) -> dict[str, Any]:  # Any: JSON
    """Everything in `facts`, as a determination stores it."""
    return {
        "kind": facts.kind,
        "voting": facts.voting,
        "options": [{name: getattr(option, name) for name in _OPTION} for option in facts.options],
        "withdrawn": list(facts.withdrawn),
        "national": _sums_data(facts.national),
        "regions": [
            {**{name: getattr(row, name) for name in _ROW}, "sums": _sums_data(row.sums)} for row in facts.regions
        ],
    }


def facts_of(data: Mapping[str, Any]) -> Facts:
    """What `figures_data` wrote. Raises KeyError where something is missing."""
    return Facts(
        kind=data["kind"],
        voting=data["voting"],
        options=tuple(OptionRow(**option) for option in data["options"]),
        national=_sums_of(data["national"]),
        regions=tuple(Row(**{name: row[name] for name in _ROW}, sums=_sums_of(row["sums"])) for row in data["regions"]),
        withdrawn=tuple(data["withdrawn"]),
    )


def basis(facts: Facts, edition: Edition) -> str:
    """The hash of the figures with the edition and those of its readings on which a result rests."""
    readings = {reading.name: reading.taken for reading in edition.readings_of_results}
    return sha256(canonical({"figures": figures_data(facts), "edition": edition.id, "readings": readings}))


def _sums_data(sums: Sums) -> dict[str, Any]:
    return {
        **{name: getattr(sums, name) for name in _COUNTS},
        "votes": list(sums.votes),
        "lines": dict(sums.lines),
    }


def _sums_of(data: Mapping[str, Any]) -> Sums:
    counts = {name: data[name] for name in _COUNTS}
    return Sums(**counts, votes=tuple(data["votes"]), lines=dict(data["lines"]))
