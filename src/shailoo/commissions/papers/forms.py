"""The legal forms of commissions: a decision, and the minutes of a sitting."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from shailoo.commissions.papers.contents import CommissionDecision, CommissionMinutes
from shailoo.documents.forms import Form

DECISION, MINUTES = "commission_decision", "commission_minutes"
_TEMPLATES = Path(__file__).parent / "typst"

FORMS = (
    Form(DECISION, _("Decision of a commission"), CommissionDecision, _TEMPLATES / "decision.typ"),
    Form(MINUTES, _("Minutes of a sitting"), CommissionMinutes, _TEMPLATES / "minutes.typ"),
)
