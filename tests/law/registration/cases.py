"""The list, the elections and the instants that the tests of this chapter share."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from shailoo.law.calendar import BISHKEK, Kind
from shailoo.law.editions import edition
from shailoo.law.nomination.list_composition import Gender
from shailoo.law.registration.election import Election
from shailoo.law.registration.succession import Place, Standing

LAW = edition("2017-06-05")
LISTS = Election(Kind.JK, date(2020, 10, 4), date(2020, 7, 3))
PRESIDENT = Election(Kind.PRESIDENTIAL, date(2017, 10, 15), date(2017, 6, 14))
SEATS = 20
SIZE = 30
ORACLES: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "oracles.yaml").read_text(encoding="utf-8"))  # Any:
# each series has tables of its own shape


def local(text: str) -> datetime:
    """An instant of Bishkek from "2020-10-04 18:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=BISHKEK)


def name(rank: int) -> str:
    return f"c{rank:02}"


def places(*, elected: Collection[int] = range(1, SEATS + 1), out: Collection[int] = ()) -> tuple[Place, ...]:
    """The list of 30: ranks divisible by 3 are women."""

    def standing(rank: int) -> Standing:
        if rank in out:
            return Standing.OUT
        return Standing.ELECTED if rank in elected else Standing.AVAILABLE

    genders = {rank: Gender.WOMAN if rank % 3 == 0 else Gender.MAN for rank in range(1, SIZE + 1)}
    return tuple(Place(rank, name(rank), genders[rank], standing(rank)) for rank in genders)


def election(case: dict[str, Any]) -> Election:
    """The election of an oracle case."""
    return Election(Kind(case["kind"]), case["election_day"], case.get("calling"))
