"""What the pages say of a certificate, in the language of the reader."""

from __future__ import annotations

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from shailoo.documents.certificates.checking import Verdict
from shailoo.documents.certificates.code import Reach, Scope
from shailoo.documents.certificates.lists import Names
from shailoo.documents.certificates.models import Certificate
from shailoo.documents.certificates.queries import State

NO_LISTS = "no_lists"
PUBLIC, AT_THE_DESK = _("Check a certificate"), _("Certificates")  # as the navigation calls the places of this room

VERDICTS = {
    Verdict.VALID: (_("The certificate is valid"), _("Now compare the name and the photograph with the person.")),
    Verdict.EXPIRED: (_("Not valid: its term is over"), _("It was genuine. Its holder has no rights by it any more.")),
    Verdict.NOT_YET: (_("Not valid yet"), _("It is genuine, but its term has not begun.")),
    Verdict.REVOKED: (_("Not valid: it was revoked"), _("It was genuine. The commission took it back.")),
    Verdict.FORGED: (
        _("Not valid: it is forged"),
        _("The signature does not hold. Keep a picture of it and tell the commission."),
    ),
    Verdict.UNKNOWN_KEY: (
        _("Not valid: unknown key"),
        _("No commission known here signed it. Load the lists anew; if it stays so, it is not genuine."),
    ),
    Verdict.VERSION: (
        _("Not readable: another form of code"),
        _("It is no certificate of ours, or a newer one than this page knows. Load the page anew."),
    ),
    Verdict.DAMAGED: (
        _("Not readable: the code is damaged"),
        _("Scan it again in better light. A code that stays damaged proves nothing."),
    ),
    Verdict.NOT_A_CODE: (
        _("This is no certificate’s code"),
        _("The code is of another system, or the text is incomplete."),
    ),
    NO_LISTS: (
        _("The lists are missing on this device"),
        _("Open this page once with a network. After that it works without."),
    ),
}
"""Verdict -> what it is, and what to do."""

REACHES = {
    Reach.EVERYWHERE: _("everywhere"),
    Reach.BODY: "{place}",
    Reach.AREA: "{place}",
    Reach.PRECINCT: _("precinct {place}"),
}
ALL_ELECTIONS = _("all elections")

STATES = {
    State.VALID: (pgettext_lazy("certificate", "valid"), "green"),
    State.NOT_YET: (pgettext_lazy("certificate", "not valid yet"), "yellow"),
    State.EXPIRED: (pgettext_lazy("certificate", "expired"), "grey"),
    State.REVOKED: (pgettext_lazy("certificate", "revoked"), "red"),
}
"""State -> its word and the colour of its tag."""


def language() -> str:
    """The language of the page: ky, ru or en."""
    return (get_language() or "ky")[:2]


def place(scope: Scope, names: Names) -> str:
    """Where a certificate is good for."""
    return str(REACHES[scope.reach]).replace("{place}", names.get(language(), scope.place))


def election(scope: Scope, names: Names) -> str:
    """The election that a certificate is good for."""
    return names.get(language(), scope.election) if scope.election else str(ALL_ELECTIONS)


def kind(number: int) -> str:
    """What the holder is."""
    return str(Certificate.Kind(number).label)


def for_the_script() -> dict[str, object]:
    """All sentences that the checker's script shows."""
    return {
        "verdicts": {str(verdict): [str(what), str(advice)] for verdict, (what, advice) in VERDICTS.items()},
        "kinds": {str(each.value): str(each.label) for each in Certificate.Kind},
        "reaches": {str(reach.value): str(words) for reach, words in REACHES.items()},
        "all_elections": str(ALL_ELECTIONS),
        "lists": str(_("Lists of {made}, {hours} h old; {number} certificates are revoked.")),
        "late": str(_("Lists of {made}, {hours} h old; newer ones are due.")),
        "no_lists": str(VERDICTS[NO_LISTS][0]),
        "no_camera": str(_("The camera cannot be used: none, or not allowed. Choose a picture instead.")),
        "no_code_in_picture": str(_("No code was found in the picture. Take it from nearer and in better light.")),
        "same_name": str(_("The name is the holder’s.")),
        "other_name": str(_("The name is not the holder’s. Type it as printed; capitals and order do not matter.")),
    }
