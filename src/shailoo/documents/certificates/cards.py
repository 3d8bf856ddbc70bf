"""Cards of certificates as PDF: one on A6, or four on a sheet of A4, in one language, with the code as QR."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import segno
from django.conf import settings
from django.utils import timezone
from django.utils.translation import override
from segno import consts

from shailoo.accounts.models import Body
from shailoo.documents.certificates.code import Reach, address, digits
from shailoo.documents.certificates.models import Certificate
from shailoo.documents.rendering import Imprint, render

TEMPLATE = Path(__file__).parent / "typst" / "cards.typ"


@dataclass(frozen=True, slots=True)
class Face:
    """What a card shows: the certificate and, where there is one, the holder's photograph (PNG or JPEG, 3:4)."""

    certificate: Certificate
    photo: bytes = b""


def checker(language: str) -> str:
    """The public address of the page that checks certificates."""
    return f"{settings.PUBLIC_ADDRESS}/{language}/check/"


def qr(code: bytes, language: str) -> segno.QRCode:
    """The code as QR: the address in bytes, the number in the numeric mode, which needs a third of a sign a digit."""
    parts = [(f"{checker(language)}#", consts.MODE_BYTE, None), (digits(code), consts.MODE_NUMERIC, None)]
    return segno.make_qr(parts, error="m")  # type: ignore[arg-type]  # its stubs do not know of parts, its code does


def card(face: Face, language: str) -> bytes:
    """One card on A6. The same certificate and photograph give the same bytes."""
    return _rendered([face], language, face.certificate.number, face.certificate.at, "a6")


def sheets(faces: Sequence[Face], language: str, at: datetime) -> bytes:
    """Cards on A4, four a page, in the order given."""
    return _rendered(faces, language, f"{faces[0].certificate.number} … {faces[-1].certificate.number}", at, "a4")


def _rendered(faces: Sequence[Face], language: str, number: str, at: datetime, paper: str) -> bytes:
    data = {"paper": paper, "cards": [_told(face, language) for face in faces]}
    return render(TEMPLATE, data, Imprint(number, language, at, checker(language)))


def _told(face: Face, language: str) -> Mapping[str, object]:
    """What the template prints of one card."""
    own = face.certificate
    with override(language):
        kind = str(Certificate.Kind(own.kind).label)
    return {
        "number": own.number,
        "kind": kind,
        "holder": own.holder,
        "body": _name(own.body, language),
        "issuer": _name(own.office.body, language),
        "issued": _day(own.at)[:10],
        "election": own.names_of("election").get(language, own.election),
        "place": _place(own, language),
        "reach": Reach(own.reach).name.lower(),
        "since": _day(own.valid_from),
        "until": _day(own.valid_until),
        "qr": qr(own.signed, language).svg_inline(scale=1, border=0, omitsize=True),
        "address": address(own.signed, checker(language)),
        "photo": _framed(face.photo) if face.photo else "",
    }


def _place(own: Certificate, language: str) -> str:
    return own.names_of("place").get(language, own.place)


def _name(body: Body, language: str) -> str:
    return str(getattr(body, f"name_{language}"))


def _day(instant: datetime) -> str:
    """The local minute as it is printed: 04.10.2020 08:00."""
    return timezone.localtime(instant).strftime("%d.%m.%Y %H:%M")


def _framed(photo: bytes) -> str:
    """The photograph as SVG that fills a frame of three by four; what stands over the edge is cut off."""
    kind = "png" if photo.startswith(b"\x89PNG") else "jpeg"
    source = f"data:image/{kind};base64,{base64.b64encode(photo).decode()}"
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 400">'
        f'<image href="{source}" width="300" height="400" preserveAspectRatio="xMidYMid slice"/></svg>'
    )
