"""Loading a register from a file (YAML or TOML): every record of it, or none, and every fault of it in one pass.

A file has sections of records under the names of the sorts (`agreements`, `events`, …) and `invitations`, at its top or
under `records`. What a section's record says stands under the keys of its sort's fields; a key that nobody knows is a
fault. The same file again changes nothing; a record that the register holds with other content is a fault.

A record that does not name its commission stands in the register of the commission on whose page it was found: the
first organization of the file that has the same page as its source ("002:27" is line 27 of page 002).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypeAlias

import yaml
from django.core.exceptions import ValidationError
from django.db import transaction

from shailoo.accounts.models import Body
from shailoo.cooperation.actions.records import drafted
from shailoo.cooperation.dating import UNKNOWN, Dated, Precision
from shailoo.cooperation.fields import MANY, REFERS, As, Field, told
from shailoo.cooperation.kinds import Answer, Channel, Direction, InvitingBody, OrganizationKind, Purpose
from shailoo.cooperation.models import FIGURES, Invitation, Organization, Record
from shailoo.cooperation.rules import checked
from shailoo.cooperation.sorts import ALL, BY_NAME, BY_PLURAL, Sort
from shailoo.cooperation.websites import normal
from shailoo.law.calendar import local_day, start_of
from shailoo.law.outcome import Severity
from shailoo.ledger import actions as ledger
from shailoo.ledger.canonical import sha256

Told: TypeAlias = Mapping[str, object]
INVITATIONS = "invitations"
BESIDE = frozenset({"requirements", "entities", "open_questions", "records", "about"})
"""What a file may hold beside its records; it is not loaded."""
OF_ALL = frozenset({"id", "src", "source", "note", "commission", "published"})
_OWNER = {"agreements": "party", "study_visits": "received_by"}  # how a section calls the commission
_OF_INVITATIONS = {
    "election",
    "election_day",
    "country",
    "inviting_body",
    "channel",
    "purpose",
    "invitee",
    "sent_at",
    "answer",
}
_SAID_OTHERWISE = frozenset(
    {("group", f"{who}_{what}") for who in ("head", "secretary") for what in ("name", "office")}
    | {("visit", "direction")}  # study visits of a file are those that the commission received
)
_LATER = frozenset({"framework", "same_as", "renewed_by"})  # references within a section: put once all stand


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a file: in which section, of which record, at which key, and what stands there."""

    section: str
    record: str
    key: str
    code: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many records of each section were made, and how many stood there already."""

    created: Mapping[str, int]
    unchanged: int

    @property
    def total(self) -> int:
        return sum(self.created.values())


OWN = Path(__file__).parent / "register.toml"
"""The register that the demo shows."""


def read(path: Path) -> Mapping[str, object]:
    """The file as data. Raises ValueError where it is neither YAML nor TOML that can be read, OSError."""
    text = path.read_text(encoding="utf-8")
    try:
        found = tomllib.loads(text) if path.suffix == ".toml" else yaml.safe_load(text)
    except (tomllib.TOMLDecodeError, yaml.YAMLError) as wrong:
        raise ValueError(str(wrong)) from wrong
    if not isinstance(found, dict):
        raise ValueError("no table of records")
    return found


def load(content: Mapping[str, object], *, at: datetime) -> Loaded | Sequence[Fault]:
    """Enter every record of a file by the installation itself, all of them public; the faults where there is any."""
    try:
        with transaction.atomic():
            reading = _Reading(at)
            loaded = reading.take(_sections(content, reading))
            if reading.faults:
                raise _FaultyError
            if loaded.total:
                payload = {"created": dict(loaded.created), "sha256": sha256(repr(content).encode())}
                ledger.record("cooperation.loaded", subject="cooperation", by=None, at=at, payload=payload)
    except _FaultyError:
        return reading.faults
    return loaded


def load_own(*, at: datetime) -> Loaded:
    """Enter the register that the demo shows. Raises ValueError where the register holds it otherwise."""
    done = load(read(OWN), at=at)
    if not isinstance(done, Loaded):
        raise ValueError(str(done[0]))
    return done


class _FaultyError(Exception):
    """The file has faults: nothing of it stays."""


def _sections(content: Mapping[str, object], reading: _Reading) -> dict[str, list[Told]]:
    inner = content.get("records", {})
    if not isinstance(inner, dict):
        reading.fault("records", "", "", "not_a_table")
        inner = {}
    found: dict[str, list[Told]] = {}
    for name, rows in [*content.items(), *inner.items()]:
        if name in BESIDE and rows is not inner.get(name):
            continue
        if name not in BY_PLURAL and name != INVITATIONS:
            reading.fault(name, "", "", "unknown_section")
        elif not isinstance(rows, list) or not all(isinstance(each, dict) for each in rows):
            reading.fault(name, "", "", "not_a_list_of_tables")
        else:
            found[name] = rows
    return found


class _Reading:
    """One pass through a file: what was made so far, and every fault."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.faults: list[Fault] = []
        self.known: dict[tuple[str, str], Record | Organization] = {}
        self.homes: dict[str, Organization] = {}  # page of a source -> its commission
        self.unchanged = 0

    def fault(self, section: str, record: str, key: str, code: str, value: object = "") -> None:
        self.faults.append(Fault(section, record, key, code, str(value)))

    def take(self, sections: Mapping[str, Sequence[Told]]) -> Loaded:
        """Every section in the order in which records refer to each other."""
        created: dict[str, int] = {}
        for sort in _in_order():
            rows = sections.get(sort.plural, ())
            made = [self._record(sort, each) for each in rows]
            for each, row in zip(made, rows, strict=True):
                if each is not None:
                    self._refer_back(sort, each, row)
            created[sort.plural] = sum(each is not None for each in made)
            if sort.name == "organization":
                self._find_homes(sections.get(sort.plural, ()))
                _know_own()
        created[INVITATIONS] = sum(self._invitation(each) for each in sections.get(INVITATIONS, ()))
        return Loaded(created, self.unchanged)

    # --------------------------------------------------------------------------------- records

    def _record(self, sort: Sort, row: Told) -> Record | Organization | None:
        """A record made of a row; None where it stood already or is faulty."""
        code, source = str(row.get("id", "")), str(row.get("src") or row.get("source") or "")
        if not code or not source:
            self.fault(sort.plural, code, "id" if not code else "src", "missing")
            return None
        self._unknown_keys(sort, code, row)
        values = {each.name: self._value(sort, code, each, row) for each in sort.fields if each.name not in _LATER}
        self._precision(sort, code, values, row)
        if sort.name == "event":
            values |= self._figures(code, row)
        self._beside(values, row)
        for each in sort.fields:
            if (sort.name, each.name) in _SAID_OTHERWISE and not values[each.name]:
                self.fault(sort.plural, code, each.in_files, "missing")
        home = self._commission(sort, code, source, row)
        if any(fault.section == sort.plural and fault.record == code for fault in self.faults):
            return None
        note = str(row.get("note") or "")
        drawn = drafted(sort, values, code=code, source=source, note=note, commission=home or _NOBODY, at=self.at)
        return self._kept(sort, drawn)

    def _kept(self, sort: Sort, drawn: Record | Organization) -> Record | Organization | None:
        standing = sort.model._default_manager.filter(code=drawn.code).first()
        if standing is not None:
            self.known[sort.name, drawn.code] = standing
            differing = _differing(sort, standing, drawn)
            if differing:
                self.fault(sort.plural, drawn.code, ", ".join(differing), "differs_from_the_register")
            self.unchanged += 1
            return None
        if isinstance(drawn, Record):
            drawn.published_at = self.at
        try:
            drawn.clean_fields(
                exclude=["commission", "names", *(each.name for each in sort.fields if each.as_ in REFERS)]
            )
        except ValidationError as wrong:
            self.fault(sort.plural, drawn.code, ", ".join(wrong.message_dict), "does_not_fit")
            return None
        for found in checked(drawn, local_day(self.at)):
            if found.severity is Severity.ERROR:
                self.fault(sort.plural, drawn.code, ", ".join(found.fields), found.code)
                return None
        drawn.save()
        self.known[sort.name, drawn.code] = drawn
        return drawn

    def _refer_back(self, sort: Sort, made: Record | Organization, row: Told) -> None:
        """Put the references to records of the same section, now that all of it stands."""
        for each in sort.fields:
            if each.name in _LATER and row.get(each.in_files):
                value = self._reference(sort, made.code, each, row[each.in_files])
                each.put(made, value)
                made.save(update_fields=[each.name])

    def _unknown_keys(self, sort: Sort, code: str, row: Told) -> None:
        keys = {each.in_files for each in sort.fields} | OF_ALL
        keys |= {"date_precision"} if sort.date or sort.name == "event" else set()
        keys |= {_OWNER[sort.plural]} if sort.plural in _OWNER else set()
        keys |= {"attendance"} if sort.name == "event" else set()
        keys |= {"country"} if sort.name == "mission" else set()
        keys |= {"head", "secretary"} if sort.name == "group" else set()
        for key in row:
            if key not in keys:
                self.fault(sort.plural, code, key, "unknown_key", row[key])

    def _beside(self, values: dict[str, object], row: Told) -> None:
        """What a file writes in another shape: one country, a head with an office, partners described."""
        if row.get("country") and "countries_as_printed" in values:
            values["countries"] = [str(row["country"])]
        if "visited" in values and not values["direction"]:
            values["direction"] = Direction.INCOMING.value
        for name in ("head", "secretary"):
            person = row.get(name)
            if isinstance(person, dict):
                values[f"{name}_name"], values[f"{name}_office"] = person.get("name", ""), person.get("office", "")
        if "partner_described" in values and values.get("partner") is None and not values["partner_described"]:
            values["partner_described"] = str(row.get("partner") or "")

    def _figures(self, code: str, row: Told) -> dict[str, object]:
        attendance = row.get("attendance") or {}
        if not isinstance(attendance, dict):
            self.fault("events", code, "attendance", "not_a_table")
            return {}
        for key, value in attendance.items():
            if key not in FIGURES or not isinstance(value, int) or value < 0:
                self.fault("events", code, f"attendance.{key}", "unknown_key", value)
        return {name: attendance.get(name) for name in FIGURES if name in attendance}

    # --------------------------------------------------------------------------------- values

    def _value(self, sort: Sort, code: str, field: Field, row: Told) -> object:
        raw = row.get(field.in_files)
        if raw is None or raw == "":
            if field.required and (sort.name, field.name) not in _SAID_OTHERWISE:
                self.fault(sort.plural, code, field.in_files, "missing")
            return field.unless if field.as_ is As.TICK else field.nothing
        if field.as_ in REFERS:
            return self._reference(sort, code, field, raw)
        try:
            return _read_value(field, raw)
        except (ValueError, TypeError):
            self.fault(sort.plural, code, field.in_files, "unreadable", raw)
            return field.nothing

    def _reference(self, sort: Sort, code: str, field: Field, raw: object) -> object:
        name = field.to or "organization"
        found = self._found(name, str(raw))
        if found is None and sort.name == "relation" and not str(raw).startswith("ORG-"):
            return None  # partners that are only described
        if found is None:
            self.fault(sort.plural, code, field.in_files, "no_such_record", raw)
        return found

    def _found(self, name: str, code: str) -> Record | Organization | None:
        if (name, code) not in self.known:
            standing = BY_NAME[name].model._default_manager.filter(code=code).first()
            if standing is None:
                return None
            self.known[name, code] = standing
        return self.known[name, code]

    def _precision(self, sort: Sort, code: str, values: Mapping[str, object], row: Told) -> None:
        """The precision that a record states is the one that its date has."""
        stated = row.get("date_precision")
        if stated is None or not sort.date:
            return
        value = values.get(sort.date)
        if not isinstance(value, Dated) or value.precision.value != stated:
            self.fault(sort.plural, code, "date_precision", "not_as_precise_as_it_says", stated)

    # --------------------------------------------------------------------------------- commissions

    def _commission(self, sort: Sort, code: str, source: str, row: Told) -> Organization | None:
        if not sort.of_commission:
            return None
        named = row.get(_OWNER.get(sort.plural, "commission"))
        membership = self._found("membership", str(row.get("membership"))) if sort.name == "role" else None
        if isinstance(membership, Record):
            return membership.commission
        if named is None:
            home = self.homes.get(_page(source))
            if home is None:
                self.fault(sort.plural, code, "commission", "missing")
            return home
        found = self._found("organization", str(named))
        if not isinstance(found, Organization):
            self.fault(sort.plural, code, "commission", "no_such_record", named)
            return None
        return found

    def _find_homes(self, rows: Iterable[Told]) -> None:
        for row in rows:
            found = self._found("organization", str(row.get("id", "")))
            for part in str(row.get("src") or row.get("source") or "").split(","):
                if isinstance(found, Organization) and found.kind == OrganizationKind.CENTRAL_ELECTION_BODY:
                    self.homes.setdefault(_page(part.strip()), found)

    # --------------------------------------------------------------------------------- invitations

    def _invitation(self, row: Told) -> bool:
        """An invitation made of a row; False where it stood already or is faulty."""
        code, source = str(row.get("id", "")), str(row.get("src") or row.get("source") or "")
        before = len(self.faults)
        for key in row:
            if key not in _OF_INVITATIONS | OF_ALL:
                self.fault(INVITATIONS, code, key, "unknown_key", row[key])
        invitee = self._found("organization", str(row.get("invitee")))
        home = self._home_of_invitation(code, source, row)
        for key, allowed in (
            ("inviting_body", InvitingBody),
            ("channel", Channel),
            ("purpose", Purpose),
            ("answer", Answer),
        ):
            if row.get(key) is not None and str(row[key]) not in allowed.values:
                self.fault(INVITATIONS, code, key, "unreadable", row[key])
        if not isinstance(invitee, Organization):
            self.fault(INVITATIONS, code, "invitee", "no_such_record", row.get("invitee"))
        if not code or not source:
            self.fault(INVITATIONS, code, "id" if not code else "src", "missing")
        day, sent = self._day(code, "election_day", row), self._day(code, "sent_at", row)
        if len(self.faults) > before or home is None or not isinstance(invitee, Organization):
            return False
        drawn = Invitation(
            code=code,
            commission=home,
            election=str(row.get("election") or ""),
            election_day=day,
            inviting_body=str(row.get("inviting_body") or ""),
            channel=str(row.get("channel") or ""),
            purpose=str(row.get("purpose") or Purpose.OBSERVATION.value),
            invitee=invitee,
            sent_at=start_of(sent) if sent else None,
            answer=str(row.get("answer") or Answer.NONE.value),
            source=source,
            note=str(row.get("note") or ""),
        )
        return self._kept_invitation(drawn)

    def _kept_invitation(self, drawn: Invitation) -> bool:
        standing = Invitation.objects.filter(code=drawn.code).first()
        if standing is None:
            drawn.save()
            return True
        same = ("commission_id", "election_day", "inviting_body", "channel", "purpose", "invitee_id", "source")
        differing = [name for name in same if getattr(standing, name) != getattr(drawn, name)]
        if differing:
            self.fault(INVITATIONS, drawn.code, ", ".join(differing), "differs_from_the_register")
        self.unchanged += 1
        return False

    def _home_of_invitation(self, code: str, source: str, row: Told) -> Organization | None:
        """The commission named, or the one of the page; a country that is named is that of the commission."""
        named = row.get("commission")
        found = self._found("organization", str(named)) if named else self.homes.get(_page(source))
        if not isinstance(found, Organization):
            self.fault(INVITATIONS, code, "commission", "missing" if not named else "no_such_record", named or "")
            return None
        if row.get("country") not in (None, found.country):
            self.fault(INVITATIONS, code, "country", "of_another_commission", row.get("country"))
        return found

    def _day(self, code: str, key: str, row: Told) -> date | None:
        try:
            return _day(row.get(key))
        except (ValueError, TypeError):
            self.fault(INVITATIONS, code, key, "unreadable", row.get(key))
            return None


