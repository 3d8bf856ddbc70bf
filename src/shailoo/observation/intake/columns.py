"""What a list of people holds: its fields, how their columns are called in three languages, which a kind asks for.

Headings are compared without case, stars, full stops and double spaces; a file may order its columns as it likes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.outcome import Refused
from shailoo.observation.dossier import folded
from shailoo.observation.models import Application


class Field(StrEnum):
    """What is asked of a person; the values are the names of the form's fields."""

    SURNAME = "surname"
    GIVEN_NAMES = "given_names"
    PATRONYMIC = "patronymic"
    CITIZENSHIPS = "citizenships"
    BORN = "born"
    DOCUMENT_NUMBER = "document_number"
    DOCUMENT_EXPIRES = "document_expires_on"
    POSITION = "position"
    LANGUAGE = "language"
    COMMISSION = "commission"
    ADDRESS = "address"
    PHONE = "phone"
    EMAIL = "email"
    OCCUPATION = "occupation"
    OFFICES = "offices"
    VOTES = "votes"
    RESIDES = "resides"
    CONVICTED = "convicted"
    UNRESTRICTED = "unrestricted"


_F, _K = Field, Application.Kind
HEADINGS: Mapping[Field, Mapping[str, str]] = MappingProxyType(
    {
        _F.SURNAME: {"ky": "Фамилиясы", "ru": "Фамилия", "en": "Surname"},
        _F.GIVEN_NAMES: {"ky": "Аты", "ru": "Имя", "en": "Given names"},
        _F.PATRONYMIC: {"ky": "Атасынын аты", "ru": "Отчество", "en": "Patronymic"},
        _F.CITIZENSHIPS: {"ky": "Жарандыгы", "ru": "Гражданство", "en": "Citizenship"},
        _F.BORN: {"ky": "Туулган күнү", "ru": "Дата рождения", "en": "Date of birth"},
        _F.DOCUMENT_NUMBER: {"ky": "Паспорттун номери", "ru": "Номер паспорта", "en": "Passport number"},
        _F.DOCUMENT_EXPIRES: {
            "ky": "Паспорт жарактуу мөөнөтү",
            "ru": "Паспорт действителен до",
            "en": "Passport valid until",
        },
        _F.POSITION: {"ky": "Кызматы", "ru": "Должность", "en": "Position"},
        _F.LANGUAGE: {"ky": "Күбөлүктүн тили", "ru": "Язык удостоверения", "en": "Language of the badge"},
        _F.COMMISSION: {"ky": "Шайлоо комиссиясы", "ru": "Избирательная комиссия", "en": "Election commission"},
        _F.ADDRESS: {"ky": "Дареги", "ru": "Адрес", "en": "Address"},
        _F.PHONE: {"ky": "Телефону", "ru": "Телефон", "en": "Telephone"},
        _F.EMAIL: {"ky": "Электрондук почтасы", "ru": "Электронная почта", "en": "E-mail"},
        _F.OCCUPATION: {"ky": "Иштеген жери же кесиби", "ru": "Место работы или занятие", "en": "Job or occupation"},
        _F.OFFICES: {"ky": "Ээлеген мамлекеттик кызматы", "ru": "Занимаемая госдолжность", "en": "Public offices held"},
        _F.VOTES: {"ky": "Шайлоо укугу бар", "ru": "Имеет право избирать", "en": "Has the right to vote"},
        _F.RESIDES: {
            "ky": "Кыргызстанда туруктуу жашайт",
            "ru": "Постоянно проживает в Кыргызстане",
            "en": "Lives permanently in Kyrgyzstan",
        },
        _F.CONVICTED: {"ky": "Жоюлбаган соттуулугу бар", "ru": "Есть непогашенная судимость", "en": "Has a conviction"},
        _F.UNRESTRICTED: {
            "ky": "Мыйзамдын чектөөлөрү жок",
            "ru": "Ограничений по закону нет",
            "en": "No restriction of the law",
        },
    }
)
"""How the column of a field is called in each language; templates have these headings."""

