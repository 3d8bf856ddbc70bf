"""Checking a published bundle without a database: is everything in it what was signed, and does it all follow?

Four questions, each answered with the place that fails: are the files those of the signed manifest; is the signature
the commission's; do the sums, percentages and seats follow from the rows of the precincts and the law; do the other
files say the same. Every fault is reported, not only the first.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from shailoo.ledger import minisign
from shailoo.ledger.canonical import canonical, sha256
from shailoo.results.publication import bundle
from shailoo.results.publication.claims import claims, facts_of, law_of, row_data, sums_data
from shailoo.results.publication.reading import FormError, read_snapshot
from shailoo.results.publication.snapshot import Snapshot
from shailoo.results.publication.summing import resummed
from shailoo.results.reckoning import outcome_data, reckon

MAX_BYTES = 2_000_000_000  # unpacked; a bundle of 100,000 precincts has a tenth of it
MAX_FILES = 40
_OURS = {bundle.MANIFEST, bundle.SIGNATURE}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that does not hold: a stable code, where, and what was found against what should stand there."""

    code: str
    where: str
    found: str = ""
    due: str = ""

    def __str__(self) -> str:
        against = f": found {self.found}, should be {self.due}" if self.found or self.due else ""
        return f"{self.where}: {self.code.replace('_', ' ')}{against}"


@dataclass(frozen=True, slots=True)
class Report:
    """What was checked and what does not hold. `key` is the line to compare with the key the commission published."""

    faults: tuple[Fault, ...]
    checked: Mapping[str, int] = field(default_factory=dict)
    key: str = ""
    comment: str = ""
    snapshot: Snapshot | None = None

    @property
    def holds(self) -> bool:
        return not self.faults


def verify(content: bytes, pinned: minisign.PublicKey | None = None) -> Report:
    """Check a bundle. With `pinned`, only a signature by that key counts; else by the key inside, which is reported."""
    try:
        files = _unpack(content)
    except (
        zipfile.BadZipFile,
        zlib.error,
        UnicodeDecodeError,
        NotImplementedError,
        RuntimeError,
        OSError,
        ValueError,
    ) as error:
        return Report((Fault("not_a_whole_bundle", "bundle", str(error)),))
    faults = list(_files_against_manifest(files))
    key, comment, signed = _signature(files, pinned)
    faults += signed
    checked = {"files": len(files)}
    try:
        snapshot = read_snapshot(files)
    except FormError as error:
        faults.append(Fault("not_readable", error.where, error.found))
        return Report(tuple(faults), checked, key, comment)
    faults += _rows_against_hashes(files)
    faults += _sums(snapshot)
    faults += _derived(snapshot, files)
    faults += _determination(snapshot)
    checked |= {
        "precincts": len(snapshot.precincts),
        "territories": 1 + len(snapshot.regions) + len(snapshot.tecs),
        "options": len(snapshot.options),
    }
    if comment and comment != bundle.comment_of(snapshot.heading):
        faults.append(Fault("signed_for_another_publication", bundle.SIGNATURE, comment))
    return Report(tuple(faults), checked, key, comment, snapshot)


# ------------------------------------------------------------------------------------- the package


def _unpack(content: bytes) -> dict[str, bytes]:
    """The files of the ZIP; refused whole where it could harm the reader."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        names = [entry.filename for entry in entries]
        if len(entries) > MAX_FILES or len(set(names)) != len(names):
            raise ValueError("too many files, or one name twice")
        if sum(entry.file_size for entry in entries) > MAX_BYTES:
            raise ValueError(f"more than {MAX_BYTES} bytes unpacked")
        files = {}
        for entry in entries:
            with archive.open(entry) as member:
                files[entry.filename] = member.read(entry.file_size + 1)
        return files


def _files_against_manifest(files: Mapping[str, bytes]) -> Iterator[Fault]:
    listed = _listed(files.get(bundle.MANIFEST, b""))
    if listed is None:
        yield Fault("not_readable", bundle.MANIFEST)
        return
    for name in sorted(listed.keys() | (files.keys() - _OURS)):
        if name not in files:
            yield Fault("file_missing", name)
        elif name not in listed:
            yield Fault("file_not_in_manifest", name)
        elif (found := sha256(files[name])) != listed[name]:
            yield Fault("file_altered", name, found, listed[name])


def _listed(manifest: bytes) -> dict[str, str] | None:
    """File name -> sha256 from the manifest; None where it is not of its form."""
    try:
        data = json.loads(manifest)
        if canonical(data).encode() != manifest or data["format"] != bundle.FORMAT:
            return None
        return {str(name): str(entry["sha256"]) for name, entry in data["files"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _signature(files: Mapping[str, bytes], pinned: minisign.PublicKey | None) -> tuple[str, str, list[Fault]]:
    """The key's line, the trusted comment, and what is wrong with the signature."""
    try:
        inside = minisign.read_key(files.get(bundle.PUBLIC_KEY, b"").decode())
    except (minisign.MinisignError, UnicodeDecodeError) as error:
        return "", "", [Fault("not_readable", bundle.PUBLIC_KEY, str(error))]
    try:
        signature = minisign.read_signature(files.get(bundle.SIGNATURE, b"").decode())
    except (minisign.MinisignError, UnicodeDecodeError) as error:
        return inside.encoded, "", [Fault("not_readable", bundle.SIGNATURE, str(error))]
    faults = []
    if pinned is not None and pinned != inside:
        faults.append(Fault("another_key", bundle.PUBLIC_KEY, inside.encoded, pinned.encoded))
    if not minisign.holds(files.get(bundle.MANIFEST, b""), signature, pinned or inside):
        faults.append(Fault("signature_does_not_hold", bundle.MANIFEST))
    return inside.encoded, signature.comment, faults


