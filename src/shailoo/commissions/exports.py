"""Decisions and sittings as rows to take away, the same in public and at the desk."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpResponse

from shailoo.commissions.models import Decision, Sitting
from shailoo.documents.lists import Cell, taken_away

MOST_ROWS = 20_000  # of a file; a commission takes some hundred decisions a year
TEXTS = ("text_ky", "text_ru", "text_en")  # they stand on the page of each decision
DECISION_COLUMNS = (
    "body", "year", "number", "taken_at", "matter", "subject", "election", "title_ky", "title_ru", "title_en",
    "norms", "votes_for", "votes_against", "votes_abstained", "members_present",
    "seats", "ended_by", "published_at",
)  # fmt: skip
SITTING_COLUMNS = (
    "body", "year", "number", "kind", "state", "planned_at", "place_ky", "place_ru", "place_en", "election",
    "called_at", "opened_at", "closed_at", "seats", "quorum",
)  # fmt: skip


def decisions_file(found: QuerySet[Decision], form: str) -> HttpResponse:
    """These decisions as CSV, JSON or a workbook, without their texts."""
    rows = (_decision(each) for each in found.defer(*TEXTS)[:MOST_ROWS])
    return taken_away("decisions", form, DECISION_COLUMNS, rows)


def sittings_file(found: QuerySet[Sitting], form: str) -> HttpResponse:
    """These sittings as CSV, JSON or a workbook."""
    return taken_away("sittings", form, SITTING_COLUMNS, (_sitting(each) for each in found[:MOST_ROWS]))


def _decision(found: Decision) -> list[Cell]:
    ended, publication = found.ended_by, getattr(found, "publication", None)
    computed: dict[str, Cell] = {
        "body": found.body.code,
        "taken_at": found.taken_at.isoformat(),
        "ended_by": ended.label if ended else "",
        "published_at": publication.at.isoformat() if publication else "",
    }
    return [computed[name] if name in computed else getattr(found, name) for name in DECISION_COLUMNS]


def _sitting(found: Sitting) -> list[Cell]:
    computed: dict[str, Cell] = {"body": found.commission.body.code}
    for name in ("planned_at", "called_at", "opened_at", "closed_at"):
        moment = getattr(found, name)
        computed[name] = moment.isoformat() if moment else ""
    return [computed[name] if name in computed else getattr(found, name) for name in SITTING_COLUMNS]
