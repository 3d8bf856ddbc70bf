"""What somebody typed of a person, read: values where they can be read, the words as typed and a fault where not."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from babel import Locale
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from shailoo.commissions.models import Commission
from shailoo.cooperation import countries
from shailoo.law.observation.people import Office
from shailoo.law.outcome import Finding, NormId, Severity
from shailoo.observation.dossier import Dossier, folded
from shailoo.observation.intake.columns import ASKED, Field, required
from shailoo.observation.models import Application
from shailoo.wording import LANGUAGES, Catalogue, text

NORMS: Mapping[str, NormId] = MappingProxyType(
    {
        Application.Kind.INTERNATIONAL: "R3.1.b",
        Application.Kind.CITIZEN: "L10-1.2.a2",
        Application.Kind.OBSERVER: "L9.2.a2",
        Application.Kind.REPRESENTATIVE: "L17.1.a2",
        Application.Kind.MEDIA: "L11.1",
    }
)
"""What asks for the data of a person, by kind of application."""
STATELESS = "XX"
LONGEST: Mapping[Field, int] = MappingProxyType(
    {Field.SURNAME: 100, Field.GIVEN_NAMES: 100, Field.PATRONYMIC: 100, Field.POSITION: 160}
    | {Field.ADDRESS: 300, Field.OCCUPATION: 200, Field.PHONE: 80, Field.EMAIL: 254, Field.DOCUMENT_NUMBER: 40}
)
LONGEST_TYPED = 500
_OLDEST_YEARS = 120
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:\s*[жг]\.?)?", re.ASCII)
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?", re.ASCII)
_DOCUMENT = re.compile(r"[^\W_][^\W_ /-]*(?:[ /-][^\W_]+)*")
_NAME = re.compile(r"[^\W\d_][\w\s.'’ʼ`()-]*")
_YES = frozenset({"ооба", "да", "yes", "y", "1", "+", "true", "бар", "есть"})
_NO = frozenset({"жок", "нет", "no", "n", "0", "-", "false"})
_TONGUES: Mapping[str, str] = MappingProxyType(
    {"ky": "ky", "кыргызча": "ky", "кыргыз": "ky", "киргизский": "ky", "кыргызский": "ky", "kyrgyz": "ky"}
    | {"ru": "ru", "орусча": "ru", "орус": "ru", "русский": "ru", "russian": "ru"}
    | {"en": "en", "англисче": "en", "английский": "en", "english": "en"}
)
_OWN_COUNTRIES: Mapping[str, str] = MappingProxyType(
    {"кыргыз республикасы": "KG", "кыргызская республика": "KG", "kyrgyz republic": "KG", "киргизия": "KG"}
    | {"usa": "US", "сша": "US", "акш": "US", "uk": "GB", "рф": "RU", "россия": "RU", "орусия": "RU"}
    | {"stateless": STATELESS, "без гражданства": STATELESS, "жарандыгы жок": STATELESS}
)
COMMISSION_MEMBER = "commission_member"


class UnreadableError(ValueError):
    """A value is none of its field; the code says what is expected."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Places:
    """The commissions that people can be meant for, by what a list calls them."""

    keys: Mapping[str, int]

    @classmethod
    def all(cls) -> Places:
        """Every commission by its code, and those of precincts by the number of the precinct. One query."""
        rows = Commission.objects.values_list("body__code", "body_id", "precinct__number")
        found: dict[str, int] = {}
        for code, body, precinct in rows:
            found[code.casefold()] = body
            if precinct:
                found[precinct.casefold()] = body
        return cls(found)


@dataclass(frozen=True, slots=True)
class Person:
    """One person as read. Where something could not be read, `dossier.typed` has it and `faults` says so."""

    surname: str
    given_names: str
    patronymic: str
    citizenships: tuple[str, ...]
    position: str
    language: str
    commission: int | None
    dossier: Dossier
    faults: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class PersonShown:
    """A person as kept, for a form: the columns, the code of the commission, the dossier."""

    surname: str
    given_names: str
    patronymic: str
    citizenships: tuple[str, ...]
    position: str
    language: str
    commission: str
    data: Dossier


