"""Writing a delivery: the file, the manifest, its signature, and beside them the faults that were planted."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import BinaryIO

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shailoo.voters.exchange.manifest import COLUMNS, FORMAT, PERSON, File, Kind, Manifest, Source
from shailoo.voters.exchange.signing import signed
from shailoo.voters.generator.people import ADDED, Numbers, Place, Population, Voter, shares
from shailoo.voters.generator.planting import IN_A_ROW, TWICE, Ground, blameless, copied, fits

LINES_AT_ONCE = 4_000
BLAMELESS = 500  # one row in so many


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be generated. `faults` says how many rows of each kind are planted."""

    seed: str
    rows: int
    places: Sequence[Place]
    election: str
    voting_day: date
    made_at: datetime
    number: int = 1
    faults: Mapping[str, int] = field(default_factory=dict)
    silent_precinct: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """The files of a delivery; `planted` are the faults as (row, code)."""

    manifest: Path
    signature: Path
    file: Path
    planted: tuple[tuple[int, str], ...]


def every_fault(each: int) -> dict[str, int]:
    """So many rows of every kind of fault that a full delivery can have."""
    return dict.fromkeys((*IN_A_ROW, *TWICE), each)


class _Out:
    """The file as it grows: lines are gathered, hashed and written in lots."""

    def __init__(self, target: BinaryIO, columns: Sequence[str]) -> None:
        self._target, self._lines = target, [",".join(columns)]
        self._hash = hashlib.sha256()
        self.size = self.rows = 0

    def add(self, line: str) -> int:
        """Append a row; returns its number."""
        self._lines.append(line)
        self.rows += 1
        if len(self._lines) >= LINES_AT_ONCE:
            self.flush()
        return self.rows

    def flush(self) -> None:
        if self._lines:
            content = ("\n".join(self._lines) + "\n").encode()
            self._lines.clear()
            self._hash.update(content)
            self.size += len(content)
            self._target.write(content)

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()


def write_full(plan: Plan, folder: Path, key: Ed25519PrivateKey) -> Written:
    """A full delivery in this folder, signed by this key."""
    name = f"{plan.election}-{plan.number:04d}-full"
    with (folder / f"{name}.csv").open("wb") as target:
        out = _Out(target, PERSON)
        planted = list(_rows(plan, out))
        out.flush()
    return _sealed(plan, Kind.FULL, folder / name, out, sorted(planted), key)


