"""Which columns each version of a list shows: never more than the law lets it (L14.8.a2, L15.3.e2, L15.5.b2).

The paper list on which people sign shows most; what everybody can read shows names and numbers. The second copy and
its likeness on the site go without the day of birth too, a reading that the law's own answer names.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.editions import Edition as Law
from shailoo.law.outcome import Refused
from shailoo.law.voters.papers import Column, ListPaper, Version, voter_list
from shailoo.law.voters.papers import Stage as LawStage
from shailoo.voters.lists.models import Stage


class Copy(StrEnum):
    """For whom a version is made."""

    FULL = "full"  # the commission's own; of a final list the bound one in which voters sign
    POSTED = "posted"  # on the wall of the station
    WEB = "web"
    SECOND = "second"  # the second copy of a final list, which is what is posted of it


VERSIONS: Mapping[tuple[Stage, Copy], Version] = MappingProxyType(
    {
        (Stage.PRELIMINARY, Copy.FULL): Version.PRELIMINARY_AT_STATION,
        (Stage.PRELIMINARY, Copy.POSTED): Version.PRELIMINARY_AT_STATION,
        (Stage.PRELIMINARY, Copy.WEB): Version.PRELIMINARY_ON_WEBSITE,
        (Stage.CONTROL, Copy.FULL): Version.CONTROL,
        (Stage.CONTROL, Copy.POSTED): Version.CONTROL,
        (Stage.FINAL, Copy.FULL): Version.FINAL_FIRST_COPY,
        (Stage.FINAL, Copy.POSTED): Version.FINAL_SECOND_COPY,
        (Stage.FINAL, Copy.SECOND): Version.FINAL_SECOND_COPY,
        (Stage.FINAL, Copy.WEB): Version.FINAL_ON_WEBSITE,
    }
)
"""The law's version of each copy; what is not here is not made (no law has a control list on the site)."""

_NAMES = (Column.SURNAME, Column.FIRST_NAME, Column.PATRONYMIC)
_WITH_RESIDENCE = (*_NAMES, Column.BIRTH_DATE, Column.PERMANENT_RESIDENCE)
SHOWN: Mapping[Version, tuple[Column, ...]] = MappingProxyType(
    {
        Version.PRELIMINARY_AT_STATION: (Column.PRECINCT_NUMBER, *_WITH_RESIDENCE),
        Version.PRELIMINARY_ON_WEBSITE: (Column.PRECINCT_NUMBER, *_NAMES),
        Version.CONTROL: (Column.PRECINCT_NUMBER, *_NAMES),
        Version.FINAL_FIRST_COPY: (
            Column.PRECINCT_NUMBER,
            *_WITH_RESIDENCE,
            Column.DOCUMENT_NUMBER,
            Column.SIGNATURE,
            Column.NOTE,
        ),
        Version.FINAL_SECOND_COPY: (Column.PRECINCT_NUMBER, *_NAMES),
        Version.FINAL_ON_WEBSITE: (Column.PRECINCT_NUMBER, *_NAMES),
    }
)
"""What each version shows besides the number in the list, in this order; the precinct stands above the list."""


def columns(stage: Stage | str, copy: Copy) -> tuple[Column, ...]:
    """The columns of a version, in their order. Raises KeyError where no such version is made."""
    return SHOWN[VERSIONS[Stage(stage), copy]]


def released(stage: Stage | str, copy: Copy, law: Law) -> Refused | None:
    """None where the law lets a version go out with its columns, else why it does not. Raises KeyError as `columns`."""
    version = VERSIONS[Stage(stage), copy]
    earlier = frozenset(list(LawStage)[: list(Stage).index(Stage(stage))])
    outcome = voter_list(ListPaper(version, frozenset(SHOWN[version]), earlier), law)
    return Refused(outcome.errors) if outcome.errors else None
