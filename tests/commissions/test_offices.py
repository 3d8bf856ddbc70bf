"""Offices: given by whoever may give them, from a day to a day, for one election or all; incompatible ones refused."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Body, Office, Person
from shailoo.accounts.roles import GIVEN_BY, MAY, ROLES_AT, Kind, Reach, Role
from shailoo.commissions.actions import BodyNames, appoint, end_office, establish_body
from shailoo.law.outcome import Refused
from shailoo.ledger.models import Act
from tests.test_abuse import at_once

pytestmark = pytest.mark.django_db
AT = datetime(2020, 7, 3, 6, tzinfo=UTC)
LATER = AT + timedelta(days=30)
NAMES = BodyNames("Уюм", "Организация", "Body")
HOME = {Kind.CEC: "CEC", Kind.TEC: "TEC-1", Kind.PEC: "PEC-1"}


@pytest.fixture
def chair() -> Office:
    """The CEC with a TEC and a PEC below it, one body of every other kind, and the CEC's chair."""
    above = None
    for kind, code in HOME.items():
        above = Body.objects.create(code=code, kind=kind, superior=above, **_names(code))
    cec = Body.objects.get(code="CEC")
    Body.objects.create(code="TEC-2", kind=Kind.TEC, superior=cec, **_names("TEC-2"))
    for kind in set(Kind) - set(HOME):
        Body.objects.create(code=kind.value.upper(), kind=kind, **_names(kind.value))
    return given(appoint(person("chair"), cec, Role.CEC_CHAIR, by=None, since=AT))


def _names(name: str) -> dict[str, str]:
    return {"name_ky": name, "name_ru": name, "name_en": name}


def person(username: str) -> Person:
    return Person.objects.get_or_create(username=username, defaults={"name": "Мамбетов Эрмек"})[0]


def body_of(role: Role) -> Body:
    """A body at which the role exists."""
    kind = next(kind for kind, roles in ROLES_AT.items() if role in roles)
    return Body.objects.get(code=HOME.get(kind, kind.value.upper()))


def given(answer: Office | Refused) -> Office:
    assert isinstance(answer, Office), answer
    return answer


def codes(answer: object) -> tuple[str, ...]:
    assert isinstance(answer, Refused), answer
    return answer.codes


def test_every_role_is_given_by_its_givers_alone(chair: Office) -> None:
    """Every role by every role that may appoint at all; what is refused leaves nothing behind."""
    assert set(GIVEN_BY) == set(Role)
    assert set().union(*GIVEN_BY.values()) <= set(MAY["commissions.appoint"])
    givers = {}
    for place, role in enumerate(MAY["commissions.appoint"]):
        holder = person(f"giver-{place}")
        givers[role] = Office.objects.create(person=holder, body=body_of(role), role=role, since=AT)
    for role in Role:
        for by, office in givers.items():
            before = Office.objects.count(), Act.objects.count()
            with transaction.atomic():
                answer = appoint(person("new"), body_of(role), role, by=office, since=AT)
                at_home = MAY["commissions.appoint"][by] is Reach.EVERYWHERE or body_of(role).code in ("TEC-1", "PEC-1")
                assert isinstance(answer, Office) is (by in GIVEN_BY[role] and at_home), (role, by, answer)
                if isinstance(answer, Refused):
                    assert set(answer.codes) <= {"role_given_by_others", "other_territory"}
                    assert (Office.objects.count(), Act.objects.count()) == before
                transaction.set_rollback(True)


@pytest.mark.norm("L12.2")
def test_no_commission_gives_an_office_above_itself_elsewhere_or_to_oneself(chair: Office) -> None:
    tec = given(appoint(person("tec"), Body.objects.get(code="TEC-1"), Role.TEC_CHAIR, by=chair, since=AT))
    assert codes(appoint(person("x"), chair.body, Role.CEC_OPERATOR, by=tec, since=AT)) == ("other_territory",)
    far = Body.objects.get(code="TEC-2")
    assert codes(appoint(person("x"), far, Role.TEC_OPERATOR, by=tec, since=AT)) == ("other_territory",)
    assert codes(appoint(tec.person, tec.body, Role.TEC_OPERATOR, by=tec, since=AT)) == ("own_office",)
    assert codes(end_office(chair, by=chair, at=LATER, ground="№ 1")) == ("own_office",)
    assert isinstance(appoint(person("x"), Body.objects.get(code="PEC-1"), Role.PEC_CHAIR, by=tec, since=AT), Office)


