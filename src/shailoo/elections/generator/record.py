"""The figures of public record that the generated nation rests on, from `data/*.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import msgspec

DATA = Path(__file__).parent / "data"


class PartyList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A registered list with its name as it stood on the ballot."""

    code: str
    ky: str
    ru: str
    en: str


class Region(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A region, or abroad: votes in ballot order, precincts, and rough weights of its rayons (not a record)."""

    code: str
    prefix: str
    precincts: int
    votes: tuple[int, ...]
    against_all: int
    areas: Mapping[str, int]
    listed_share: int | None = None  # hundredths of a per cent of all listed voters

    @property
    def valid(self) -> int:
        return sum(self.votes) + self.against_all


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    called_on: date
    day: date
    listed: int
    list: tuple[PartyList, ...]
    region: tuple[Region, ...]

    def listed_in(self, region: Region) -> int:
        """Listed voters of a region; abroad has what the shares of the others leave."""
        if region.listed_share is not None:
            return self.listed * region.listed_share // 10_000
        return self.listed - sum(self.listed_in(other) for other in self.region if other.listed_share is not None)

    @property
    def precincts(self) -> int:
        return sum(region.precincts for region in self.region)


@cache
def record() -> Record:
    """The election of 4 October 2020 by region."""
    return msgspec.toml.decode((DATA / "jogorku_kenesh_2020.toml").read_bytes(), type=Record)
