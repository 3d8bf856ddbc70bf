"""Invitations: within one's reach, by a link that opens once for a week, all or nothing; refusals are recorded."""

from __future__ import annotations

import hashlib
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from shailoo.accounts.models import Body, Invitation, Office, Person
from shailoo.accounts.roles import Role
from shailoo.accounts.second_factor import has_factor
from shailoo.commissions.actions.invitations import (
    OPEN_FOR,
    Accepted,
    Entrance,
    Guest,
    Invited,
    accept,
    accept_as,
    invite,
    opened,
    withdraw_invitation,
)
from shailoo.law.outcome import Refused
from shailoo.ledger.models import Act
from tests.signing_in import SECRET, code_now, sign_in

SINCE = datetime(2020, 1, 1, tzinfo=UTC)
GUEST = Guest("Жылдыз Асанова", "zhyldyz@shailoo.invalid")
GROUND = "№ 12, 1.10.2020"
ENTRANCE = Entrance("zhyldyz", "a long enough phrase", SECRET)
TABLES = ("accounts_person", "accounts_office", "mfa_authenticator", "accounts_invitation")

COPY = (
    "INSERT INTO accounts_invitation (name, email, body_id, election, ground, by_id, digest, at, expires_at, role)"
    " SELECT name, email, body_id, election, ground, by_id,"
)


def body(code: str, superior: Body | None = None) -> Body:
    kind = code.split("-")[0].lower()
    return Body.objects.create(code=code, kind=kind, superior=superior, name_ky=code, name_ru=code, name_en=code)


def office(at: Body, role: Role) -> Office:
    person = Person.objects.create(username=f"{role}-{at.code}".lower(), name="Holder", password="!")
    return Office.objects.create(person=person, body=at, role=role, since=SINCE)


@pytest.fixture
def chair() -> Office:
    """The chair of a TEC with one PEC below it and another TEC beside it."""
    cec = body("CEC")
    tec, beside = body("TEC-1", cec), body("TEC-2", cec)
    body("PEC-1001", tec)
    body("PEC-2001", beside)
    return office(tec, Role.TEC_CHAIR)


def made(by: Office, role: Role = Role.PEC_CHAIR, at: datetime | None = None) -> Invited:
    pec = Body.objects.get(code="PEC-1001")
    answer = invite(GUEST, pec, role, by=by, at=at or timezone.now(), ground=GROUND)
    assert isinstance(answer, Invited)
    return answer


def codes(answer: object) -> tuple[str, ...]:
    assert isinstance(answer, Refused)
    return answer.codes


def counts() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"(SELECT count(*) FROM {table})" for table in TABLES))  # noqa: S608  (our own names)
        return list(cursor.fetchone())


@pytest.mark.django_db
@pytest.mark.norm("L12.2")
def test_who_accepts_has_both_factors_and_the_office_with_its_ground(chair: Office) -> None:
    invited, at = made(chair), timezone.now()
    assert invited.secret not in str(Invitation.objects.values())
    taken = accept(invited.secret, ENTRANCE, at=at)
    assert isinstance(taken, Accepted)
    assert (taken.office.body.code, taken.office.role, taken.office.ground) == ("PEC-1001", "pec_chair", GROUND)
    assert taken.office.person.email == GUEST.email
    assert taken.office.person.check_password(ENTRANCE.password)
    assert has_factor(taken.office.person)
    assert len(taken.recovery_codes) == 10
    assert set(Act.objects.values_list("name", flat=True)) == {"person.invited", "office.given", "invitation.accepted"}
    written = "".join(Act.objects.values_list("payload", flat=True))
    assert not any(secret in written for secret in (invited.secret, ENTRANCE.password, GUEST.name, GUEST.email))


