"""The text of the decision on a list of answers, as the sitting's page begins with it."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Count, Q

from shailoo.observation.actions.listing import NORMS
from shailoo.observation.models import AnswerList
from shailoo.observation.words.deciding import decision_texts


def decision_on(subject: str) -> Mapping[str, str]:
    """The text in three languages and its norm for a subject "answer_list:12"; empty where there is no such list."""
    _kind, _colon, key = subject.partition(":")
    if not key.isascii() or not key.isdigit():
        return {}
    counted = AnswerList.objects.annotate(people=Count("rows"), yes=Count("rows", filter=Q(rows__accredited=True)))
    found = counted.filter(pk=int(key)).first()
    if found is None:
        return {}
    texts = decision_texts(found, found.yes, found.people - found.yes)
    return {f"text_{language}": text for language, text in texts.items()} | {"norms": NORMS[found.kind]}
