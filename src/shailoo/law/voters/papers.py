"""What each voter list may show, and in which order the lists of a precinct follow (Art. 1, 14.8, 15.3, 15.5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.editions import Edition
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, applies
from shailoo.law.voters.answer import Answer


class Stage(StrEnum):
    """How far a voter list has come, in this order."""

    PRELIMINARY = "preliminary"
    CONTROL = "control"
    FINAL = "final"


class Version(StrEnum):
    """A form in which a voter list is kept or shown."""

    PRELIMINARY_AT_STATION = "preliminary_at_station"
    PRELIMINARY_ON_WEBSITE = "preliminary_on_website"
    CONTROL = "control"
    FINAL_FIRST_COPY = "final_first_copy"  # the bound one in which voters sign
    FINAL_SECOND_COPY = "final_second_copy"  # the one that is posted
    FINAL_ON_WEBSITE = "final_on_website"


class Column(StrEnum):
    """What a voter list can show of a voter."""

    FIRST_NAME = "first_name"
    SURNAME = "surname"
    PATRONYMIC = "patronymic"
    PRECINCT_NUMBER = "precinct_number"
    BIRTH_DATE = "birth_date"
    PERMANENT_RESIDENCE = "permanent_residence"
    CURRENT_RESIDENCE = "current_residence"
    PERSONAL_NUMBER = "personal_number"
    DOCUMENT_NUMBER = "document_number"
    SIGNATURE = "signature"
    NOTE = "note"


STAGE_OF: Mapping[Version, Stage] = MappingProxyType(
    {
        Version.PRELIMINARY_AT_STATION: Stage.PRELIMINARY,
        Version.PRELIMINARY_ON_WEBSITE: Stage.PRELIMINARY,
        Version.CONTROL: Stage.CONTROL,
        Version.FINAL_FIRST_COPY: Stage.FINAL,
        Version.FINAL_SECOND_COPY: Stage.FINAL,
        Version.FINAL_ON_WEBSITE: Stage.FINAL,
    }
)

_RESIDENCE = (Column.PERMANENT_RESIDENCE, Column.CURRENT_RESIDENCE)
_BESIDE_NAME_AND_NUMBER = tuple(
    column
    for column in Column
    if column not in (Column.FIRST_NAME, Column.SURNAME, Column.PATRONYMIC, Column.PRECINCT_NUMBER)
)

BARRED: Mapping[Version, Mapping[Column, NormId]] = MappingProxyType(
    {
        Version.PRELIMINARY_ON_WEBSITE: dict.fromkeys((*_RESIDENCE, Column.BIRTH_DATE), "L14.8.a2"),
        Version.CONTROL: dict.fromkeys(_BESIDE_NAME_AND_NUMBER, "L15.3.e2"),
        Version.FINAL_SECOND_COPY: dict.fromkeys(_RESIDENCE, "L15.5.b2"),
        Version.FINAL_ON_WEBSITE: dict.fromkeys(_RESIDENCE, "L15.5.b3"),
    }
)
"""The columns that a version must not show, each with the norm that bars it."""

BETTER_LEFT_OUT: Mapping[Version, Mapping[Column, NormId]] = MappingProxyType(
    {
        Version.FINAL_SECOND_COPY: {Column.BIRTH_DATE: "L15.5.b2"},
        Version.FINAL_ON_WEBSITE: {Column.BIRTH_DATE: "L15.5.b3"},
    }
)
"""Columns that no norm bars where everybody can read them, though one does in the preliminary list on the web."""

NEEDED: Mapping[Version, Mapping[Column, NormId]] = MappingProxyType(
    {
        Version.CONTROL: dict.fromkeys(
            (Column.FIRST_NAME, Column.SURNAME, Column.PATRONYMIC, Column.PRECINCT_NUMBER), "L15.3.e2"
        )
    }
)
"""The columns that a version consists of, where the law names them."""


@dataclass(frozen=True, slots=True)
class ListPaper:
    """A voter list of one precinct about to be printed, posted or published.

    `shows` are its columns; `earlier` the stages of which the precinct has a list already.
    """

    version: Version
    shows: frozenset[Column]
    earlier: frozenset[Stage] = frozenset()


class Release(StrEnum):
    """Whether the list may go out as it is."""

    MAY_GO_OUT = "may_go_out"
    BLOCKED = "blocked"


@applies("L1.d23", "L14.8.a2", "L15.3.e2", "L15.5.b2", "L15.5.b3")
def voter_list(facts: ListPaper, _edition: Edition) -> Outcome[Release]:
    """Whether a voter list may be shown as it is: its columns, and the stages that must go before it."""
    answer = Answer()
    _order(facts, answer)
    _barred(facts, answer)
    for column, norm in NEEDED.get(facts.version, {}).items():
        if column not in facts.shows:
            missing: dict[str, Fact] = {"version": facts.version, "column": column}
            answer.findings.append(Finding(norm, "list_column_missing", Severity.ERROR, missing, ("shows",)))
    return answer.outcome(Release.BLOCKED if answer.stopped else Release.MAY_GO_OUT)


def _order(facts: ListPaper, answer: Answer) -> None:
    """Preliminary, control, final, and only in that order."""
    stage = STAGE_OF[facts.version]
    before = tuple(Stage)[: tuple(Stage).index(stage)]
    missing = [each for each in before if each not in facts.earlier]
    after = [each for each in Stage if each not in (*before, stage) and each in facts.earlier]
    if missing:
        facts_of: dict[str, Fact] = {"stage": stage, "missing_stage": missing[0]}
        answer.findings.append(Finding("L1.d23", "list_stage_skipped", Severity.ERROR, facts_of, ("earlier",)))
    elif after:
        facts_of = {"stage": stage, "later_stage": after[-1]}
        answer.findings.append(Finding("L1.d23", "list_stage_over", Severity.ERROR, facts_of, ("version",)))
    else:
        answer.steps.append(Step("L1.d23", "list_stage_in_order", {"stage": stage}))


def _barred(facts: ListPaper, answer: Answer) -> None:
    barred = BARRED.get(facts.version, {})
    shown = [column for column in Column if column in facts.shows and column in barred]
    for column in shown:
        names: dict[str, Fact] = {"version": facts.version, "column": column}
        answer.findings.append(Finding(barred[column], "list_column_barred", Severity.ERROR, names, ("shows",)))
    if barred and not shown:
        norm = next(iter(barred.values()))
        answer.steps.append(Step(norm, "list_columns_allowed", {"version": facts.version}))
    for column, norm in BETTER_LEFT_OUT.get(facts.version, {}).items():
        if column in facts.shows:
            names = {"version": facts.version, "column": column}
            answer.findings.append(Finding(norm, "list_column_not_named", Severity.WARNING, names, ("shows",)))


# ------------------------------------------------------------------------------------- every precinct has its list


@dataclass(frozen=True, slots=True)
class StageLists:
    """The lists of one stage: every precinct of the election, and the precinct of every list that there is."""

    stage: Stage
    precincts: tuple[str, ...]
    lists: tuple[str, ...]


@applies("L14.1")
def lists_of_stage(facts: StageLists, _edition: Edition) -> Outcome[tuple[str, ...]]:
    """Which precincts do not have exactly one voter list of a stage; none is the good answer."""
    answer = Answer()
    counted = Counter(facts.lists)
    without = [name for name in facts.precincts if not counted[name]]
    several = [name for name, number in counted.items() if number > 1]
    strange = [name for name in counted if name not in set(facts.precincts)]
    if without:
        names: dict[str, Fact] = {"stage": facts.stage, "precincts": ", ".join(without)}
        answer.findings.append(Finding("L14.1", "precincts_without_list", Severity.ERROR, names, ("lists",)))
    if several:
        names = {"stage": facts.stage, "precincts": ", ".join(several)}
        answer.findings.append(Finding("L14.1", "precincts_with_several_lists", Severity.ERROR, names, ("lists",)))
    if strange:
        names = {"stage": facts.stage, "precincts": ", ".join(strange)}
        answer.findings.append(Finding("L14.1", "lists_of_unknown_precincts", Severity.ERROR, names, ("lists",)))
    if not answer.findings:
        numbers: dict[str, Fact] = {"stage": facts.stage, "lists": len(facts.lists)}
        answer.steps.append(Step("L14.1", "every_precinct_has_its_list", numbers))
    return answer.outcome((*without, *several, *strange))
