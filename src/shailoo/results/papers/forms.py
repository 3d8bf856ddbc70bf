"""The legal forms of results, in Kyrgyz and Russian: protocols and summary tables of the TECs and the CEC."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from shailoo.documents.forms import Form
from shailoo.documents.rendering import PLAIN
from shailoo.results.papers.contents import MandateProtocol, Protocol, Summary
from shailoo.results.papers.words import LANGUAGES

_TEMPLATES = Path(__file__).parent / "typst"
_PROTOCOL, _SUMMARY, _MANDATES = (_TEMPLATES / f"{name}.typ" for name in ("protocol", "summary", "mandates"))

FORMS = (
    Form("cec_protocol", _("Protocol of the CEC on the results"), Protocol, _PROTOCOL, LANGUAGES),
    Form(
        "mandate_protocol",
        _("Protocol of the CEC on the distribution of mandates"),
        MandateProtocol,
        _MANDATES,
        LANGUAGES,
    ),
    Form("cec_summary_table", _("Summary table of the CEC"), Summary, _SUMMARY, LANGUAGES, PLAIN),
    Form("tec_protocol", _("Protocol of the territorial commission"), Protocol, _PROTOCOL, LANGUAGES),
    Form("tec_summary_table", _("Summary table of the territorial commission"), Summary, _SUMMARY, LANGUAGES, PLAIN),
)
