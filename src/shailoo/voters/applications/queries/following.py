"""An application by its number and code, as its voter knows them. A wrong number and a wrong code answer alike."""

from __future__ import annotations

import hmac
import re

from shailoo.voters.applications.dossier import code_mark
from shailoo.voters.applications.models import Application

_LABEL = re.compile(r"\s*([0-9A-Za-z.-]{1,16})\s*/\s*([0-9]{1,9})\s*", re.ASCII)
_NOBODY = "voter_application:0"


def follow(label: str, code: str) -> Application | None:
    """The application of that number, if the code is its own.

    A mark is worked out for every try, so that the time tells no number that exists from one that does not.
    """
    found = _LABEL.fullmatch(label)
    candidates = _numbered(found[1], int(found[2])) if found else []
    answer = None
    for each in candidates:
        if hmac.compare_digest(each.code_mark, code_mark(code, each.subject)):
            answer = each
    if not candidates:
        code_mark(code, _NOBODY)
    return answer


def _numbered(precinct: str, number: int) -> list[Application]:
    """Those of that number; one of each voting."""
    found = Application.objects.filter(precinct__number=precinct, number=number)
    return list(found.select_related("voting__election__clock", "precinct", "target", "tec__body"))
