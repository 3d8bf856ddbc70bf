"""The words of this room's codes in the language of the page; refusals and steps have theirs in `wording`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from shailoo.law.outcome import Finding, Step
from shailoo.wording import LANGUAGES, sentences
from shailoo.wording.citations import cite

TITLES: Mapping[str, Promise] = {
    "commissions": _("Election commissions"),
    "sittings": _("Sittings of commissions"),
    "decisions": _("Decisions of commissions"),
}
NAVIGATION: Mapping[str, Promise] = {
    "commissions": pgettext_lazy("navigation", "Commissions"),
    "sittings": pgettext_lazy("navigation", "Sittings"),
}
DUTIES: Mapping[str, Promise] = {
    "sit": _("Sittings of your commission today"),
    "write": _("Sittings whose minutes are to be written"),
    "sign": _("Minutes to sign"),
    "announce": _("Signed minutes to make public"),
    "publish": _("Decisions to make public"),
}
MATTERS: Mapping[str, Promise] = {
    "determination": _("Determination of the result"),
    "recount": _("Recount of votes at a precinct"),
    "correction": _("Correction of a precinct’s protocol"),
    "invalidation": _("Invalidity of results at a precinct"),
    "lifting": _("Lifting of an earlier decision"),
    "reading": _("Reading of a norm"),
    "question": _("Question that the law leaves open"),
    "calling": _("Calling of an election"),
    "precincts": _("Precincts"),
    "registration": _("Registration"),
    "appointment": _("Appointment"),
    "establishment": _("Formation of a commission"),
    "accreditation": _("Accreditation"),
    "revocation": _("Withdrawal of an accreditation"),
    "working_group": _("Working groups and divisions"),
    "form": _("Approval of a form"),
    "complaint": _("Complaint"),
    "lot": _("Drawing of lots"),
    "document": _("Approval of a document"),
    "other": pgettext_lazy("matter of a decision", "Other matters"),
}
KINDS: Mapping[str, Promise] = {
    "regular": _("regular sitting"),
    "extraordinary": _("extraordinary sitting"),
    "final": _("final sitting"),
}
STATES: Mapping[str, tuple[Promise, str]] = {
    "called": (_("called"), "blue"),
    "open": (pgettext_lazy("sitting", "in session"), "yellow"),
    "closed": (pgettext_lazy("sitting", "held"), "green"),
    "cancelled": (_("cancelled"), "grey"),
}
ITEM_STATES: Mapping[str, tuple[Promise, str]] = {
    "proposed": (_("proposed"), "yellow"),
    "included": (_("on the agenda"), "blue"),
    "declined": (_("not taken up"), "grey"),
}
CHOICES: Mapping[str, Promise] = {
    "for": pgettext_lazy("vote", "For"),
    "against": pgettext_lazy("vote", "Against"),
    "abstained": pgettext_lazy("vote", "Abstained"),
}
STAGES: Mapping[str, tuple[Promise, str]] = {
    "draft": (_("draft"), "grey"),
    "signed": (_("signed"), "blue"),
    "published": (_("published"), "green"),
}
POSTS: Mapping[str, Promise] = {
    "head": _("Head of the group"),
    "secretary": _("Secretary of the group"),
    "member": _("Member of the group"),
}
DIVISIONS: Mapping[str, Promise] = {"department": _("Department"), "division": _("Division")}
ATTENDEES: Mapping[str, Promise] = {
    "member": _("Member of this commission"),
    "superior_member": _("Member of a superior commission"),
    "candidate": _("Candidate"),
    "commission_representative": _("Representative in this commission"),
    "authorized_representative": _("Authorized representative"),
    "proxy": _("Proxy"),
    "observer": _("Observer"),
    "citizen_observer": _("Citizen observer"),
    "international_observer": _("International observer"),
    "media_representative": _("Representative of the media"),
    "anybody_else": _("Somebody else"),
}


def language() -> str:
    """The language of the page; Kyrgyz where none is set."""
    code = (get_language() or LANGUAGES[0])[:2]
    return code if code in LANGUAGES else LANGUAGES[0]


def own(record: object, name: str) -> str:
    """A text that stands in several languages (`text_ky`, `text_ru`, `text_en`): that of the page, else the first."""
    for code in dict.fromkeys((language(), *LANGUAGES)):
        if found := getattr(record, f"{name}_{code}", ""):
            return str(found)
    return ""


def tongue(record: object, name: str) -> str:
    """The language in which `own` answers, for the `lang` of the element that shows it."""
    return next(
        (code for code in dict.fromkeys((language(), *LANGUAGES)) if getattr(record, f"{name}_{code}", "")),
        language(),
    )


def sentence(found: Finding) -> str:
    """A refusal as a sentence, where its norm stands beside it."""
    return sentences.finding(found, language())


def finding(found: Finding) -> str:
    """A refusal as a sentence with its norm."""
    return f"{sentence(found)} ({cite(found.norm, language())})"


def steps(found: Iterable[Step]) -> list[tuple[str, str]]:
    """The "why?" of an answer of the law: (sentence, norm)."""
    return [(sentences.step(each, language()), each.norm) for each in found]
