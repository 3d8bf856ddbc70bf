"""The legal forms of observation: annex, reasoned refusal, notice of an ending."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from shailoo.documents.forms import Form
from shailoo.observation.papers.contents import AnswerPaper

ANNEX, REFUSAL, ENDING = "accreditation_annex", "accreditation_refusal", "accreditation_ending"
_TEMPLATE = Path(__file__).parent / "typst" / "answer.typ"

FORMS = (
    Form(ANNEX, _("Annex to a decision on accreditation"), AnswerPaper, _TEMPLATE),
    Form(REFUSAL, _("Reasoned refusal of accreditation"), AnswerPaper, _TEMPLATE),
    Form(ENDING, _("Notice that an accreditation has ended"), AnswerPaper, _TEMPLATE),
)
