"""The OpenAPI document and the operations agree, whatever is sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import openapi
from schemathesis.specs.openapi import checks as openapi_checks

from shailoo.accounts.models import ApiKey
from tests.api.test_counting_api import KEY, key_of
from tests.counting.scene import build

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
