"""What a voter wrote, which lies sealed; the marks by which voters and codes are known without being kept."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from shailoo.accounts.models import Office
from shailoo.documents.sealed.actions import Content, mark_of, opened, seal
from shailoo.documents.sealed.models import SealedFile

PIN = re.compile(r"[12][0-9]{13}", re.ASCII)
"""The form of a personal number: a reading, as in deliveries (docs/voters.md)."""
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without letters that are taken for others
LETTERS_OF_CODE = 10  # fifty bits
_TAKEN_FOR = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})
_KIND = "dossier"
_PIN_SOMEWHERE = re.compile(r"(?<!\d)(?:\d[ -]?){13}\d(?!\d)", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A voter's own words. `wrong` and `right` are of a mistake, `address` where the voter lives or wants to vote.

    Of a mobile request: `reason` (law.voters.mobile.MobileReason), `explained` why, `place` where the voter is then.
    """

    surname: str
    name: str
    patronymic: str = ""
    pin: str
    phone: str = ""
    address: str = ""
    wrong: str = ""
    right: str = ""
    reason: str = ""
    explained: str = ""
    place: str = ""

    @property
    def full_name(self) -> str:
        """Surname, name, patronymic."""
        return " ".join(part for part in (self.surname, self.name, self.patronymic) if part)


def sealed(dossier: Dossier, subject: str, *, by: Office | None, at: datetime) -> SealedFile:
    """Keep the dossier encrypted under the record that it belongs to."""
    content = json.dumps(asdict(dossier), ensure_ascii=False).encode()
    return seal(Content(_KIND, subject, content, "application/json"), by=by, at=at)


def read(file: SealedFile) -> Dossier:
    """The dossier. A page that shows it records the reading. Raises ErasedError, DamagedError."""
    found: Mapping[str, str] = json.loads(opened(file))
    return Dossier(**found)


def person_mark(pin: str) -> str:
    """Equal for one voter's applications, of no use without the installation's key."""
    return mark_of(pin.encode(), "voter")


def new_code() -> str:
    """A secret that is shown once."""
    return "".join(secrets.choice(ALPHABET) for _letter in range(LETTERS_OF_CODE))


def shown(code: str) -> str:
    """The code as it is read aloud and copied: two groups."""
    half = LETTERS_OF_CODE // 2
    return f"{code[:half]}-{code[half:]}"


def typed(code: str) -> str:
    """A code as somebody typed it, brought to the form in which it was given."""
    return code.strip().upper().translate(_TAKEN_FOR)


def code_mark(code: str, subject: str) -> str:
    """What is kept of a code: a keyed hash that holds for one application only."""
    return mark_of(typed(code).encode(), f"code of {subject}")


def names_a_pin(text: str) -> bool:
    """Whether a text that others read holds what looks like a personal number."""
    return _PIN_SOMEWHERE.search(text) is not None
