"""The exhaustive grounds for cancelling a registration, what each asks for, and the five days (Art. 46)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from shailoo.law.calendar import end_of
from shailoo.law.registration.cancellation import (
    GROUNDS,
    PERSONS,
    Cancellation,
    Ground,
    Person,
    Subject,
    cancellation,
)
from shailoo.law.registration.withdrawal import Ballots
from tests.law.registration.cases import LAW, LISTS, ORACLES, PRESIDENT, election, local

SECOND = timedelta(seconds=1)
FIVE_DAYS = LAW.with_readings(own_withdrawal="cancellation_term")
ALL = [(subject, ground) for subject in Subject for ground in GROUNDS[subject]]
MET: dict[str, Any] = {  # everything that some ground asks for
    "breached": "L21.3",
    "warnings": 1,
    "statute": "a law",
}


def proposal(subject: Subject, ground: Ground, **changed: Any) -> Cancellation:
    """A proposal whose ground is met, decided in time."""
    person = min(PERSONS.get(GROUNDS[subject].get(ground, ""), {Person.CANDIDATE}))
    met = Cancellation(LISTS, subject, ground, local("2020-09-20 10:00"), confirmed=True, person=person, **MET)
    return replace(met, **changed)


def norms(facts: Cancellation) -> list[str]:
    return [found.norm for found in cancellation(facts, LAW).errors]


@pytest.mark.norm(
    "L46.1.a", "L46.1.b", "L46.1.c", "L46.1.d", "L46.1.e", "L46.1.f",
    "L46.2.1", "L46.2.2", "L46.2.3.a", "L46.2.3.b", "L46.2.4", "L46.2.5.a", "L46.2.5.b", "L46.2.6", "L46.2.7",
    "L46.2.8",
    "L46.3.1", "L46.3.2.a", "L46.3.2.b", "L46.3.3", "L46.3.4", "L46.3.5", "L46.3.6",
)  # fmt: skip
@pytest.mark.parametrize(("subject", "ground"), ALL)
def test_a_ground_that_is_met_cancels_and_one_that_is_not_confirmed_does_not(subject: Subject, ground: Ground) -> None:
    norm = GROUNDS[subject][ground]
    outcome = cancellation(proposal(subject, ground), LAW)
    assert (outcome.value.may, outcome.value.ground, outcome.findings) == (True, norm, ())
    assert outcome.steps[0].norm == norm
    for confirmed in (False, None):
        assert norms(proposal(subject, ground, confirmed=confirmed)) == [norm]


@pytest.mark.norm("L46.5")
@pytest.mark.parametrize("subject", Subject)
@pytest.mark.parametrize("ground", Ground)
def test_no_other_ground_cancels(subject: Subject, ground: Ground) -> None:
    if ground in GROUNDS[subject]:
        assert norms(proposal(subject, ground)) == []
    else:
        assert norms(proposal(subject, ground)) == ["L46.5"]


@pytest.mark.norm("L30.10.a1")
@pytest.mark.parametrize(
    ("made", "ballots"), [(True, Ballots.CROSSED_OUT), (False, Ballots.LEFT_OUT), (None, Ballots.NOT_KNOWN)]
)
def test_a_cancelled_line_of_the_ballot_is_crossed_out_once_ballots_are_made(
    made: bool | None, ballots: Ballots
) -> None:
    of_list = proposal(Subject.LIST, Ground.BRIBERY, ballots_made=made)
    assert cancellation(of_list, LAW).value.ballots is ballots
    assert cancellation(replace(of_list, confirmed=False), LAW).value.ballots is Ballots.UNCHANGED
    listed = proposal(Subject.CANDIDATE, Ground.BRIBERY, ballots_made=made)
    assert cancellation(listed, LAW).value.ballots is Ballots.UNCHANGED
    president = replace(listed, election=PRESIDENT, decided_at=local("2017-09-20 10:00"))
    assert cancellation(president, LAW).value.ballots is ballots
    elected = proposal(Subject.ELECTED, Ground.DEATH, election=PRESIDENT, ballots_made=made)
    assert cancellation(elected, LAW).value.ballots is Ballots.UNCHANGED


# ------------------------------------------------------------------------------------- the five days


@pytest.mark.norm("L46.2", "L46.3")
@pytest.mark.parametrize("case", ORACLES["cancellations"], ids=lambda case: case["kind"])
def test_a_registration_is_cancelled_until_five_days_before(case: dict[str, Any]) -> None:
    of = election(case)
    inclusive = LAW.with_readings(backward_counting="inclusive")
    for subject, ground in [(Subject.CANDIDATE, Ground.BRIBERY), (Subject.LIST, Ground.BRIBERY)]:
        if subject is Subject.LIST and case["kind"] == "presidential":
            continue
        norm = "L46.3" if subject is Subject.LIST else "L46.2"
        for law, day in ((LAW, case["last"]), (inclusive, case["inclusive"])):
            in_time = proposal(subject, ground, election=of, decided_at=end_of(day) - SECOND)
            assert cancellation(in_time, law).value.may
            late = cancellation(replace(in_time, decided_at=end_of(day)), law)
            assert [found.norm for found in late.errors] == [norm]


@pytest.mark.norm("L46.1.f", "L46.1.b")
@pytest.mark.parametrize(
    ("subject", "ground"),
    [(Subject.CANDIDATE, Ground.DEATH), *((Subject.ELECTED, each) for each in GROUNDS[Subject.ELECTED])],
)
def test_death_and_what_shows_of_the_elected_have_no_term(subject: Subject, ground: Ground) -> None:
    outcome = cancellation(proposal(subject, ground, decided_at=local("2020-10-10 10:00")), LAW)
    assert (outcome.value.may, outcome.value.until) == (True, None)


@pytest.mark.norm("L46.2.1", "L46.2")
def test_the_five_days_bind_own_withdrawal_by_the_other_reading_only() -> None:
    late = proposal(Subject.CANDIDATE, Ground.OWN_WITHDRAWAL, decided_at=local("2020-09-30 10:00"))
    assert cancellation(late, LAW).value.may
    assert [found.norm for found in cancellation(late, FIVE_DAYS).errors] == ["L46.2"]


@pytest.mark.norm("L46.2.6", "L46.3.5")
@pytest.mark.parametrize("subject", [Subject.CANDIDATE, Subject.LIST])
def test_the_five_days_bind_breaches_of_campaign_rules_unless_another_reading_is_taken(subject: Subject) -> None:
    late = proposal(subject, Ground.CAMPAIGN_RULES, decided_at=local("2020-09-30 10:00"))
    assert not cancellation(late, LAW).value.may
    assert cancellation(late, LAW.with_readings(revocation_term="any_time")).value.may


# ------------------------------------------------------------------------------------- who, what, after which warning


@pytest.mark.norm("L46.2.5.a", "L46.2.5.b", "L46.2.6", "L46.2.7", "L46.3.4", "L46.3.5", "L46.3.6")
@pytest.mark.parametrize(
    ("subject", "ground", "counting"),
    [
        (Subject.CANDIDATE, Ground.ABUSE_OF_OFFICE, {Person.CANDIDATE, Person.REPRESENTATIVE}),
        (Subject.CANDIDATE, Ground.INVOLVED_IN_ABUSE, {Person.CANDIDATE}),
        (Subject.CANDIDATE, Ground.CAMPAIGN_RULES, {Person.CANDIDATE, Person.REPRESENTATIVE}),
        (Subject.CANDIDATE, Ground.BRIBERY, {Person.CANDIDATE, Person.REPRESENTATIVE, Person.CLOSE_RELATIVE}),
        (Subject.LIST, Ground.ABUSE_OF_OFFICE, {Person.PARTY_LEADERSHIP}),
        (
            Subject.LIST,
            Ground.CAMPAIGN_RULES,
            {Person.PARTY_LEADERSHIP, Person.EXECUTIVE_OFFICIAL, Person.REPRESENTATIVE},
        ),
        (Subject.LIST, Ground.BRIBERY, {Person.PARTY_LEADERSHIP, Person.EXECUTIVE_OFFICIAL, Person.REPRESENTATIVE}),
    ],
)
def test_whose_acts_count(subject: Subject, ground: Ground, counting: set[Person]) -> None:
    norm = GROUNDS[subject][ground]
    for person in Person:
        assert norms(proposal(subject, ground, person=person)) == ([] if person in counting else [norm])
    assert norms(proposal(subject, ground, person=None)) == [norm]


@pytest.mark.norm("L46.2.4", "L46.3.3")
@pytest.mark.parametrize(
    ("of", "subject", "breached", "may"),
    [
        (PRESIDENT, Subject.CANDIDATE, "L21.3", True),
        (PRESIDENT, Subject.CANDIDATE, "L53.1.4", True),
        (PRESIDENT, Subject.CANDIDATE, "L61.4", False),
        (LISTS, Subject.CANDIDATE, "L61.4", True),
        (LISTS, Subject.LIST, "L61.1.1", True),
        (LISTS, Subject.LIST, "L21.7", True),
        (LISTS, Subject.LIST, "L53.1", False),
        (LISTS, Subject.LIST, "L22.1", False),
        (LISTS, Subject.LIST, "R21.3", False),
        (LISTS, Subject.LIST, None, False),
    ],
)
def test_rules_on_registration_are_those_of_articles_21_53_and_61(
    of: Any, subject: Subject, breached: str | None, may: bool
) -> None:
    decided = local("2017-09-20 10:00") if of is PRESIDENT else local("2020-09-20 10:00")
    facts = proposal(subject, Ground.REGISTRATION_RULES, election=of, decided_at=decided, breached=breached)
    assert cancellation(facts, LAW).value.may is may


@pytest.mark.norm("L46.2.6", "L46.3.5")
@pytest.mark.parametrize("subject", [Subject.CANDIDATE, Subject.LIST])
@pytest.mark.parametrize(("warnings", "may"), [(0, False), (1, True)])
def test_campaign_rules_are_breached_again_after_a_written_warning(subject: Subject, warnings: int, may: bool) -> None:
    facts = proposal(subject, Ground.CAMPAIGN_RULES, warnings=warnings)
    assert norms(facts) == ([] if may else ["L28.5.a2"])


@pytest.mark.norm("L46.1.e")
def test_another_statutory_ground_names_its_law() -> None:
    assert norms(proposal(Subject.ELECTED, Ground.OTHER_STATUTE, statute=None)) == ["L46.1.e"]


def test_proposals_that_cannot_be_are_none() -> None:
    with pytest.raises(ValueError, match="no election of lists"):
        proposal(Subject.LIST, Ground.BRIBERY, election=PRESIDENT)
    with pytest.raises(ValueError, match="recalls candidates"):
        proposal(Subject.CANDIDATE, Ground.PARTY_RECALL, election=PRESIDENT)
