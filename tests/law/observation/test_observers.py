"""Art. 9, 10, 10-1: senders, papers, numbers and terms of the three kinds of observers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from shailoo.law.observation.observers import (
    PAPERS,
    Level,
    ObserverKind,
    ObserverPaper,
    Observing,
    Sender,
    observer,
)
from tests.law.observation.cases import (
    CITIZEN_OBSERVER,
    ELECTION_DAY,
    INTERNATIONAL,
    LAW,
    OBSERVER,
    PUBLISHED,
    errors,
    steps,
    warnings,
)

BY_KIND = {each.kind: each for each in (OBSERVER, CITIZEN_OBSERVER, INTERNATIONAL)}


@pytest.mark.norm("L9.1.a", "L10-1.1", "R1.4")
@pytest.mark.parametrize("facts", BY_KIND.values(), ids=[str(kind) for kind in BY_KIND])
def test_observers_in_order_observe(facts: Observing) -> None:
    found = observer(facts, LAW)
    assert errors(found) == warnings(found) == []
    assert found.value.admissible
    assert found.value.active
    assert found.value.since == facts.since


# ------------------------------------------------------------------------------------- senders

ENTITLED = {
    (ObserverKind.OBSERVER, Sender.CANDIDATE),
    (ObserverKind.OBSERVER, Sender.PARTY_WITH_LIST),
    (ObserverKind.CITIZEN, Sender.NGO),
    (ObserverKind.INTERNATIONAL, Sender.FOREIGN_ORGANIZATION),
    (ObserverKind.INTERNATIONAL, Sender.INTERNATIONAL_ORGANIZATION),
}


@pytest.mark.norm("L9.1.a", "L10-1.1", "R1.4")
@pytest.mark.parametrize("kind", ObserverKind)
@pytest.mark.parametrize("sender", Sender)
def test_who_sends_which_observers(kind: ObserverKind, sender: Sender) -> None:
    found = observer(replace(BY_KIND[kind], sender=sender), LAW)
    norm = {ObserverKind.OBSERVER: "L9.1.a", ObserverKind.CITIZEN: "L10-1.1", ObserverKind.INTERNATIONAL: "R1.4"}[kind]
    if (kind, sender) in ENTITLED:
        assert errors(found) == []
        assert (norm, "observer_sender_may_send") in steps(found)
    else:
        assert [each for each, _code in errors(found)] == [norm]


@pytest.mark.norm("L9.1.a")
def test_candidates_on_a_list_send_observers_only_where_that_reading_is_taken() -> None:
    listed = replace(OBSERVER, sender=Sender.LIST_CANDIDATE)
    assert errors(observer(listed, LAW)) == [("L9.1.a", "observer_sent_by_party_not_by_listed_candidate")]
    literal = LAW.with_readings(list_candidate_observers="per_listed_candidate")
    assert errors(observer(listed, literal)) == []
    third = replace(listed, others_of_sender=2)  # two of that very candidate
    assert errors(observer(third, literal)) == [("L9.1.b1", "observers_of_sender_full")]


@pytest.mark.norm("L9.2.a1")
@pytest.mark.parametrize("registered", [False, None])
def test_the_candidate_or_list_must_be_shown_to_be_registered(registered: bool | None) -> None:
    found = observer(replace(OBSERVER, sender_registered=registered), LAW)
    assert errors(found) == [("L9.2.a1", "observer_sender_not_registered")]


# ------------------------------------------------------------------------------------- papers

ENTRIES = ["first_name", "last_name", "patronymic", "address", "polling_station", "commissions", "no_restrictions_note"]
ASKED = {
    ObserverKind.OBSERVER: {**dict.fromkeys(ENTRIES, "L9.2.a2"), "identity_document": "L9.2.a3"},
    ObserverKind.CITIZEN: {
        **dict.fromkeys(ENTRIES, "L10-1.2.a2"),
        "ngo_decision": "L10-1.1",
        "ngo_stamp": "L10-1.2.a1",
        "identity_document": "L10-1.2.a3",
        "ngo_decision_copy": "L10-1.2.a4",
    },
    ObserverKind.INTERNATIONAL: {"certificate": "R4.3.a1", "identity_document": "R4.3.a1"},
}


@pytest.mark.norm("L9.2.a2", "L9.2.a3", "L10-1.1", "L10-1.2.a1", "L10-1.2.a2", "L10-1.2.a3", "L10-1.2.a4", "R4.3.a1")
@pytest.mark.parametrize(("kind", "paper"), [(kind, paper) for kind in ObserverKind for paper in ObserverPaper])
def test_each_paper_that_is_asked_for_is_missed_by_its_norm(kind: ObserverKind, paper: ObserverPaper) -> None:
    facts = replace(BY_KIND[kind], papers=frozenset(PAPERS[kind]) - {paper})
    norm = ASKED[kind].get(paper.value)
    assert errors(observer(facts, LAW)) == ([] if norm is None else [(norm, "observer_paper_missing")])


@pytest.mark.norm("L9.2.a3", "L10-1.2.a3", "R4.3.a2")
@pytest.mark.parametrize(
    ("kind", "norm"),
    [
        (ObserverKind.OBSERVER, "L9.2.a3"),
        (ObserverKind.CITIZEN, "L10-1.2.a3"),
        (ObserverKind.INTERNATIONAL, "R4.3.a2"),
    ],
)
@pytest.mark.parametrize("agree", [False, None])
def test_the_names_must_be_shown_to_agree(kind: ObserverKind, norm: str, agree: bool | None) -> None:
    found = observer(replace(BY_KIND[kind], names_agree=agree), LAW)
    assert errors(found) == [(norm, "observer_names_not_compared")]
    assert (norm, "observer_papers_complete") in steps(observer(BY_KIND[kind], LAW))


# ------------------------------------------------------------------------------------- numbers


@pytest.mark.norm("L9.1.b1")
@pytest.mark.parametrize(("others", "admissible"), [(0, True), (1, True), (2, False)])
def test_two_observers_of_a_sender_at_a_precinct_and_no_third(others: int, admissible: bool) -> None:
    found = observer(replace(OBSERVER, others_of_sender=others), LAW)
    assert found.value.admissible is admissible
    assert errors(found) == ([] if admissible else [("L9.1.b1", "observers_of_sender_full")])
    assert (("L9.1.b1", "observers_of_sender_within_limit") in steps(found)) is admissible


@pytest.mark.norm("L9.1.b1")
@pytest.mark.parametrize("level", [Level.TEC, Level.CEC])
def test_higher_commissions_have_no_limit(level: Level) -> None:
    assert errors(observer(replace(OBSERVER, commission=level, others_of_sender=20), LAW)) == []


@pytest.mark.norm("L9.1.b2")
@pytest.mark.parametrize(
    ("inside", "expected"), [(0, []), (1, [("L9.1.b2", "observer_of_sender_already_in_premises")])]
)
def test_observers_of_one_sender_take_turns(inside: int, expected: list[tuple[str, str]]) -> None:
    assert errors(observer(replace(OBSERVER, others_of_sender=1, in_premises=inside), LAW)) == expected


@pytest.mark.norm("L10-1.3.a3")
@pytest.mark.parametrize(("others", "admissible"), [(0, True), (1, False)])
def test_one_citizen_observer_of_an_ngo_in_a_commission(others: int, admissible: bool) -> None:
    found = observer(replace(CITIZEN_OBSERVER, others_of_sender=others), LAW)
    assert found.value.admissible is admissible
    assert errors(found) == ([] if admissible else [("L10-1.3.a3", "citizen_observers_of_ngo_full")])
    assert (("L10-1.3.a3", "citizen_observers_of_ngo_within_limit") in steps(found)) is admissible


# ------------------------------------------------------------------------------------- start


@pytest.mark.norm("L9.2.a1", "L9.2.a4")
def test_powers_start_with_the_document_even_on_election_day_without_notice() -> None:
    before = observer(replace(OBSERVER, since=None), LAW)
    assert before.value.admissible
    assert not before.value.active
    assert ("L9.2.a1", "observer_starts_with_document") in steps(before)
    on_the_spot = observer(replace(OBSERVER, since=ELECTION_DAY), LAW)
    assert on_the_spot.value.active
    assert ("L9.2.a4", "observer_without_notice") in steps(on_the_spot)


@pytest.mark.norm("L9.2.a1", "L10-1.5.a1", "R3.8.a1", "L10.2.a1")
@pytest.mark.parametrize(
    ("kind", "norms"),
    [
        (ObserverKind.OBSERVER, ["L9.2.a1"]),
        (ObserverKind.CITIZEN, ["L10-1.5.a1"]),
        (ObserverKind.INTERNATIONAL, ["L10.2.a1", "R3.8.a1"]),
    ],
)
def test_nobody_is_an_observer_the_day_before_and_everybody_on_the_day(kind: ObserverKind, norms: list[str]) -> None:
    facts = replace(BY_KIND[kind], on=date(2020, 9, 30), since=date(2020, 10, 1))
    assert errors(observer(facts, LAW)) == [(norms[0], "observer_not_yet")]
    first = observer(replace(facts, on=date(2020, 10, 1)), LAW)
    assert first.value.active
    assert [step.norm for step in first.steps if step.code == "observer_since"] == norms


@pytest.mark.norm("L10-1.3.a1", "L10-1.3.a2")
def test_a_commission_accredits_a_citizen_observer_who_is_admissible() -> None:
    due = observer(replace(CITIZEN_OBSERVER, since=None), LAW)
    assert ("L10-1.3.a1", "citizen_observer_accreditation_due") in steps(due)
    assert not due.value.active
    full = observer(replace(CITIZEN_OBSERVER, since=None, others_of_sender=1), LAW)
    assert ("L10-1.3.a1", "citizen_observer_accreditation_due") not in steps(full)


@pytest.mark.norm("L10-1.3.a2")
@pytest.mark.parametrize("rules", [False, None])
def test_without_rules_of_the_commission_the_accreditation_is_warned_of(rules: bool | None) -> None:
    found = observer(replace(CITIZEN_OBSERVER, accreditation_rules=rules), LAW)
    assert warnings(found) == [("L10-1.3.a2", "citizen_observer_accreditation_unregulated")]
    assert found.value.active


@pytest.mark.norm("L10.1.a1")
def test_an_international_observer_without_accreditation_is_none() -> None:
    found = observer(replace(INTERNATIONAL, since=None), LAW)
    assert errors(found) == [("L10.1.a1", "international_observer_not_accredited")]
    assert not found.value.active


@pytest.mark.norm("L10.3")
@pytest.mark.parametrize("level", Level)
def test_an_international_observer_goes_to_any_commission(level: Level) -> None:
    found = observer(replace(INTERNATIONAL, commission=level, others_of_sender=30, in_premises=5), LAW)
    assert found.value.active
    assert ("L10.3", "international_observer_moves_freely") in steps(found)


# ------------------------------------------------------------------------------------- end


@pytest.mark.norm("L9.2.a1", "L10.2.a2", "R3.8.a2", "L10-1.5.a2")
@pytest.mark.parametrize(
    ("kind", "norms"),
    [
        (ObserverKind.OBSERVER, ["L9.2.a1"]),
        (ObserverKind.CITIZEN, ["L10-1.5.a2"]),
        (ObserverKind.INTERNATIONAL, ["L10.2.a2", "R3.8.a2"]),
    ],
)
def test_the_term_ends_on_the_day_of_official_publication(kind: ObserverKind, norms: list[str]) -> None:
    facts = replace(BY_KIND[kind], results_published=PUBLISHED)
    last = observer(replace(facts, on=PUBLISHED), LAW)
    assert last.value.active
    assert last.value.until == PUBLISHED
    assert [step.norm for step in last.steps if step.code == "observer_until"] == norms
    after = observer(replace(facts, on=date(2020, 10, 25)), LAW)
    assert errors(after) == [(norms[0], "observer_term_ended")]
    assert not after.value.active
    assert after.value.admissible


@pytest.mark.norm("L9.2.a1", "L21.11.a2")
@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("recalled_on", ("L9.2.a1", "observer_recalled")),
        ("sender_status_lost_on", ("L21.11.a2", "observer_ends_with_sender")),
    ],
)
def test_an_observer_ends_with_a_recall_and_with_who_sent_the_observer(field: str, told: tuple[str, str]) -> None:
    last = date(2020, 10, 2)
    facts = replace(OBSERVER, results_published=PUBLISHED, on=last, **{field: last})  # type: ignore[arg-type]
    on_it = observer(facts, LAW)
    assert (on_it.value.active, on_it.value.until) == (True, last)
    assert told in steps(on_it)
    after = observer(replace(facts, on=date(2020, 10, 3)), LAW)
    assert errors(after) == [("L9.2.a1", "observer_term_ended")]
    accredited = observer(replace(CITIZEN_OBSERVER, on=date(2020, 10, 3), **{field: last}), LAW)  # type: ignore[arg-type]
    assert accredited.value.active


@pytest.mark.norm("L9.2.a1", "L10.2.a2")
def test_until_publication_no_end_is_known() -> None:
    for kind, norm in ((ObserverKind.OBSERVER, "L9.2.a1"), (ObserverKind.INTERNATIONAL, "L10.2.a2")):
        found = observer(BY_KIND[kind], LAW)
        assert found.value.until is None
        assert (norm, "observer_until_publication") in steps(found)


@pytest.mark.norm("R3.8.b1", "R3.8.b2")
def test_a_repeat_voting_carries_the_accreditation_to_the_publication_of_its_results() -> None:
    facts = replace(INTERNATIONAL, results_published=PUBLISHED, repeat_voting=True, on=date(2020, 11, 15))
    before = observer(facts, LAW)
    assert before.value.active
    assert ("R3.8.b1", "observer_accreditation_carried_over") in steps(before)
    ended = replace(facts, repeat_results_published=date(2020, 11, 14))
    assert errors(observer(ended, LAW)) == [("R3.8.b2", "observer_term_ended")]
    assert observer(replace(ended, on=date(2020, 11, 14)), LAW).value.active


@pytest.mark.norm("L10-1.5.a2")
def test_citizen_observers_follow_the_regulation_by_analogy() -> None:
    facts = replace(CITIZEN_OBSERVER, results_published=PUBLISHED, repeat_voting=True, on=date(2020, 11, 15))
    assert ("L10-1.5.a2", "observer_accreditation_carried_over") in steps(observer(facts, LAW))
    ended = observer(replace(facts, repeat_results_published=date(2020, 11, 14)), LAW)
    assert errors(ended) == [("L10-1.5.a2", "observer_term_ended")]


@pytest.mark.norm("R3.6")
def test_a_certificate_of_a_revoked_accreditation_entitles_to_nothing() -> None:
    found = observer(replace(INTERNATIONAL, accreditation_revoked=True), LAW)
    assert errors(found) == [("R3.6", "observer_accreditation_revoked")]
    assert not found.value.active


def test_a_citizen_observer_whose_accreditation_was_revoked_is_none() -> None:
    found = observer(replace(CITIZEN_OBSERVER, accreditation_revoked=True), LAW)
    assert errors(found) == [("L10-1.9", "observer_accreditation_revoked")]
    assert found.value.admissible
    assert not found.value.active


def test_what_was_never_given_cannot_be_revoked() -> None:
    for facts in (OBSERVER, replace(INTERNATIONAL, since=None)):
        with pytest.raises(ValueError, match="only an accreditation"):
            replace(facts, accreditation_revoked=True)
