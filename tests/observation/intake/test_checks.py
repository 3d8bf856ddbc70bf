"""What stands at a row: the same person twice or for two senders, citizens, passports, earlier breaches, limits."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shailoo.accounts.roles import Role
from shailoo.commissions.models import Matter
from shailoo.law.observation.revocation import RevocationGround
from shailoo.law.outcome import Severity
from shailoo.observation.actions.ending import Ended, revoke
from shailoo.observation.checking import findings_of, whole_of
from shailoo.observation.models import Application
from tests.commissions.sittings import decided
from tests.observation.intake.drafts import begun, codes, complete, done, filed, listed, mission, ngo, party
from tests.observation.intake.files import abroad, at_home
from tests.observation.scene import AT, DECIDED, Scene, accredited, build, office

pytestmark = pytest.mark.django_db
LATER = DECIDED + timedelta(days=3)
BROKE = Ended(RevocationGround.ELECTORAL_LAW_BROKEN, "campaigned at a station", "L10.5", gross=True)


@pytest.fixture
def scene() -> Scene:
    return build()


def people(scene: Scene, *cells: dict[str, str]) -> Application:
    """A mission's draft with these changes, one person each, complete."""
    draft = begun(scene, scene.mission, Application.Kind.INTERNATIONAL)
    listed(draft, (abroad(place, **changes) for place, changes in enumerate(cells)))
    complete(draft)
    return draft


def test_nothing_is_found_where_everything_is_right(scene: Scene) -> None:
    draft = mission(scene, 3)
    assert [codes(draft, row) for row in (1, 2, 3)] == [set(), set(), set()]
    found = findings_of(draft, AT)
    assert found[None].value, found[None].findings
    assert all(outcome.value for outcome in found.values())
    assert whole_of(draft, AT).findings == ()


@pytest.mark.norm("L10.1.b")
def test_a_citizen_is_no_international_observer_also_with_another_passport(scene: Scene) -> None:
    draft = people(scene, {"citizenships": "KG"}, {"citizenships": "Швеция, Кыргызстан"}, {})
    assert [codes(draft, row) for row in (1, 2, 3)] == [
        {"accreditation_of_citizen"},
        {"accreditation_of_citizen"},
        set(),
    ]


@pytest.mark.norm("R3.1.c")
@pytest.mark.parametrize(("until", "found"), [("03.10.2020", True), ("04.10.2020", False)])
def test_a_passport_lasts_until_election_day(scene: Scene, until: str, found: bool) -> None:
    draft = people(scene, {"document_expires_on": until})
    assert ("applicant_document_expired" in codes(draft)) is found


def test_the_same_person_and_the_same_document_twice_on_a_list_are_told_at_both_rows(scene: Scene) -> None:
    same = {key: abroad(5)[key] for key in abroad(5)}
    twice = {name.value: value for name, value in same.items() if name != "document_number"}
    draft = people(
        scene, twice, {**twice, "document_number": "X999"}, {"document_number": "X777"}, {"document_number": "x 777"}
    )
    assert [codes(draft, row) for row in (1, 2)] == [{"applicant_twice_on_the_list"}] * 2
    assert [codes(draft, row) for row in (3, 4)] == [{"applicant_document_of_two_people"}] * 2


@pytest.mark.norm("L9.1.b1")
def test_the_same_person_for_two_parties_is_barred_at_the_second(scene: Scene) -> None:
    filed(party(scene, scene.party))
    second = party(scene, scene.other_party)
    assert "applicant_of_another_sender" in codes(second)
    draft_alone = party(scene, scene.other_party, first=50)
    assert "applicant_of_another_sender" not in codes(draft_alone)


def test_a_draft_of_another_sender_tells_nothing(scene: Scene) -> None:
    party(scene, scene.party)
    assert "applicant_of_another_sender" not in codes(party(scene, scene.other_party))


