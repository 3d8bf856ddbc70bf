"""`shailoo ca`: the commission's own certificate authority, which signs documents. Needs no database."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, ParamSpec

from cyclopts import App, Parameter, validators

from shailoo.cli.environment import DONE, REFUSED, leave
from shailoo.postgres import default_data_dir

if TYPE_CHECKING:
    from cryptography import x509

    from shailoo.documents.authority import Owner, Standing

P = ParamSpec("P")
OWN_NAME = "CEC of the Kyrgyz Republic"
NamedFile = Annotated[Path | None, Parameter(validator=validators.Path(exists=True, dir_okay=False))]
Reason = Literal["superseded", "key_compromise", "cessation_of_operation"]

app = App(
    name="ca",
    help="""The commission's own certificate authority, which signs its documents.

    Its keys lie encrypted under SHAILOO_DATA/keys/ca, never in the database. Their passphrase is asked, or read from
    the first line of the file that --passphrase-file or SHAILOO_CA_PASSPHRASE_FILE names.

    Exit codes: 0 done, 2 refused: there is an authority already, there is none, or the passphrase does not open it.
    """,
)


def told_in_words(command: Callable[P, int]) -> Callable[P, int]:
    """Say in words what the authority refuses."""

    @wraps(command)
    def told(*args: P.args, **kwargs: P.kwargs) -> int:
        from shailoo.documents import authority

        try:
            return command(*args, **kwargs)
        except authority.AuthorityExistsError as there:
            leave(f"there is an authority in {there} already; renew it, or look at it by `shailoo ca show`.", REFUSED)
        except authority.AuthorityMissingError as missing:
            leave(f"there is no authority, or a file was taken elsewhere: {missing}", REFUSED)
        except authority.AuthorityLockedError:
            leave("the passphrase does not open the key.", REFUSED)

    return told


@app.command
@told_in_words
def init(*, name: str = OWN_NAME, passphrase_file: NamedFile = None) -> int:
    """Make the authority: a root, and a certificate that signs documents.

    Write down the SHA-256 of the root that is printed, and make it known by ways that are not this installation.

    Parameters
    ----------
    name
        The commission's name, as it stands in every signature.
    passphrase_file
        A file with the passphrase in its first line, at least 12 characters; without one it is asked, twice.
    """
    from shailoo.documents import authority

    if authority.exists(_folder()):
        raise authority.AuthorityExistsError(str(_folder()))
    secret = _from_file(passphrase_file) or _asked_twice()
    if len(secret) < authority.SHORTEST_PASSPHRASE:
        leave(f"the passphrase must have at least {authority.SHORTEST_PASSPHRASE} characters.", REFUSED)
    _tell(authority.establish(_folder(), _owner(name), secret, _now()))
    return DONE


@app.command
@told_in_words
def show() -> int:
    """Show the certificates, until when they hold, and what was withdrawn."""
    from shailoo.documents import authority

    _tell(authority.standing(_folder()))
    return DONE


@app.command
@told_in_words
def renew(*, passphrase_file: NamedFile = None) -> int:
    """A new key and certificate for signing. Documents signed before stay valid; a running server takes the new one.

    Parameters
    ----------
    passphrase_file
        A file with the passphrase in its first line; without one it is asked.
    """
    from cryptography.x509.oid import NameOID

    from shailoo.documents import authority

    root = authority.standing(_folder()).root
    name = str(root.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)[0].value)
    _tell(authority.renew(_folder(), _owner(name), _passphrase(passphrase_file), _now()))
    return DONE


@app.command
@told_in_words
def revoke(serial: str, /, *, reason: Reason, passphrase_file: NamedFile = None) -> int:
    """Withdraw a signing certificate: what it signed counts no longer, except as the register of documents knows it.

    Parameters
    ----------
    serial
        The certificate's serial number, in hexadecimal, as `shailoo ca show` prints it.
    reason
        Why.
    passphrase_file
        A file with the passphrase in its first line; without one it is asked.
    """
    from cryptography import x509

    from shailoo.documents import authority

    known = {f"{each.serial_number:x}": each.serial_number for each in authority.issued(_folder())}
    if serial not in known:
        leave(f"{serial} is no certificate of this authority.", REFUSED)
    secret = _passphrase(passphrase_file)
    _tell(authority.revoke(_folder(), known[serial], x509.ReasonFlags[reason], secret, _now()))
    return DONE


@app.command(name="list")
@told_in_words
def list_anew(*, passphrase_file: NamedFile = None) -> int:
    """Date the list of withdrawn certificates anew, for another year.

    Parameters
    ----------
    passphrase_file
        A file with the passphrase in its first line; without one it is asked.
    """
    from shailoo.documents import authority

    _tell(authority.list_anew(_folder(), _passphrase(passphrase_file), _now()))
    return DONE


def _tell(public: Standing) -> None:
    print(f"{_folder()}")
    for title, certificate in (("root", public.root), ("signs documents", public.signing)):
        _tell_certificate(title, certificate)
    print(f"withdrawn: {len(list(public.revoked))}, listed until {public.revoked.next_update_utc:%Y-%m-%d}")
    for entry in public.revoked:
        print(f"  {entry.serial_number:x}, {entry.revocation_date_utc:%Y-%m-%d}")


def _tell_certificate(title: str, certificate: x509.Certificate) -> None:
    from shailoo.documents import authority

    print(f"{title}: {authority.name_in(certificate)}")
    print(f"  serial   {certificate.serial_number:x}")
    print(f"  holds    {certificate.not_valid_before_utc:%Y-%m-%d} to {certificate.not_valid_after_utc:%Y-%m-%d}")
    print(f"  SHA-256  {authority.fingerprint(certificate)}")


def _folder() -> Path:
    from shailoo.documents import authority

    return authority.place(default_data_dir())


def _owner(name: str) -> Owner:
    from shailoo.documents.authority import Owner

    address = os.environ.get("SHAILOO_PUBLIC_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
    return Owner(name, f"{address}/en/documents/authority/revoked.crl")


def _passphrase(named: Path | None) -> str:
    return _from_file(named) or getpass("Passphrase: ")


def _from_file(named: Path | None) -> str:
    """The passphrase from the file that the option or the environment names; empty where neither names one."""
    from shailoo.documents import authority

    path = named or Path(os.environ.get(authority.PASSPHRASE_FILE, ""))
    try:
        return authority.read_passphrase(path) if path != Path() else ""
    except OSError as unreadable:
        leave(f"the file of the passphrase cannot be read: {unreadable}", REFUSED)


def _asked_twice() -> str:
    secret = getpass("Passphrase: ")
    if getpass("Once more: ") != secret:
        leave("the two passphrases differ.", REFUSED)
    return secret


def _now() -> datetime:
    return datetime.now(UTC)
