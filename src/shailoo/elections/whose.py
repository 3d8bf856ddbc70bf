"""Whose a term is, as a commission sees it: its own, that of commissions below, or of others that the CEC watches."""

from __future__ import annotations

from enum import StrEnum

from shailoo.commissions.models import Commission
from shailoo.elections.deadlines import Level, Standing

_OWN_LEVEL = {Commission.Level.PEC: Level.PEC, Commission.Level.TEC: Level.TEC, Commission.Level.CEC: Level.ONE}
_COMMISSIONS = frozenset({"cec", "election_commission"})


class Whose(StrEnum):
    OWN = "own"
    BELOW = "below"
    OTHERS = "others"  # the President, registers, banks, media: the CEC records that they did it


def is_recorded_once(found: Standing, commission: Commission) -> bool:
    """Whether the commission records the term for itself, or once for whoever acts, and not for each one below."""
    return found.level is _OWN_LEVEL[Commission.Level(commission.level)]


def whose(found: Standing, commission: Commission) -> Whose:
    """Whose term it is for `commission`, one of those that the term asks something of."""
    if not is_recorded_once(found, commission):
        return Whose.BELOW
    if commission.level == Commission.Level.CEC and not _COMMISSIONS & set(found.event.actors):
        return Whose.OTHERS
    return Whose.OWN
