"""The signed bundle: one ZIP with every file of a publication, a canonical manifest of hashes, and its signature.

    manifest.json          canonical JSON: format, heading, and for every other file its sha256 and size
    manifest.json.minisig  minisign signature of manifest.json
    shailoo.pub            the public key, in minisign's form
    precincts.csv          one row per precinct: what everything else follows from
    precincts.sha256       one hash per row of precincts.csv, so that an altered row can be named
    nation.csv regions.csv tecs.csv
    results.json           what is claimed: sums, percentages, outcome with steps and norms
    nist-err-v2.json       the same in the common data format
    README.txt             how to verify, in Kyrgyz, Russian and English

The same snapshot and key always give the same files. Those of a rehearsal say so, each in its own way: `rehearsal` in
the heading of the JSON files, a last column of that name in the tables, `IsTest` in the common data format, the first
lines of the README, and the comment that the signature covers.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shailoo.ledger import minisign
from shailoo.ledger.canonical import canonical, sha256
from shailoo.results.publication import err, tables
from shailoo.results.publication.claims import claims
from shailoo.results.publication.snapshot import Heading, Snapshot
from shailoo.results.publication.tables import Level

FORMAT = "shailoo-bundle/1"
MANIFEST = "manifest.json"
SIGNATURE = "manifest.json.minisig"
PUBLIC_KEY = "shailoo.pub"
PRECINCTS = "precincts.csv"
ROW_HASHES = "precincts.sha256"
RESULTS = "results.json"
ERR = "nist-err-v2.json"
README = "README.txt"
LEVEL_FILES = {Level.NATION: "nation.csv", Level.REGIONS: "regions.csv", Level.TECS: "tecs.csv"}
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest moment a ZIP can hold: no clock enters the bytes

_HOW_TO = """\
Шайлоо: добуш берүүнүн жыйынтыктарынын кол коюлган топтому
Текшерүү: shailoo verify <топтом>
Программа ар бир сумманы, пайызды жана мандатты участоктордун саптарынан кайра эсептеп,
хештерди жана кол тамганы текшерет. Кол тамганы minisign программасы да текшерет:
minisign -V -p shailoo.pub -m manifest.json

Шайлоо: подписанный пакет результатов голосования
Проверка: shailoo verify <пакет>
Программа заново считает каждую сумму, процент и мандат по строкам участков,
проверяет хеши и подпись. Подпись проверяет и программа minisign:
minisign -V -p shailoo.pub -m manifest.json

Shailoo: signed bundle of voting results
To verify: shailoo verify <bundle>
The program recomputes every sum, percentage and seat from the rows of the precincts,
and checks the hashes and the signature. Any minisign checks the signature too:
minisign -V -p shailoo.pub -m manifest.json
"""
_REHEARSAL = """\
МАШЫГУУ. Бул чыныгы шайлоо эмес, мындагы сандар шайлоонун жыйынтыгы болуп саналбайт.
РЕПЕТИЦИЯ. Это не настоящие выборы, и эти числа не являются их результатами.
REHEARSAL. This is not an election, and these figures are the results of none.

"""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A publication as bytes, with its manifest and signature as text."""

    manifest: str
    signature: str
    content: bytes


def make(snapshot: Snapshot, key: Ed25519PrivateKey) -> Bundle:
    """Write, hash, sign and pack everything that a snapshot says."""
    files = written(snapshot) | {PUBLIC_KEY: minisign.public_key(key).text().encode()}
    manifest = canonical(
        {
            "format": FORMAT,
            "heading": snapshot.heading.data(),
            "files": {name: {"sha256": sha256(content), "bytes": len(content)} for name, content in files.items()},
        }
    )
    signature = minisign.sign(manifest.encode(), key, comment_of(snapshot.heading))
    packed = {MANIFEST: manifest.encode(), SIGNATURE: signature.encode(), **files}
    return Bundle(manifest, signature, pack(packed))


def comment_of(heading: Heading) -> str:
    """The trusted comment: which publication the signature is of."""
    mark = "REHEARSAL, NOT AN ELECTION: " if heading.rehearsal else ""
    return f"{mark}{heading.slug} {heading.voting} version {heading.version} {heading.publication} {heading.as_of}"


def written(snapshot: Snapshot) -> dict[str, bytes]:
    """Every file that follows from the snapshot alone. The verifier writes them again and compares."""
    precincts = tables.to_csv(tables.of_level(snapshot, Level.PRECINCTS))
    files = {
        README: ((_REHEARSAL if snapshot.heading.rehearsal else "") + _HOW_TO).encode(),
        PRECINCTS: precincts,
        ROW_HASHES: row_hashes(precincts, [row.number for row in snapshot.precincts]),
        RESULTS: canonical(claims(snapshot)).encode(),
        ERR: err.report(snapshot),
    }
    levels = {name: tables.to_csv(tables.of_level(snapshot, level)) for level, name in LEVEL_FILES.items()}
    return files | levels


def row_hashes(table: bytes, numbers: list[str]) -> bytes:
    """One line "<sha256 of the row>  <precinct>" per row of the table; the header row's line is "header"."""
    rows = table.decode().splitlines()
    return "".join(f"{sha256(row)}  {name}\n" for row, name in zip(rows, ["header", *numbers], strict=True)).encode()


def pack(files: Mapping[str, bytes]) -> bytes:
    """A ZIP with these files in this order and nothing that depends on when or where it is made."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return content.getvalue()