ALIASES: Mapping[str, Field] = MappingProxyType(
    {
        "family name": _F.SURNAME,
        "last name": _F.SURNAME,
        "first name": _F.GIVEN_NAMES,
        "given name": _F.GIVEN_NAMES,
        "имена": _F.GIVEN_NAMES,
        "citizenships": _F.CITIZENSHIPS,
        "nationality": _F.CITIZENSHIPS,
        "birth date": _F.BORN,
        "туулган жылы": _F.BORN,
        "passport": _F.DOCUMENT_NUMBER,
        "document number": _F.DOCUMENT_NUMBER,
        "номер документа": _F.DOCUMENT_NUMBER,
        "документтин номери": _F.DOCUMENT_NUMBER,
        "passport expires": _F.DOCUMENT_EXPIRES,
        "документтин мөөнөтү": _F.DOCUMENT_EXPIRES,
        "срок действия паспорта": _F.DOCUMENT_EXPIRES,
        "язык": _F.LANGUAGE,
        "тили": _F.LANGUAGE,
        "language": _F.LANGUAGE,
        "комиссия": _F.COMMISSION,
        "commission": _F.COMMISSION,
        "precinct": _F.COMMISSION,
        "участок": _F.COMMISSION,
        "phone": _F.PHONE,
        "email": _F.EMAIL,
    }
)
IGNORED = frozenset({"", "№", "no", "n", "№ п/п", "катар номери", "row"})
"""Headings of columns that only count."""

_ALWAYS = (_F.SURNAME, _F.GIVEN_NAMES, _F.PATRONYMIC, _F.CITIZENSHIPS, _F.BORN, _F.DOCUMENT_NUMBER, _F.DOCUMENT_EXPIRES)
_ABROAD = (*_ALWAYS, _F.POSITION, _F.LANGUAGE, _F.PHONE, _F.EMAIL)
_AT_HOME = (*_ALWAYS, _F.COMMISSION, _F.ADDRESS, _F.PHONE, _F.VOTES, _F.UNRESTRICTED, _F.OFFICES, _F.LANGUAGE)
ASKED: Mapping[str, tuple[Field, ...]] = MappingProxyType(
    {
        _K.INTERNATIONAL: _ABROAD,
        _K.MEDIA: _ABROAD,
        _K.CITIZEN: _AT_HOME,
        _K.OBSERVER: _AT_HOME,
        _K.REPRESENTATIVE: (
            *_ALWAYS,
            _F.COMMISSION,
            _F.ADDRESS,
            _F.PHONE,
            _F.OCCUPATION,
            _F.VOTES,
            _F.RESIDES,
            _F.CONVICTED,
            _F.OFFICES,
            _F.LANGUAGE,
        ),
    }
)
"""Kind of application -> its fields, in the order of the form and of the template."""

_OPTIONAL = frozenset({_F.PATRONYMIC, _F.POSITION, _F.LANGUAGE, _F.EMAIL, _F.OFFICES})
_NEEDED_AT_HOME = frozenset({_F.PHONE})


def required(kind: str) -> tuple[Field, ...]:
    """The fields without which a person of this kind cannot be handed in."""
    free = _OPTIONAL if kind == _K.REPRESENTATIVE else _OPTIONAL | _NEEDED_AT_HOME
    return tuple(each for each in ASKED[kind] if each not in free)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the columns of a file stand: field -> place."""

    places: Mapping[Field, int]

    def row(self, cells: Sequence[str]) -> dict[Field, str]:
        """The row's cells by their fields; a cell that is not there is empty."""
        return {each: cells[place].strip() if place < len(cells) else "" for each, place in self.places.items()}


_MARKS = re.compile(r"[*:.\u00a0]+")


def _key(heading: str) -> str:
    return folded(_MARKS.sub(" ", heading))


_KNOWN: Mapping[str, Field] = MappingProxyType(
    {_key(words): each for each, named in HEADINGS.items() for words in named.values()}
    | {_key(words): each for words, each in ALIASES.items()}
    | {each.value: each for each in Field}
)
_IGNORED = frozenset(_key(each) for each in IGNORED)


def understood(header: Sequence[str], kind: str, norm: str) -> Layout | Refused:
    """Where the columns of this header stand, or everything that is wrong with it."""
    places: dict[Field, int] = {}
    unknown: list[str] = []
    twice: list[Field] = []
    for place, heading in enumerate(header):
        key = _key(heading)
        found = _KNOWN.get(key)
        if found in places:
            twice.append(found)
        elif found is not None:
            places[found] = place
        elif key not in _IGNORED:
            unknown.append(heading.strip()[:60])
    if not places:
        return Refused.because(norm, "people_list_without_headings", fields=("file",))
    missing = [each for each in required(kind) if each not in places]
    findings = [Refused.because(norm, "people_list_column_unknown", column=each, fields=("file",)) for each in unknown]
    findings += [
        Refused.because(norm, "people_list_column_twice", list_field=each.value, fields=("file",)) for each in twice
    ]
    findings += [
        Refused.because(norm, "people_list_column_missing", list_field=each.value, fields=("file",)) for each in missing
    ]
    return Refused(tuple(found for each in findings for found in each.findings)) if findings else Layout(places)
