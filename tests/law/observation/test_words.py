"""Every rule of this chapter can be asked from a document, and everything it says has its words in three languages."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from enum import StrEnum
from typing import Any

import pytest

from shailoo.law import facts
from shailoo.law.json_reader import Faulty
from shailoo.law.observation.accreditation import ApplicationPaper, InvitingBody, accreditation
from shailoo.law.observation.commissions import Attendee, Commissions, attendance, system, transfer
from shailoo.law.observation.conduct import (
    ObserverConduct,
    RepresentativeConduct,
    RepresentativeKind,
    observer_conduct,
    representative_conduct,
)
from shailoo.law.observation.conflicts import Held, PersonsMandates, role_conflicts
from shailoo.law.observation.media import media
from shailoo.law.observation.observers import Level, ObserverKind, ObserverPaper, Sender, observer
from shailoo.law.observation.people import Mandate, Office, Requirement
from shailoo.law.observation.powers import Act, Condition, Deeds, Right
from shailoo.law.observation.representatives import PrincipalKind, RepresentativePaper, representative
from shailoo.law.observation.revocation import RevocationGround, revocation
from shailoo.law.outcome import Outcome
from shailoo.law.rulebook import printed, rule
from shailoo.wording import LANGUAGES, Catalogue, has, sentences
from tests.law.observation.cases import APPLICATION, CITIZEN_OBSERVER, LAW, OBSERVER, appointment
from tests.law.observation.test_media_and_commissions import COMES, MEDIA, SENT, WHOLE
from tests.law.observation.test_revocation import INTERNATIONAL

DEEDS = Deeds(frozenset(Right), frozenset(Act), met=frozenset(Condition))
NO_CONDITION = Deeds(frozenset(Right))

ASKED: dict[str, list[Any]] = {  # Any: each rule has facts of its own
    "commission-attendance": [COMES],
    "protocol-transfer": [SENT],
    "observer": [OBSERVER, CITIZEN_OBSERVER],
    "observer-conduct": [ObserverConduct(kind, deeds) for kind in ObserverKind for deeds in (DEEDS, NO_CONDITION)],
    "accreditation-application": [APPLICATION],
    "accreditation-revocation": [INTERNATIONAL],
    "media-accreditation": [MEDIA],
    "commission-system": [Commissions(WHOLE)],
    "representative": [appointment(kind) for kind in RepresentativeKind],
    "representative-conduct": [RepresentativeConduct(kind, DEEDS) for kind in RepresentativeKind],
    "role-conflicts": [
        PersonsMandates(tuple(Held(each, date(2020, 9, 1), commission="TEC 1") for each in Mandate), frozenset(Office))
    ],
}


DECIDES: dict[str, Callable[..., Outcome[Any]]] = {  # ...: each rule takes facts of its own
    "commission-attendance": attendance,
    "protocol-transfer": transfer,
    "observer": observer,
    "observer-conduct": observer_conduct,
    "accreditation-application": accreditation,
    "accreditation-revocation": revocation,
    "media-accreditation": media,
    "commission-system": system,
    "representative": representative,
    "representative-conduct": representative_conduct,
    "role-conflicts": role_conflicts,
}


@pytest.mark.parametrize("name", ASKED)
def test_a_rule_is_asked_from_a_document_and_answers_the_same(name: str) -> None:
    asked = rule(name)
    for given in ASKED[name]:
        found = asked.ask(json.dumps(facts.as_json(given)), LAW)
        assert not isinstance(found, Faulty)
        assert printed(found, LAW) == printed(DECIDES[name](given, LAW), LAW)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ASKED)
def test_what_a_rule_says_can_be_read_without_a_code_left(name: str, language: str) -> None:
    for given in ASKED[name]:
        found = DECIDES[name](given, LAW)
        said = [sentences.step(each, language) for each in found.steps]
        said += [sentences.finding(each, language) for each in found.findings]
        assert said
        assert [each for each in said if "_" in each] == []


CODES: dict[str, list[type[StrEnum]]] = {
    "mandate": [Mandate],
    "beside_mandate": [Mandate],
    "excluded_office": [Office],
    "mandate_requirement": [Requirement],
    "mandate_right": [Right],
    "mandate_act": [Act],
    "mandate_condition": [Condition],
    "mandate_paper": [ObserverPaper, RepresentativePaper, ApplicationPaper],
    "sender": [Sender],
    "appointed_by": [PrincipalKind],
    "inviting_body": [InvitingBody],
    "accreditation_ground": [RevocationGround],
    "attendee": [Attendee],
    "sender_level": [Level],
    "receiver_level": [Level],
}


def _codes() -> Iterator[str]:
    for fact, kinds in CODES.items():
        yield from (f"{fact}.{each.value}" for kind in kinds for each in kind)


@pytest.mark.parametrize("code", sorted(set(_codes())))
def test_every_fact_that_is_a_code_has_its_words(code: str) -> None:
    assert has(Catalogue.VALUES, code)