def _rows(plan: Plan, out: _Out) -> Iterator[tuple[int, str]]:
    """Write every row; yields what was planted."""
    lot = Random(f"voters/{plan.seed}")  # noqa: S311 - generated data must be repeatable, not unpredictable
    ground = Ground(lot, plan.voting_day, plan.made_at.date(), plan.silent_precinct)
    population = Population(lot, plan.voting_day, plan.made_at.date())
    pending = [code for code, number in plan.faults.items() for _each in range(number)]
    lot.shuffle(pending)
    own = plan.rows - sum(plan.faults.get(code, 0) for code in TWICE)
    every = max(1, own // max(1, len(pending)))
    copies: list[tuple[int, str, Voter]] = []
    done = 0
    for place, voters in zip(plan.places, shares(plan.places, own, lot), strict=True):
        for voter in population.of_place(place, voters):
            done += 1
            code = _take(pending, voter, place, ground) if pending and done % every == 0 else ""
            if code in IN_A_ROW:
                IN_A_ROW[code](voter, ground)
            elif not code and done % BLAMELESS == 7:
                blameless(voter, ground)
            row = out.add(voter.row())
            if code in TWICE:
                copies.append((row, code, voter))
            elif code:
                yield row, code
    yield from _copies(copies, plan, out)


def _take(pending: list[str], voter: Voter, place: Place, ground: Ground) -> str:
    """The next fault that can be put into this row."""
    for number in range(len(pending) - 1, -1, -1):
        if fits(pending[number], voter, abroad=place.abroad, ground=ground):
            return pending.pop(number)
    return ""


def _copies(copies: Iterable[tuple[int, str, Voter]], plan: Plan, out: _Out) -> Iterator[tuple[int, str]]:
    for row, code, voter in copies:
        elsewhere = next((each.number for each in plan.places if each.number != voter.precinct), voter.precinct)
        again = out.add(copied(voter, code, elsewhere).row())
        if code != "pin_repeated":
            yield row, code  # neither row can stand
        yield again, code


# ------------------------------------------------------------------------------------- changes


@dataclass(frozen=True, slots=True)
class Base:
    """What an incremental delivery goes out from: a full file, the faults planted in it, and how many rows to take."""

    file: Path
    planted: frozenset[int]
    rows: int


def write_changes(plan: Plan, base: Base, folder: Path, key: Ed25519PrivateKey) -> Written:
    """An incremental delivery of `plan.rows` rows: people added, moved, renamed, and taken off with a reason."""
    name = f"{plan.election}-{plan.number:04d}-incremental"
    with (folder / f"{name}.csv").open("wb") as target:
        out = _Out(target, COLUMNS[Kind.INCREMENTAL])
        planted = list(_changes(plan, base, out))
        out.flush()
    return _sealed(plan, Kind.INCREMENTAL, folder / name, out, sorted(planted), key)


def _changes(plan: Plan, base: Base, out: _Out) -> Iterator[tuple[int, str]]:
    lot = Random(f"voters/{plan.seed}/{plan.number}")  # noqa: S311 - as above
    ground = Ground(lot, plan.voting_day, plan.made_at.date(), plan.silent_precinct)
    numbers = Numbers(ADDED + plan.number % 10 * 1_000, 1_000)
    population = Population(lot, plan.voting_day, plan.made_at.date(), numbers)
    day = plan.made_at.date().isoformat()
    pending = [code for code, number in plan.faults.items() for _each in range(number)]
    lot.shuffle(pending)
    adding = plan.rows // 3
    own = _sample(base, plan.rows - adding, lot)
    places = {place.number: place for place in plan.places}
    for number, voter in enumerate(own):
        place = places[voter.precinct]
        code = _take(pending, voter, place, ground) if pending else ""
        changed = _one_change(code, voter, number, plan, ground, day)
        row = out.add(changed)
        if code:
            yield row, code
    at_home = [place for place in plan.places if not place.abroad]
    added = 0
    while added < adding:
        place = at_home[int(lot.random() * len(at_home))]
        for voter in population.household(place)[: adding - added]:
            added += 1
            out.add(f"added,,,{voter.row()}")


def _one_change(code: str, voter: Voter, number: int, plan: Plan, ground: Ground, day: str) -> str:
    if code == "change_unknown":
        return f"renamed,,,{voter.row()}"
    if code == "already_listed":
        return f"added,,,{voter.row()}"
    if code == "not_listed":
        voter.pin = ground.numbers.next(voter.sex, date.fromisoformat(voter.born))
        return f"changed,,,{voter.row()}"
    if code == "reason_missing":
        return f"removed,,{day},{voter.row()}"
    if code == "reason_day_unreadable":
        return f"changed,marriage,yesterday,{voter.row()}"
    if code in IN_A_ROW:
        IN_A_ROW[code](voter, ground)
        return f"{'changed' if voter.pin else 'added'},,,{voter.row()}"
    if number % 3 == 0:
        return f"removed,death,{day},{voter.row()}"
    moves = plan.places[int(ground.lot.random() * len(plan.places))]
    if number % 3 == 1 and moves.abroad == (voter.basis == "consular"):
        voter.precinct = moves.number
    else:
        voter.surname = f"{voter.surname[:-1]}н" if voter.surname.endswith("в") else f"{voter.surname}я"
    return f"changed,correction,{day},{voter.row()}"


def _sample(base: Base, size: int, lot: Random) -> Iterator[Voter]:
    """So many rows of the base that are blameless, in its order, read once."""
    every = max(1, (base.rows - len(base.planted)) // max(1, size))
    taken = 0
    with base.file.open(encoding="utf-8", newline="") as source:
        next(source)
        skip = int(lot.random() * every)
        for number, line in enumerate(source, 1):
            if taken == size:
                return
            skip -= 1
            if skip >= 0 or number in base.planted:
                continue
            skip = every - 1
            (cells,) = csv.reader([line], strict=True)
            taken += 1
            yield Voter(*(_cell(cell) for cell in cells))


def _cell(cell: str) -> str:
    """A cell as the file writes it."""
    quoted = cell.replace('"', '""')
    return f'"{quoted}"' if '"' in cell or "," in cell else cell


def _sealed(
    plan: Plan, kind: Kind, stem: Path, out: _Out, planted: list[tuple[int, str]], key: Ed25519PrivateKey
) -> Written:
    file = stem.with_name(f"{stem.name}.csv")
    manifest = Manifest(
        format=FORMAT,
        kind=kind,
        number=plan.number,
        election=plan.election,
        source=Source.GENERATED,
        made_at=plan.made_at,
        file=File(file.name, out.size, out.rows, out.sha256),
        columns=COLUMNS[kind],
        base=plan.number - 1 if kind is Kind.INCREMENTAL else None,
    )
    written = manifest.written()
    paths = stem.with_name(f"{stem.name}.json"), stem.with_name(f"{stem.name}.json.minisig")
    paths[0].write_bytes(written)
    paths[1].write_text(signed(written, key), encoding="utf-8")
    with stem.with_name(f"{stem.name}.planted.csv").open("w", encoding="utf-8", newline="") as target:
        rows = csv.writer(target, lineterminator="\n")
        rows.writerow(("row", "code"))
        rows.writerows(planted)
    return Written(paths[0], paths[1], file, tuple(planted))


def planted_in(full: Path) -> frozenset[int]:
    """The rows of a generated file in which a fault was planted."""
    with full.with_name(f"{full.stem}.planted.csv").open(encoding="utf-8", newline="") as source:
        return frozenset(int(row["row"]) for row in csv.DictReader(source))
