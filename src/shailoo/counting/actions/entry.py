"""Taking over a protocol and entering it twice, blindly, by two people (L36.1, L36.2)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.counting.actions.acceptance import Concluded, conclude, told
from shailoo.counting.actions.act import act, election, locked, move, not_open, open_entry, seen_by, step, subject
from shailoo.counting.comparison import agreed, differences, value_at
from shailoo.counting.fields import Field, fill, page_of, pages
from shailoo.counting.models import Discrepancy, Entry, Protocol
from shailoo.counting.states import BEING_ENTERED, Act, State
from shailoo.counting.values import Value
from shailoo.elections.models import VotingPrecinct
from shailoo.elections.queries import Ballot, ballot
from shailoo.law.outcome import Finding, Refused, Severity, records
from shailoo.ledger.actions import record

REENTERING = frozenset({State.DIFFERENT, State.FIRST_REENTRY, State.FIRST_REENTERED, State.SECOND_REENTRY})
FIRST = frozenset({State.RECEIVED, State.DIFFERENT, State.FIRST_ENTRY, State.FIRST_REENTRY})
HOLDER_NORM = "L36.2.a1"


@dataclass(frozen=True, slots=True)
class Saved:
    """A page as it was kept; `unreadable` names the fields that could not be read, and why."""

    page: str
    lines: dict[str, Value]
    unreadable: dict[str, str]
    replaced: tuple[str, ...]  # the lines whose former values it takes the place of


@dataclass(frozen=True, slots=True)
class Finished:
    """An entry was finished. `state` says where the protocol went; neither entry's values are told."""

    protocol: Protocol
    state: State
    concluded: Concluded | None = None


@act
@records("L34.1")
def take_over(expected: VotingPrecinct, *, by: Office, at: datetime) -> Protocol | Refused:
    """The TEC takes over a precinct's signed protocol (L36.1.a1). A precinct whose paper is here is refused."""
    if refused := refusal(
        by, may="counting.take_over", of=expected.tec.body, election=expected.voting.election.slug, at=at
    ):
        return refused
    present = Protocol.objects.filter(voting_id=expected.voting_id, precinct_id=expected.precinct_id)
    state = present.order_by("-version").values_list("state", flat=True).first()
    if state is not None:
        return Refused.because("L36.1.a1", "already_taken_over", state=state)
    protocol = Protocol.objects.create(
        voting_id=expected.voting_id,
        precinct_id=expected.precinct_id,
        tec_id=expected.tec_id,
        state=State.RECEIVED,
        received_at=at,
        received_by=by,
    )
    record("protocol.taken_over", subject=subject(protocol), by=by, at=at, grounds=["L36.1.a1"])
    return protocol


@act
def claim(protocol: Protocol, *, by: Office, at: datetime) -> Entry | Refused:
    """A clerk claims the next entry; the second is never by the person of the first (L36.2.a1).

    A re-entry begins with the lines on which both agreed. Who gave an entry back and claims again finds it as it was.
    """
    now = locked(protocol.pk)
    if refused := refusal(by, may="counting.enter", of=now.tec.body, election=election(now), at=at):
        return refused
    arc = step(now, Act.CLAIM)
    if isinstance(arc, Refused):
        return arc
    if refused := seen_by(now, by, arc.eyes):
        return refused
    again, slot = State(now.state) in REENTERING, 1 if State(now.state) in FIRST else 2
    lines, saved = _beginning(now, by, again=again)
    entry = Entry.objects.create(
        protocol=now,
        round=now.round,
        again=again,
        slot=slot,
        office=by,
        person_id=by.person_id,
        lines=lines,
        pages_saved=saved,
        claimed_at=at,
    )
    move(now, arc.target)
    payload = {"round": now.round, "again": again, "slot": slot}
    record("entry.claimed", subject=subject(now), by=by, at=at, grounds=[arc.norm], payload=payload)
    return entry


@act
def release(entry: Entry, *, by: Office, at: datetime) -> Protocol | Refused:
    """The clerk gives an entry back, or the TEC's chair takes it from them; what was typed stays on record."""
    now = locked(entry.protocol_id)
    may = "counting.enter" if by.person_id == entry.person_id else "counting.release_other"
    if refused := refusal(by, may=may, of=now.tec.body, election=election(now), at=at):
        return refused
    arc = step(now, Act.RELEASE)
    held = open_entry(now)
    if isinstance(arc, Refused) or held is None or held.pk != entry.pk:
        return arc if isinstance(arc, Refused) else not_open(now, Act.RELEASE)
    Entry.objects.filter(pk=entry.pk).update(released_at=at)
    move(now, arc.target)
    record("entry.released", subject=subject(now), by=by, at=at, grounds=[arc.norm], payload={"slot": entry.slot})
    return now


