"""The words of the pages of voter lists: stages, editions, verdicts."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shailoo.law.outcome import Step
from shailoo.territory.models import Area
from shailoo.voters.lists.models import Edition, Stage
from shailoo.voters.words import finding, language, refusal, value
from shailoo.wording import sentences

__all__ = ["AT_THE_DESK", "COLOURS", "edition", "finding", "language", "name", "refusal", "stage", "steps", "value"]

AT_THE_DESK = gettext_lazy("Voter lists")
COLOURS: Mapping[str, str] = {Stage.PRELIMINARY: "blue", Stage.CONTROL: "turquoise", Stage.FINAL: "purple"}


def stage(code: str) -> str:
    """A stage, beginning with a capital letter."""
    said = value("stage", code)
    return said[:1].upper() + said[1:]


def edition(found: Edition) -> str:
    """How an edition is called: its stage and, where there can be several, its number."""
    if found.stage == Stage.FINAL:
        return stage(found.stage)
    return _("%(stage)s, edition %(number)s") % {"stage": stage(found.stage), "number": found.number}


def steps(found: tuple[Step, ...]) -> list[tuple[str, str]]:
    """What was in time, as (sentence, norm)."""
    return [(sentences.step(each, language()), each.norm) for each in found]


def name(area: Area) -> str:
    """An area's name in the language of the page."""
    return str(getattr(area, f"name_{language()}") or area.name_ky)
