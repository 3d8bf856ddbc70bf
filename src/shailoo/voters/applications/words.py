"""The words of this room's pages in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from shailoo.voters import words as register
from shailoo.voters.applications.states import State

AT_THE_DESK = _("Voters’ applications")
MOBILE = _("Mobile voting: register")
OVERVIEW = _("Voters’ applications: overview")
PUBLIC = _("Applications on the voter lists")
COLOURS: Mapping[str, str] = {
    State.RECEIVED: "yellow",
    State.RETURNED: "orange",
    State.WITH_ADMINISTRATOR: "yellow",
    State.WITH_SERVICE: "blue",
    State.REFERRED: "orange",
    State.INCLUDED: "green",
    State.CORRECTED: "green",
    State.REFUSED: "red",
    State.SUPERSEDED: "grey",
}
finding, refusal, language, value = register.finding, register.refusal, register.language, register.value


def capital(said: str) -> str:
    """With a capital letter in front."""
    return said[:1].upper() + said[1:]


def kind(code: str) -> str:
    """What was asked for."""
    return capital(value("voter_application_kind", code))


def state(code: str) -> str:
    """Where an application stands."""
    return value("voter_application_state", code)


def act(code: str) -> str:
    """What was done, or can be."""
    return value("voter_application_act", code)


def ground(code: str) -> str:
    """On what ground it was refused or sent back; empty for none."""
    return value("voter_refusal", code) if code else ""


def telling(code: str) -> str:
    """In which way a voter was told."""
    return value("voter_telling", code)
