"""Art. 15.3 to 15.5: applications on the voter lists. The term ends on 18 September 2020 at 24:00."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from shailoo.law.editions.chapters.voters import ListApplicationReceipt
from shailoo.law.voters.applications import ListApplication, Ruling, Subject, list_application
from shailoo.law.voters.identity import NATIONAL_PASSPORTS, IdentityDocument
from tests.law.voters.cases import JK, LAW, REPEAT, at, breaches, errors, passed

MISTAKE = ListApplication(
    voting=JK,
    subject=Subject.MISTAKE,
    received_by_pec=at(9, 18, 10),
    received_by_registry=at(9, 18, 12),
    written=True,
    copies_attached=True,
    biometric=True,
    passed_on=at(9, 18, 11),
    changed=date(2020, 9, 20),
    answered=date(2020, 9, 22),
    voter_told=True,
)
ADDRESS = replace(
    MISTAKE,
    subject=Subject.VOTING_ADDRESS,
    standard_form=True,
    document=IdentityDocument.ID_CARD,
    voting_address_is_residence=False,
)
RECEIPT = {Subject.NOT_LISTED: "L15.3.a1", Subject.MISTAKE: "L15.3.a1", Subject.VOTING_ADDRESS: "L15.4.a1"}


@pytest.mark.parametrize("application", [MISTAKE, replace(MISTAKE, subject=Subject.NOT_LISTED), ADDRESS])
def test_an_application_in_time_with_its_papers_is_accepted(application: ListApplication) -> None:
    found = list_application(application, LAW)
    assert found.value is Ruling.ACCEPTED
    assert found.findings == ()


@pytest.mark.norm("L15.3.a1", "L15.4.a1", "L15.5.a")
@pytest.mark.parametrize("subject", Subject)
def test_the_last_minute_of_the_term_is_in_time_and_midnight_is_not(subject: Subject) -> None:
    application = replace(ADDRESS, subject=subject)
    last = at(9, 18, 23, 59)
    in_time = list_application(replace(application, received_by_pec=last, passed_on=last), LAW)
    assert in_time.value is Ruling.ACCEPTED
    late = list_application(replace(application, received_by_pec=at(9, 19, 0, 0)), LAW)
    assert late.value is Ruling.OUT_OF_TIME
    assert errors(late) == {(RECEIPT[subject], "application_out_of_time")}


@pytest.mark.norm("L15.5.a")
def test_by_default_the_way_to_the_registry_costs_the_voter_nothing() -> None:
    found = list_application(replace(MISTAKE, received_by_registry=at(9, 20)), LAW)
    assert found.value is Ruling.ACCEPTED


@pytest.mark.norm("L15.5.a")
def test_by_the_other_reading_the_registry_must_have_it_in_time() -> None:
    law = LAW.with_readings(list_application_receipt=ListApplicationReceipt.AT_THE_REGISTRY)
    assert list_application(replace(MISTAKE, received_by_registry=at(9, 18, 23, 59)), law).value is Ruling.ACCEPTED
    late = list_application(replace(MISTAKE, received_by_registry=at(9, 19, 0, 0)), law)
    assert late.value is Ruling.OUT_OF_TIME
    assert errors(late) == {("L15.5.a", "application_out_of_time")}
    unknown = list_application(replace(MISTAKE, received_by_registry=None), law)
    assert unknown.value is Ruling.NOT_KNOWN
    assert errors(unknown) == {("L15.5.a", "received_by_registry")}


@pytest.mark.norm("L15.3.a2")
@pytest.mark.parametrize("name", ["written", "copies_attached"])
def test_an_application_on_a_mistake_is_written_with_copies(name: str) -> None:
    found = list_application(replace(MISTAKE, **{name: False}), LAW)  # type: ignore[arg-type]  # a field by its name
    assert found.value is Ruling.TO_BE_COMPLETED
    assert errors(found) == {("L15.3.a2", name)}


@pytest.mark.norm("L15.4.a2")
def test_a_voting_address_is_asked_for_on_the_form_with_a_copy() -> None:
    assert errors(list_application(replace(ADDRESS, standard_form=False), LAW)) == {("L15.4.a2", "standard_form")}
    without = list_application(replace(ADDRESS, document=None), LAW)
    assert without.value is Ruling.TO_BE_COMPLETED
    assert errors(without) == {("L15.4.a2", "application_document_missing")}


@pytest.mark.norm("L1.d05")
@pytest.mark.parametrize("document", sorted(set(IdentityDocument) - NATIONAL_PASSPORTS))
@pytest.mark.parametrize("abroad", [False, True])
def test_no_other_document_replaces_a_national_passport(document: IdentityDocument, abroad: bool) -> None:
    found = list_application(replace(ADDRESS, document=document, lives_abroad=abroad, holds_id_card=False), LAW)
    assert errors(found) == {("L1.d05", "application_document_no_passport")}


@pytest.mark.norm("L15.4.a2", "L15.4.a3")
@pytest.mark.parametrize("document", sorted(NATIONAL_PASSPORTS - {IdentityDocument.ID_CARD}))
def test_another_passport_serves_only_a_voter_abroad_who_has_no_id_card(document: IdentityDocument) -> None:
    at_home = replace(ADDRESS, document=document, holds_id_card=False)
    assert errors(list_application(at_home, LAW)) == {("L15.4.a2", "application_needs_id_card")}
    abroad = replace(at_home, lives_abroad=True)
    assert list_application(abroad, LAW).value is Ruling.ACCEPTED
    holding = list_application(replace(abroad, holds_id_card=True), LAW)
    assert errors(holding) == {("L15.4.a3", "application_id_card_goes_first")}
    assert errors(list_application(replace(abroad, holds_id_card=None), LAW)) == {("L15.4.a3", "holds_id_card")}


@pytest.mark.norm("L1.d13")
def test_the_address_of_residence_is_no_voting_address() -> None:
    found = list_application(replace(ADDRESS, voting_address_is_residence=True), LAW)
    assert found.value is Ruling.ACCEPTED
    assert breaches(found) == {("L1.d13", "application_address_is_residence")}


@pytest.mark.norm("L15.3.c")
def test_a_voter_without_biometrics_is_sent_to_be_registered() -> None:
    found = list_application(replace(MISTAKE, biometric=False), LAW)
    assert found.value is Ruling.REFERRED_FOR_BIOMETRICS
    assert breaches(found) == {("L15.3.c", "application_needs_biometrics")}
    assert breaches(list_application(replace(MISTAKE, biometric=None), LAW)) == {("L15.3.c", "biometric")}


@pytest.mark.norm("L15.3.a3", "L15.4.b1")
@pytest.mark.parametrize(
    ("application", "norm", "term"),
    [
        (MISTAKE, "L15.3.a3", "list_application_passed_on"),
        (ADDRESS, "L15.4.b1", "voting_address_application_passed_on"),
    ],
)
def test_an_application_is_passed_on_on_the_same_day(application: ListApplication, norm: str, term: str) -> None:
    same_day = list_application(replace(application, passed_on=at(9, 18, 23, 59)), LAW)
    assert (norm, term) in passed(same_day)
    next_day = list_application(replace(application, passed_on=at(9, 19, 0, 0)), LAW)
    assert breaches(next_day) == {(norm, term)}
    assert next_day.value is Ruling.ACCEPTED


@pytest.mark.norm("L15.3.b1", "L15.4.b3")
@pytest.mark.parametrize(
    ("application", "norm", "term"),
    [(MISTAKE, "L15.3.b1", "list_correction_reply"), (ADDRESS, "L15.4.b3", "voting_address_reply")],
)
def test_the_answer_comes_within_two_days_of_the_change(application: ListApplication, norm: str, term: str) -> None:
    assert (norm, term) in passed(list_application(application, LAW))
    late = list_application(replace(application, answered=date(2020, 9, 23)), LAW)
    assert breaches(late) == {(norm, term)}


@pytest.mark.norm("L15.3.b2", "L15.3.a4")
def test_the_administrator_stands_between_registry_and_voter_for_corrections_only() -> None:
    assert breaches(list_application(replace(MISTAKE, voter_told=False), LAW)) == {("L15.3.b2", "voter_told")}
    assert list_application(replace(ADDRESS, voter_told=False), LAW).findings == ()
    routes = [
        next(
            (each.norm, each.facts["route"])
            for each in list_application(facts, LAW).steps
            if each.code == "application_route"
        )
        for facts in (MISTAKE, ADDRESS)
    ]
    assert routes == [("L15.3.a4", "by_administrator"), ("L15.4.b1", "straight")]


def test_a_repeat_voting_takes_no_applications() -> None:
    with pytest.raises(ValueError, match="no applications"):
        replace(MISTAKE, voting=REPEAT)
