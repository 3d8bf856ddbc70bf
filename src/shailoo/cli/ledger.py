"""`shailoo ledger`: verify the record of acts, sign its log, prove an act, export everything for outsiders."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from shailoo.cli.environment import DONE, FAILED, REFUSED, leave, require_tables, start_django
from shailoo.ledger.minisign import MinisignError, PublicKey, read_key
from shailoo.ledger.outsider import MOST_SHOWN, Fault, Head, UnreadableError, head_files, read_head_file

if TYPE_CHECKING:
    from shailoo.ledger.models import Head as KeptHead

Flag = Annotated[bool, Parameter(negative="")]
Key = Annotated[str | None, Parameter(help="The commission's public key: the line RW… or a file that holds it.")]

app = App(
    name="ledger",
    help="""The record of acts: verify it, sign its log, prove an act, export it.

    Exit codes: 0 done or everything holds, 1 something does not hold and is named, 2 wrongly called or unreadable.
    """,
)


@app.command
def verify(
    *,
    head: list[Path] | None = None,
    key: Key = None,
    export: Path | None = None,
    json_output: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> int:
    """Compute everything anew from the acts' content, and name what does not hold.

    Every act's hash, link and place, the ends of chains, the order and completeness of the log, every signed head. A
    head that was published and kept elsewhere shows what even the owner of the database cannot hide.

    Parameters
    ----------
    head
        A published head (its .json, with .minisig and .chains.json beside it) or a folder of them; may be repeated.
    key
        Without it: this installation's own key; of an export, the key that lies in it.
    export
        Verify a folder that `shailoo ledger export` wrote, without a database.
    """
    try:
        published = [found for given in head or [] for found in _heads(given)]
        if export is not None:
            return _verify_export(export, key, published, json_output)
        pinned = _key(key)
    except (OSError, UnreadableError, MinisignError, UnicodeDecodeError) as error:
        leave(str(error), REFUSED)
    return _verify_database(pinned, published, json_output)


def _heads(given: Path) -> Iterable[Head]:
    """The head in a file, or all in a folder. Raises UnreadableError where there is none."""
    files = head_files(given) if given.is_dir() else [given]
    if not files:
        raise UnreadableError(f"there is no head in {given}")
    return [read_head_file(path) for path in files]


def _key(given: str | None) -> PublicKey | None:
    if given is None:
        return None
    path = Path(given)
    return read_key(path.read_text() if path.is_file() else given)


def _verify_database(pinned: PublicKey | None, published: list[Head], as_json: bool) -> int:
    start_django()
    require_tables()
    from django.conf import settings

    from shailoo.keys import signing_key
    from shailoo.ledger.minisign import public_key
    from shailoo.ledger.verification import opened
    from shailoo.ledger.verification import verify as check

    key = pinned or public_key(signing_key(settings.DATA))
    with opened(os.environ["SHAILOO_DATABASE_URL"]) as connection:
        found = check(connection, key, published)
    counts = {"acts": found.acts, "beyond": found.beyond, "chains": found.chains, "heads": found.heads}
    _tell(counts | {"published": len(published)}, found.faults, as_json)
    return FAILED if found.faults else DONE


def _verify_export(folder: Path, key: str | None, published: list[Head], as_json: bool) -> int:
    from shailoo.ledger import outsider

    pinned = _key(key) or read_key((folder / outsider.KEY).read_text())
    found = outsider.verify_export(folder, b"Ed" + pinned.key_id + pinned.raw, published)
    counts = {"acts": found.acts, "chains": found.chains, "heads": found.heads, "withheld": found.withheld}
    _tell(counts | {"unread": found.unread, "published": len(published)}, found.faults, as_json)
    if key is None and not as_json:
        print("  Checked by the key inside the export; compare it with the key the commission published.")
    return FAILED if found.faults else DONE


_COUNTED = {
    "acts": "acts in the log",
    "beyond": "acts that no head covers yet",
    "chains": "chains",
    "heads": "signed heads",
    "published": "published heads held against them",
    "withheld": "acts whose content is withheld",
    "unread": "of them of the first form: place checked, content not",
}


def _tell(counts: dict[str, int], faults: Iterable[Fault], as_json: bool) -> None:
    found = list(faults)
    if as_json:
        rows = [{"code": each.code, "where": each.where, "found": each.found, "due": each.due} for each in found]
        print(json.dumps({"holds": not found, **counts, "faults": rows}, ensure_ascii=False))
        return
    for name, number in counts.items():
        print(f"  {_COUNTED[name]}: {number:,}")
    for fault in found[:MOST_SHOWN]:
        print(f"✗ {fault}")
    if len(found) > MOST_SHOWN:
        print(f"✗ and {len(found) - MOST_SHOWN:,} more; --json prints them all")
    print("The ledger does not hold." if found else "✓ Every act, chain and head holds.")


@app.command
def head(*, make: Flag = False) -> int:
    """Print the newest signed head of the log, as it was signed.

    Exit code 1 where there is none yet.

    Parameters
    ----------
    make
        Sign a new one first: every committed act gets its place in the log.
    """
    start_django()
    require_tables()
    from django.conf import settings
    from django.utils import timezone

    from shailoo.ledger.actions import publish_head
    from shailoo.ledger.log import latest_head

    found: KeptHead | None = publish_head(at=timezone.now()) if make else latest_head()
    if found is None:
        leave("there is no head yet: make one by --make.", FAILED)
    print(found.note)
    print(found.signature, end="")
    if make:
        print(f"kept in {settings.DATA / 'heads' / found.origin}; copy it to where nobody here can change it")
    return DONE


@app.command
def proof(chain: str, sequence: int, /) -> int:
    """Print as JSON the proof that an act stands in the signed log.

    Exit code 1 where no head covers it yet, 2 where there is no such act.

    Parameters
    ----------
    chain
        The code of the body that acted ("cec"), or "system".
    sequence
        The act's number in that chain.
    """
    start_django()
    require_tables()
    from shailoo.ledger.canonical import canonical
    from shailoo.ledger.log import proof_of
    from shailoo.ledger.models import Act

    act = Act.objects.filter(chain=chain, sequence=sequence).first()
    if act is None:
        leave(f"there is no act {sequence} of {chain}.", REFUSED)
    found = proof_of(act)
    if found is None:
        leave(f"act {sequence} of {chain} is not yet in a head: make one by `shailoo ledger head --make`.", FAILED)
    print(canonical(found.data()))
    return DONE


@app.command
def export(folder: Path, /) -> int:
    """Write every act up to the newest head into a folder for outsiders, with the program that verifies it.

    Content that tells of people is replaced by its SHA-256. Exit code 1 where there is no head yet.

    Parameters
    ----------
    folder
        A new or empty folder.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        leave(f"{folder} is not empty; name a new folder.", REFUSED)
    start_django()
    require_tables()
    from django.conf import settings
    from django.db import connection, transaction

    from shailoo.keys import signing_key
    from shailoo.ledger.export import VERIFIER, NothingSignedError
    from shailoo.ledger.export import export as write
    from shailoo.ledger.minisign import public_key

    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            made = write(folder, public_key(signing_key(settings.DATA)))
    except NothingSignedError:
        leave("there is no head yet: make one by `shailoo ledger head --make`.", FAILED)
    except OSError as broken:
        leave(f"the export could not be written: {broken}", FAILED)
    print(f"{made.acts:,} acts, {made.withheld:,} of them without their content, {made.heads:,} heads in {folder}")
    print(f"To verify: python3 {folder / VERIFIER}")
    return DONE
