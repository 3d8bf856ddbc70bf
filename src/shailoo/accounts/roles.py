"""The roles of offices, and what each may do: one table that people and tests read."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from django.db.models import TextChoices


class Role(TextChoices):
    CEC_CHAIR = "cec_chair"
    CEC_MEMBER = "cec_member"
    CEC_OPERATOR = "cec_operator"
    TEC_CHAIR = "tec_chair"
    TEC_SECRETARY = "tec_secretary"
    TEC_OPERATOR = "tec_operator"
    PEC_CHAIR = "pec_chair"
    PUBLIC = "public"


class Reach(StrEnum):
    """Over which bodies a permission reaches."""

    OWN = "own"  # the office's own body and the bodies below it
    EVERYWHERE = "everywhere"


_TEC_ENTRY = {Role.TEC_OPERATOR: Reach.OWN}
_TEC_DUTY = {Role.TEC_CHAIR: Reach.OWN, Role.TEC_SECRETARY: Reach.OWN}
_CEC_DUTY = {Role.CEC_CHAIR: Reach.EVERYWHERE, Role.CEC_MEMBER: Reach.EVERYWHERE}

MAY: Mapping[str, Mapping[Role, Reach]] = MappingProxyType(
    {
        "counting.take_over": {**_TEC_ENTRY, **_TEC_DUTY},
        "counting.enter": _TEC_ENTRY,
        "counting.explain": {**_TEC_ENTRY, **_TEC_DUTY},
        "counting.release_other": {Role.TEC_CHAIR: Reach.OWN},
        "counting.settle": _TEC_DUTY,
        "counting.decide_parked": {Role.TEC_CHAIR: Reach.OWN},
        "counting.replace": {Role.TEC_CHAIR: Reach.OWN, **_CEC_DUTY},
        "counting.scan": {**_TEC_ENTRY, **_TEC_DUTY},
        "counting.scanner_report": {**_TEC_ENTRY, **_TEC_DUTY},
        "counting.import": {Role.CEC_OPERATOR: Reach.EVERYWHERE, **_CEC_DUTY},
        "counting.read": {
            **_TEC_ENTRY,
            **_TEC_DUTY,
            **_CEC_DUTY,
            Role.CEC_OPERATOR: Reach.EVERYWHERE,
        },
        "results.sign_tec_protocol": {Role.TEC_CHAIR: Reach.OWN},
        "results.invalidate": {Role.TEC_CHAIR: Reach.OWN, Role.CEC_CHAIR: Reach.EVERYWHERE},
        "results.take_reading": {Role.CEC_CHAIR: Reach.EVERYWHERE},
        "results.determine": {Role.CEC_CHAIR: Reach.EVERYWHERE},
        "results.publish": {Role.CEC_CHAIR: Reach.EVERYWHERE, Role.CEC_OPERATOR: Reach.EVERYWHERE},
        "results.read": {
            **_TEC_DUTY,
            **_CEC_DUTY,
            Role.CEC_OPERATOR: Reach.EVERYWHERE,
        },
        "commissions.establish": _CEC_DUTY,
        "commissions.appoint": {**_CEC_DUTY, Role.TEC_CHAIR: Reach.OWN},
        "elections.call": _CEC_DUTY,
        "elections.record_moment": {Role.CEC_OPERATOR: Reach.EVERYWHERE, **_CEC_DUTY},
        "elections.fulfil": {
            **_TEC_DUTY,
            **_CEC_DUTY,
            Role.CEC_OPERATOR: Reach.EVERYWHERE,
            Role.PEC_CHAIR: Reach.OWN,
        },
        "elections.move_clock": {Role.CEC_CHAIR: Reach.EVERYWHERE, Role.CEC_OPERATOR: Reach.EVERYWHERE},
        "elections.read_lateness": {
            **_TEC_DUTY,
            **_CEC_DUTY,
            Role.CEC_OPERATOR: Reach.EVERYWHERE,
        },
        "elections.prepare": {Role.CEC_OPERATOR: Reach.EVERYWHERE, **_CEC_DUTY},
        "statute.import_text": {Role.CEC_OPERATOR: Reach.EVERYWHERE, **_CEC_DUTY},
        "territory.import": {Role.CEC_OPERATOR: Reach.EVERYWHERE, **_CEC_DUTY},
    }
)
"""Act -> role -> reach. What is not here is refused."""
