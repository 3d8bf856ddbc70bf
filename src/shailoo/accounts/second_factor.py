"""The second factor: a code of an authenticator app, a passkey or a recovery code; and whether a session proved one.

A session says itself by what it was made (django-allauth's list of authentications). An office of the staff
(roles.STAFF) acts in no session that was made by a password alone.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from io import BytesIO
from typing import TypeAlias

import segno
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, validate_totp_code
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.utils.safestring import SafeString, mark_safe

from shailoo.accounts.limits import wait_for
from shailoo.accounts.models import Office, Person
from shailoo.accounts.roles import STAFF, Role

View: TypeAlias = Callable[..., HttpResponseBase]
FRESH = timedelta(minutes=15)  # how long a proof is recent enough to change the factors themselves
TRIES, TRIES_WITHIN = 8, timedelta(minutes=15)
CODE_LIVES = timedelta(seconds=90)  # its half minute, and one on each side for clocks that are not exact
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
BEFORE_IT = "before_the_second_factor"


def before_the_second_factor(view: View) -> View:
    """Mark a view that a person of the staff may open before the second factor: setting it up, and signing out."""
    setattr(view, BEFORE_IT, True)
    return view


def demanded(offices: Iterable[Office]) -> bool:
    """Whether one of these offices acts with a second factor only."""
    return any(Role(office.role) in STAFF for office in offices)


def proved(request: HttpRequest) -> bool:
    """Whether this session was made, or taken further, by a second factor of the person who is signed in."""
    return bool(_proofs(request))


def proved_recently(request: HttpRequest) -> bool:
    """The same within the last quarter of an hour: asked again before the factors themselves are changed."""
    return any(time.time() - at < FRESH.total_seconds() for at in _proofs(request))


def _proofs(request: HttpRequest) -> list[float]:
    """When this session was proved (seconds of Unix time)."""
    person = request.user if request.user.is_authenticated else None
    return [float(each["at"]) for each in get_authentication_records(request, person) if each["method"] == "mfa"]


def has_factor(person: Person) -> bool:
    """Whether the person has an app or a passkey; recovery codes alone are none."""
    return Authenticator.objects.filter(user=person, type__in=FACTORS).exists()


def factors_of(person: Person) -> list[Authenticator]:
    """The person's apps and passkeys, the oldest first."""
    return list(Authenticator.objects.filter(user=person, type__in=FACTORS).order_by("created_at", "pk"))


def by_code(person: Person, code: str) -> Authenticator | None:
    """What the code proves: the app, or the list of recovery codes (each of which counts once); None for a wrong code.

    A code of an app opens once, on whatever machine of the installation it is typed.
    """
    typed = "".join(code.split())
    factors: list[Authenticator] = list(Authenticator.objects.filter(user=person).order_by("-type"))
    for found in factors:
        if found.type == Authenticator.Type.WEBAUTHN:
            continue
        proof = TOTP(found) if found.type == Authenticator.Type.TOTP else RecoveryCodes(found)
        if not proof.validate_code(typed):
            continue
        if isinstance(proof, TOTP) and wait_for(
            "accounts.code_used", f"{person.pk} {typed}", most=1, within=CODE_LIVES
        ):
            return None
        found.user = person
        return found
    return None


def seconds_to_wait(person: Person) -> int:
    """Count a try of the person's second factor; 0 where it may go on, else how long to wait."""
    return wait_for("accounts.second_factor", str(person.pk), most=TRIES, within=TRIES_WITHIN)


def record_proof(request: HttpRequest, factor: Authenticator, *, passwordless: bool = False) -> None:
    """Note in the session that it was proved by `factor`, now."""
    post_authentication(request, factor, passwordless=passwordless)


def fits(secret: str, code: str) -> bool:
    """Whether a code belongs to a secret that is being set up."""
    return bool(validate_totp_code(secret, "".join(code.split())))


@transaction.atomic
def set_up_app(person: Person, secret: str) -> tuple[Authenticator, tuple[str, ...]]:
    """Keep the app's secret, in place of an earlier one; returns it and the recovery codes, made anew."""
    Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).delete()
    factor = TOTP.activate(person, secret).instance
    return factor, new_recovery_codes(person)


@transaction.atomic
def new_recovery_codes(person: Person) -> tuple[str, ...]:
    """Ten codes that open once each, in place of all earlier ones."""
    Person.objects.select_for_update().get(pk=person.pk)  # two requests at once make one list
    Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).delete()
    return tuple(RecoveryCodes.activate(person).generate_codes())


def recovery_codes_left(person: Person) -> int:
    """How many codes still open."""
    found = Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(RecoveryCodes(found).get_unused_codes()) if found else 0


def address_for_app(person: Person, secret: str) -> str:
    """What the QR code holds: an otpauth:// address."""
    return str(get_adapter().build_totp_url(person, secret))


def picture(address: str) -> SafeString:
    """The QR code of an address as an SVG that stands in the page itself, as wide as its place."""
    drawn = BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(drawn, kind="svg", xmldecl=False, svgns=False, omitsize=True, border=4, dark="#000", light="#fff")
    return mark_safe(drawn.getvalue().decode())  # noqa: S308  (drawn by segno: the address stands in it as squares only)


def in_groups(secret: str) -> list[str]:
    """A secret in groups of four letters, for those who type it."""
    return [secret[at : at + 4] for at in range(0, len(secret), 4)]
