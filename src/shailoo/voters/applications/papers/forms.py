"""The legal forms of this room."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from shailoo.documents.forms import Form
from shailoo.voters.applications.papers.contents import NoticePaper

NOTICE = "voter_application_answer"
FOLDER = Path(__file__).parent / "typst"

FORMS = (Form(NOTICE, _("Answer to a voter’s application"), NoticePaper, FOLDER / "notice.typ"),)
