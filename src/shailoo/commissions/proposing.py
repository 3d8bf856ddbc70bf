"""The way from another room's page to a decision: the address where what is asked is put on a sitting's agenda."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import override

from shailoo.commissions.grounds import Asked
from shailoo.commissions.words import MATTERS
from shailoo.wording import LANGUAGES

Writer: TypeAlias = Callable[[str], Mapping[str, str]]
_WRITERS: dict[str, Writer] = {}


def written_by(kind: str, writer: Writer) -> None:
    """Let another room write the text that is put to the vote on its records: `kind` begins their subjects.

    The writer is given the subject and answers with fields of the form for a text ("text_ky", "norms"). Raises
    ValueError where another room writes for them.
    """
    if _WRITERS.setdefault(kind, writer) is not writer:
        raise ValueError(f"two rooms write on {kind}")


def text_on(subject: str) -> Mapping[str, str]:
    """The text that the subject's own room proposes; empty where none does. It can be changed before the vote."""
    writer = _WRITERS.get(subject.partition(":")[0])
    return writer(subject) if writer is not None else {}


def agenda(asked: Asked, about: object = None) -> str:
    """Where what is asked is put on the agenda; the address fills in the question in three languages.

    `about` is the record whose names (`name_ky`, `name_ru`, `name_en`) end the title, as an election's.
    """
    question = {"matter": asked.matter.value, "subject": asked.subject}
    for language in LANGUAGES:
        with override(language):
            title = f"{MATTERS[asked.matter.value]}{asked.detail}"
        named = getattr(about, f"name_{language}", "")
        question[f"title_{language}"] = f"{title}: {named}" if named else title
    return f"{reverse('commissions:ask')}?{urlencode(question)}"
