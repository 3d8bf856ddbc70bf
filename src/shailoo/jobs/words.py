"""The words of work in the language of the page: kinds, states, messages, results, errors, and how long things take."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from shailoo.jobs.models import Work
from shailoo.jobs.states import State
from shailoo.law.outcome import Finding, Refused
from shailoo.wording import LANGUAGES, Catalogue, citations, has, numbers, sentences, text

AT_THE_DESK, CHECKS = _("Background work"), _("Checks")
"""What the menus call the pages of this room."""
COLOURS = {
    State.WAITING: "grey",
    State.RUNNING: "blue",
    State.DONE: "green",
    State.FAILED: "red",
    State.CANCELLED: "yellow",
}


def language() -> str:
    """The language of the page; Kyrgyz where none is set."""
    code = (get_language() or LANGUAGES[0])[:2]
    return code if code in LANGUAGES else LANGUAGES[0]


def kind(code: str) -> str:
    """What a kind of work is called, beginning with a capital letter; its code where it is no longer known."""
    words = _value(f"work_kind.{code}") or code
    return words[:1].upper() + words[1:]


def about(code: str) -> str:
    """What a check of this kind does, as a sentence."""
    return _value(f"work_about.{code}")


def state(code: str) -> str:
    """A state in words."""
    return _value(f"work_state.{code}") or code


def message(work: Work) -> str:
    """What the work is at; "" where it says nothing."""
    return _value(f"work_message.{work.message}", work.facts) if work.message else ""


def error(work: Work) -> str:
    """Why the work failed, and what to do; "" where it did not."""
    return _value(f"work_error.{work.error}") if work.error else ""


def result(work: Work) -> str:
    """What came of a work, by its kind and its verdict; "" where it is not done or its kind has no words for it."""
    if work.result is None:
        return ""
    return _value(f"work_result.{work.kind}.{work.result.get('verdict', 'done')}", work.result)


def verdict(work: Work) -> str:
    """Whether what was checked holds; "" for a work that checks nothing or is not done."""
    return _value(f"work_verdict.{(work.result or {}).get('verdict', '')}")


def is_broken(work: Work) -> bool:
    """Whether the work found that something does not hold."""
    return (work.result or {}).get("verdict") == "broken"


def duration(length: timedelta | None) -> str:
    """12 s; 3 min 5 s; 2 h 7 min. A dash where there is none."""
    if length is None:
        return numbers.NONE
    seconds = round(length.total_seconds())
    if seconds < 60:
        return gettext("%(seconds)s s") % {"seconds": seconds}
    if seconds < 3600:
        return gettext("%(minutes)s min %(seconds)s s") % {"minutes": seconds // 60, "seconds": seconds % 60}
    return gettext("%(hours)s h %(minutes)s min") % {"hours": seconds // 3600, "minutes": seconds % 3600 // 60}


def refusal(refused: Refused) -> list[str]:
    """Every ground of a refusal, each as a sentence with its norm."""
    return [_finding(each) for each in refused.findings]


def _finding(found: Finding) -> str:
    return f"{sentences.finding(found, language())} ({citations.cite(found.norm, language())})"


def _value(key: str, facts: Mapping[str, object] | None = None) -> str:
    if not has(Catalogue.VALUES, key):
        return ""
    plain = {name: numbers.count(fact) if isinstance(fact, int) else fact for name, fact in (facts or {}).items()}
    return text(Catalogue.VALUES, key, language()).format(**plain)
