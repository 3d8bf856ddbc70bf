"""Every fact of this chapter that is a code has its words in the three languages."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path

import pytest

from shailoo.law import voters
from shailoo.law.calendar import events
from shailoo.law.voters.answer import Requirement
from shailoo.law.voters.assistance import BARRED_HELPERS
from shailoo.law.voters.ballot_paper import Element, Language, LineField
from shailoo.law.voters.ballots import Witness
from shailoo.law.voters.control_sheets import SheetEntry
from shailoo.law.voters.documents import Employer, PaperKind
from shailoo.law.voters.election_days import RegimeKind
from shailoo.law.voters.identification import ALREADY, Signatory
from shailoo.law.voters.identity import IdentityDocument
from shailoo.law.voters.mobile import MobileReason
from shailoo.law.voters.mobile_organization import ActEntry
from shailoo.law.voters.opening import ROLES
from shailoo.law.voters.order import GROUNDS, AtBox
from shailoo.law.voters.papers import Column, Stage, Version
from shailoo.law.voters.precincts import StationPlace
from shailoo.law.voters.suffrage import DEPRIVING, Custody
from shailoo.wording import LANGUAGES, Catalogue, has, text

MODULES = [importlib.import_module(f"{voters.__name__}.{each.name}") for each in pkgutil.iter_modules(voters.__path__)]
SOURCES = [ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8")) for module in MODULES]
METHOD = {"unknown": ("polling_fact", 1), "required": ("polling_requirement", 0)}

CODES: Mapping[str, list[StrEnum]] = {
    "custody": [each for each in Custody if each not in DEPRIVING],
    "place": [StationPlace.DIPLOMATIC_MISSION, StationPlace.CONSULATE],
    "stage": list(Stage),
    "missing_stage": [Stage.PRELIMINARY, Stage.CONTROL],
    "later_stage": [Stage.CONTROL, Stage.FINAL],
    "version": list(Version),
    "column": list(Column),
    "identity_document": list(IdentityDocument),
    "witness": list(Witness),
    "language": list(Language),
    "element": list(Element),
    "line_field": list(LineField),
    "sheet_entry": list(SheetEntry),
    "voted": list(ALREADY),
    "signatory": list(Signatory),
    "act_entry": list(ActEntry),
    "helper_role": list(BARRED_HELPERS),
    "mobile_reason": list(MobileReason),
    "at_box": [each for each in AtBox if each is not AtBox.CASTING_VOTER],
    "disturbance": list(GROUNDS),
    "regime": list(RegimeKind),
    "paper": list(PaperKind),
    "employer": list(Employer),
}


def named() -> Iterator[str]:
    """Every code of a requirement, an unknown fact or a term that the sources spell out."""
    for module in MODULES:
        for table in vars(module).values():
            if isinstance(table, Mapping):
                yield from (
                    f"polling_requirement.{key}" for key, each in table.items() if isinstance(each, Requirement)
                )
    for call in (node for tree in SOURCES for node in ast.walk(tree) if isinstance(node, ast.Call)):
        method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        if method in METHOD:
            kind, place = METHOD[method]
            spelt = [each.value for each in ast.walk(call.args[place]) if isinstance(each, ast.Constant)]
            yield from (f"{kind}.{each}" for each in spelt if isinstance(each, str))
    for kind, codes in CODES.items():
        yield from (f"{kind}.{code}" for code in codes)
    yield from (f"role.drawn_{role}" for role in ROLES)


@pytest.mark.parametrize("code", sorted(set(named())))
def test_a_code_has_its_words(code: str) -> None:
    assert has(Catalogue.VALUES, code)
    assert len({text(Catalogue.VALUES, code, language) for language in LANGUAGES}) == len(LANGUAGES)


def test_the_sources_are_read() -> None:
    assert len(set(named())) > 150
    assert {"polling_requirement.in_safe", "polling_fact.biometric", "polling_requirement.act"} <= set(named())


def test_every_term_that_is_asked_for_has_its_words() -> None:
    strings = {
        node.value for tree in SOURCES for node in ast.walk(tree) if isinstance(node, ast.Constant) and node.value
    }
    asked = {str(each) for each in strings} & set(events())
    hours = {"pec_opening_meeting", "voting_opens"}
    apart = {"voting_closes", "mobile_voting_day", "mobile_voting_applications_end"} | {
        "voter_list_corrections_end",
        "voting_address_applications_end",
        "calling_deadline_jk",
        "calling_deadline_presidential",
    }  # their terms stand in sentences of their own
    assert {name for name in asked - hours - apart if not has(Catalogue.VALUES, f"polling_term.{name}")} == set()
    assert {name for name in hours if not has(Catalogue.VALUES, f"polling_hour.{name}")} == set()
