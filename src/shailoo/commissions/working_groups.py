"""The working groups of the CEC as its booklet for observers shows them: numbers and subjects, without people."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from shailoo.commissions.actions import Group

_FILE = Path(__file__).with_name("working_groups.toml")


@cache
def working_groups() -> tuple[Group, ...]:
    """The ten groups in the order of their numbers, each still without members: a decision names those."""
    rows = tomllib.loads(_FILE.read_text(encoding="utf-8"))["group"]
    return tuple(Group(row["number"], row["ky"], row["ru"], row["en"], ()) for row in rows)