def test_an_office_has_its_term_its_election_and_its_ground_and_its_acts_say_so(chair: Office) -> None:
    tec = Body.objects.get(code="TEC-1")
    made = given(
        appoint(
            person("x"), tec, Role.TEC_OPERATOR, by=chair, since=AT, until=LATER, election="jk-2020", ground="№ 7/2020"
        )
    )
    act = Act.objects.get(name="office.given", office=chair)
    assert json.loads(act.payload) | {"since": "", "until": ""} == {
        "office": made.pk,
        "person": "x",
        "role": "tec_operator",
        "since": "",
        "until": "",
        "election": "jk-2020",
        "ground": "№ 7/2020",
    }
    for at, held in ((AT - timedelta(seconds=1), False), (AT, True), (LATER, False)):
        assert (refusal(made, may="counting.enter", at=at, of=tec, election="jk-2020") is None) is held
    day = timedelta(days=1)
    again = appoint(
        person("x"), tec, Role.TEC_OPERATOR, by=chair, since=AT + day, until=LATER + day, election="jk-2020"
    )
    assert codes(again) == ("office_held_already",)
    other = appoint(person("x"), tec, Role.TEC_OPERATOR, by=chair, since=LATER, election="jk-2020")
    assert isinstance(other, Office), "the next term begins where the first ends"
    backwards = appoint(person("y"), tec, Role.TEC_OPERATOR, by=chair, since=AT, until=AT)
    assert codes(backwards) == ("office_ends_before_it_begins",)


def test_who_is_there_for_one_election_gives_offices_for_that_one_alone(chair: Office) -> None:
    tec = Body.objects.get(code="TEC-1")
    limited = given(appoint(person("tec"), tec, Role.TEC_CHAIR, by=chair, since=AT, election="jk-2020"))
    for election, expected in (("", False), ("president-2021", False), ("jk-2020", True)):
        answer = appoint(person(f"x{election}"), tec, Role.TEC_OPERATOR, by=limited, since=AT, election=election)
        assert isinstance(answer, Office) is expected, election
        assert expected or codes(answer) == ("other_election",)


def test_an_office_ends_once_by_whoever_may_give_it_and_never_becomes_longer(chair: Office) -> None:
    tec = Body.objects.get(code="TEC-1")
    tec_chair = given(appoint(person("tec"), tec, Role.TEC_CHAIR, by=chair, since=AT))
    clerk = given(appoint(person("x"), tec, Role.TEC_OPERATOR, by=tec_chair, since=AT))
    assert codes(end_office(tec_chair, by=clerk, at=LATER, ground="№ 1")) == ("office_may_not",)
    assert codes(end_office(clerk, by=tec_chair, at=LATER, ground=" ")) == ("office_needs_a_ground",)
    assert codes(end_office(clerk, by=tec_chair, at=AT, ground="№ 1")) == ("office_ends_before_it_begins",)
    ended = given(end_office(clerk, by=tec_chair, at=LATER, ground="№ 1"))
    assert not ended.holds_at(LATER)
    act = Act.objects.get(name="office.ended")
    assert (act.office, json.loads(act.payload)["ground"]) == (tec_chair, "№ 1")
    assert codes(end_office(clerk, by=tec_chair, at=LATER, ground="№ 2")) == ("office_ended_before",)
    for until in (None, LATER + timedelta(days=1)):
        with pytest.raises(DatabaseError, match="not_made_longer"), transaction.atomic():
            Office.objects.filter(pk=clerk.pk).update(until=until)
    assert given(end_office(clerk, by=tec_chair, at=LATER - timedelta(days=1), ground="№ 3")).until


@pytest.mark.norm("L9.3.a2.5", "L9.3.a2.7", "L10-1.4.5", "L10-1.4.9", "L17.4.9", "L17.4.11", "L19.2.6", "L20.3.8")
@pytest.mark.norm("L17.5", "L10.1.b", "L9.3.a2.6", "L10-1.4.7")
@pytest.mark.parametrize("first", [0, 1], ids=["as written", "the other way round"])
def test_offices_that_the_law_shuts_out_beside_each_other_are_refused(chair: Office, first: int) -> None:
    """Whichever came first: the second is refused with the article, and nothing of it stays."""
    pairs = [
        (Role.OBSERVER, Role.PEC_MEMBER, "mandates_exclude_each_other"),
        (Role.OBSERVER, Role.COMMISSION_REPRESENTATIVE, "mandates_exclude_each_other"),
        (Role.OBSERVER, Role.COURT, "mandate_barred_by_office"),
        (Role.CITIZEN_OBSERVER, Role.TEC_SECRETARY, "mandates_exclude_each_other"),
        (Role.CITIZEN_OBSERVER, Role.OBSERVER, "mandates_exclude_each_other"),
        (Role.CITIZEN_OBSERVER, Role.PROSECUTOR, "mandate_barred_by_office"),
        (Role.COMMISSION_REPRESENTATIVE, Role.CEC_MEMBER, "mandates_exclude_each_other"),
        (Role.COMMISSION_REPRESENTATIVE, Role.POLICE, "mandate_barred_by_office"),
        (Role.AUTHORIZED_REPRESENTATIVE, Role.STATE_REGISTRY_SERVICE, "mandate_barred_by_office"),
        (Role.PROXY, Role.CEC_SECRETARY, "mandates_exclude_each_other"),
        (Role.INTERNATIONAL_OBSERVER, Role.PROXY, "mandates_exclude_each_other"),
    ]
    for place, (*roles, code) in enumerate(pairs):
        who = person(f"p{place}")
        held, wanted = roles[first], roles[1 - first]
        given(appoint(who, body_of(held), held, by=chair, since=AT))
        before = Act.objects.count()
        answer = appoint(who, body_of(wanted), wanted, by=chair, since=LATER)
        assert codes(answer) == (code,), (held, wanted)
        assert (who.offices.count(), Act.objects.count()) == (1, before)


