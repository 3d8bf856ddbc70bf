"""The words of the pages on sources in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from shailoo.voters.sources.states import State
from shailoo.voters.words import finding, refusal, value

__all__ = ["AT_THE_DESK", "COLOURS", "fault", "finding", "refusal", "value"]

AT_THE_DESK = _("Voters: addresses, missions abroad, institutions")
COLOURS: Mapping[str, str] = {
    State.SENT: "yellow",
    State.PASSED: "blue",
    State.RECEIVED: "green",
    State.RETURNED: "red",
}


def fault(code: str) -> str:
    """What is wrong with a row, beginning with a capital letter."""
    said = value("source_fault", code)
    return said[:1].upper() + said[1:]
