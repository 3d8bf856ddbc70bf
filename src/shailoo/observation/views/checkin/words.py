"""All sentences that the door's page says, in the language of the reader: for its script and for its plain form."""

from __future__ import annotations

from urllib.parse import quote

from django.utils.translation import gettext_lazy as _

from shailoo.documents.certificates.views import words as certificates
from shailoo.observation.checkin import looking
from shailoo.observation.checkin.door import Who
from shailoo.observation.words.presence import Said, bans, kind, language, rights
from shailoo.wording import citations

WARNED = "warned"
"""A good certificate whose holder may all the same not come in now."""
VERDICTS = {str(verdict): told for verdict, told in certificates.VERDICTS.items()} | {
    looking.LISTED: (
        _("The number stands in the register"),
        _("A number proves nothing: compare name and photograph, and ask for an identity document."),
    ),
    looking.UNKNOWN_NUMBER: (
        _("This number is not on the list"),
        _("Scan the code on the badge: it proves itself. A badge whose code does not hold is not genuine."),
    ),
    looking.ANOTHER_ELECTION: (
        _("Not valid here: it is for another election"),
        _("The certificate is genuine and gives no rights at this election."),
    ),
    WARNED: (
        _("Stop: the certificate is good, something else is not"),
        _("Read the warning before you let this person in, and compare name and photograph."),
    ),
}
"""Verdict -> what it is, and what to do."""
FINDINGS = {
    "passage_already_inside": _("This person came in before, and leaving was not noted."),
    "observer_of_sender_already_in_premises": _(
        "Another observer of the same candidate or party is in the room. They observe in turns, one at a time."
    ),
    "another_commission": _("This person belongs to another commission and has no right to be in this room."),
    "without_observer": _("The observer is not inside. An interpreter comes and stays together with the observer."),
    "sender_unknown": _("This device does not know for whom this person comes. Read it on the badge."),
}
"""What the device says by itself; the server says it in the words of the law."""


def for_the_script() -> dict[str, object]:
    """Everything that the script of the page can say."""
    shared = certificates.for_the_script()
    return {
        "verdicts": {code: [str(what), str(advice)] for code, (what, advice) in VERDICTS.items()},
        "findings": {code: str(told) for code, told in FINDINGS.items()},
        "who": {who.value: kind(who) for who in Who},
        "powers": {who.value: {"rights": _rows(rights(who)), "bans": _rows(bans(who))} for who in Who},
        "only_if": str(_("only where:")),
        "inside_for": str(_("Inside for {sender}: {name}.")),
        "unknown_sender": str(_("Sender not known on this device")),
        "noted": {
            "in": str(_("Noted: {name} came in.")),
            "out": str(_("Noted: {name} left.")),
            "turned_away": str(_("Noted: {name} was turned away.")),
        },
        "waiting": str(_("{number} records wait on this device for a network.")),
        "all_sent": str(_("Everything is sent.")),
        "lists": str(
            _("{people} people on the list; {revoked} certificates are revoked, as of {made}, {hours} h ago.")
        ),
        **{name: shared[name] for name in ("no_lists", "no_camera", "no_code_in_picture", "same_name", "other_name")},
    }


def _rows(said: list[Said]) -> list[list[str]]:
    """Words, the address of the norm's page, its citation, and under what it holds."""
    code = language()
    return [
        [each.words, f"/{code}/law/{quote(each.norm)}/", citations.cite(each.norm, code), "; ".join(each.only)]
        for each in said
    ]