def save_page(entry: Entry, page: str, values: Mapping[str, object], *, by: Office, at: datetime) -> Saved | Refused:
    """Keep a page as it is left: field path -> what was typed. Refused, with the fields, where one cannot be read.

    Only the holder saves, and only while the entry is open: one statement, which another's release cannot overtake.
    """
    read = _read(entry, page, values, by=by, at=at)
    if isinstance(read, Refused):
        return read
    if read.unreadable:
        facts = {path.replace(".", "_"): why for path, why in read.unreadable.items()}
        found = Finding("L34.3", "fields_unreadable", Severity.ERROR, facts, tuple(read.unreadable))
        return Refused((found,))
    return read if _keep(entry, read, [page], by, at) else _why_not_saved(entry)


def keep_draft(entry: Entry, page: str, values: Mapping[str, object], *, by: Office, at: datetime) -> Saved | Refused:
    """Keep what can be read of a page while it is being typed; the page is not ticked off."""
    read = _read(entry, page, values, by=by, at=at)
    if isinstance(read, Refused):
        return read
    return read if _keep(entry, read, [], by, at) else _why_not_saved(entry)


@act
@records("L35.11.a4")
def finish(entry: Entry, *, by: Office, at: datetime) -> Finished | Refused:
    """The clerk finishes an entry. After the second the two are compared; equal ones are checked (L36.2, L35.15)."""
    now = locked(entry.protocol_id)
    if refused := refusal(by, may="counting.enter", of=now.tec.body, election=election(now), at=at):
        return refused
    held = open_entry(now) if State(now.state) in BEING_ENTERED else None
    if held is None or held.pk != entry.pk:
        return not_open(now, Act.FINISH)
    if held.person_id != by.person_id:
        return Refused.because(HOLDER_NORM, "held_by_another", role=held.office.role, body=held.office.body.code)
    if refused := _unfinished(held, ballot(now.voting)):
        return refused
    Entry.objects.filter(pk=held.pk).update(finished_at=at)
    if held.slot == 1:
        return _first_finished(now, held, by=by, at=at)
    return _second_finished(now, held, by=by, at=at)


def fields_to_enter(entry: Entry, codes: tuple[str, ...]) -> dict[str, tuple[Field, ...]]:
    """Page -> the fields that this entry asks for: all of them, or in a re-entry those that differed."""
    asked = pages(codes)
    if not entry.again:
        return dict(asked)
    differing = _differing(entry.protocol_id, entry.round)
    wanted = {page: tuple(f for f in fields if _asks(f, differing)) for page, fields in asked.items()}
    return {page: fields for page, fields in wanted.items() if fields}


def _asks(field: Field, differing: Iterable[str]) -> bool:
    return any(field.path == path or field.line.id == path for path in differing)


def _differing(protocol_id: int, round_: int) -> tuple[str, ...]:
    rows = Discrepancy.objects.filter(protocol_id=protocol_id, round=round_, again=False)
    return tuple(rows.values_list("fields", flat=True).get())


def _beginning(protocol: Protocol, by: Office, *, again: bool) -> tuple[dict[str, Value], list[str]]:
    """The lines and ticked pages that a new entry begins with."""
    own = protocol.entries.filter(round=protocol.round, again=again, person_id=by.person_id)
    given_back = own.exclude(released_at=None).order_by("-released_at").first()
    if given_back is not None:
        return given_back.lines, given_back.pages_saved
    if not again:
        return {}, []
    found = Discrepancy.objects.select_related("first").get(protocol=protocol, round=protocol.round, again=False)
    touched = {page_of(path) for path in found.fields}
    ticked = [page for page in found.first.pages_saved if page not in touched]
    return agreed(found.first.lines, found.fields), ticked


