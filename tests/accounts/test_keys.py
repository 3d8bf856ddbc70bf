"""Keys of machines: given by who gives the office, shown once, kept as a hash; revoked or expired they open nothing."""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from shailoo.accounts.keys_of_machines import Issued, digest_of, issue_key, revoke_key
from shailoo.accounts.models import ApiKey, Office
from shailoo.accounts.queries import Wanted, keys_in_reach, offices_for_keys
from shailoo.accounts.roles import BY_MACHINES, GIVEN_BY, KEYED, MAY, Role
from shailoo.api.access import ACT, needs
from shailoo.api.urls import api
from shailoo.cli import app
from shailoo.law.calendar import end_of
from shailoo.law.outcome import Refused
from shailoo.ledger.models import Act
from shailoo.ledger.openness import WITHHELD
from tests.counting.browser import signed_in, snapshot
from tests.counting.scene import AT, Scene, build, office

MACHINE = "Scanner 7, Osh"


@pytest.fixture
def scene(db: None) -> Scene:
    return build()


def issued(of: Office, by: Office, *, at: datetime | None = None, until: datetime | None = None) -> Issued:
    answer = issue_key(of, MACHINE, by=by, at=at or timezone.now(), until=until)
    assert isinstance(answer, Issued), answer
    return answer


def codes(answer: object) -> tuple[str, ...]:
    assert isinstance(answer, Refused), answer
    return answer.codes


def asked(scene: Scene, secret: str) -> tuple[int, str]:
    """What the API says to a machine that asks for a protocol's state with this key."""
    answer = Client().get(
        f"/api/counting/votings/{scene.voting.pk}/precincts/1001", headers={"Authorization": f"Bearer {secret}"}
    )
    return answer.status_code, answer.json().get("code", "")


def refusals() -> list[str]:
    payloads = Act.objects.filter(name="key.refused").order_by("pk").values_list("payload", flat=True)
    return [json.loads(payload)["why"] for payload in payloads]


def test_the_acts_of_machines_are_those_of_the_api_and_their_roles_alone_get_keys() -> None:
    operations = [
        each for _prefix, router in api._routers for view in router.path_operations.values() for each in view.operations
    ]
    assert {getattr(each.view_func, ACT) for each in operations} == BY_MACHINES
    assert {role for role in Role if any(role in MAY[act] for act in BY_MACHINES)} == KEYED
    assert MAY["accounts.issue_key"] == MAY["commissions.appoint"], "who gives the office gives its key"
    assert MAY["accounts.issue_key"].items() <= MAY["accounts.revoke_key"].items()
    assert {"key.issued", "key.revoked", "key.refused"} <= WITHHELD
    with pytest.raises(KeyError):
        needs("lots.draw")