# ------------------------------------------------------------------------------------- what follows from the rows


def _rows_against_hashes(files: Mapping[str, bytes]) -> Iterator[Fault]:
    """Name every row of precincts.csv whose hash does not stand in precincts.sha256."""
    rows = files.get(bundle.PRECINCTS, b"").decode().splitlines()
    hashes = files.get(bundle.ROW_HASHES, b"").decode(errors="replace").splitlines()
    if len(rows) != len(hashes):
        yield Fault("rows_and_hashes_differ_in_number", bundle.ROW_HASHES, str(len(hashes)), str(len(rows)))
    numbers = ["header", *(row[0] if row else "" for row in csv.reader(rows[1:]))]
    for row, line, number in zip(rows, hashes, numbers, strict=False):
        digest, _, name = line.partition("  ")
        if digest != sha256(row) or name != number:
            yield Fault("row_altered", f"{bundle.PRECINCTS}: precinct {number}", row[:200])


def _sums(snapshot: Snapshot) -> Iterator[Fault]:
    """Compare each claimed sum with the sum of the rows."""
    anew = resummed(snapshot)
    yield from _compare("nation", sums_data(snapshot.national), sums_data(anew.national))
    for level in ("regions", "tecs"):
        claimed = {row.code: row_data(row) for row in getattr(snapshot, level)}
        summed = {row.code: row_data(row) for row in getattr(anew, level)}
        for code in sorted(claimed.keys() | summed.keys()):
            yield from _compare(f"{level} {code}", claimed.get(code), summed.get(code))


def _derived(snapshot: Snapshot, files: Mapping[str, bytes]) -> Iterator[Fault]:
    """Write every file anew from the rows and the law, and compare with what was published."""
    try:
        due = bundle.written(resummed(snapshot))
        results = canonical(claims(resummed(snapshot)))
    except ValueError as error:
        yield Fault("law_not_known", bundle.RESULTS, str(error))
        return
    yield from _compare("results.json", _json(files.get(bundle.RESULTS, b"")), json.loads(results))
    for name in (*bundle.LEVEL_FILES.values(), bundle.PRECINCTS, bundle.README):
        yield from _lines(name, files.get(name, b""), due[name])
    yield from _compare(bundle.ERR, _json(files.get(bundle.ERR, b"")), _json(due[bundle.ERR]))


def _determination(snapshot: Snapshot) -> Iterator[Fault]:
    """What the CEC determined must be what follows, or rest on its decision where the law leaves a question open."""
    stated = snapshot.determined
    if stated is None:
        if snapshot.heading.publication == "official":
            yield Fault("official_without_determination", bundle.RESULTS)
        return
    try:
        anew = resummed(snapshot)
        follows = json.loads(canonical(outcome_data(reckon(facts_of(anew), law_of(anew)))))
    except ValueError:
        return  # an unknown edition is named by `_derived`
    settles, value = stated["settles"], stated["value"]
    if follows["unsettled"] is None and not settles:
        due = {name: follows[name] for name in follows if name not in ("steps", "findings", "grounds")}
        yield from _compare("results.json.determined.value", value, due)
        yield from _compare("results.json.determined.outcome", stated["outcome"], follows["outcome"])
    elif follows["unsettled"] is not None:
        question = follows["unsettled"]["question"]
        if not isinstance(settles, dict) or question not in settles:
            yield Fault("question_without_decision", "results.json.determined.settles", "", question)
    if stated["decision"] != snapshot.heading.decision:
        yield Fault("does_not_follow", "results.json.determined.decision", _short(stated["decision"]))


def _lines(name: str, found: bytes, due: bytes) -> Iterator[Fault]:
    """Name the lines of a text file that are not what they should be."""
    if found == due:
        return
    ours, theirs = due.decode().splitlines(), found.decode(errors="replace").splitlines()
    if len(ours) != len(theirs):
        yield Fault("lines_differ_in_number", name, str(len(theirs)), str(len(ours)))
    for place, (is_, should) in enumerate(zip(theirs, ours, strict=False), 1):
        if is_ != should:
            yield Fault("line_does_not_follow", f"{name} line {place}", is_[:200], should[:200])


def _compare(where: str, found: object, due: object) -> Iterator[Fault]:
    """Every place in which two JSON values differ, by its path."""
    if isinstance(found, Mapping) and isinstance(due, Mapping):
        for key in sorted(found.keys() | due.keys(), key=str):
            yield from _compare(f"{where}.{key}", found.get(key), due.get(key))
    elif isinstance(found, list) and isinstance(due, list) and len(found) == len(due):
        for place, (left, right) in enumerate(zip(found, due, strict=True)):
            yield from _compare(f"{where}[{place}]", left, right)
    elif found != due or isinstance(found, bool) is not isinstance(due, bool):
        yield Fault("does_not_follow", where, _short(found), _short(due))


def _json(content: bytes) -> object:
    try:
        return json.loads(content)
    except ValueError:
        return None


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 120 else f"{text[:119]}…"
