"""Every rule asked by its name on a JSON document: its answer, its words in three languages, and how fast it is."""

from __future__ import annotations

import json
import re
from enum import StrEnum
from typing import Any

import pytest

from shailoo.law import rulebook
from shailoo.law.campaign.air_time import Disturbance, Speaker
from shailoo.law.campaign.benefits import BRIBES, Giver, Item
from shailoo.law.campaign.campaigning import Form, Sign
from shailoo.law.campaign.materials import BARRED_PLACES, IMPRINT
from shailoo.law.campaign.persons import BARRED, Part, Relation
from shailoo.law.campaign.polls import DETAILS, Research
from shailoo.law.campaign.premises import Feature
from shailoo.law.json_reader import Faulty
from shailoo.law.outcome import Outcome
from shailoo.wording import LANGUAGES, Catalogue, has, sentences
from tests.law.campaign.cases import EDITION, cites_and_severities_hold

Document = dict[str, Any]  # Any: the facts of any rule as JSON
POLLING: Document = {"kind": "jk", "election_day": "2020-10-04", "calling": "2020-07-03"}
UNFILLED = re.compile(r"[{}]|\b[a-z]+_[a-z_]+\b")
EVERY_CONTESTANT = [
    {"id": "p1", "contender": "party", "speaker": "list_candidate"},
    {"id": "p2", "contender": "party", "joint_event": "refused", "invited": False},
    {"id": "p3", "contender": "candidate", "joint_event": "missed_for_cause", "wants_make_up": True},
    {"id": "p4", "contender": "candidate", "speaker": "candidate"},
]
ASKED: dict[str, list[tuple[Document, set[str]]]] = {
    # rule -> documents, each with the norms of its findings
    "campaigning": [
        (
            {
                "polling": POLLING,
                "at": "2020-10-03T09:00",
                "participants": [
                    {"part": "campaigner", "statuses": ["judge"], "born": "2003-01-01"},
                    {"part": "distributor", "statuses": ["citizen_observer"]},
                ],
                "signs": ["call_to_vote", "preference"],
                "form": "mass_media",
                "foreign_media": True,
                "cost": "1500.50",
                "agreed": False,
                "from_fund": False,
            },
            {"L22.15", "L10-1.7.7", "L23.1.a2", "L22.16.a1", "L22.11"},
        ),
        ({"polling": POLLING, "at": "2020-09-10T09:00", "participants": [], "signs": []}, set()),
    ],
    "poll": [
        (
            {
                "polling": POLLING,
                "research": "opinion_poll",
                "publisher": "mass_media",
                "published_at": "2020-10-01T10:00",
                "details": {"conducted_by": "Институт", "interviewed": 1000},
            },
            {"L22.5", "L22.6"},
        ),
    ],
    "media-outlet": [
        (
            {
                "polling": POLLING,
                "medium": "television",
                "founders": ["state_body"],
                "budget_financed": None,
                "social_package": True,
                "minutes_to_cec": 0,
                "terms_published": "2020-08-01",
                "terms_to_cec": "2020-09-20",
                "terms_on_cec_site": "2020-09-20",
                "rebroadcast": "live",
                "workers": [{"name": "Асан Үсөнов", "candidate": True}, {"name": "Айна Өмүрова"}],
            },
            {"L22.2-1.a2", "L22.16.a2", "L22.17.a1", "L22.20.a1", "L22.20.a2", "L22.20.a3"},
        ),
        (
            {
                "polling": POLLING,
                "medium": "internet",
                "founders": ["other"],
                "site": {"blog_or_personal_page": False, "visitors_a_day": 500, "visitors_a_month": 1000},
            },
            {"L1.d33.a"},
        ),
    ],
    "air-time": [
        (
            {
                "state_company": True,
                "working_day": True,
                "slots": [{"starts": "19:50", "minutes": 10, "joint": True}, {"starts": "20:00", "minutes": 41}],
                "contestants": EVERY_CONTESTANT,
                "decided": False,
                "order": ["p4", "p1", "p2"],
                "given": {"p1": 700, "p2": 700},
                "incidents": [{"contestant": "p1", "disturbance": "commented"}],
            },
            {
                "L24.1.a2",
                "L24.2.a1",
                "L24.2.a2",
                "L24.3.a1",
                "L24.3.a2",
                "L24.3.b1",
                "L24.3.b2",
                "L24.3.c",
                "L24.5",
                "L24.8.a1",
                "L24.8.a2",
            },
        ),
    ],
    "paid-media": [
        (
            {
                "polling": POLLING,
                "outlet_class": "item_18",
                "medium": "radio",
                "contestants": 3,
                "purchases": [
                    {"contestant": "p1", "product": "20:00", "units": 40, "price": "90.50", "contract": True},
                    {"contestant": "p2", "product": "20:00", "units": 30, "price": 80},
                ],
                "tariffs": [{"product": "20:00", "since": "2019-05-01", "price": 85}],
                "accredited": False,
                "reserved_minutes": 60,
                "free_minutes": 61,
                "refused": ["p3"],
                "offered_to_all": False,
            },
            {"L22.11", "L22.20.a1", "L24.4.a2", "L24.4.a3", "L24.4.a4", "L24.4.a5", "L24.4.b", "L24.7"},
        ),
    ],
    "print-space": [
        (
            {
                "outlet_class": "item_18",
                "medium": "print",
                "contestants": ["p1", "p2"],
                "area": 1000,
                "specialized": True,
                "refuses": True,
                "campaign_items": 2,
                "given": {"p1": 499},
            },
            {"L25.1.a1", "L25.1.a3", "L22.18"},
        ),
    ],
    "campaign-meeting": [
        (
            {
                "polling": POLLING,
                "owner": "municipal",
                "submitted_at": "2020-09-10T09:00",
                "answer": "refused",
                "answered_at": "2020-09-12T09:00",
                "written_reasons": False,
                "granted_to_others": True,
                "minutes": {"p1": 60, "p2": 0},
            },
            {"L26.2.a", "L26.2.b", "L26.2.c", "L26.3.a2"},
        ),
    ],
    "campaign-material": [
        (
            {
                "polling": POLLING,
                "kind": "printed",
                "imprint": {"producer": "Басмакана", "copies": 100},
                "made_abroad": True,
                "made_on": "2020-06-01",
                "cost": 100,
                "allowance": 50,
                "booked": False,
                "spread_from": "2020-10-03T09:00",
                "places": ["tree", "monument"],
                "placed_at": "2020-10-03T09:00",
            },
            {"L23.1.a2", "L27.1.a2", "L27.1.a3", "L27.2.a1", "L27.2.a2", "L27.4", "L27.5", "L27.8"},
        ),
    ],
    "posting-places": [
        (
            {
                "polling": {**POLLING, "results_published": "2020-10-20T15:00"},
                "as_of": "2020-11-05",
                "areas": {"p1": 100, "p2": 200},
            },
            {"L27.3.a1", "L27.3.a2", "L27.6"},
        ),
    ],
    "voter-benefit": [
        (
            {
                "polling": POLLING,
                "at": "2020-09-10T09:00",
                "kind": "campaign_item",
                "giver": "party",
                "item": "scarf",
                "bears_symbol": False,
            },
            {"L28.3.a1", "L28.3.a2"},
        ),
        (
            {
                "polling": POLLING,
                "at": "2020-09-10T09:00",
                "kind": "charity",
                "giver": "close_relative",
                "relation": "grandmother",
            },
            {"L28.3.c"},
        ),
    ],
    "disclaimer": [
        (
            {
                "polling": POLLING,
                "medium": "print",
                "received_at": "2020-09-10T09:00",
                "as_of": "2020-09-20T09:00",
                "given_at": "2020-09-18T09:00",
                "next_issue": "2020-09-17",
                "own_heading": False,
                "same_page": False,
                "same_font": False,
            },
            {"L28.3.d3", "L28.3.d4"},
        ),
    ],
    "abuse-application": [
        ({"applicant": "somebody_else", "offender": "somebody_else", "norm": "L41.3.b"}, {"L28.4.a"}),
        ({"applicant": "voter", "offender": "contestant", "norm": "L28.2"}, set()),
    ],
    "campaign-warning": [
        (
            {
                "polling": POLLING,
                "violations": [{"norm": "L22.11", "on": "2020-09-10"}, {"norm": "L46.2", "on": "2020-09-11"}],
                "warnings": ["2020-09-05"],
                "decided_on": "2020-10-01",
            },
            {"L28.5.a2"},
        ),
    ],
    "voting-premises": [
        (
            {
                "price": 500,
                "present": ["lit_booths"],
                "missing": ["candles"],
                "registered": ["Мекен"],
                "on_stand": [],
                "appeals_on_stand": True,
                "sample_text": "Мекен",
                "power_cuts": [{"suspended_at": "2020-10-04T10:00"}],
                "identified_at": ["2020-10-04T10:05"],
            },
            {
                "L29.1",
                "L29.2.a",
                "L29.2.b1",
                "L29.2.b2",
                "L29.3.a1",
                "L29.3.a2",
                "L29.3.a3",
                "L29.4.a",
                "L29.4.b",
                "L29.5",
            },
        ),
    ],
}
CASES = [
    pytest.param(name, document, norms, id=f"{name} {place}")
    for name, documents in ASKED.items()
    for place, (document, norms) in enumerate(documents, 1)
]
CODED: dict[str, list[str]] = {
    # facts that are codes, with every code that a rule can put in them
    "campaigner": [*BARRED],
    "campaign_part": [*Part],
    "campaign_sign": [*Sign],
    "campaign_form": [*Form],
    "research": [*Research],
    "poll_detail": [*DETAILS],
    "media_tie": ["founder", "candidate", "representative"],
    "debate_speaker": [*Speaker],
    "disturbance": [*Disturbance],
    "imprint_data": [*IMPRINT],
    "material_place": [*BARRED_PLACES],
    "benefit": [*BRIBES],
    "benefit_condition": ["contract", "from_fund", "meets_requirements", "bears_symbol"],
    "campaign_item": [each for each in Item if each is not Item.ANOTHER_THING],
    "benefit_giver": [*Giver],
    "close_relative": [*Relation],
    "premises_feature": [*Feature],
}