def person(cells: Mapping[Field, str], kind: str, places: Places, *, default_language: str) -> Person:
    """Read one person of an application of this kind. Never raises: what is unreadable becomes a fault."""
    values: dict[Field, object] = {}
    typed: dict[str, str] = {}
    faults: list[Finding] = []
    for each in ASKED[kind]:
        words = " ".join(cells.get(each, "").split())
        if not words:
            if each in required(kind):
                faults.append(fault(kind, "applicant_field_missing", each))
            continue
        try:
            values[each] = _read(each, words, places)
        except UnreadableError as unreadable:
            typed[each.value] = words[:LONGEST_TYPED]
            faults.append(fault(kind, unreadable.code, each))
    return _made(values, typed, faults, default_language)


def fault(kind: str, code: str, at: Field) -> Finding:
    """A finding at one field of a person; it names the field and never what was typed."""
    return Finding(NORMS[kind], code, Severity.ERROR, {"list_field": at.value}, (at.value,))


def _made(values: Mapping[Field, object], typed: Mapping[str, str], faults: list[Finding], language: str) -> Person:
    def words(of: Field) -> str:
        return str(values.get(of, ""))

    def day(of: Field) -> date | None:
        found = values.get(of)
        return found if isinstance(found, date) else None

    def answer(of: Field) -> bool | None:
        found = values.get(of)
        return found if isinstance(found, bool) else None

    def several(of: Field) -> tuple[str, ...]:
        found = values.get(of, ())
        return found if isinstance(found, tuple) else ()

    commission = values.get(Field.COMMISSION)
    return Person(
        surname=words(Field.SURNAME),
        given_names=words(Field.GIVEN_NAMES),
        patronymic=words(Field.PATRONYMIC),
        citizenships=several(Field.CITIZENSHIPS),
        position=words(Field.POSITION),
        language=words(Field.LANGUAGE) or language,
        commission=commission if isinstance(commission, int) else None,
        dossier=Dossier(
            born=day(Field.BORN),
            document_number=words(Field.DOCUMENT_NUMBER),
            document_expires_on=day(Field.DOCUMENT_EXPIRES),
            address=words(Field.ADDRESS),
            phone=words(Field.PHONE),
            email=words(Field.EMAIL),
            occupation=words(Field.OCCUPATION),
            votes=answer(Field.VOTES),
            resides=answer(Field.RESIDES),
            convicted=answer(Field.CONVICTED),
            unrestricted=answer(Field.UNRESTRICTED),
            offices=several(Field.OFFICES),
            typed=dict(typed),
        ),
        faults=tuple(faults),
    )


# ------------------------------------------------------------------------------------- one value


def _read(of: Field, words: str, places: Places) -> object:
    if of in LONGEST and len(words) > LONGEST[of]:
        raise UnreadableError("applicant_field_too_long")
    if of is Field.COMMISSION:
        return _commission(words, places)
    return _READERS[of](words)


def _commission(words: str, places: Places) -> int:
    found = places.keys.get(words.casefold().removeprefix("№").strip())
    if found is None:
        raise UnreadableError("applicant_commission_unknown")
    return found


def _name(words: str) -> str:
    if not _NAME.fullmatch(words):
        raise UnreadableError("applicant_name_unreadable")
    return words


def _patronymic(words: str) -> str:
    return "" if words in ("-", "–", "—") else _name(words)


def _day(words: str) -> date:
    """13.02.1980 or 1980-02-13; a day with strokes could be two days and is not guessed."""
    plain, iso = _DAY.fullmatch(words), _ISO_DAY.fullmatch(words)
    numbers = [int(part) for part in (plain.groups()[2::-1] if plain else iso.groups() if iso else ())]
    if len(numbers) != len(("year", "month", "day")):
        raise UnreadableError("applicant_day_unreadable")
    try:
        return date(*numbers)
    except ValueError as impossible:
        raise UnreadableError("applicant_day_unreadable") from impossible


def _document(words: str) -> str:
    if not _DOCUMENT.fullmatch(words) or not any(letter.isdigit() for letter in words):
        raise UnreadableError("applicant_document_unreadable")
    return words.upper()


def _citizenships(words: str) -> tuple[str, ...]:
    found = [_country(part.strip()) for part in re.split(r"[,;/]", words) if part.strip()]
    return tuple(dict.fromkeys(found))