@pytest.mark.norm("L9.1.b1")
def test_two_observers_of_a_party_at_a_precinct_and_not_three(scene: Scene) -> None:
    first = party(scene, scene.party, 2)
    assert "observers_of_sender_full" not in codes(first, 1) | codes(first, 2)
    filed(first)
    assert "observers_of_sender_full" in codes(party(scene, scene.party, 1, first=20))
    assert "observers_of_sender_full" not in codes(party(scene, scene.party, 1, first=30, commission="1002"))
    three = party(scene, scene.other_party, 3, first=40)
    assert ["observers_of_sender_full" in codes(three, row) for row in (1, 2, 3)] == [False, False, True]


@pytest.mark.norm("L10-1.3.a3")
def test_one_observer_of_an_ngo_at_a_commission_and_not_two(scene: Scene) -> None:
    draft = ngo(scene, 2)
    assert [("citizen_observers_of_ngo_full" in codes(draft, row)) for row in (1, 2)] == [False, True]


@pytest.mark.norm("L9.3.a2")
def test_a_declared_office_and_a_seat_in_a_commission_bar(scene: Scene) -> None:
    draft = party(scene, scene.party, offices="judge")
    assert "mandate_barred_by_office" in codes(draft)
    assert "mandates_exclude_each_other" in codes(party(scene, scene.party, first=9, offices="commission_member"))


@pytest.mark.norm("L9.3.a2.5")
def test_a_namesake_in_a_commission_is_told_and_does_not_bar(scene: Scene) -> None:
    member = office("member", scene.pec, Role.PEC_MEMBER)
    type(member.person).objects.filter(pk=member.person_id).update(name="Асанов Бакыт A")
    draft = party(scene, scene.party)
    (found,) = (each for each in draft.applicants.get().faults if each["code"] == "applicant_named_like_a_member")
    assert (found["norm"], found["severity"]) == ("L9.3.a2.5", Severity.WARNING.value)


@pytest.mark.norm("L10-1.4.7")
def test_who_observes_for_a_party_does_not_observe_for_an_ngo(scene: Scene) -> None:
    filed(party(scene, scene.party, first=100))
    assert "mandates_exclude_each_other" in codes(ngo(scene))


@pytest.mark.norm("R3.10.d")
def test_whoever_was_deprived_before_is_told_by_document_or_by_name(scene: Scene) -> None:
    (before,) = accredited(filed(mission(scene, 1)), scene.operator)
    decision = decided(scene.cec, Matter.REVOCATION, before.subject, at=LATER, election=scene.election.slug)
    done(revoke(before, BROKE, decision, by=scene.operator, at=LATER))
    other = {"document_number": "NEW1"}
    draft = people(scene, {}, {})
    assert "accreditation_earlier_deprived" in codes(draft, 1)
    assert "accreditation_earlier_deprived" not in codes(draft, 2)
    assert "accreditation_earlier_deprived" in codes(people(scene, other), 1)


@pytest.mark.norm("L17.3")
def test_a_representative_in_a_commission_is_examined_without_telling_the_day_of_birth(scene: Scene) -> None:
    kind = Application.Kind.REPRESENTATIVE
    draft = listed(begun(scene, scene.party, kind), [at_home(1, born="01.01.2003"), at_home(2, convicted="ооба")])
    assert "applicant_too_young" in codes(draft, 1)
    assert "2003" not in str(draft.applicants.get(row=1).faults)
    assert "mandate_requirement_not_met" in codes(draft, 2)


@pytest.mark.norm("R2.1.a2", "R3.7.a1", "R3.7.a2")
def test_invitation_and_term_are_told_of_the_whole(scene: Scene) -> None:
    draft = mission(scene, 1)
    late = whole_of(draft, AT + timedelta(days=30))
    assert [each.code for each in late.findings] == ["accreditation_applied_too_late"]
    Application.objects.filter(pk=draft.pk).update(invitation=None)
    draft.refresh_from_db()
    assert [each.code for each in whole_of(draft, AT).findings] == ["accreditation_without_invitation"]


def test_queries_do_not_grow_with_the_list(scene: Scene) -> None:
    small, large = mission(scene, 2), mission(scene, 30, first=200)
    with CaptureQueriesContext(connection) as few:
        findings_of(Application.objects.get(pk=small.pk), AT)
    with CaptureQueriesContext(connection) as many:
        findings_of(Application.objects.get(pk=large.pk), AT)
    assert len(many) == len(few) <= 18
