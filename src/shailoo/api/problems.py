"""Errors as machines read them: RFC 9457 problem details, with our code, the norm and the fields of each ground."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import Field

from shailoo.law.outcome import Fact, Finding, Refused

MEDIA_TYPE = "application/problem+json"
TITLES = {
    400: "The request cannot be read",
    401: "No valid key",
    403: "Your office may not do this",
    404: "There is no such record",
    405: "This method is not offered here",
    409: "The act is not open",
    413: "The request is too large",
    422: "The content is not accepted",
}
FORBIDDEN = frozenset({"office_may_not", "office_not_held", "other_election", "other_territory"})
CONFLICTS = frozenset(
    {"act_not_open", "held_by_another", "somebody_was_first", "somebody_acted_at_the_same_time", "already_taken_over"}
)


class Ground(Schema):
    """One ground of a refusal."""

    code: str
    norm: str | None = None
    fields: list[str] = Field(default_factory=list)
    facts: dict[str, int | str] = Field(default_factory=dict)


class Problem(Schema):
    """Why a request was not carried out. Nothing was written."""

    type: str
    title: str
    status: int
    code: str
    norm: str | None = None
    fields: list[str] = Field(default_factory=list)
    errors: list[Ground] = Field(default_factory=list)


@dataclass
class ProblemError(Exception):
    """Ends a request with a problem."""

    status: int
    code: str
    norm: str | None = None
    fields: list[str] = field(default_factory=list)
    errors: list[dict[str, Any]] = field(default_factory=list)

    def body(self) -> dict[str, Any]:
        return {
            "type": f"urn:shailoo:{self.code}",
            "title": TITLES.get(self.status, "The request failed"),
            "status": self.status,
            "code": self.code,
            "norm": self.norm,
            "fields": self.fields,
            "errors": self.errors,
        }


def of(refused: Refused) -> ProblemError:
    """A refusal as a problem: 403 for the office, 409 where the record has moved on, 422 for the content."""
    first = refused.findings[0]
    status = 403 if first.code in FORBIDDEN else 409 if first.code in CONFLICTS else 422
    grounds = [_ground(found) for found in refused.findings]
    fields = list(dict.fromkeys(path for found in refused.findings for path in found.fields))
    return ProblemError(status, first.code, first.norm, fields, grounds)


def answer(problem: ProblemError) -> HttpResponse:
    """The response of a problem."""
    return JsonResponse(problem.body(), status=problem.status, content_type=MEDIA_TYPE)


def register(api: NinjaAPI) -> None:
    """Let every error of the API be answered as a problem."""

    def told(_request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
        return answer(_problem(error))

    for kind in (ProblemError, ValidationError, AuthenticationError, Http404, HttpError, RequestDataTooBig):
        api.add_exception_handler(kind, told)


def _problem(error: Exception | type[Exception]) -> ProblemError:
    if isinstance(error, ProblemError):
        return error
    if isinstance(error, ValidationError):
        places = [".".join(str(part) for part in each["loc"]) for each in error.errors]
        grounds: list[dict[str, Any]] = [
            {"code": str(each["type"]), "norm": None, "fields": [place], "facts": {}}
            for each, place in zip(error.errors, places, strict=True)
        ]
        return ProblemError(422, "content_unreadable", fields=places, errors=grounds)
    if isinstance(error, AuthenticationError):
        return ProblemError(401, "no_valid_key")
    if isinstance(error, Http404):
        return ProblemError(404, "not_found")
    if isinstance(error, RequestDataTooBig):
        return ProblemError(413, "request_too_large")
    status = error.status_code if isinstance(error, HttpError) else 400
    return ProblemError(status, "request_unreadable")


def _ground(found: Finding) -> dict[str, Any]:
    facts = {key: _plain(value) for key, value in found.facts.items()}
    return {"code": found.code, "norm": found.norm, "fields": list(found.fields), "facts": facts}


def _plain(value: Fact) -> int | str:
    return value if isinstance(value, int | str) else str(value)
