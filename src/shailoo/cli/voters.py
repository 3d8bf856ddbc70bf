"""`shailoo voters`: generate a register, receive a delivery, see its faults and its difference, decide, look back."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

from cyclopts import App, Parameter

from shailoo.cli.environment import DONE, REFUSED, leave, require_tables, start_django

if TYPE_CHECKING:
    from shailoo.accounts.models import Office
    from shailoo.elections.models import Election, Voting
    from shailoo.law.outcome import Refused
    from shailoo.voters.generator.people import Place
    from shailoo.voters.models import Delivery, Register

app = App(
    name="voters",
    help="""The register of voters: what the State Registry Service delivers, and what the CEC takes.

    What is done here is done in an office, as on the pages: --by names the person. Exit codes: 0 done, 2 refused.
    """,
)

By = Annotated[str, Parameter(help="User name of the person in whose office the act is done.")]
Slug = Annotated[str, Parameter(help="The election's short name; the latest where none is given.")]
AsJson = Annotated[bool, Parameter(name="--json", negative="", help="Print one JSON object.")]


@app.command
def generate(
    folder: Path,
    *,
    seed: str = "1",
    rows: int = 10_000,
    precincts: int = 0,
    election: Slug = "",
    key: Annotated[Path | None, Parameter(help="Private key of 32 bytes; made where there is none.")] = None,
    faults: Annotated[int, Parameter(help="How many rows of each kind of fault are planted.")] = 0,
    number: int = 1,
    base: Annotated[Path | None, Parameter(help="A full file: write changes to it instead of a full delivery.")] = None,
) -> int:
    """Write a delivery of generated people for an election: file, manifest, signature, and the faults planted.

    `precincts` takes so many precincts of the election, all of them where it is 0. The same seed gives the same file.
    """
    start_django()
    require_tables()
    from shailoo.elections.clock import now
    from shailoo.ledger.minisign import public_key
    from shailoo.voters.exchange.signing import key_of
    from shailoo.voters.generator.planting import OF_CHANGES
    from shailoo.voters.generator.writing import Base, Plan, every_fault, planted_in, write_changes, write_full

    voting = _voting(election)
    folder.mkdir(parents=True, exist_ok=True)
    signing = key_of(key or folder / "service.ed25519")
    planted = every_fault(faults) if base is None else dict.fromkeys(OF_CHANGES, faults)
    plan = Plan(
        seed=seed,
        rows=rows,
        places=_places(voting, precincts),
        election=voting.election.slug,
        voting_day=voting.day,
        made_at=now(voting.election).replace(microsecond=0),
        number=number,
        faults={code: each for code, each in planted.items() if each},
    )
    if base is None:
        made = write_full(plan, folder, signing)
    else:
        with base.open("rb") as source:
            size = sum(1 for _line in source) - 1
        made = write_changes(plan, Base(base, planted_in(base), size), folder, signing)
    print(f"{made.file} ({rows} rows, {len(made.planted)} faults planted)")
    print(f"{made.manifest}\n{made.signature}")
    print(f"public key: {public_key(signing).encoded}")
    return DONE


@app.command(name="register-key")
def register_key(name: str, public: str, *, by: By) -> int:
    """Register a public key of the State Registry Service: what it signs is taken from now on."""
    start_django()
    require_tables()
    from shailoo.law.outcome import Refused
    from shailoo.voters import actions

    at = datetime.now(UTC)
    made = actions.register_key(name, public, since=at, by=_office(by, "voters.register_key"), at=at)
    if isinstance(made, Refused):
        _refuse(made)
    print(f"key {made.pk}: {made.public}")
    return DONE


@app.command
def receive(manifest: Path, *, by: By, as_json: AsJson = False) -> int:
    """Take a delivery in: the manifest, beside it its signature (.minisig) and the file that it names."""
    start_django()
    require_tables()
    from shailoo.elections.clock import now
    from shailoo.elections.queries import by_slug
    from shailoo.law.outcome import Refused
    from shailoo.voters import actions
    from shailoo.voters.exchange import manifest as manifests

    try:
        content = manifest.read_bytes()
        found = manifests.read(content)
        signature = manifest.with_name(f"{manifest.name}.minisig").read_text(encoding="utf-8")
        source = manifest.with_name(found.file.name).open("rb")
    except (OSError, UnicodeDecodeError, manifests.ManifestError) as error:
        leave(str(error), REFUSED)
    election = by_slug(found.election)
    at = now(election) if election else datetime.now(UTC)
    with source:
        answer = actions.receive_delivery(
            actions.Package(content, signature, source), by=_office(by, "voters.deliver"), at=at
        )
    if isinstance(answer, Refused):
        _refuse(answer)
    _tell(_counts(answer), as_json=as_json)
    return DONE


@app.command
def faults(delivery: int, *, by: By, file: Path | None = None) -> int:
    """Print the kinds of fault of a delivery; with --file write every fault, with PINs: that it is read is recorded."""
    start_django()
    require_tables()
    from shailoo.accounts.personal import record_reading
    from shailoo.voters import queries

    office = _office(by, "voters.read_faults" if file else "voters.read")
    found = _delivery(delivery, office)
    if file is None:
        for kind in queries.by_kind(found):
            print(f"{kind.rows:>9}  {kind.fault.code}  {kind.fault.consequence.value}  {kind.fault.norm}")
        return DONE
    subject = f"voters_delivery:{found.pk}"
    record_reading(office, "faults of voters' rows", subject=subject, page="shailoo voters faults")
    with file.open("w", encoding="utf-8", newline="") as target:
        target.writelines(queries.fault_file(found))
    file.chmod(0o600)
    print(f"{found.faulty} rows with faults: {file}")
    return DONE


@app.command
def difference(delivery: int, *, by: By, precincts: Annotated[bool, Parameter(negative="")] = False) -> int:
    """Print what a delivery changes against what is listed now, in all and by region; --precincts by precinct."""
    start_django()
    require_tables()
    from shailoo.territory.models import Area
    from shailoo.voters import queries
    from shailoo.voters.staging import COUNTED

    found = _delivery(delivery, _office(by, "voters.read"))
    _tell(_counts(found), as_json=False)
    print("\t".join(("where", *COUNTED)))
    if precincts:
        for row in queries.by_precinct(found):
            print("\t".join((row.precinct.number, *(str(getattr(row, name)) for name in COUNTED))))
        return DONE
    codes = dict(Area.objects.values_list("pk", "code"))
    for each in queries.by_region(found):
        print("\t".join((codes[each.region], *(str(getattr(each, name)) for name in COUNTED))))
    return DONE


@app.command
def accept(delivery: int, *, by: By) -> int:
    """Accept a delivery: the lists change at once, as the difference shows it."""
    start_django()
    require_tables()
    from shailoo.elections.clock import now
    from shailoo.law.outcome import Refused
    from shailoo.voters import actions

    office = _office(by, "voters.accept")
    found = _delivery(delivery, office)
    answer = actions.accept_delivery(found, by=office, at=now(found.register.election))
    if isinstance(answer, Refused):
        _refuse(answer)
    print(f"accepted: {answer.closed} entries closed, {answer.opened} opened, change {answer.change.number}")
    return DONE


@app.command
def refuse(delivery: int, reason: str, *, by: By) -> int:
    """Refuse a delivery with a reason: nothing of it is taken, and its number comes again."""
    start_django()
    require_tables()
    from shailoo.elections.clock import now
    from shailoo.law.outcome import Refused
    from shailoo.voters import actions

    office = _office(by, "voters.accept")
    found = _delivery(delivery, office)
    answer = actions.refuse_delivery(found, reason, by=office, at=now(found.register.election))
    if isinstance(answer, Refused):
        _refuse(answer)
    print("refused")
    return DONE


@app.command
def place(*, by: By, election: Slug = "", file: Path | None = None) -> int:
    """Hold the addresses of the register against the approved borders; with --file write by house who does not fit."""
    start_django()
    require_tables()
    from shailoo.accounts.personal import record_reading
    from shailoo.elections.clock import now
    from shailoo.law.outcome import Refused
    from shailoo.voters.sources import actions, queries

    office = _office(by, "voters.place")
    register = _register(_voting(election).election)
    made = actions.place_addresses(register, by=office, at=now(register.election))
    if isinstance(made, Refused):
        _refuse(made)
    print(
        f"{made.voters} listed by residence: {made.placed} placed, {made.elsewhere} elsewhere, {made.nowhere} nowhere"
    )
    if file is not None:
        subject = f"voters_register:{register.pk}"
        record_reading(office, "addresses of voters", subject=subject, page="shailoo voters place")
        _write_homes(file, queries.home_rows(register), queries.HOME_COLUMNS)
    return DONE


@app.command
def history(*, by: By, precinct: str = "", on: date | None = None, election: Slug = "") -> int:
    """Print how many were listed in a precinct at the end of a day, and the changes of the register. No voter is named.

    What is asked of one person is asked by PIN on the standard input, so that it stands in no history of commands.
    """
    start_django()
    require_tables()
    from shailoo.accounts.personal import record_reading
    from shailoo.territory.models import Precinct
    from shailoo.voters import queries

    office = _office(by, "voters.read" if precinct else "voters.history")
    register = _register(_voting(election).election)
    if precinct:
        place = Precinct.objects.filter(number=precinct).first() or leave(f"no precinct {precinct}", REFUSED)
        moment = _end_of(on or datetime.now(UTC).date())
        print(
            f"{precinct}: {queries.listed_on(register, place, moment).count()} listed at the end of {moment:%Y-%m-%d}"
        )
        return DONE
    asked = sys.stdin.readline().strip()
    if not (asked.isascii() and asked.isdigit() and len(asked) == 14):
        leave("a PIN has 14 digits", REFUSED)
    record_reading(
        office, "history of a voter", subject=f"voters_register:{register.pk}", page="shailoo voters history"
    )
    for entry in queries.history(register, int(asked)):
        until = f"{entry.until:%Y-%m-%d %H:%M} ({entry.closed_because})" if entry.until else "now"
        print(f"{entry.since:%Y-%m-%d %H:%M} ({entry.opened_because}) to {until}: precinct {entry.precinct.number}")
    return DONE


# ------------------------------------------------------------------------------------- who and what


def _voting(slug: str) -> Voting:
    from shailoo.elections.queries import by_slug, next_voting, votings

    election = by_slug(slug) if slug else None
    found = next_voting() if not slug else votings(election).first() if election else None
    return found or leave(f"there is no voting of an election {slug or 'yet'}", REFUSED)


def _register(election: Election) -> Register:
    from shailoo.voters.models import Register

    found = Register.objects.select_related("election", "voting").filter(election=election).first()
    return found or leave(f"no delivery was taken in for {election.slug}", REFUSED)


def _places(voting: Voting, most: int) -> list[Place]:
    from shailoo.elections.models import VotingPrecinct
    from shailoo.territory.models import Area, Precinct
    from shailoo.voters.generator.people import Place

    rows = VotingPrecinct.objects.filter(voting=voting).select_related("precinct__area", "region")
    found = [
        Place(
            each.precinct.number,
            each.region.name_ky,
            each.precinct.area.name_ky,
            abroad=each.precinct.kind == Precinct.Kind.ABROAD,
            town=each.precinct.area.kind in (Area.Kind.CITY, Area.Kind.REPUBLICAN_CITY),
        )
        for each in rows.order_by("precinct__number")
    ]
    return (found[:most] if most else found) or leave("no precinct votes in this election", REFUSED)


def _office(username: str, act: str) -> Office:
    """The office of the named person in which the act may be done."""
    from shailoo.accounts.models import Office
    from shailoo.accounts.roles import MAY

    held = Office.objects.select_related("person", "body").filter(person__username=username, role__in=MAY[act])
    at = datetime.now(UTC)
    found = next((office for office in held if office.holds_at(at)), None)
    return found or leave(f"{username} holds no office that may do this ({act})", REFUSED)


def _write_homes(file: Path, rows: Iterable[Sequence[object]], columns: Sequence[str]) -> None:
    """A file for its owner alone, in which no cell can become a formula."""
    from django.db import transaction

    from shailoo.documents.lists import plain

    with transaction.atomic(), file.open("w", encoding="utf-8", newline="") as target:
        file.chmod(0o600)
        written = csv.writer(target)
        written.writerow(columns)
        written.writerows([plain(cell) for cell in row] for row in rows)


def _delivery(pk: int, office: Office) -> Delivery:
    from shailoo.voters import queries

    found = queries.delivery(pk)
    if found is None or not office.serves(found.register.election.slug):
        leave(f"there is no delivery {pk}", REFUSED)
    return found


def _end_of(day: date) -> datetime:
    from shailoo.elections.clock import BISHKEK

    return datetime.combine(day, time.max, BISHKEK)


def _counts(found: Delivery) -> dict[str, object]:
    names = ("number", "kind", "source", "state", "rows", "faulty", "not_listed", "new", "moved", "changed", "same")
    return {"delivery": found.pk, **{name: getattr(found, name) for name in (*names, "gone")}}


def _tell(counts: dict[str, object], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(counts, ensure_ascii=False))
    else:
        print("\n".join(f"{name}: {value}" for name, value in counts.items()))


def _refuse(refused: Refused) -> NoReturn:
    """Tell every ground and end the program."""
    for found in refused.findings:
        facts = " ".join(f"{name}={value}" for name, value in found.facts.items())
        print(f"{found.code} {facts} ({found.norm})".replace("  ", " "), file=sys.stderr)
    leave("refused; nothing was taken", REFUSED)