@pytest.mark.norm("L12.1")
def test_a_key_opens_until_it_is_revoked_or_expires_and_stands_in_no_log_and_no_ledger(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    now = timezone.now()
    with caplog.at_level(logging.DEBUG):
        revoked, open_ended = issued(scene.clerk, scene.chair), issued(scene.other, scene.secretary)
        late = issued(scene.clerk, scene.chair, at=now - timedelta(hours=2), until=now - timedelta(hours=1))
        lasting = issued(scene.clerk, scene.chair, until=now + timedelta(hours=1))
        for one in (revoked, open_ended, lasting):
            assert asked(scene, one.secret) == (200, "")
        assert isinstance(
            revoke_key(revoked.key, by=scene.chair, at=now + timedelta(seconds=1), reason=" lost "), ApiKey
        )
        assert asked(scene, revoked.secret) == asked(scene, late.secret) == (401, "no_valid_key")
        assert asked(scene, late.secret) == (401, "no_valid_key"), "and is recorded once an hour"
        assert asked(scene, revoked.secret.upper()) == (401, "no_valid_key")
        assert asked(scene, open_ended.secret) == (200, "")
    assert refusals() == ["key_revoked", "key_expired"]
    secrets = [each.secret for each in (revoked, open_ended, late, lasting)]
    assert len(set(secrets)) == 4
    assert all(len(secret) > 40 for secret in secrets)
    acts = list(Act.objects.filter(name__in=("key.issued", "key.revoked")).order_by("pk"))
    assert [act.name for act in acts] == ["key.issued"] * 4 + ["key.revoked"]
    assert json.loads(acts[-1].payload)["reason"] == "lost"
    assert acts[-1].subject == f"key:{revoked.key.pk}"
    written = caplog.text + repr(revoked) + "".join(f"{act.payload}{act.subject}" for act in Act.objects.all())
    written += "".join(str(row) for row in ApiKey.objects.values())
    assert MACHINE in written
    assert not any(secret.removeprefix("shailoo-") in written for secret in secrets)
    assert scene.clerk.person.name not in "".join(act.payload for act in acts)


@pytest.mark.norm("L12.1")
def test_who_may_not_give_the_office_gives_no_key_and_bad_input_keeps_nothing(scene: Scene) -> None:
    now = timezone.now()
    dead = office("nurlan", scene.clerk.body, Role.TEC_OPERATOR)
    Office.objects.filter(pk=dead.pk).update(until=now)
    coming = Office.objects.create(
        person=dead.person, body=dead.body, role=Role.TEC_OPERATOR, since=now + timedelta(days=1)
    )
    retired = office("omurbek", scene.clerk.body, Role.TEC_OPERATOR)
    retired.person.is_active = False
    retired.person.save()
    limited = Office.objects.create(
        person=scene.cec_member.person,
        body=scene.cec_member.body,
        role=Role.CEC_MEMBER,
        since=AT,
        election="president-2021",
    )
    administrator = office("perizat", scene.clerk.body, Role.TEC_ADMINISTRATOR)
    chair, before = scene.chair, snapshot()

    def said(
        of: Office = scene.clerk, name: str = MACHINE, by: Office = chair, until: datetime | None = None
    ) -> object:
        return codes(issue_key(of, name, by=by, at=now, until=until))

    assert said(scene.stranger) == ("other_territory",)
    assert said(by=scene.pec_chair) == said(by=scene.clerk) == said(by=administrator) == ("office_may_not",)
    assert said(by=limited) == ("other_election",)
    assert said(by=dead) == ("office_may_not",)
    assert said(scene.secretary) == ("role_given_by_others",), "a TEC's secretary is chosen by the CEC"
    assert said(chair) == ("not_for_oneself",)
    assert said(scene.pec_chair) == ("key_would_open_nothing",)
    assert said(dead) == said(coming) == said(retired) == ("key_needs_an_office_held",)
    for name in ("", " \t", "x" * 81, "two\nlines", "nul\0", "\ud800"):
        assert said(name=name) == ("key_needs_a_name",), name
    assert said(until=now) == said(until=now - timedelta(days=9)) == ("key_ends_before_it_begins",)
    assert said(name=" ", until=now) == ("key_needs_a_name", "key_ends_before_it_begins"), "told at once"
    assert snapshot() == before
    assert issued(scene.clerk, chair, until=now + timedelta(seconds=1))


@pytest.mark.norm("L12.1")
def test_a_key_is_revoked_once_for_a_reason_by_who_reaches_its_office(scene: Scene) -> None:
    now = timezone.now()
    key = issued(scene.clerk, scene.chair).key
    administrator = office("perizat", scene.clerk.body, Role.TEC_ADMINISTRATOR)
    far = office("ruslan", scene.stranger.body, Role.TEC_CHAIR)
    before = snapshot()
    assert codes(revoke_key(key, by=far, at=now, reason="lost")) == ("other_territory",)
    assert codes(revoke_key(key, by=scene.clerk, at=now, reason="lost")) == ("office_may_not",)
    assert codes(revoke_key(key, by=scene.chair, at=now, reason=" ")) == ("say_why",)
    assert snapshot() == before
    assert list(keys_in_reach(far, Wanted())) == []
    assert isinstance(revoke_key(key, by=administrator, at=timezone.now(), reason="lost"), ApiKey)
    before = snapshot()
    assert codes(revoke_key(key, by=scene.chair, at=timezone.now(), reason="again")) == ("key_revoked_before",)
    assert snapshot() == before


def test_the_list_for_keys_is_what_may_be_issued(scene: Scene) -> None:
    """What is offered is accepted, and nothing else would be, for everybody who may issue keys."""
    now, tried = timezone.now(), 0
    office("retired", scene.clerk.body, Role.TEC_OPERATOR)
    Office.objects.filter(person__username="retired").update(until=now)
    everyone = list(Office.objects.select_related("body", "person"))
    for by in (scene.chair, scene.secretary, scene.cec_chair, scene.cec_member):
        offered = set(offices_for_keys(by, Wanted()))
        for each in everyone:
            with transaction.atomic():
                answer = issue_key(each, MACHINE, by=by, at=timezone.now())
                transaction.set_rollback(True)
            assert isinstance(answer, Issued) is (each in offered), (by, each.role)
            tried += each in offered
    assert tried > 10
    assert all(GIVEN_BY[role] for role in KEYED)


def test_the_database_lets_a_key_be_revoked_once_and_change_never(scene: Scene) -> None:
    revoked, still = issued(scene.clerk, scene.chair).key, issued(scene.clerk, scene.chair).key
    revoke_key(revoked, by=scene.chair, at=timezone.now(), reason="lost")
    change = "UPDATE accounts_apikey SET {} WHERE id = {}".format
    attempts = (
        (change(f"office_id = {scene.cec_operator.pk}", still.pk), "Cannot update"),
        (change("expires_at = now() + interval '1 year'", still.pk), "Cannot update"),
        (change(f"digest = '{digest_of('mine')}'", still.pk), "Cannot update"),
        (change("revoked_at = NULL", revoked.pk), "Cannot update"),
        (change("revoked_at = created_at - interval '1 second'", still.pk), "revoked_after_it_was_issued"),
        ("DELETE FROM accounts_apikey", "Cannot delete"),
        ("TRUNCATE accounts_apikey", "never emptied"),
        (f"{COPY} 'a', '', NULL FROM accounts_apikey LIMIT 1", "a_key_has_a_name"),
        (f"{COPY} 'b', 'x', created_at FROM accounts_apikey LIMIT 1", "expires_after_it_was_issued"),
    )
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for statement, refusal in attempts:
            with pytest.raises(DatabaseError, match=refusal), transaction.atomic():
                cursor.execute(statement)


COPY = "INSERT INTO accounts_apikey (office_id, created_at, digest, name, expires_at) SELECT office_id, created_at,"


def test_the_whole_way_over_the_pages(scene: Scene) -> None:
    chair, place = signed_in(scene.chair), f"/en/desk/keys/new/{scene.clerk.pk}/"
    assert place in chair.get("/en/desk/keys/new/?q=aizada").content.decode()
    before = snapshot()
    for typed in (
        {"name": "", "until": ""},
        {"name": "x" * 81},
        {"name": "a\0b"},
        {"name": "Scanner", "until": "2020-01-01"},
        {"name": "Scanner", "until": "9999-12-31"},
        {"name": "Scanner", "until": "tomorrow"},
    ):
        answer = chair.post(place, typed)
        assert answer.status_code == 422, typed
        assert "govuk-error-message" in answer.content.decode(), typed
    after = snapshot()
    assert {table for table in after if after[table] != before[table]} <= {"accounts_personalreading"}
    for other in (scene.stranger, scene.chair, scene.pec_chair):
        assert chair.post(f"/en/desk/keys/new/{other.pk}/", {"name": "x"}).status_code == 404
    day = timezone.localdate() + timedelta(days=3)
    answer = chair.post(place, {"name": "<b>Scanner</b>", "until": day.isoformat()})
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    (secret,) = re.findall(r'<code class="key">([\w-]+)</code>', answer.content.decode())
    key = ApiKey.objects.get(digest=digest_of(secret))
    assert key.expires_at == end_of(day)
    assert asked(scene, secret)[0] == 200
    listed = chair.get("/en/desk/keys/?state=open&q=scanner").content.decode()
    assert "&lt;b&gt;Scanner" in listed
    assert secret not in listed
    assert chair.get("/en/desk/keys/?state=x").status_code == 404
    far = signed_in(office("ruslan", scene.stranger.body, Role.TEC_CHAIR))
    assert far.post(f"/en/desk/keys/{key.pk}/revoke/", {"reason": "x"}).status_code == 404
    assert chair.post(f"/en/desk/keys/{key.pk}/revoke/", {"reason": " "}).status_code == 422
    assert asked(scene, secret)[0] == 200
    assert chair.post(f"/en/desk/keys/{key.pk}/revoke/", {"reason": "lost"}).status_code == 302
    assert asked(scene, secret)[0] == 401
    assert chair.post(f"/en/desk/keys/{key.pk}/revoke/", {"reason": "lost"}).status_code == 422
    assert "Scanner" not in chair.get("/en/desk/keys/?state=open").content.decode()


def called(*arguments: str) -> int:
    """The exit code of `shailoo keys`."""
    with pytest.raises(SystemExit) as ended:
        app(["keys", *arguments])
    return int(ended.value.code or 0)


@pytest.fixture
def at_the_console(monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands on the test's own database."""
    monkeypatch.setattr("shailoo.cli.keys.start_django", lambda: None)
    monkeypatch.setattr("shailoo.cli.keys.require_tables", lambda: None)


@pytest.mark.usefixtures("at_the_console")
def test_the_whole_way_over_the_command_line(scene: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    before = snapshot()
    for wrong in (
        ("issue", "aizada", " ", "--by", "daniyar"),
        ("issue", "aizada", MACHINE, "--by", "aizada"),
        ("issue", "aizada", MACHINE, "--by", "nobody"),
        ("issue", "aizada", MACHINE, "--by", "daniyar", "--role", "tec_chair"),
        ("issue", "aizada", MACHINE, "--by", "daniyar", "--until", "9999-12-31"),
        ("issue", "aizada", MACHINE, "--by", "daniyar", "--until", date(2020, 1, 1).isoformat()),
        ("issue", "farida", MACHINE, "--by", "daniyar"),
        ("revoke", "1", "--by", "daniyar", "--reason", "lost"),
    ):
        assert called(*wrong) == 2, wrong
    assert snapshot() == before
    assert "Traceback" not in capsys.readouterr().err
    assert called("issue", "aizada", MACHINE, "--by", "daniyar", "--until", "2099-12-31") == 0
    secret = capsys.readouterr().out.strip()
    key = ApiKey.objects.get(digest=digest_of(secret))
    assert key.expires_at == datetime(2099, 12, 31, 18, tzinfo=UTC)
    assert called("list", "--by", "daniyar", "--json") == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["key"], row["state"], row["name"]) == (key.pk, "open", MACHINE)
    assert called("revoke", str(key.pk), "--by", "daniyar", "--reason", "lost") == 0
    assert called("revoke", str(key.pk), "--by", "daniyar", "--reason", "lost") == 2
    assert called("list", "--by", "daniyar") == 0
    assert re.search(rf"{key.pk}  revoked +aizada", capsys.readouterr().out)
    assert asked(scene, secret)[0] == 401


@pytest.mark.django_db(transaction=True)
def test_a_refused_key_is_recorded_also_where_a_request_only_reads() -> None:
    """Outside a test's transaction reading requests are held read-only by the database."""
    scene = build()
    one = issued(scene.clerk, scene.chair)
    assert asked(scene, one.secret)[0] == 200
    revoke_key(one.key, by=scene.chair, at=timezone.now(), reason="lost")
    assert asked(scene, one.secret)[0] == 401
    assert refusals() == ["key_revoked"]
