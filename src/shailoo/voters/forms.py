"""What staff fill in at the register's pages. Forms only read; the actions decide."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from shailoo.law.outcome import Refused
from shailoo.voters import words

LARGEST = 14 * 1024 * 1024  # bytes of the file; larger deliveries come by the command line


class ActForm(forms.Form):
    """A form whose act can be refused: each finding is shown at the field that it names."""

    use_required_attribute = False

    def refuse(self, refused: Refused) -> None:
        """Put each refusal at its first field on this form, or at the top."""
        for found in refused.findings:
            self.add_error(next((name for name in found.fields if name in self.fields), None), words.finding(found))


def _file(label: object, hint: object) -> forms.FileField:
    return forms.FileField(
        label=label,  # type: ignore[arg-type]  # a lazy text
        help_text=hint,  # type: ignore[arg-type]  # as above
        error_messages={
            "required": _("Choose a file."),
            "missing": _("Choose a file."),
            "empty": _("The file is empty."),
        },
        max_length=200,
    )


class DeliveryForm(ActForm):
    """The three files of a delivery."""

    manifest = _file(_("Manifest"), _("JSON, as the Service has signed it"))
    signature = _file(_("Signature"), _("The file .minisig of the manifest"))
    file = _file(_("File of voters"), _("CSV, at most 14 MB; larger deliveries are received by the command line"))

    def clean_file(self) -> object:
        """Refuse what is too large for a page."""
        sent = self.cleaned_data["file"]
        if sent.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 14 MB. Receive it by the command line."))
        return sent


class ReasonForm(ActForm):
    """Why a delivery is refused, or a key is withdrawn."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The Service reads it. Do not name any voter."),
        widget=forms.Textarea({"rows": 4}),
        max_length=2_000,
        error_messages={"required": _("Write the reason.")},
    )


class KeyForm(ActForm):
    """A public key of the Service."""

    name = forms.CharField(
        label=_("Name of the key"), max_length=120, error_messages={"required": _("Write the name of the key.")}
    )
    public = forms.CharField(
        label=_("Public key"),
        help_text=_("One line that begins with RW, as the Service has handed it over"),
        max_length=400,
        error_messages={"required": _("Write the public key.")},
    )