def _country(words: str) -> str:
    code = words.upper()
    if len(code) == len("KG") and (countries.known(code) or code == STATELESS):
        return code
    found = _countries().get(folded(words))
    if found is None:
        raise UnreadableError("applicant_country_unknown")
    return found


@cache
def _countries() -> Mapping[str, str]:
    """The names of states in the three languages -> code."""
    named = {
        folded(str(words)): code
        for language in LANGUAGES
        for code, words in Locale(language).territories.items()
        if countries.known(code)
    }
    return named | dict(_OWN_COUNTRIES)


def _tongue(words: str) -> str:
    found = _TONGUES.get(folded(words))
    if found is None:
        raise UnreadableError("applicant_language_unknown")
    return found


def _answer(words: str) -> bool:
    said = folded(words)
    if said in _YES:
        return True
    if said in _NO:
        return False
    raise UnreadableError("applicant_yes_or_no")


def _email(words: str) -> str:
    try:
        validate_email(words)
    except ValidationError as unfit:
        raise UnreadableError("applicant_email_unreadable") from unfit
    return words


def _offices(words: str) -> tuple[str, ...]:
    """Codes or names of public offices, several with commas between; "no" is none."""
    if folded(words) in _NO:
        return ()
    found = [_named_offices().get(folded(part)) for part in re.split(r"[,;]", words) if part.strip()]
    if None in found:
        raise UnreadableError("applicant_office_unknown")
    return tuple(dict.fromkeys(each for each in found if each is not None))


@cache
def _named_offices() -> Mapping[str, str]:
    known = {each.value: f"excluded_office.{each.value}" for each in Office} | {
        COMMISSION_MEMBER: f"mandate.{COMMISSION_MEMBER}"
    }
    spelt = {folded(text(Catalogue.VALUES, key, code)): name for name, key in known.items() for code in LANGUAGES}
    return spelt | {name: name for name in known}


_READERS: Mapping[Field, Callable[[str], object]] = MappingProxyType(
    {
        Field.SURNAME: _name,
        Field.GIVEN_NAMES: _name,
        Field.PATRONYMIC: _patronymic,
        Field.CITIZENSHIPS: _citizenships,
        Field.BORN: _day,
        Field.DOCUMENT_NUMBER: _document,
        Field.DOCUMENT_EXPIRES: _day,
        Field.POSITION: str,
        Field.LANGUAGE: _tongue,
        Field.ADDRESS: str,
        Field.PHONE: str,
        Field.EMAIL: _email,
        Field.OCCUPATION: str,
        Field.OFFICES: _offices,
        Field.VOTES: _answer,
        Field.RESIDES: _answer,
        Field.CONVICTED: _answer,
        Field.UNRESTRICTED: _answer,
    }
)


def born_wrongly(born: date, on: date) -> bool:
    """Whether nobody alive can have been born on that day."""
    return born >= on or on.year - born.year > _OLDEST_YEARS


# ------------------------------------------------------------------------------------- back to what people type


def cells(of: PersonShown) -> dict[Field, str]:
    """What stands in the fields of a form for a person: the values as people write them, or what was typed."""
    data = of.data
    found = {
        Field.SURNAME: of.surname,
        Field.GIVEN_NAMES: of.given_names,
        Field.PATRONYMIC: of.patronymic,
        Field.CITIZENSHIPS: ", ".join(of.citizenships),
        Field.BORN: _shown(data.born),
        Field.DOCUMENT_NUMBER: data.document_number,
        Field.DOCUMENT_EXPIRES: _shown(data.document_expires_on),
        Field.POSITION: of.position,
        Field.LANGUAGE: of.language,
        Field.COMMISSION: of.commission,
        Field.ADDRESS: data.address,
        Field.PHONE: data.phone,
        Field.EMAIL: data.email,
        Field.OCCUPATION: data.occupation,
        Field.OFFICES: ", ".join(data.offices),
        Field.VOTES: _said(answer=data.votes),
        Field.RESIDES: _said(answer=data.resides),
        Field.CONVICTED: _said(answer=data.convicted),
        Field.UNRESTRICTED: _said(answer=data.unrestricted),
    }
    return found | {Field(name): words for name, words in data.typed.items()}


def _shown(day: date | None) -> str:
    return "" if day is None else f"{day:%d.%m.%Y}"


def _said(*, answer: bool | None) -> str:
    return {True: "yes", False: "no", None: ""}[answer]
