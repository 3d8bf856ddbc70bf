"""The lines of the "why?" page: each outcome in order names the norms that were tested, with its code."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from shailoo.law.calendar import BISHKEK, Kind
from shailoo.law.observation.accreditation import accreditation
from shailoo.law.observation.commissions import Attendee, Commissions, attendance, system, transfer
from shailoo.law.observation.conduct import ObserverConduct, RepresentativeKind, Statement, observer_conduct
from shailoo.law.observation.conflicts import PersonsMandates, role_conflicts
from shailoo.law.observation.media import media
from shailoo.law.observation.observers import ObserverKind, Observing, observer
from shailoo.law.observation.powers import Deeds
from shailoo.law.observation.representatives import Complaint, Ending, representative
from shailoo.law.observation.revocation import revocation
from tests.law.observation.cases import (
    APPLICATION,
    CITIZEN_OBSERVER,
    ELECTION,
    ELECTION_DAY,
    INTERNATIONAL,
    LAW,
    OBSERVER,
    PARTY,
    PUBLISHED,
    appointment,
    steps,
)
from tests.law.observation.test_media_and_commissions import COMES, MEDIA, SENT, WHOLE
from tests.law.observation.test_people import held
from tests.law.observation.test_revocation import CITIZEN as CITIZENS_REVOCATION
from tests.law.observation.test_revocation import INTERNATIONAL as REVOCATION
from tests.law.observation.test_revocation import MEDIA as MEDIA_REVOCATION

AFTER = replace(ELECTION, results_published=PUBLISHED)
COMMISSION = RepresentativeKind.COMMISSION
AUTHORIZED = RepresentativeKind.AUTHORIZED
FINANCIAL = RepresentativeKind.FINANCIAL
PROXY = RepresentativeKind.PROXY


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (
            OBSERVER,
            {
                ("L9.3.a1", "mandate_requirement_met"),
                ("L9.3.a2", "mandate_not_excluded_by_office"),
                ("L9.3.a2", "mandate_without_conflict"),
                ("L9.2.a1", "observer_since"),
            },
        ),
        (
            CITIZEN_OBSERVER,
            {
                ("L10-1.4", "mandate_requirement_met"),
                ("L10-1.4", "mandate_without_conflict"),
                ("L10-1.5.a1", "observer_since"),
                ("L10-1.5.a2", "observer_until_publication"),
            },
        ),
        (
            INTERNATIONAL,
            {
                ("L10.1.b", "mandate_requirement_met"),
                ("L10.1.b", "mandate_without_conflict"),
                ("R3.8.a1", "observer_since"),
                ("L10.2.a2", "observer_until_publication"),
            },
        ),
        (replace(INTERNATIONAL, results_published=PUBLISHED), {("L10.2.a2", "observer_until")}),
        (replace(CITIZEN_OBSERVER, results_published=PUBLISHED), {("L10-1.5.a2", "observer_until")}),
        (
            replace(INTERNATIONAL, repeat_voting=True, repeat_results_published=date(2020, 11, 14)),
            {("R3.8.b2", "observer_until"), ("R3.8.b1", "observer_accreditation_carried_over")},
        ),
    ],
)
def test_observers(facts: Observing, expected: set[tuple[str, str]]) -> None:
    assert expected <= steps(observer(facts, LAW))


def test_the_application_of_an_organization() -> None:
    assert {
        ("L10.1.a2", "accreditation_invited_after_publication"),
        ("R3.7.a2", "accreditation_applied_in_time"),
        ("R3.7.a2", "accreditation_decided_in_time"),
    } <= steps(accreditation(APPLICATION, LAW))
    checked = replace(APPLICATION, sent_to_ministry=True, ministry_checked=True)
    assert ("R3.2", "accreditation_checked_by_ministry") in steps(accreditation(checked, LAW))
    repeated = replace(APPLICATION, kind=Kind.REPEAT_VOTING)
    assert ("R3.8.b1", "accreditation_term_not_set_for_repeat_voting") in steps(accreditation(repeated, LAW))


def test_revocations() -> None:
    for facts, item in ((REVOCATION, "L10.6"), (CITIZENS_REVOCATION, "L10-1.9"), (MEDIA_REVOCATION, "L11.4")):
        expected = {(item, "revocation_ground"), (item, "revocation_by_competent_commission")}
        assert expected <= steps(revocation(facts, LAW))


def test_media() -> None:
    def told(**changes: Any) -> set[tuple[str, str]]:  # Any: fields of every type
        return steps(media(replace(MEDIA, **changes), LAW))

    assert {("L11.1", "media_request_written"), ("L11.1", "media_accredited")} <= told()
    assert ("L11.1", "media_not_yet_accredited") in told(accredited_on=None)
    assert ("L11.1", "media_accredited_later") in told(accredited_on=date(2020, 10, 5))
    assert ("L11.3", "media_copy_certified") in told(copy_asked=True, copy_certified=True)


def test_commissions() -> None:
    member = attendance(replace(COMES, attendee=Attendee.MEMBER), LAW)
    assert steps(member) == {("L8.2", "attendance_of_member")}
    assert steps(transfer(SENT, LAW)) == {("L8.3.a1", "transfer_examined")}
    assert steps(system(Commissions(WHOLE), LAW)) == {("L12.2", "system_counted")}
    alone = role_conflicts(PersonsMandates((held(OBSERVER.mandate),)), LAW)
    assert steps(alone) == {("L9.3.a2", "mandates_compared")}


def test_an_assessment_after_voting() -> None:
    statement = Statement(datetime(2020, 10, 4, 20, tzinfo=BISHKEK), ELECTION_DAY)
    found = observer_conduct(ObserverConduct(ObserverKind.INTERNATIONAL, Deeds(), statement), LAW)
    assert steps(found) == {("R4.5.e", "international_observer_spoke_after_voting")}


LOST = replace(PARTY, status_lost_on=date(2020, 9, 20))


@pytest.mark.parametrize(
    ("kind", "changes", "expected"),
    [
        (COMMISSION, {}, ("L17.1.a2", "representative_papers_complete")),
        (COMMISSION, {}, ("L17.3", "mandate_requirement_met")),
        (COMMISSION, {}, ("L17.4.9", "mandate_without_conflict")),
        (AUTHORIZED, {}, ("L19.3.a1", "representative_papers_complete")),
        (AUTHORIZED, {}, ("L19.4.a1", "representative_answer_due")),
        (AUTHORIZED, {}, ("L19.2", "mandate_without_conflict")),
        (PROXY, {}, ("L20.2.a1", "representative_papers_complete")),
        (PROXY, {}, ("L20.3.8", "mandate_without_conflict")),
        (COMMISSION, {"principal": LOST}, ("L18.4", "representative_ends_with_registration")),
        (AUTHORIZED, {"principal": LOST}, ("L19.9.a2", "representative_ends_with_status")),
        (PROXY, {"principal": LOST}, ("L20.8", "representative_ends_with_status")),
        (COMMISSION, {"election": AFTER}, ("L18.5", "representative_ends_with_publication")),
        (AUTHORIZED, {"election": AFTER}, ("L19.9.a2", "representative_ends_with_publication")),
        (FINANCIAL, {"election": AFTER}, ("L19.9.a3", "financial_representative_ends_after_publication")),
        (COMMISSION, {"complaints": (Complaint(True),)}, ("L18.6", "representative_stays_for_complaint")),
        (
            COMMISSION,
            {"election": AFTER, "complaints": (Complaint(True, date(2020, 11, 5)),)},
            ("L18.6", "representative_ends_with_decision"),
        ),
        (
            PROXY,
            {"ending": Ending(None, date(2020, 9, 12), date(2020, 9, 15))},
            ("L20.7.a3", "proxy_resigned"),
        ),
    ],
)
def test_representatives(kind: RepresentativeKind, changes: dict[str, Any], expected: tuple[str, str]) -> None:
    assert expected in steps(representative(appointment(kind, **changes), LAW))