def asked(name: str, document: Document) -> Outcome[Any]:
    found = rulebook.rule(name).ask(json.dumps(document), EDITION)
    assert not isinstance(found, Faulty), found.problems
    return found


@pytest.mark.parametrize(("name", "document", "norms"), CASES)
def test_a_rule_answers_a_document(name: str, document: Document, norms: set[str]) -> None:
    outcome = asked(name, document)
    cites_and_severities_hold(outcome)
    assert {each.norm for each in outcome.findings} == norms
    assert json.loads(json.dumps(rulebook.printed(outcome, EDITION)))["edition"] == EDITION.id


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "document", "norms"), CASES)
def test_every_answer_can_be_said(name: str, document: Document, norms: set[str], language: str) -> None:
    outcome = asked(name, document)
    said = [sentences.step(each, language) for each in outcome.steps]
    said += [sentences.finding(each, language) for each in outcome.findings]
    if outcome.unsettled is not None:
        said += [
            sentences.question(each, language) for each in (outcome.unsettled.question, *outcome.unsettled.options)
        ]
    assert said
    assert [sentence for sentence in said if UNFILLED.search(sentence)] == []


@pytest.mark.parametrize("fact", CODED)
def test_every_fact_that_is_a_code_has_its_words(fact: str) -> None:
    assert [code for code in CODED[fact] if not has(Catalogue.VALUES, f"{fact}.{code}")] == []
    assert all(not isinstance(code, StrEnum) or code.value == str(code) for code in CODED[fact])


def test_a_document_that_contradicts_itself_is_a_fault_with_its_place() -> None:
    document = {**ASKED["media-outlet"][0][0], "founders": []}
    found = rulebook.rule("media-outlet").ask(json.dumps(document), EDITION)
    assert isinstance(found, Faulty)
    assert [(each.path, each.message) for each in found.problems] == [("$", "an outlet has a founder")]
