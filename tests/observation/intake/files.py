"""Lists, photographs and archives as senders make them; everybody in them is generated."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence

import xlsxwriter
from PIL import Image

from shailoo.observation.intake.columns import ASKED, HEADINGS, Field
from tests.observation.scene import COUNTRIES, GIVEN, KY_GIVEN, KY_SURNAMES, SURNAMES


def abroad(number: int, **changes: str) -> dict[Field, str]:
    """What a mission types of one person."""
    cells = {
        Field.SURNAME: SURNAMES[number % len(SURNAMES)],
        Field.GIVEN_NAMES: f"{GIVEN[number // 10 % len(GIVEN)]} {_letters(number)}",
        Field.CITIZENSHIPS: COUNTRIES[number % len(COUNTRIES)],
        Field.BORN: f"{number % 28 + 1:02d}.{number % 12 + 1:02d}.{1960 + number % 40}",
        Field.DOCUMENT_NUMBER: f"P{1000000 + number}",
        Field.DOCUMENT_EXPIRES: "31.12.2027",
        Field.POSITION: "observer",
        Field.LANGUAGE: "en",
        Field.EMAIL: f"person{number}@example.org",
    }
    return cells | {Field(name): value for name, value in changes.items()}


def at_home(number: int, **changes: str) -> dict[Field, str]:
    """What an NGO or a party types of one person."""
    cells = {
        Field.SURNAME: KY_SURNAMES[number % len(KY_SURNAMES)],
        Field.GIVEN_NAMES: f"{KY_GIVEN[number // 8 % len(KY_GIVEN)]} {_letters(number)}",
        Field.PATRONYMIC: "-",
        Field.CITIZENSHIPS: "Кыргызстан",
        Field.BORN: f"1980-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
        Field.DOCUMENT_NUMBER: f"ID{2000000 + number}",
        Field.DOCUMENT_EXPIRES: "31.12.2027",
        Field.COMMISSION: "1001",
        Field.ADDRESS: "Бишкек, Чүй пр. 1",
        Field.PHONE: "+996 555 000 000",
        Field.OCCUPATION: "мугалим",
        Field.VOTES: "ооба",
        Field.RESIDES: "да",
        Field.CONVICTED: "жок",
        Field.UNRESTRICTED: "yes",
        Field.OFFICES: "",
        Field.LANGUAGE: "кыргызча",
    }
    return cells | {Field(name): value for name, value in changes.items()}


def table(
    kind: str, people: Iterable[Mapping[Field, str]], *, language: str = "en", encoding: str = "utf-8", sign: str = ";"
) -> bytes:
    """A list as CSV with the headings of a language."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=sign)
    writer.writerow(HEADINGS[each][language] for each in ASKED[kind])
    writer.writerows([person.get(each, "") for each in ASKED[kind]] for person in people)
    return out.getvalue().encode(encoding)


def workbook(kind: str, people: Sequence[Mapping[Field, str]], *, language: str = "ru") -> bytes:
    """The same as a workbook."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, [HEADINGS[each][language] for each in ASKED[kind]])
    for place, person in enumerate(people, 1):
        sheet.write_row(place, 0, [person.get(each, "") for each in ASKED[kind]])
    book.close()
    return out.getvalue()


def archive(files: Mapping[str, bytes]) -> bytes:
    """A ZIP of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as held:
        for name, content in files.items():
            held.writestr(name, content)
    return out.getvalue()


def picture(width: int = 600, height: int = 800, *, kind: str = "JPEG", spread: int = 60) -> bytes:
    """A picture of noise: sharp, of middle light."""
    image = Image.effect_noise((width, height), spread).convert("RGB")
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


def plain(grey: int, width: int = 600, height: int = 800) -> bytes:
    """A picture of one grey."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), (grey, grey, grey)).save(out, "PNG")
    return out.getvalue()


def _letters(number: int) -> str:
    """A number as letters, so that generated names differ and hold no digits."""
    return "".join("ABCDEFGHIJ"[int(digit)] for digit in str(number))
