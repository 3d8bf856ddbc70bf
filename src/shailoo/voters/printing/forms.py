"""What staff fill in at the pages of lists on paper. Forms only read; the actions decide."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from shailoo.voters.forms import ActForm

MOST_SHEETS = 2_000


class BindForm(ActForm):
    """Sheets and seal of a bound copy."""

    sheets = forms.IntegerField(
        label=_("Sheets, as counted and numbered"),
        help_text=_("Leaves of paper: as many as pages, or half of them where both sides are printed"),
        min_value=1,
        max_value=MOST_SHEETS,
        error_messages={
            "required": _("Write the number of sheets."),
            "invalid": _("Write the number of sheets in figures."),
            "min_value": _("Write the number of sheets in figures."),
            "max_value": _("Write the number of sheets in figures."),
        },
    )
    seal = forms.CharField(
        label=_("Number of the seal"), max_length=40, error_messages={"required": _("Write the number of the seal.")}
    )


class AgainForm(ActForm):
    """Why a list is printed again."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("What became of the copy that is replaced. Do not name any voter."),
        widget=forms.Textarea({"rows": 3}),
        max_length=1_000,
        error_messages={"required": _("Write the reason.")},
    )


class ReceiptForm(ActForm):
    """What a precinct commission found when it received its lists."""

    remark = forms.CharField(
        label=_("Remarks"),
        help_text=_("Only if something is missing, open, or other than the act says. Do not name any voter."),
        widget=forms.Textarea({"rows": 3}),
        max_length=1_000,
        required=False,
    )
