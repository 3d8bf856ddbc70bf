"""The words of the desk that decides, in the language of the page: kinds, grounds, states, what a list decides."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from shailoo.law.observation.accreditation import RefusalGround
from shailoo.law.observation.revocation import RevocationGround
from shailoo.observation.models import AnswerList, Application, Renewal, Sample
from shailoo.observation.queries.deciding import ACTIVE, ALL, ANSWERED, ENDED, WAITING
from shailoo.observation.words.intake import capital, finding, own, refusal, sentence, value
from shailoo.wording import LANGUAGES, Catalogue, has, numbers

__all__ = ["capital", "decision_texts", "finding", "grounds", "kind", "own", "refusal", "sentence", "value"]

AT_THE_DESK = _("Observers and mass media")
"""What the menus call the pages of this part."""
STATES: Mapping[str, Promise] = MappingProxyType(
    {
        WAITING: pgettext_lazy("application of observers", "waiting"),
        ANSWERED: pgettext_lazy("application of observers", "answered"),
        ALL: pgettext_lazy("application of observers", "all"),
        ACTIVE: pgettext_lazy("accreditation", "in force"),
        ENDED: pgettext_lazy("accreditation", "ended"),
    }
)
LIST_STATES: Mapping[str, tuple[Promise, str]] = MappingProxyType(
    {
        "open": (_("before the commission"), "blue"),
        "carried_out": (_("carried out"), "green"),
        "given_up": (_("given up"), "grey"),
    }
)
SAMPLES: Mapping[str, Promise] = MappingProxyType(
    {
        Sample.What.CERTIFICATE: _("Certificate of an international observer"),
        Sample.What.APPLICATION: _("Application for accreditation of international observers"),
    }
)
REASONS: Mapping[str, Promise] = MappingProxyType(
    {
        Renewal.Reason.LOST: _("The certificate was lost or is damaged"),
        Renewal.Reason.TERM: _("A repeat voting was appointed, the term goes on"),
    }
)


def kind(code: str) -> str:
    """As what people are to be accredited, beginning with a capital letter."""
    return capital(value("mandate", code))


def kinds() -> list[tuple[str, str]]:
    """Every kind with its words, for a filter."""
    return [(each.value, kind(each.value)) for each in Application.Kind]


def paper(code: str) -> str:
    """What a paper is called; its code where it has no words."""
    return capital(value("mandate_paper", code)) if has(Catalogue.VALUES, f"mandate_paper.{code}") else code


def invited_by(code: str) -> str:
    """The body that invited; empty where none is named."""
    return capital(value("inviting_body", code)) if code else ""


def grounds() -> list[tuple[str, str]]:
    """The grounds on which an international observer is refused."""
    return [(each.value, capital(value("refusal_ground", each.value))) for each in RefusalGround]


def revocation_grounds(codes: tuple[RevocationGround, ...]) -> list[tuple[str, str]]:
    """Grounds of taking an accreditation back, with their words."""
    return [(each.value, capital(value("accreditation_ground", each.value))) for each in codes]


def state_of(found: AnswerList) -> tuple[Promise, str]:
    """Where a list stands: words and colour."""
    if hasattr(found, "answering"):
        return LIST_STATES["carried_out"]
    return LIST_STATES["given_up" if hasattr(found, "given_up") else "open"]


_TEXT = _(
    "1. To accredit %(yes)s and to refuse %(no)s, as list %(list)s says (%(kind)s).\n"
    "2. The list is the annex of this decision; its SHA-256 is %(digest)s.\n"
    "3. Certificates, or reasoned refusals, are to be given to the applicants."
)


def decision_texts(found: AnswerList, yes: int, no: int) -> dict[str, str]:
    """The text that is put to the vote on a list, in every language."""
    told = {}
    for language in LANGUAGES:
        with override(language):
            facts = {"yes": numbers.count(yes), "no": numbers.count(no), "list": found.label, "digest": found.digest}
            told[language] = str(_TEXT) % {**facts, "kind": value("mandate", found.kind)}
    return told
