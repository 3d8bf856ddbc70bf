"""The OpenAPI document and the operations agree, whatever is sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any, TypeAlias

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import openapi
from schemathesis.specs.openapi import checks as openapi_checks

from shailoo.accounts.models import ApiKey, Office
from shailoo.accounts.roles import MAY, Role
from shailoo.ledger.models import Act
from tests.api.test_counting_api import KEY, key_of
from tests.counting.scene import Scene, build
from tests.doors import a_minute_ago, everybody

CHECKS = [
    schemathesis.checks.not_a_server_error,
    openapi_checks.status_code_conformance,
    openapi_checks.content_type_conformance,
    openapi_checks.response_schema_conformance,
]


@pytest.fixture
def kept_connection(db: None) -> Iterator[None]:
    """A real request closes its connection when it ends; here all share the one of the test's transaction."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@pytest.mark.usefixtures("kept_connection")
@pytest.mark.parametrize("name", ["record_scanner_report", "import_protocols", "protocol_status"])
def test_no_generated_request_breaks_the_contract(name: str) -> None:
    scene = build()
    key_of(scene.clerk if name == "record_scanner_report" else scene.cec_operator)
    schema = openapi.from_wsgi("/api/openapi.json", WSGIHandler())
    operation = schema.find_operation_by_id(name)

    @settings(
        max_examples=25,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(), known=st.booleans())
    def run(case: Any, known: bool) -> None:
        if known:
            case.path_parameters["voting_id"] = scene.voting.pk
        case.call_and_validate(headers={"Authorization": f"Bearer {KEY}"}, checks=CHECKS)

    run()
    assert ApiKey.objects.count() == 1


OPERATIONS = {
    "record_scanner_report": "counting.scanner_report",
    "import_protocols": "counting.import",
    "protocol_status": "counting.read",
}


Known: TypeAlias = tuple[Role | None, bool]
"""What a key stands for: the role that it acts in, None where it is no key any more; whether its office is over."""


def keys(scene: Scene) -> Mapping[str, Known]:
    """A key of every role, one of two offices that are over, a revoked one, an unknown one and none."""
    made: dict[str, Known] = {"none": (None, False), "revoked": (None, False)}
    for role, office in everybody(scene).items():
        key_of(office, f"key of {role.value}")
        made[f"key of {role.value}"] = (role, False)
    for role, office in everybody(scene, until=a_minute_ago()).items():
        if role in (Role.CEC_OPERATOR, Role.TEC_OPERATOR):
            key_of(office, f"late key of {role.value}")
            made[f"late key of {role.value}"] = (role, True)
    revoked = key_of(Office.objects.get(person__username="present-cec_chair"), "revoked")
    ApiKey.objects.filter(pk=revoked.pk).update(revoked_at=revoked.created_at + timedelta(days=1))
    return made


@pytest.mark.norm("L12.1")
@pytest.mark.usefixtures("kept_connection")
def test_no_generated_request_gets_past_the_table_with_any_key() -> None:
    """Every operation × a key of every role, and keys that open nothing: the table, no fault, nothing written."""
    scene = build()
    known, schema = keys(scene), openapi.from_wsgi("/api/openapi.json", WSGIHandler())
    refusals: set[tuple[int, str]] = set()
    for name, act in OPERATIONS.items():
        refusals |= tried(schema.find_operation_by_id(name), act, known, scene)
    assert refusals == {(401, "no_valid_key"), (403, "office_may_not"), (403, "office_not_held")}
    recorded = Act.objects.filter(name="key.refused").values_list("subject", flat=True)
    assert sorted(recorded) == sorted(f"key:{pk}" for pk in _useless()), "each once, however often it was tried"


def tried(operation: Any, act: str, known: Mapping[str, Known], scene: Scene) -> set[tuple[int, str]]:
    """Send generated requests of one operation with every key; returns the refusals that came."""
    refusals: set[tuple[int, str]] = set()

    @settings(
        max_examples=4,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(), real=st.booleans())
    def run(case: Any, real: bool) -> None:
        if real:
            case.path_parameters["voting_id"] = scene.voting.pk
        for key, (role, late) in known.items():
            before = Act.objects.exclude(name="key.refused").count()
            answer = case.call_and_validate(headers={"Authorization": f"Bearer {key}"}, checks=CHECKS)
            if role is not None and role in MAY[act] and not late:
                assert answer.status_code != 401, (key, act)
                continue
            expected = (401, "no_valid_key") if role is None else (403, "office_may_not")
            expected = (403, "office_not_held") if role is not None and role in MAY[act] else expected
            assert (answer.status_code, answer.json()["code"]) == expected, (key, act)
            assert Act.objects.exclude(name="key.refused").count() == before, (key, act)
            refusals.add(expected)

    run()
    return refusals


def _useless() -> set[int]:
    """The keys that are known and open nothing any more."""
    late = ApiKey.objects.filter(office__person__username__startswith="former")
    return {key.pk for key in (*late, *ApiKey.objects.exclude(revoked_at=None))}
