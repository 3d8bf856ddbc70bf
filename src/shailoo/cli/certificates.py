"""`shailoo certificates`: check a code with the two published lists alone, and look after the key that signs them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from cyclopts import App

from shailoo.cli.environment import DONE, FAILED, REFUSED, leave, require_tables, start_django
from shailoo.documents.certificates.checking import Verdict
from shailoo.documents.certificates.checking import check as checked
from shailoo.documents.certificates.code import name_digest
from shailoo.documents.certificates.lists import ListError, read_keys, read_revoked
from shailoo.ledger.minisign import MinisignError, read_key

app = App(
    name="certificates",
    help="""Check certificates without a network, and change the key that signs them.

    Exit codes: 0 valid or done, 1 not valid, 2 wrongly called or a list that cannot be believed.
    """,
)


@app.command
def check(code: str, *, keys: Path, revoked: Path, pub: Path, name: str = "") -> int:
    """Check one code as the checker's page does: with files alone, without Django, database or network.

    Parameters
    ----------
    code
        What the QR code holds: the address with the number, or the number.
    keys
        The list /certificates/keys.json, as downloaded.
    revoked
        The list /certificates/revoked.json, as downloaded.
    pub
        The installation's public key (shailoo.pub of the downloads).
    name
        The holder's name as printed, to be compared.
    """
    try:
        public = read_key(pub.read_text(encoding="utf-8")).raw
        trusted = read_keys(keys.read_text(encoding="utf-8"), public)
        gone = read_revoked(revoked.read_text(encoding="utf-8"), public)
    except (OSError, UnicodeDecodeError, MinisignError, ListError) as error:
        leave(str(error), REFUSED)
    at = datetime.now(UTC)
    found = checked(code, keys=trusted.keys, revoked=gone.revoked, at=at)
    print(f"verdict: {found.verdict}")
    if found.claims is None:
        return FAILED
    claims = found.claims
    print(f"number: {claims.number} ({claims.kind.name.lower()})")
    print(f"valid: {claims.valid_from.isoformat()} to {claims.valid_until.isoformat()}")
    print(f"good for: {claims.scope.election or 'all elections'}, {claims.scope.place or 'everywhere'}")
    if gone.next_update < at:
        print(f"warning: the list of revocations is of {gone.made_at.isoformat()}; a newer one is due")
    same = not name or name_digest(name, claims.number) == claims.holder
    if name:
        print(f"name: {'the holder’s' if same else 'not the holder’s'}")
    return DONE if found.verdict is Verdict.VALID and same else FAILED


@app.command
def renew_key() -> int:
    """Make a new key for certificates. What was signed before holds on."""
    start_django()
    require_tables()
    from shailoo.documents.certificates import actions

    made = actions.renew_key(at=datetime.now(UTC))
    print(f"certificates are signed by the key {made.name} from now on")
    return DONE


@app.command
def withdraw_key(name: str, *, reason: str) -> int:
    """Trust a key no longer: everything that it signed is void. A new key is made where it was the present one.

    Parameters
    ----------
    name
        The key's eight hexadecimal digits, as the list of keys has them.
    reason
        Why; it stands in the ledger.
    """
    start_django()
    require_tables()
    from django.db import IntegrityError

    from shailoo.documents.certificates import actions
    from shailoo.documents.certificates.models import CertificateKey

    try:
        actions.withdraw_key(name.lower(), reason=reason, at=datetime.now(UTC))
    except CertificateKey.DoesNotExist:
        leave(f"there is no key {name}", REFUSED)
    except IntegrityError:
        leave(f"the key {name} was withdrawn before", REFUSED)
    print(f"the key {name} is withdrawn")
    return DONE
