"""Addresses for machines, below /api/: one OpenAPI document, keys as bearer tokens, problems as RFC 9457 tells them."""

from __future__ import annotations

from typing import Any

from django.urls import path
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from shailoo.api import problems
from shailoo.api.access import Key
from shailoo.api.counting import router as counting
from shailoo.api.voters import router as voters


class MachinesApi(NinjaAPI):
    """The API with problems described as what they are."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:  # Any: ninja's own options, passed on
        """The OpenAPI document; every error's content is `application/problem+json`."""
        schema = super().get_openapi_schema(**options)
        for operations in schema["paths"].values():
            for operation in operations.values():
                for status, response in operation["responses"].items():
                    if int(status) >= 400 and "application/json" in response.get("content", {}):
                        response["content"] = {problems.MEDIA_TYPE: response["content"]["application/json"]}
        return schema


api = MachinesApi(
    title="Shailoo",
    version="1",
    description="What machines of an election commission send and ask. Every POST needs an Idempotency-Key.",
    auth=Key(),
    docs_url=None,
    urls_namespace="api",
)
problems.register(api)
api.add_router("/counting", counting)
api.add_router("/voters", voters)

urlpatterns = [path("", api.urls)]
