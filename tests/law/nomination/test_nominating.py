"""Art. 49, 50.4 and 60.1, 60.2, 60.5: who nominates, when, and with which papers. Parties and days are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from shailoo.law.calendar import BISHKEK, Kind
from shailoo.law.editions import Edition, edition
from shailoo.law.nomination.election import Called, last_day_of
from shailoo.law.nomination.nominating import (
    CITIZENS_PAPERS,
    LISTS_PAPERS,
    PARTYS_PAPERS,
    Congress,
    Nomination,
    Nominator,
    Paper,
    Party,
    nominate,
)
from shailoo.law.outcome import Severity
from shailoo.wording import sentences

LAW = edition("2017-06-05")


def at(year: int, month: int, day: int, hour: int = 12, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=BISHKEK)


# Called on 10 June and published on 12 June; 75 full days before 18 October end with 3 August.
PRESIDENTIAL = Called(Kind.PRESIDENTIAL, date(2020, 10, 18), date(2020, 6, 10), date(2020, 6, 12))
CITIZEN = Nomination(PRESIDENTIAL, Nominator.CITIZEN, at(2020, 7, 1), frozenset(CITIZENS_PAPERS))
PARTY = replace(
    CITIZEN,
    by=Nominator.PARTY,
    papers=frozenset(PARTYS_PAPERS),
    party=Party(date(2015, 1, 1), by_charter=True),
    printed=True,
    by_authorized=True,
    confirmed_at=at(2020, 7, 1, 12, 30),
)
# Called and published on 3 July; 45 full days before 4 October end with 19 August.
ELECTION = Called(Kind.JK, date(2020, 10, 4), date(2020, 7, 3), date(2020, 7, 3))
LIST = Nomination(
    ELECTION,
    Nominator.PARTY,
    at(2020, 8, 20),
    frozenset(LISTS_PAPERS),
    party=Party(date(2015, 1, 1)),
    congress=Congress(date(2020, 8, 1), secret_ballot=True),
)


def changed(nomination: Nomination, **changes: object) -> Nomination:
    return replace(nomination, **changes)  # type: ignore[arg-type]  # a test's own


def told(nomination: Nomination, law: Edition = LAW) -> list[tuple[str, str]]:
    return [(found.norm, found.code) for found in nominate(nomination, law).findings]


# ------------------------------------------------------------------------------------- the President


@pytest.mark.norm("L49.3.a", "L49.5")
def test_a_citizen_nominates_himself_or_herself_with_a_statement() -> None:
    outcome = nominate(CITIZEN, LAW)
    assert outcome.value.good
    assert {"L49.3.a", "L49.5"} <= set(outcome.grounds)
    without = nominate(changed(CITIZEN, papers=frozenset()), LAW)
    assert [(found.norm, found.code) for found in without.findings] == [("L49.5", "nomination_paper_missing")]
    assert without.value.missing == (Paper.INTENT_STATEMENT,)
    assert not without.value.good


@pytest.mark.norm("L49.2.a")
@pytest.mark.parametrize(
    ("received", "findings"),
    [(at(2020, 6, 13, 0, 0), []), (at(2020, 6, 12, 23, 59), [("L49.2.a", "nomination_too_early")])],
)
def test_nomination_begins_on_the_day_after_publication(received: datetime, findings: list[tuple[str, str]]) -> None:
    assert told(changed(CITIZEN, received_at=received)) == findings


@pytest.mark.norm("L49.2.a")
def test_before_publication_there_is_no_nomination() -> None:
    unpublished = replace(PRESIDENTIAL, published_on=None)
    assert told(changed(CITIZEN, election=unpublished)) == [("L49.2.a", "nomination_before_publication")]


@pytest.mark.norm("L49.2.b")
@pytest.mark.parametrize(
    ("received", "findings"),
    [(at(2020, 8, 3, 23, 59), []), (at(2020, 8, 4, 0, 0), [("L49.2.b", "nomination_late")])],
)
def test_nomination_ends_seventy_five_full_days_before(received: datetime, findings: list[tuple[str, str]]) -> None:
    assert told(changed(CITIZEN, received_at=received)) == findings
    assert told(changed(CITIZEN, received_at=received), LAW.with_readings(backward_counting="inclusive")) == []


@pytest.mark.norm("L49.2.b")
def test_both_last_days_are_told_where_two_counts_differ() -> None:
    """An act on the one day between them is late by full days and in time by inclusive counting."""
    (late,) = nominate(changed(CITIZEN, received_at=at(2020, 8, 4)), LAW).findings
    assert (late.facts["last_day"], late.facts["last_day_inclusive"]) == (date(2020, 8, 3), date(2020, 8, 4))
    assert "4 August 2020" in sentences.finding(late, "en")
    inclusive = LAW.with_readings(backward_counting="inclusive")
    (later,) = nominate(changed(CITIZEN, received_at=at(2020, 8, 5)), inclusive).findings
    assert "last_day_inclusive" not in later.facts
    assert "The last day was 4 August 2020." in sentences.finding(later, "en")


@pytest.mark.norm("L49.2.b")
def test_at_an_early_election_the_term_is_shortened() -> None:
    """The published calendar of 10 January 2021: nomination until 14 November 2020."""
    early = Called(Kind.PRESIDENTIAL_EARLY, date(2021, 1, 10), date(2020, 10, 24), date(2020, 10, 24))
    assert told(changed(CITIZEN, election=early, received_at=at(2020, 11, 14, 23, 59))) == []
    assert told(changed(CITIZEN, election=early, received_at=at(2020, 11, 15))) == [("L49.2.b", "nomination_late")]


@pytest.mark.norm("L49.3.b")
@pytest.mark.parametrize(
    ("registered", "struck_off", "good"),
    [
        (date(2020, 6, 12), None, True),
        (date(2020, 6, 13), None, False),
        (date(2015, 1, 1), date(2020, 6, 13), True),
        (date(2015, 1, 1), date(2020, 6, 12), False),
    ],
)
def test_a_party_is_registered_on_the_day_of_publication(registered: date, struck_off: date | None, good: bool) -> None:
    findings = told(changed(PARTY, party=Party(registered, struck_off, by_charter=True)))
    assert findings == ([] if good else [("L49.3.b", "nomination_party_not_registered")])


@pytest.mark.norm("L49.4.a")
@pytest.mark.parametrize(
    ("by_charter", "findings"),
    [
        (True, []),
        (False, [("L49.4.a", "nomination_against_charter")]),
        (None, [("L49.4.a", "nomination_charter_not_checked")]),
    ],
)
def test_a_party_nominates_as_its_charter_provides(by_charter: bool | None, findings: list[tuple[str, str]]) -> None:
    assert told(changed(PARTY, party=Party(date(2015, 1, 1), by_charter=by_charter))) == findings


@pytest.mark.norm("L49.4.b")
@pytest.mark.parametrize("paper", PARTYS_PAPERS)
def test_a_party_hands_in_protocol_and_application(paper: Paper) -> None:
    outcome = nominate(changed(PARTY, papers=frozenset(PARTYS_PAPERS) - {paper}), LAW)
    assert [found.norm for found in outcome.findings] == ["L49.4.b"]
    assert outcome.value.missing == (paper,)


@pytest.mark.norm("L49.4.b")
@pytest.mark.parametrize("form", ["printed", "by_authorized"])
def test_printed_and_by_an_authorised_representative(form: str) -> None:
    assert told(changed(PARTY, **{form: False})) == [("L49.4.b", "nomination_form_not_kept")]
    assert told(changed(PARTY, **{form: None})) == [("L49.4.b", "nomination_form_not_known")]


@pytest.mark.norm("L49.4.c")
@pytest.mark.parametrize(
    ("confirmed", "code"),
    [
        (at(2020, 7, 1, 23, 59), None),
        (at(2020, 7, 2, 0, 0), "nomination_receipt_confirmed_late"),
        (None, "nomination_receipt_not_confirmed"),
    ],
)
def test_receipt_is_confirmed_at_once_and_its_delay_is_no_fault_of_the_party(
    confirmed: datetime | None, code: str | None
) -> None:
    outcome = nominate(changed(PARTY, confirmed_at=confirmed), LAW)
    assert [(found.norm, found.code, found.severity) for found in outcome.findings] == (
        [("L49.4.c", code, Severity.WARNING)] if code else []
    )
    assert ("L49.4.c" in [step.norm for step in outcome.steps]) is (code is None)
    assert outcome.value.good


@pytest.mark.norm("L50.4.a")
@pytest.mark.parametrize(("decided", "late"), [(at(2020, 7, 6, 23, 59), False), (at(2020, 7, 7, 0, 0), True)])
def test_the_decision_on_the_requirements_comes_within_five_days(decided: datetime, late: bool) -> None:
    outcome = nominate(changed(CITIZEN, decided_at=decided), LAW)
    assert outcome.value.decide_by == date(2020, 7, 6)
    assert [(found.norm, found.severity) for found in outcome.findings] == (
        [("L50.4.a", Severity.WARNING)] if late else []
    )


@pytest.mark.norm("L50.4.a")
def test_until_it_is_taken_the_decision_is_due() -> None:
    assert "nomination_decision_due" in [step.code for step in nominate(PARTY, LAW).steps]


# ------------------------------------------------------------------------------------- lists


@pytest.mark.norm("L60.1.a", "L60.1.b", "L60.2.a", "L60.2.d", "L60.5.a")
def test_a_list_is_nominated_by_a_registered_party_at_a_congress_in_time() -> None:
    outcome = nominate(LIST, LAW)
    assert outcome.value.good
    assert outcome.value.decide_by is None
    assert set(outcome.grounds) == {"L60.1.a", "L60.1.b", "L60.2.a", "L60.2.d", "L60.5.a"}


@pytest.mark.norm("L60.2.a")
def test_nobody_but_a_party_nominates_a_list() -> None:
    by_citizen = changed(LIST, by=Nominator.CITIZEN, party=None)
    assert told(by_citizen) == [("L60.2.a", "nomination_of_list_by_citizen")]


@pytest.mark.norm("L60.2.a")
@pytest.mark.parametrize(("registered", "good"), [(date(2020, 7, 3), True), (date(2020, 7, 4), False)])
def test_the_party_of_a_list_is_registered_on_the_day_of_publication(registered: date, good: bool) -> None:
    findings = told(changed(LIST, party=Party(registered)))
    assert findings == ([] if good else [("L60.2.a", "nomination_party_not_registered")])


@pytest.mark.norm("L60.2.a")
def test_before_publication_the_right_of_the_party_is_not_fixed() -> None:
    unpublished = replace(ELECTION, published_on=None)
    assert told(changed(LIST, election=unpublished)) == [("L60.2.a", "nomination_party_awaits_publication")]


@pytest.mark.norm("L60.1.a", "L60.1.b")
@pytest.mark.parametrize(
    ("held", "findings"),
    [
        (date(2020, 7, 2), [("L60.1.a", "nomination_before_calling")]),
        (date(2020, 7, 3), []),
        (date(2020, 8, 19), []),
        (date(2020, 8, 20), [("L60.1.b", "nomination_late")]),
    ],
)
def test_lists_are_nominated_from_calling_to_the_forty_fifth_full_day_before(
    held: date, findings: list[tuple[str, str]]
) -> None:
    assert told(changed(LIST, congress=Congress(held, secret_ballot=True))) == findings


@pytest.mark.norm("L60.2.d")
@pytest.mark.parametrize(
    ("congress", "code"),
    [
        (None, "nomination_without_congress"),
        (Congress(date(2020, 8, 1), secret_ballot=False), "nomination_by_open_ballot"),
        (Congress(date(2020, 8, 1), secret_ballot=None), "nomination_ballot_not_known"),
    ],
)
def test_the_congress_votes_in_secret(congress: Congress | None, code: str) -> None:
    assert told(changed(LIST, congress=congress)) == [("L60.2.d", code)]


@pytest.mark.norm("L60.2.d", "L60.5.a")
@pytest.mark.parametrize("paper", LISTS_PAPERS)
def test_each_paper_of_a_list_is_asked_for(paper: Paper) -> None:
    assert told(changed(LIST, papers=frozenset(LISTS_PAPERS) - {paper})) == [
        (LISTS_PAPERS[paper], "nomination_paper_missing")
    ]


def test_facts_that_cannot_be_are_faults_of_the_facts() -> None:
    with pytest.raises(ValueError, match="party"):
        changed(LIST, party=None)
    with pytest.raises(ValueError, match="party"):
        changed(CITIZEN, party=Party(date(2015, 1, 1)))
    with pytest.raises(ValueError, match="last day"):
        last_day_of(PRESIDENTIAL.term("nomination_start_presidential", LAW))
