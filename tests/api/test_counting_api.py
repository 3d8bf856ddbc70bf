"""Machines: keys, access, idempotency, problems as RFC 9457 tells them."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from django.core.checks import run_checks
from django.test import Client

from shailoo.accounts.models import ApiKey, Office
from shailoo.api.access import ACT
from shailoo.api.urls import api
from shailoo.counting.models import Protocol, ScannerReport
from shailoo.ledger.models import Act
from tests.counting.scene import AT, LISTS, Scene, build, paper

KEY = "generated-key-for-tests"


@pytest.fixture
def scene(db: None) -> Scene:
    return build()


def key_of(office: Office, key: str = KEY) -> ApiKey:
    digest = hashlib.sha256(key.encode()).hexdigest()
    return ApiKey.objects.create(office=office, name="machine", digest=digest, created_at=AT)


def send(address: str, body: object, key: str | None = "one", bearer: str = KEY) -> Any:
    headers = {"Authorization": f"Bearer {bearer}"} | ({"Idempotency-Key": key} if key else {})
    return Client().post(f"/api/counting/{address}", json.dumps(body), content_type="application/json", headers=headers)


def report(**changes: object) -> dict[str, object]:
    votes = dict.fromkeys(LISTS, 10)
    made = {"precinct": "1001", "device_no": "S-1", "votes": votes, "against_all": 5, "invalid": 3, "total": 168}
    return made | changes


def test_a_scanner_report_is_recorded_once_whatever_the_network_repeats(scene: Scene) -> None:
    key_of(scene.clerk)
    address = f"votings/{scene.voting.pk}/scanner-reports"
    first, again = send(address, report()), send(address, report())
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json() == {"precinct": "1001", "device_no": "S-1", "version": 1}
    assert again["Idempotent-Replay"] == "true"
    assert ScannerReport.objects.count() == 1


def test_a_key_used_for_another_request_is_a_conflict(scene: Scene) -> None:
    key_of(scene.clerk)
    address = f"votings/{scene.voting.pk}/scanner-reports"
    assert send(address, report()).status_code == 201
    answer = send(address, report(total=169))
    assert (answer.status_code, answer.json()["code"]) == (409, "idempotency_key_used")
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("key", [None, "", " ", "x" * 201, "ключ"])
def test_without_a_usable_idempotency_key_nothing_is_done(scene: Scene, key: str | None) -> None:
    key_of(scene.clerk)
    answer = send(f"votings/{scene.voting.pk}/scanner-reports", report(), key)
    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency_key_needed")
    assert not ScannerReport.objects.exists()


@pytest.mark.norm("L12.1")
def test_a_key_of_another_territory_or_of_no_office_is_refused(scene: Scene) -> None:
    key_of(scene.stranger)
    revoked = key_of(scene.clerk, "revoked")
    ApiKey.objects.filter(pk=revoked.pk).update(revoked_at=AT)
    address = f"votings/{scene.voting.pk}/scanner-reports"
    elsewhere = send(address, report())
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (403, "other_territory")
    for bearer in ("unknown", "revoked", ""):
        answer = send(address, report(), bearer=bearer)
        assert (answer.status_code, answer.json()["status"]) == (401, 401)


def test_protocols_come_in_all_or_none_and_every_fault_is_told(scene: Scene) -> None:
    key_of(scene.cec_operator)
    address = f"votings/{scene.voting.pk}/protocols"
    good, bad = {"precinct": "1001", "lines": paper()}, {"precinct": "9999", "lines": paper(against_all=-1)}
    answer = send(address, {"protocols": [good, bad]})
    codes = sorted(each["code"] for each in answer.json()["errors"])
    assert (answer.status_code, codes) == (422, ["negative", "unknown_precinct"])
    assert not Protocol.objects.exists()
    answer = send(address, {"protocols": [good]}, "two")
    assert (answer.status_code, answer.json()["states"]) == (201, {"accepted": 1})
    assert Act.objects.filter(name="protocols.imported").count() == 1
    repeated = send(address, {"protocols": [good]}, "three")
    assert repeated.json() == {"protocols": 1, "states": {}, "already": True}
    assert Act.objects.filter(name="protocols.imported").count() == 1


def test_a_machine_learns_where_a_protocol_stands(scene: Scene) -> None:
    key_of(scene.cec_operator)
    headers = {"Authorization": f"Bearer {KEY}"}
    address = f"/api/counting/votings/{scene.voting.pk}/precincts/1001"
    before = Client().get(address, headers=headers).json()
    assert before == {"precinct": "1001", "version": 0, "state": "expected", "findings": []}
    send(f"votings/{scene.voting.pk}/protocols", {"protocols": [{"precinct": "1001", "lines": paper(participated=1)}]})
    after = Client().get(address, headers=headers).json()
    assert (after["state"], after["version"]) == ("parked", 1)
    assert "CR3" in {found["code"] for found in after["findings"]}
    assert Client().get(f"{address}9", headers=headers).status_code == 404


def test_a_body_that_is_no_json_or_too_large_is_a_problem_and_no_fault_of_ours(scene: Scene) -> None:
    key_of(scene.cec_operator)
    address = f"/api/counting/votings/{scene.voting.pk}/protocols"
    headers = {"Authorization": f"Bearer {KEY}", "Idempotency-Key": "one"}
    broken = Client().post(address, "{", content_type="application/json", headers=headers)
    huge = Client().post(address, "x" * (4 * 1024 * 1024 + 1), content_type="application/json", headers=headers)
    assert (broken.status_code, huge.status_code) == (400, 413)


@pytest.mark.django_db
def test_every_operation_and_every_view_carries_an_access_rule() -> None:
    operations = [
        operation
        for _prefix, router in api._routers
        for view in router.path_operations.values()
        for operation in view.operations
    ]
    assert len(operations) >= 3
    assert all(hasattr(operation.view_func, ACT) for operation in operations)
    found = [each.msg for each in run_checks() if each.id in ("shailoo.E001", "shailoo.E002")]
    assert [message for message in found if "counting" in message or "votings" in message] == []


@pytest.mark.django_db
def test_the_check_names_an_operation_without_an_act(monkeypatch: pytest.MonkeyPatch) -> None:
    from shailoo.api import access

    operation = next(iter(api._routers[-1][1].path_operations.values())).operations[0]
    monkeypatch.delattr(operation.view_func, ACT)
    assert [found.id for found in access.every_operation_needs_an_act()] == ["shailoo.E002"]
