"""What the device at the door asks: the list of people, who is inside, and taking its passages in."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.middleware.csrf import get_token
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_POST, require_safe

from shailoo.accounts.web import reads_personal, rule
from shailoo.elections.clock import now
from shailoo.law.outcome import Refused
from shailoo.observation.actions.presence import Told, note_passages
from shailoo.observation.checkin.lists import door_list
from shailoo.observation.checkin.receiving import UnreadableError, received
from shailoo.observation.queries.presence import Present, inside
from shailoo.observation.views.checkin.door import CHECK_IN, scene
from shailoo.observation.words.presence import refusal


@rule(CHECK_IN)
@reads_personal("observers")
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """The list of those who may come to this commission; 304 for a device that has this state of it."""
    office, election = scene(request)
    found = door_list(office.body, election)
    tag = f'"{found.tag}"'
    answer = get_conditional_response(request, etag=tag)
    if not isinstance(answer, HttpResponseNotModified):
        answer = HttpResponse(found.text, content_type="application/json")
    answer["ETag"] = tag
    return answer


@rule(CHECK_IN)
@require_safe
def state(request: HttpRequest) -> HttpResponse:
    """The election's clock, what a form must carry, and who is inside: numbers alone, so that it can be asked often."""
    office, election = scene(request)
    at = now(election)
    present = inside(office.body, election, at)
    return JsonResponse({"now": at.isoformat(), "token": get_token(request), "inside": _numbers(present)})


@rule(CHECK_IN)
@require_POST
def sync(request: HttpRequest) -> HttpResponse:
    """Passages that a device noted: each is kept once, and what became of each is told."""
    office, election = scene(request)
    at = now(election)
    try:
        sending = received(request.body)
    except UnreadableError:
        return JsonResponse({"error": "unreadable"}, status=HTTPStatus.BAD_REQUEST)
    told = note_passages(election, sending.passages, sent_at=sending.sent_at, by=office, at=at)
    if isinstance(told, Refused):
        return JsonResponse({"error": refusal(told.findings)}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    present = inside(office.body, election, at)
    return JsonResponse({"told": [_told(each) for each in told], "inside": _numbers(present)})


def _numbers(present: list[Present]) -> list[list[str]]:
    """Who is inside, by number alone, and since when."""
    return [[each.comer.number, each.since.isoformat()] for each in present]


def _told(told: Told) -> dict[str, object]:
    return {"uid": str(told.uid), "kept": told.kept.value, "findings": refusal(told.findings)}
