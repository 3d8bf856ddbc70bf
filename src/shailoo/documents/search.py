"""The list of documents as its reader narrows it: by words, kind, body, year and language."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shailoo.accounts.models import Body
from shailoo.documents import queries
from shailoo.documents.forms import name_of
from shailoo.documents.models import Document

LANGUAGES = (("ky", _("Kyrgyz")), ("ru", _("Russian")), ("en", _("English")))
NO_CONTROL = RegexValidator(r"^[^\x00-\x1f\x7f]*\Z", _("Only letters, digits and signs."))


class DocumentSearch(forms.Form):
    """What is looked for. What cannot be read is told at its field and left out."""

    use_required_attribute = False
    q = forms.CharField(label=_("Number or words"), max_length=80, required=False, validators=[NO_CONTROL])
    kind = forms.ChoiceField(label=_("Document"), required=False)
    body = forms.ChoiceField(label=_("Issued by"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False, choices=[("", _("Every language")), *LANGUAGES])

    def __init__(self, data: Any) -> None:  # Any: Django's own
        super().__init__(data)
        self._kinds = {each: name_of(each) for each in queries.kinds()}
        by_name = sorted(self._kinds.items(), key=lambda pair: pair[1])
        self._offer("kind", [("", _("Every kind")), *by_name])
        self._offer("body", [("", _("Every commission")), *((each.code, _own(each)) for each in queries.bodies())])
        self._offer("year", [("", _("Every year")), *((str(each), str(each)) for each in queries.years())])
        self.full_clean()

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:  # Any: text, also of later
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def found(self) -> QuerySet[Document]:
        """The documents that fit, each language for itself."""
        asked = self.cleaned_data
        words = asked.get("q", "")
        named = [kind for kind, name in self._kinds.items() if words and words.casefold() in name.casefold()]
        return queries.documents(
            queries.Wanted(
                text=words,
                named=tuple(named),
                kind=asked.get("kind", ""),
                body=asked.get("body", ""),
                year=int(asked.get("year") or 0),
                language=asked.get("language", ""),
            )
        )


def _own(body: Body) -> str:
    return {"ru": body.name_ru, "en": body.name_en}.get((get_language() or "ky")[:2]) or body.name_ky
