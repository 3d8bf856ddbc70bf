"""Every rule of this chapter can be asked by name on facts from a file, and answers as it does in the house."""

from __future__ import annotations

import json
from typing import Any

import pytest

from shailoo.law.facts import as_json
from shailoo.law.json_reader import Faulty
from shailoo.law.outcome import Outcome
from shailoo.law.rulebook import WHERE, printed, rule
from shailoo.law.voters.ballots import BallotLevel, BallotQuantity
from shailoo.law.voters.documents import Employer, Function, Paper, PaperKind, Service
from shailoo.law.voters.election_days import ElectionDayFacts, Regime, RegimeKind
from shailoo.law.voters.institutions import MissionReport, VoterAbroad
from shailoo.law.voters.order import AtBox, Disturbance, NearBox, Present, Removal, ScannerFailure
from shailoo.law.voters.papers import ListPaper, Stage, StageLists, Version
from tests.law.voters import test_applications as applications
from tests.law.voters import test_assistance as assistance
from tests.law.voters import test_ballot_paper as ballot_paper
from tests.law.voters import test_ballots as ballots
from tests.law.voters import test_custody as custody
from tests.law.voters import test_election_days as election_days
from tests.law.voters import test_entries as entries
from tests.law.voters import test_identification as identification
from tests.law.voters import test_institutions as institutions
from tests.law.voters import test_mobile as mobile
from tests.law.voters import test_opening as opening
from tests.law.voters import test_order as order
from tests.law.voters import test_posting as posting
from tests.law.voters import test_precincts as precincts
from tests.law.voters import test_suffrage as suffrage
from tests.law.voters.cases import JK, LAW
from tests.law.voters.test_papers import NAMES

ASKED: dict[str, Any] = {
    "election-document": Paper(PaperKind.CHEQUES),
    "public-service": Service(Employer.CUSTOMS, frozenset({Function.CONTROL})),
    "suffrage": suffrage.asked(),
    "election-day": ElectionDayFacts(JK, (Regime(RegimeKind.EMERGENCY, JK.day),), asked_on=JK.day),
    "precinct": precincts.ABROAD,
    "list-entry": entries.AT_HOME,
    "institution-report": institutions.HOSPITAL,
    "mission-report": MissionReport(voting=JK, people=(VoterAbroad("v1", True, None),)),
    "voter-list": ListPaper(Version.CONTROL, NAMES, frozenset({Stage.PRELIMINARY})),
    "lists-complete": StageLists(Stage.FINAL, ("7001",), ()),
    "list-posting": posting.IN_TIME,
    "list-application": applications.ADDRESS,
    "ballot-quantity": BallotQuantity(BallotLevel.PRECINCT, 1000, 1002),
    "ballot-paper": ballot_paper.CANDIDATES,
    "ballot-printing": ballots.PRINTED,
    "ballot-handover": ballots.TO_PEC,
    "ballot-crossing-out": ballot_paper.DROPPED,
    "ballot-custody": custody.GUARDED,
    "voting-notice": election_days.TOLD,
    "station-opening": opening.READY,
    "identification": identification.UNCONFIRMED,
    "ballot-replacement": assistance.GIVEN,
    "assistance": assistance.HELPED,
    "near-box": NearBox(AtBox.TECHNICAL_STAFF, scanner=True),
    "presiding": order.PEC,
    "police-call": order.CALLED,
    "removal": Removal(Present.OTHER, frozenset({Disturbance.CRITICISM}), in_writing=True),
    "scanner-failure": ScannerFailure(JK, (order.FIRST,)),
    "mobile-voting": mobile.APPLIED,
    "mobile-organization": mobile.HELD,
}


def test_every_rule_of_this_chapter_is_asked_below() -> None:
    assert {name for name, place in WHERE.items() if place.startswith("shailoo.law.voters.")} == ASKED.keys()


@pytest.mark.parametrize("name", ASKED)
def test_a_rule_answers_a_file_as_it_answers_the_house(name: str) -> None:
    found = rule(name)
    told = found.ask(json.dumps(as_json(ASKED[name])), LAW)
    assert isinstance(told, Outcome), told
    module, _colon, function = WHERE[name].partition(":")
    direct = getattr(__import__(module, fromlist=[function]), function)(ASKED[name], LAW)
    assert told == direct
    assert json.dumps(printed(told, LAW))
    assert found.norms
    assert found.summary.endswith(".")


@pytest.mark.parametrize("name", ASKED)
def test_a_file_without_facts_is_refused_or_answered_as_not_known(name: str) -> None:
    told = rule(name).ask("{}", LAW)
    assert isinstance(told, Faulty) or told.value is None