def _read(entry: Entry, page: str, values: Mapping[str, object], *, by: Office, at: datetime) -> Saved | Refused:
    if refused := refusal(
        by, may="counting.enter", of=entry.protocol.tec.body, election=election(entry.protocol), at=at
    ):
        return refused
    if by.person_id != entry.person_id:
        return Refused.because(HOLDER_NORM, "held_by_another")
    asked = fields_to_enter(entry, ballot(entry.protocol.voting).codes).get(page)
    if asked is None:
        return Refused.because("L34.3", "no_such_page", page=page)
    filled = fill(asked, values)
    return Saved(page, _with_agreed(entry, asked, filled.lines), filled.unreadable, tuple({f.line.id for f in asked}))


def _with_agreed(entry: Entry, asked: Iterable[Field], typed: dict[str, Value]) -> dict[str, Value]:
    """The typed lines, with the options of a line on which both entries agreed and which are not asked again."""
    if not entry.again:
        return typed
    merged = dict(typed)
    paths = {field.path for field in asked}
    for name in {field.line.id for field in asked if field.option is not None}:
        before, new = entry.lines.get(name, {}), typed.get(name, {})
        assert isinstance(new, dict)  # noqa: S101  # a line of options holds counts
        merged[name] = {key: value for key, value in before.items() if f"{name}.{key}" not in paths} | new
    return merged


def _keep(entry: Entry, saved: Saved, ticked: list[str], by: Office, at: datetime) -> bool:
    """Write a page's lines in one statement; False where the entry is no longer open to the person."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE counting_entry SET lines = (lines - %s::text[]) || %s::jsonb, saved_at = %s,"
            " pages_saved = ARRAY(SELECT DISTINCT p FROM unnest(pages_saved || %s::varchar[]) p ORDER BY p)"
            " WHERE id = %s AND person_id = %s AND finished_at IS NULL AND released_at IS NULL"
            " RETURNING lines, pages_saved",
            [list(saved.replaced), json.dumps(saved.lines), at, ticked, entry.pk, by.person_id],
        )
        row = cursor.fetchone()
    if row is None:
        return False
    entry.lines = json.loads(row[0]) if isinstance(row[0], str) else row[0]
    entry.pages_saved, entry.saved_at = row[1], at
    return True


def _why_not_saved(entry: Entry) -> Refused:
    """Why a page was not kept: the entry was given back or finished meanwhile; the page shows what was typed."""
    return not_open(Protocol.objects.get(pk=entry.protocol_id), Act.FINISH)


def _unfinished(entry: Entry, printed: Ballot) -> Refused | None:
    """The refusal of an entry with pages never left, or without the votes that alone can be summed."""
    left = [page for page in fields_to_enter(entry, printed.codes) if page not in entry.pages_saved]
    if left:
        return Refused.because("L34.3", "pages_not_saved", fields=tuple(left), pages=", ".join(left))
    needed = [f"votes.{choice.code}" for choice in printed.choices if not choice.withdrawn]
    if printed.against_all is not None:
        needed.append("against_all")
    blank = tuple(path for path in needed if value_at(entry.lines, path) is None)
    if blank:
        return Refused.because("L35.11.a4", "votes_not_filled", fields=blank)
    return None


def _first_finished(protocol: Protocol, entry: Entry, *, by: Office, at: datetime) -> Finished:
    target = State.FIRST_REENTERED if entry.again else State.FIRST_ENTERED
    move(protocol, target)
    payload = {"round": entry.round, "again": entry.again, "slot": 1}
    record("entry.finished", subject=subject(protocol), by=by, at=at, grounds=["L36.2.a1"], payload=payload)
    return Finished(protocol, target)


def _second_finished(protocol: Protocol, second: Entry, *, by: Office, at: datetime) -> Finished:
    first = protocol.entries.get(round=second.round, again=second.again, slot=1, released_at=None)
    fields = differences(first.lines, second.lines)
    if not fields:
        concluded = conclude(protocol, second.lines, by=by, at=at)
        told(concluded, "entry.finished", by=by, at=at, norm="L36.2.b1")
        return Finished(protocol, concluded.state, concluded)
    Discrepancy.objects.create(
        protocol=protocol,
        round=second.round,
        again=second.again,
        first=first,
        second=second,
        fields=list(fields),
        found_at=at,
    )
    target = State.CONFLICTING if second.again else State.DIFFERENT
    move(protocol, target)
    payload = {"round": second.round, "again": second.again, "slot": 2, "state": target, "differing": list(fields)}
    record("entry.finished", subject=subject(protocol), by=by, at=at, grounds=["L36.2.b1"], payload=payload)
    return Finished(protocol, target)