@pytest.mark.norm("L17.5")
def test_a_representative_is_in_one_commission_and_a_member_may_be_in_two(chair: Office) -> None:
    """What the law does not say is not asked: one person may be a member of two commissions."""
    near, far, who = Body.objects.get(code="TEC-1"), Body.objects.get(code="TEC-2"), person("x")
    given(appoint(who, near, Role.COMMISSION_REPRESENTATIVE, by=chair, since=AT))
    answer = appoint(who, far, Role.COMMISSION_REPRESENTATIVE, by=chair, since=AT)
    assert codes(answer) == ("representative_in_two_commissions",)
    for body in (near, far):
        given(appoint(person("member"), body, Role.TEC_MEMBER, by=chair, since=AT))


@pytest.mark.norm("L19.2", "L20.6.3")
def test_what_the_law_only_warns_of_is_recorded_with_the_appointment(chair: Office) -> None:
    who = person("x")
    for role in (Role.MEDIA, Role.PROXY):
        given(appoint(who, body_of(role), role, by=chair, since=AT))
    act = Act.objects.filter(name="office.given").latest("pk")
    warned = json.loads(act.payload)["warnings"]
    assert [(each["norm"], each["code"]) for each in warned] == [("L20.6.3", "proxy_in_the_media")]
    assert "L20.6.3" in act.grounds


def test_offices_of_other_times_and_other_elections_are_not_in_each_others_way(chair: Office) -> None:
    pec, party, who = body_of(Role.PEC_MEMBER), body_of(Role.OBSERVER), person("x")
    given(appoint(who, pec, Role.PEC_MEMBER, by=chair, since=AT, until=LATER, election="jk-2020"))
    given(appoint(who, party, Role.OBSERVER, by=chair, since=AT, election="president-2021"))
    given(appoint(who, party, Role.PROXY, by=chair, since=LATER, election="jk-2020"))
    everywhere = appoint(person("x"), party, Role.OBSERVER, by=chair, since=LATER - timedelta(seconds=1))
    assert codes(everywhere) == ("mandates_exclude_each_other",)


def test_a_body_is_entered_once_under_its_code_with_its_names_and_its_ground(chair: Office) -> None:
    clerk = given(appoint(person("x"), chair.body, Role.CEC_OPERATOR, by=chair, since=AT))

    def enter(code: str = "PARTY-2", kind: Kind = Kind.PARTY, by: Office = chair, **changes: object) -> object:
        names = changes.get("names", NAMES)
        assert isinstance(names, BodyNames)
        return establish_body(kind, code, names, None, by=by, at=AT, ground=str(changes.get("ground", "№ 9")))

    before = Body.objects.count(), Act.objects.count()
    assert codes(enter(by=clerk)) == ("office_may_not",)
    assert codes(enter("TEC-9", Kind.TEC)) == ("commissions_are_established_otherwise",)
    assert codes(enter("party 2")) == codes(enter("X" * 65)) == ("body_code_unreadable",)
    assert codes(enter(names=BodyNames("Уюм", " ", "x" * 201))) == ("body_needs_its_names",)
    assert codes(enter(ground=" ")) == ("body_needs_a_ground",)
    assert codes(enter("PARTY")) == ("body_code_taken",)
    assert (Body.objects.count(), Act.objects.count()) == before
    assert isinstance(enter(), Body)
    assert Act.objects.filter(name="body.established", subject="body:PARTY-2", grounds=["L12.1"]).count() == 1
    with pytest.raises(IntegrityError, match="accounts_body_code"), transaction.atomic():
        Body.objects.create(code="PARTY-2", kind=Kind.PARTY, **_names("-"))


@pytest.mark.django_db(transaction=True)
def test_of_two_incompatible_appointments_at_once_one_is_made(chair: Office) -> None:
    """Each alone would be right; together they are not, whoever is quicker."""
    who, roles = person("x"), (Role.OBSERVER, Role.COMMISSION_REPRESENTATIVE)
    bodies = [body_of(role) for role in roles]

    def attempt(place: int) -> object:
        with transaction.atomic():
            return appoint(who, bodies[place], roles[place], by=chair, since=AT)

    answers = at_once(lambda: attempt(0), lambda: attempt(1))
    assert sorted(type(answer).__name__ for answer in answers) == ["Office", "Refused"]
    assert who.offices.count() == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_act WHERE name = 'office.given'")
        assert cursor.fetchone() == (2,)
