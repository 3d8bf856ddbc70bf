"""The way from another room's page to a decision: the address where what is asked is put on a sitting's agenda."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import override

from shailoo.commissions.grounds import Asked
from shailoo.commissions.words import MATTERS
from shailoo.wording import LANGUAGES


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
