"""Whatever a rule of this chapter answers in these tests is as its table says, in the three languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from shailoo.law.outcome import Outcome
from shailoo.law.voters.answer import Answer
from shailoo.wording import LANGUAGES, sentences
from tests.law.listed_findings import held_to, listed

T = TypeVar("T")
TABLE = listed(Path(__file__).parent)
IN_ENGLISH = re.compile(r"_|\{|: \.|: ,")
ELSEWHERE = re.compile(r"[a-z]{3,}|_|\{|: \.|: ,")
"""What a code that nobody gave words to, or a fact that is empty, leaves in a sentence."""


@pytest.fixture(autouse=True)
def _every_answer_can_be_said(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = Answer.outcome

    def said(answer: Answer, value: T) -> Outcome[T]:
        found = plain(answer, value)
        for language in LANGUAGES:
            words = [sentences.step(each, language) for each in found.steps]
            words += [sentences.finding(each, language) for each in found.findings]
            if found.unsettled is not None:
                asked = (found.unsettled.question, *found.unsettled.options)
                words += [sentences.question(each, language) for each in asked]
            assert [each for each in words if (IN_ENGLISH if language == "en" else ELSEWHERE).search(each)] == []
        return found

    monkeypatch.setattr(Answer, "outcome", said)


@pytest.fixture(autouse=True)
def _findings_are_as_listed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with held_to(TABLE, monkeypatch):
        yield
