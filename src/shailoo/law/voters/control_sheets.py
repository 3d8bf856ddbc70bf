"""The control sheet that lies in a ballot box from before the first ballot (Art. 31.1, 33.5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.outcome import Fact, Finding, NormId, Severity, Step
from shailoo.law.voters.answer import Answer


class SheetEntry(StrEnum):
    """What a control sheet states."""

    PRECINCT_NUMBER = "sheet_precinct_number"
    TIME = "sheet_time"
    CHAIRPERSON = "sheet_chairperson"
    SECRETARY = "sheet_secretary"
    MEMBERS = "sheet_members"
    CANDIDATES = "sheet_candidates"
    CANDIDATES_REPRESENTATIVES = "sheet_candidates_representatives"
    PARTY_REPRESENTATIVES = "sheet_party_representatives"
    OBSERVERS = "sheet_observers"


@dataclass(frozen=True, slots=True)
class ControlSheet:
    """A control sheet: what it states, the people named in it, those who signed it, and the commission's stamp."""

    states: frozenset[SheetEntry]
    named: tuple[str, ...]
    signed: tuple[str, ...]
    stamped: bool | None = None


@dataclass(frozen=True, slots=True)
class SheetRules:
    """What a sheet must state and by which norm, and the norm on signatures and stamp."""

    content: Mapping[SheetEntry, NormId]
    certified: NormId


_EVERYWHERE = tuple(entry for entry in SheetEntry if entry is not SheetEntry.OBSERVERS)

PREMISES = SheetRules(MappingProxyType(dict.fromkeys(SheetEntry, "L31.1.e4")), "L31.1.e5")
MOBILE = SheetRules(MappingProxyType(dict.fromkeys(_EVERYWHERE, "L33.5.a4")), "L33.5.a5")
"""The sheet of a mobile box need not name observers."""


def check_sheet(sheet: ControlSheet, rules: SheetRules, answer: Answer) -> None:
    """Test one sheet: everything stated, everybody named has signed, the stamp is there."""
    missing = [entry for entry in rules.content if entry not in sheet.states]
    for entry in missing:
        gap: dict[str, Fact] = {"sheet_entry": entry}
        norm = rules.content[entry]
        answer.findings.append(Finding(norm, "control_sheet_incomplete", Severity.ERROR, gap, ("boxes",)))
    if not missing:
        answer.steps.append(Step(next(iter(rules.content.values())), "control_sheet_complete"))
    unsigned = ", ".join(name for name in sheet.named if name not in sheet.signed)
    if unsigned or not sheet.named:
        names: dict[str, Fact] = {"people": unsigned} if unsigned else {}
        answer.findings.append(Finding(rules.certified, "control_sheet_unsigned", Severity.ERROR, names, ("boxes",)))
    if sheet.stamped is None:
        answer.unknown(rules.certified, "stamped", "boxes")
    elif not sheet.stamped:
        answer.findings.append(Finding(rules.certified, "control_sheet_not_stamped", Severity.ERROR, {}, ("boxes",)))
    if sheet.named and not unsigned and sheet.stamped:
        answer.steps.append(Step(rules.certified, "control_sheet_certified", {"people": len(sheet.named)}))
