"""What a sitting's records say, in one plain document: the content of its minutes."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from shailoo.accounts.models import Office
from shailoo.commissions.models import AgendaItem, Decision, Motion, Sitting
from shailoo.commissions.queries.sittings import agenda
from shailoo.ledger.canonical import canonical

LANGUAGES = ("ky", "ru", "en")


def content_of(sitting: Sitting) -> dict[str, object]:
    """The sitting as it was recorded: who was there, each question, the votes by member, decisions and opinions.

    Instants are ISO 8601 in UTC; offices are their primary keys beside the names of their holders.
    """
    came = sitting.attendances.select_related("office__person").order_by("arrived_at", "pk")
    return {
        "sitting": {
            "commission": sitting.commission.body.code,
            "number": str(sitting),
            "kind": sitting.kind,
            "place": _tongues(sitting, "place"),
            "election": sitting.election,
            "planned_at": sitting.planned_at.isoformat(),
            "opened_at": sitting.opened_at.isoformat() if sitting.opened_at else None,
            "closed_at": sitting.closed_at.isoformat() if sitting.closed_at else None,
            "chair": _named(sitting.chair),
            "secretary": _named(sitting.secretary),
            "seats": sitting.seats,
            "quorum": sitting.quorum,
        },
        "present": [
            {
                "name": each.name,
                "attendee": each.attendee,
                "office": each.office_id,
                "arrived_at": each.arrived_at.isoformat(),
                "left_at": each.left_at.isoformat() if each.left_at else None,
            }
            for each in came
        ],
        "items": [_item(each) for each in agenda(sitting)],
    }


def _named(office: Office | None) -> dict[str, object] | None:
    return None if office is None else {"office": office.pk, "name": office.person.name, "role": office.role}


def _item(item: AgendaItem) -> dict[str, object]:
    return {
        "position": item.position,
        "matter": item.matter,
        "title": _tongues(item, "title"),
        "rapporteur": item.rapporteur,
        "proposed_by": _named(item.proposed_by),
        "vote_demanded": item.vote_demanded_at is not None,
        "state": item.state,
        "reason": item.reason,
        "motions": [_motion(each) for each in item.motions.all()],
    }


def _motion(motion: Motion) -> dict[str, object]:
    conclusion = getattr(motion, "conclusion", None)
    votes = [{"name": each.person.name, "office": each.office_id, "choice": each.choice} for each in motion.votes.all()]
    counts = None
    if conclusion is not None:
        names = ("adopted", "votes_for", "votes_against", "votes_abstained", "members_present", "seats", "needed")
        counts = {name: getattr(conclusion, name) for name in names}
    return {
        "version": motion.version,
        "purpose": motion.purpose,
        "title": _tongues(motion, "title"),
        "text": _tongues(motion, "text"),
        "norms": motion.norms,
        "votes": votes,
        "conclusion": counts,
        "decision": _decision(getattr(motion, "decision", None)),
    }


def _decision(decision: Decision | None) -> dict[str, object] | None:
    if decision is None:
        return None
    opinions = decision.dissents.select_related("office__person").order_by("at", "pk")
    dissents = [{"name": each.office.person.name, "text": each.text, "file": each.file_id} for each in opinions]
    return {"number": decision.label, "dissents": dissents}


def _tongues(record: object, name: str) -> dict[str, str]:
    return {each: getattr(record, f"{name}_{each}") for each in LANGUAGES}


def digest(content: Mapping[str, object], texts: Mapping[str, str]) -> str:
    """The SHA-256 of a version of minutes: of its content and texts in canonical JSON."""
    return sha256(canonical({"content": content, "texts": texts}).encode()).hexdigest()
