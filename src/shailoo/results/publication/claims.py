"""What a publication claims beyond its rows: sums, percentages and the outcome, as one canonical JSON document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from fractions import Fraction

from shailoo.law.editions import Edition, edition
from shailoo.results.publication.snapshot import Snapshot
from shailoo.results.reckoning import Facts, outcome_data, percentage_base, reckon
from shailoo.results.tabulation import Row, Sums

LAW_VALUES = ("seats", "threshold", "regional_threshold", "cap", "null_share", "majority")
"""The numbers of the edition on which a result rests, repeated in every publication."""


def claims(snapshot: Snapshot) -> dict[str, object]:
    """The content of results.json. The sums are those the snapshot carries; nothing is recomputed from rows here."""
    law = law_of(snapshot)
    return {
        "format": "shailoo-results/1",
        "heading": snapshot.heading.data(),
        "law": law_data(law),
        "options": [asdict(option) for option in snapshot.options],
        "withdrawn": list(snapshot.withdrawn),
        "nation": sums_data(snapshot.national),
        "percentages": percentages(snapshot, law),
        "regions": [row_data(row) for row in snapshot.regions],
        "tecs": [row_data(row) for row in snapshot.tecs],
        "result": outcome_data(reckon(facts_of(snapshot), law)) if snapshot.national.summed else None,
        "determined": None if snapshot.determined is None else dict(snapshot.determined),
    }


def law_of(snapshot: Snapshot) -> Edition:
    """The edition that the heading names, with the readings taken. Raises ValueError where it is not known here."""
    return edition(snapshot.heading.edition).with_readings(**snapshot.heading.readings)


def law_data(law: Edition) -> dict[str, object]:
    """The edition's numbers and readings on which results rest."""
    values = {name: getattr(law, name) for name in LAW_VALUES}
    readings = {name: str(getattr(law, name)) for name in ("threshold_base", "regional_rule", "cap_surplus_rule")}
    return {"edition": law.id, "values": values, "readings": readings}


def facts_of(snapshot: Snapshot) -> Facts:
    """The snapshot's sums as what the law reckons from."""
    return Facts(
        kind=snapshot.heading.kind,
        voting=snapshot.heading.voting,
        options=snapshot.options,
        national=snapshot.national,
        regions=snapshot.regions,
        withdrawn=snapshot.withdrawn,
    )


def percentages(snapshot: Snapshot, law: Edition) -> dict[str, object]:
    """Each option's exact share of the base that the reading names."""
    base_name, base = percentage_base(snapshot.national, law)
    codes = [option.code for option in snapshot.options if option.kind != "against_all"]
    against = [option.code for option in snapshot.options if option.kind == "against_all"]
    votes = dict(zip(codes, snapshot.national.votes, strict=True)) | dict.fromkeys(
        against, snapshot.national.against_all
    )
    shares = {code: Fraction(count, base) for code, count in votes.items()} if base else {}
    return {"base": base_name, "base_count": base, "shares": shares}


def row_data(row: Row) -> dict[str, object]:
    names = {"name_ky": row.name_ky, "name_ru": row.name_ru, "name_en": row.name_en}
    return {"code": row.code, "kind": row.kind, **names, **sums_data(row.sums)}


def sums_data(sums: Sums) -> dict[str, object]:
    return {
        "expected": sums.expected,
        "summed": sums.summed,
        "quarantined": sums.quarantined,
        "invalidated": sums.invalidated,
        "votes": list(sums.votes),
        "against_all": sums.against_all,
        "valid": sums.valid,
        "lines": dict(sums.lines),
        "quarantined_valid": sums.quarantined_valid,
        "invalidated_participated": sums.invalidated_participated,
    }


def sums_of(data: Mapping[str, object]) -> Sums:
    """Sums read back from `sums_data`. Raises KeyError or TypeError where the data is not of that form."""
    votes, lines = data["votes"], data["lines"]
    if not isinstance(votes, list) or not isinstance(lines, dict):
        raise TypeError("votes and lines")
    return Sums(
        expected=_count(data["expected"]),
        summed=_count(data["summed"]),
        quarantined=_count(data["quarantined"]),
        invalidated=_count(data["invalidated"]),
        votes=tuple(_count(vote) for vote in votes),
        against_all=_count(data["against_all"]),
        valid=_count(data["valid"]),
        lines={str(name): None if value is None else _count(value) for name, value in lines.items()},
        quarantined_valid=_count(data["quarantined_valid"]),
        invalidated_participated=None
        if data["invalidated_participated"] is None
        else _count(data["invalidated_participated"]),
    )


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError(f"not a count: {value!r}")
    return value
