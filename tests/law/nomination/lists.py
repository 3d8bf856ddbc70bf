"""Lists to hold against the law: a valid one to change in one place, and the lists worked by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from shailoo.law.nomination.list_composition import Gender, ListCandidate, PartyList

ELECTION_DAY = date(2020, 10, 4)
SUBMITTED = date(2020, 8, 24)
YOUNG, OLD = date(1990, 5, 1), date(1970, 5, 1)
GENDERS = {"M": Gender.MAN, "F": Gender.WOMAN}

Case = Mapping[str, Any]  # Any: a case is a table of its own shape

CASES: Mapping[str, Case] = {
    case["id"]: case for case in yaml.safe_load((Path(__file__).parent / "oracles.yaml").read_text("utf-8"))
}


def party_list(
    genders: str, *, young: list[int], other_ethnic: list[int], limited_health: list[int], born: Mapping[int, date]
) -> PartyList:
    """A list by a pattern of genders, M and F, and the ranks of those whom the law counts."""
    candidates = tuple(
        ListCandidate(
            f"c{rank:03}",
            GENDERS[letter],
            born.get(rank, YOUNG if rank in young else OLD),
            "second" if rank in other_ethnic else "first",
            rank in limited_health,
        )
        for rank, letter in enumerate(genders, 1)
    )
    return PartyList(candidates, ELECTION_DAY, SUBMITTED)


def list_of(case: Case) -> PartyList:
    """The list of a case worked by hand."""
    return party_list(
        "".join(pattern * times for pattern, times in case["gender"]),
        young=case["young"],
        other_ethnic=case["other_ethnic"],
        limited_health=case["limited_health"],
        born=case.get("born", {}),
    )


def smallest() -> PartyList:
    """The smallest valid list, case C01."""
    return list_of(CASES["C01"])


def changed(facts: PartyList, ranks: Mapping[int, Mapping[str, Any]]) -> PartyList:
    """The list with other facts for the candidates of those ranks."""
    everyone = (
        replace(each, **ranks[rank]) if rank in ranks else each for rank, each in enumerate(facts.candidates, 1)
    )
    return replace(facts, candidates=tuple(everyone))
