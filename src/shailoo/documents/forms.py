"""The legal forms of documents as one table: kind, name, typed data, template, languages, standard.

A room registers its own forms when it starts (`AppConfig.ready`) and issues documents by `documents.actions.issue`.
The data of a form are a frozen dataclass; data that do not fit it are an error before anything is set in type.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from django.utils.functional import Promise

from shailoo.documents.rendering import TAGGED, Standard

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

ALL_LANGUAGES = ("ky", "ru", "en")


@dataclass(frozen=True, slots=True)
class Form:
    """One legal form. `data` is the frozen dataclass of what stands in it; `template` is the same in every language."""

    kind: str
    name: Promise
    data: type[DataclassInstance]
    template: Path
    languages: tuple[str, ...] = ALL_LANGUAGES
    standard: Standard = TAGGED


class UnknownFormError(LookupError):
    """No room has registered a form of this kind."""


class MisfitError(TypeError):
    """The data do not fit the form, or the form does not exist in this language: a fault of the room that issues."""


_FORMS: dict[str, Form] = {}


def register(*forms: Form) -> None:
    """Enter forms into the table. Raises MisfitError for data that are no frozen dataclass, or a kind taken before."""
    for form in forms:
        if not is_dataclass(form.data) or not form.data.__dataclass_params__.frozen:  # type: ignore[attr-defined]  # set by dataclass()
            raise MisfitError(f"{form.kind}: its data are no frozen dataclass")
        if _FORMS.get(form.kind, form) != form:
            raise MisfitError(f"{form.kind} is another form already")
        _FORMS[form.kind] = form


def every() -> tuple[Form, ...]:
    """All forms, by kind."""
    return tuple(_FORMS[kind] for kind in sorted(_FORMS))


def form_of(kind: str) -> Form:
    """The form of a kind. Raises UnknownFormError."""
    try:
        return _FORMS[kind]
    except KeyError as unknown:
        raise UnknownFormError(kind) from unknown


def name_of(kind: str) -> str:
    """What documents of a kind are called, in the language of the page; the kind itself where its room is gone."""
    form = _FORMS.get(kind)
    return str(form.name) if form else kind


def fitted(form: Form, content: DataclassInstance, language: str) -> Mapping[str, Any]:
    """The content as plain data for the template. Raises MisfitError that names the member which does not fit."""
    if language not in form.languages:
        raise MisfitError(f"{form.kind} does not exist in {language!r}")
    if type(content) is not form.data:
        raise MisfitError(f"{form.kind} is made from {form.data.__name__}, not from {type(content).__name__}")
    plain = asdict(content)
    try:
        msgspec.convert(plain, type=form.data, strict=True)
    except msgspec.ValidationError as misfit:
        raise MisfitError(f"{form.kind}: {misfit}") from misfit
    return plain
