"""`shailoo keys`: issue, list and revoke the keys with which machines act in an office."""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated, NoReturn

from cyclopts import App, Parameter

from shailoo.cli.environment import DONE, REFUSED, leave, require_tables, start_django

if TYPE_CHECKING:
    from shailoo.accounts.models import ApiKey, Office, Person
    from shailoo.law.outcome import Refused

app = App(
    name="keys",
    help="""Keys of machines: each acts in one office, in what the office may do.

    What is done here is done in an office, as on the pages: --by names the person. Exit codes: 0 done, 2 refused.
    """,
)

By = Annotated[str, Parameter(help="User name of the person in whose office the act is done.")]


@app.command
def issue(holder: str, name: str, *, by: By, role: str = "", body: str = "", until: str = "") -> int:
    """Issue a key and print it, alone on the standard output. It is told once and kept nowhere.

    Parameters
    ----------
    holder
        User name of the person in whose office the machine will act.
    name
        The machine: what it is, and where it stands.
    role
        Which of the holder's offices, where there are several: its role, such as tec_operator.
    body
        The same: the code of its commission or body.
    until
        The key's last day, such as 2026-11-30; without it the key holds until it is revoked or the office ends.
    """
    start_django()
    require_tables()
    from shailoo.accounts.keys_of_machines import issue_key
    from shailoo.law.outcome import Refused

    giver, office, last = _acting(by, "accounts.issue_key"), _held(holder, role, body), _end(until)
    made = issue_key(office, name, by=giver, at=datetime.now(UTC), until=last)
    if isinstance(made, Refused):
        _refuse(made)
    holds = f"until {made.key.expires_at.isoformat()}" if made.key.expires_at else "until it is revoked"
    print(f"key {made.key.pk} of {made.key.name}: {office.role} at {office.body.code}, {holds}", file=sys.stderr)
    print(made.secret)
    return DONE


@app.command(name="list")
def listed(*, by: By, json_output: Annotated[bool, Parameter(name="--json", negative="")] = False) -> int:
    """List the keys of offices within one's reach, the latest first. That they were read is recorded.

    Parameters
    ----------
    json_output
        Print one JSON list.
    """
    start_django()
    require_tables()
    from shailoo.accounts.personal import record_reading
    from shailoo.accounts.queries import Wanted, keys_in_reach

    reader, now = _acting(by, "accounts.revoke_key"), datetime.now(UTC)
    rows = [_row(key, now) for key in keys_in_reach(reader, Wanted())]
    record_reading(reader, "offices", subject="", page="shailoo keys list")
    if json_output:
        print(json.dumps(rows, ensure_ascii=False))
        return DONE
    for row in rows:
        print(f"{row['key']:>6}  {row['state']:<9} {row['holder']}, {row['role']} at {row['body']}: {row['name']}")
    return DONE


@app.command
def revoke(key: int, *, by: By, reason: str) -> int:
    """Let a key open nothing any more, for good.

    Parameters
    ----------
    key
        The key's number, as `shailoo keys list` has it.
    reason
        Why; it stands in the ledger.
    """
    start_django()
    require_tables()
    from shailoo.accounts.keys_of_machines import revoke_key
    from shailoo.accounts.queries import Wanted, keys_in_reach
    from shailoo.law.outcome import Refused

    office = _acting(by, "accounts.revoke_key")
    found = keys_in_reach(office, Wanted()).filter(pk=key).first() if 0 < key < 2**63 else None
    if found is None:
        leave(f"there is no key {key} within the reach of {by}", REFUSED)
    answer = revoke_key(found, by=office, at=datetime.now(UTC), reason=reason)
    if isinstance(answer, Refused):
        _refuse(answer)
    print(f"the key {key} of {answer.name} is revoked")
    return DONE


def _acting(username: str, act: str) -> Office:
    """The office of the person in which the act may be done."""
    from shailoo.accounts.queries import offices_of
    from shailoo.accounts.roles import MAY

    held = [office for office in offices_of(_person(username)) if office.role in MAY[act]]
    if not held:
        leave(f"{username} holds no office that may do {act}: name one by --by", REFUSED)
    return held[0]


def _held(username: str, role: str, body: str) -> Office:
    """The one office that the words name."""
    from shailoo.accounts.queries import offices_of

    every = list(offices_of(_person(username)))
    found = [each for each in every if role in ("", each.role) and body in ("", each.body.code)]
    if len(found) != 1:
        offices = ", ".join(f"{each.role} at {each.body.code}" for each in every) or "none"
        leave(f"name one office of {username} by --role and --body; held now: {offices}", REFUSED)
    return found[0]


def _person(username: str) -> Person:
    from shailoo.accounts.models import Person

    person = Person.objects.filter(username=username).first() if "\0" not in username else None
    if person is None:
        leave(f"there is nobody of the user name {username}", REFUSED)
    return person


def _end(day: str) -> datetime | None:
    """24:00 of the local day; None where none is given."""
    from shailoo.law.calendar import end_of

    try:
        return end_of(date.fromisoformat(day)) if day else None
    except (ValueError, OverflowError):
        leave(f"{day} is no day: write it as 2026-11-30", REFUSED)


def _row(key: ApiKey, now: datetime) -> dict[str, str | int | None]:
    office = key.office
    if key.opens_at(now):
        state = "open" if office.holds_at(now) and office.person.is_active else "no office"
    else:
        state = "revoked" if key.revoked_at else "expired"
    expires = key.expires_at.isoformat() if key.expires_at else None
    place = {"holder": office.person.username, "role": office.role, "body": office.body.code}
    return {"key": key.pk, "name": key.name, **place, "state": state, "expires": expires}


def _refuse(refused: Refused) -> NoReturn:
    """Say why not, and end the program."""
    from shailoo.wording import sentences

    leave(" ".join(sentences.finding(found, "en") for found in refused.findings), REFUSED)