@pytest.mark.django_db
def test_an_invitation_stays_within_reach_and_names_its_ground(chair: Office) -> None:
    bodies, at = {each.code: each for each in Body.objects.all()}, timezone.now()
    operator = office(bodies["TEC-1"], Role.TEC_OPERATOR)

    def asked(where: str, role: Role, *, by: Office = chair, ground: str = GROUND, guest: Guest = GUEST) -> object:
        return invite(guest, bodies[where], role, by=by, at=at, ground=ground)

    before = counts()
    assert codes(asked("PEC-2001", Role.PEC_CHAIR)) == ("other_territory",)
    assert codes(asked("CEC", Role.CEC_OPERATOR)) == ("other_territory",)
    assert codes(asked("PEC-1001", Role.TEC_CHAIR)) == ("no_such_role_here",)
    assert codes(asked("TEC-1", Role.TEC_CHAIR)) == ("role_given_by_others",)
    assert codes(asked("PEC-1001", Role.PEC_CHAIR, by=operator)) == ("office_may_not",)
    assert codes(asked("PEC-1001", Role.PEC_CHAIR, ground=" ")) == ("office_needs_a_ground",)
    assert codes(asked("PEC-1001", Role.PEC_CHAIR, guest=Guest(" "))) == ("invitation_needs_a_name",)
    assert counts() == before


@pytest.mark.django_db
def test_forged_used_withdrawn_and_expired_links_do_not_open_and_are_recorded(chair: Office) -> None:
    at = timezone.now()
    used, withdrawn, old = made(chair), made(chair), made(chair, at=at - OPEN_FOR)
    assert isinstance(accept(used.secret, ENTRANCE, at=at), Accepted)
    assert isinstance(withdraw_invitation(withdrawn.invitation, by=chair, at=at), Invitation)
    before, other = counts(), Entrance("another", ENTRANCE.password, SECRET)
    told = {
        codes(accept(secret, other, at=at))[0]: codes(opened(secret, at))[0]
        for secret in (used.secret, withdrawn.secret, old.secret, used.secret + "x", used.invitation.digest, "")
    }
    assert set(told) == {"invitation_used", "invitation_withdrawn", "invitation_expired", "invitation_unknown"}
    assert all(act == page for act, page in told.items())
    assert counts() == before
    assert Act.objects.filter(name="invitation.refused").count() == 6
    assert codes(withdraw_invitation(used.invitation, by=chair, at=at)) == ("invitation_used",)
    last = made(chair, at=at)
    assert isinstance(opened(last.secret, at + OPEN_FOR - timedelta(seconds=1)), Invitation)
    assert codes(opened(last.secret, at + OPEN_FOR)) == ("invitation_expired",)


@pytest.mark.django_db
def test_a_refused_acceptance_keeps_nothing_and_the_link_still_opens(chair: Office) -> None:
    invited, at = made(chair), timezone.now()
    before = counts()
    for entrance, code in (
        (Entrance("Жылдыз", ENTRANCE.password, SECRET), "username_unreadable"),
        (Entrance(chair.person.username.replace("_", "-"), "short", SECRET), "password_too_weak"),
    ):
        assert codes(accept(invited.secret, entrance, at=at)) == (code,)
    Person.objects.create(username="taken", name="Taken", password="!")
    assert codes(accept(invited.secret, Entrance("taken", ENTRANCE.password, SECRET), at=at)) == ("username_taken",)
    Office.objects.filter(pk=chair.pk).update(until=at)  # the inviting office has ended meanwhile
    assert codes(accept(invited.secret, ENTRANCE, at=at)) == ("office_not_held",)
    assert counts() == [before[0] + 1, *before[1:]]