_NOBODY = Organization()


def _in_order() -> tuple[Sort, ...]:
    """Organizations first, events before what refers to them, memberships before the roles in organs."""
    first = ("organization", "event", "membership")
    return (*(BY_NAME[name] for name in first), *(each for each in ALL if each.name not in first))


def _know_own() -> None:
    """Link the commission whose system this is with its entry: the central election body of Kyrgyzstan."""
    body = Body.objects.filter(code="CEC", organization_in_register__isnull=True).first()
    own = Organization.objects.filter(
        kind=OrganizationKind.CENTRAL_ELECTION_BODY, country="KG", is_group=False, body=None, struck_at=None
    )
    found = own.first()
    if body is not None and found is not None and own.count() == 1:
        found.body = body
        found.save(update_fields=["body"])


def _page(source: str) -> str:
    """The page of a source: what stands before the colon."""
    return source.split(":", 1)[0].strip()


def _differing(sort: Sort, standing: Record | Organization, drawn: Record | Organization) -> list[str]:
    """The fields in which two records differ; references within a section are compared by the caller's file alone."""
    one, other = told(sort.fields, standing), told(sort.fields, drawn)
    return [name for name in one if name not in _LATER and one[name] != other[name]]


def _read_value(field: Field, raw: object) -> object:
    """A value of a file as the record holds it. Raises ValueError, TypeError."""
    if field.as_ is As.DATED:
        return _dated(raw)
    if field.as_ is As.DAY:
        return _day(raw)
    if field.as_ in (As.TICK, As.MAYBE):
        if not isinstance(raw, bool):
            raise TypeError(field.name)
        return raw
    if field.as_ is As.COUNT:
        if not isinstance(raw, int) or isinstance(raw, bool) or raw < 0:
            raise TypeError(field.name)
        return raw
    if field.as_ is As.NUMBERED:
        return [{"date": _dated(each["date"]).written, "number": str(each["number"])} for each in _rows(raw)]
    if field.as_ in MANY:
        return _listed(field, raw)
    text = str(raw)
    if field.words and text not in field.words:
        raise ValueError(text)
    return normal(text) if field.as_ is As.WEBSITE else text


def _listed(field: Field, raw: object) -> list[object]:
    if not isinstance(raw, list):
        raise TypeError(field.name)
    if field.as_ is As.BLOCKS:
        return [[str(part) for part in each] for each in raw]
    found: list[object] = [str(each) for each in raw]
    if field.words and any(each not in field.words for each in found):
        raise ValueError(str(raw))
    return found


def _rows(raw: object) -> Iterator[Mapping[str, object]]:
    if not isinstance(raw, list):
        raise TypeError("no list")
    for each in raw:
        if not isinstance(each, dict) or set(each) != {"date", "number"}:
            raise ValueError(str(each))
        yield each


def _dated(raw: object) -> Dated:
    if isinstance(raw, date):
        return Dated.of_day(raw)
    if isinstance(raw, int):
        return Dated.of_year(raw)
    return Dated.read(str(raw)) if raw else UNKNOWN


def _day(raw: object) -> date | None:
    value = _dated(raw)
    if value.precision is Precision.YEAR:
        raise ValueError(str(raw))
    return value.on