@pytest.mark.django_db
def test_somebody_who_is_here_already_takes_one_more_office_and_a_stranger_withdraws_nothing(chair: Office) -> None:
    invited = made(chair, Role.PEC_OPERATOR)
    stranger = office(Body.objects.get(code="TEC-2"), Role.TEC_CHAIR)
    assert codes(withdraw_invitation(invited.invitation, by=stranger, at=timezone.now())) == ("other_territory",)
    clerk = office(Body.objects.get(code="TEC-1"), Role.TEC_OPERATOR)
    taken = accept_as(invited.secret, clerk.person, at=timezone.now())
    assert isinstance(taken, Accepted)
    assert clerk.person.offices.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_who_open_the_link_at_once_one_gets_in(chair: Office) -> None:
    invited, at = made(chair), timezone.now()

    def enter(name: str) -> object:
        try:
            return accept(invited.secret, Entrance(name, ENTRANCE.password, SECRET), at=at)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(enter, ("first", "second")))
    assert sorted(type(answer).__name__ for answer in answers) == ["Accepted", "Refused"]
    assert Office.objects.filter(role=Role.PEC_CHAIR).count() == 1
    assert Person.objects.filter(username__in=("first", "second")).count() == 1


@pytest.mark.django_db
def test_the_database_lets_an_invitation_end_once_and_change_never(chair: Office) -> None:
    ended, still = made(chair).invitation, made(chair).invitation
    withdraw_invitation(ended, by=chair, at=timezone.now())
    change = "UPDATE accounts_invitation SET {} WHERE id = {}".format
    attempts = (
        (change("name = 'other'", still.pk), "Cannot update"),
        (change("expires_at = now()", still.pk), "Cannot update"),
        (change("withdrawn_at = NULL", ended.pk), "Cannot update"),
        (change("accepted_at = now()", still.pk), "accepted_with_an_office"),
        ("DELETE FROM accounts_invitation", "Cannot delete"),
        ("TRUNCATE accounts_invitation", "never emptied"),
        (f"{COPY} 'a', now(), now() - interval '1 day', role FROM accounts_invitation LIMIT 1", "opens_for_a_while"),
        (f"{COPY} 'b', now(), now() + interval '1 day', 'king' FROM accounts_invitation LIMIT 1", "a_known_role"),
    )
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks still to come is not emptied by anybody
        for statement, refusal in attempts:
            with pytest.raises(DatabaseError, match=refusal), transaction.atomic():
                cursor.execute(statement)


@pytest.mark.django_db
def test_the_whole_way_over_the_pages(chair: Office, client: Client, mailoutbox: list[object]) -> None:
    sign_in(client, chair.person)
    typed = {"name": GUEST.name, "email": GUEST.email, "body": "PEC-1001", "role": "pec_chair", "ground": GROUND}
    assert client.post("/en/desk/invitations/new/", {**typed, "body": "PEC-2001"}).status_code == 422
    page = client.post("/en/desk/invitations/new/", typed).content.decode()
    (secret,) = set(re.findall(r"/en/invitation/([\w-]+)/", page))
    assert len(mailoutbox) == 1
    assert hashlib.sha256(secret.encode()).hexdigest() == Invitation.objects.get().digest
    assert GUEST.name in client.get("/en/desk/invitations/").content.decode()
    guest, place = Client(), f"/en/invitation/{secret}/"
    assert "PEC-1001" in guest.get(place).content.decode()
    app = guest.session["mfa.totp.secret"]
    entrance = {"username": "zhyldyz", "password": ENTRANCE.password, "again": "other", "code": code_now(app)}
    assert guest.post(place, entrance).status_code == 422
    welcome = guest.post(place, {**entrance, "again": ENTRANCE.password})
    assert welcome.content.decode().count("<li><code>") == 10
    assert guest.get("/en/desk/").status_code == 200
    assert Client().get(place).status_code == 410
    person = Person.objects.get(username="zhyldyz")
    assert GUEST.name in client.get("/en/desk/people/?q=zhyldyz&sort=-since").content.decode()
    assert "zhyldyz" in client.get("/en/desk/people/people.csv").content.decode()
    reset = client.post(f"/en/desk/people/{person.pk}/", {"help": "second_factor", "reason": "lost"})
    assert reset.status_code == 200
    assert guest.get("/en/desk/").status_code == 302
    assert client.post(f"/en/desk/people/{person.pk}/", {"help": "password", "reason": "too"}).status_code == 422
