"""The records in a version of minutes as lines to read and to compare, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from shailoo.commissions import words
from shailoo.wording import LANGUAGES

BISHKEK = ZoneInfo("Asia/Bishkek")
Part: TypeAlias = Mapping[str, Any]  # Any: the content is JSON as `minuting.content_of` wrote it


def told(content: Part) -> list[str]:
    """What was recorded, one line for each fact, in the order of a sitting."""
    return [*_head(content["sitting"]), *_present(content["present"]), *(_items(content["items"]))]


def _head(sitting: Part) -> Iterator[str]:
    place = sitting["place"]
    said = place if isinstance(place, str) else _own(place)  # one text in versions of earlier days
    numbered = {"kind": words.KINDS[sitting["kind"]], "number": sitting["number"], "place": said}
    yield _("%(kind)s %(number)s, %(place)s") % numbered
    hours = {"opened": _time(sitting["opened_at"]), "closed": _time(sitting["closed_at"])}
    yield _("Opened: %(opened)s. Closed: %(closed)s.") % hours
    if sitting["chair"] and sitting["secretary"]:
        keepers = {"chair": sitting["chair"]["name"], "secretary": sitting["secretary"]["name"]}
        yield _("Chaired by %(chair)s; secretary %(secretary)s.") % keepers
        yield _("Seats: %(seats)s; needed for a quorum: %(quorum)s.") % dict(sitting)


def _present(present: Sequence[Part]) -> Iterator[str]:
    for each in present:
        came = {"name": each["name"], "as": words.ATTENDEES[each["attendee"]], "from": _time(each["arrived_at"])}
        if each["left_at"]:
            yield _("%(name)s (%(as)s): %(from)s – %(to)s") % {**came, "to": _time(each["left_at"])}
        else:
            yield _("%(name)s (%(as)s): from %(from)s") % came


def _items(items: Sequence[Part]) -> Iterator[str]:
    for item in items:
        yield f"{item['position']}. {_own(item['title'])} ({words.ITEM_STATES[item['state']][0]})"
        if item["reason"]:
            yield _("Reason: %(reason)s") % {"reason": item["reason"]}
        for motion in item["motions"]:
            yield from _motion(motion)


def _motion(motion: Part) -> Iterator[str]:
    if text := _own(motion["text"]):
        yield from text.splitlines()
    for vote in motion["votes"]:
        yield f"{vote['name']}: {words.CHOICES[vote['choice']]}"
    if counted := motion["conclusion"]:
        yield (
            _("For %(votes_for)s, against %(votes_against)s, abstained %(votes_abstained)s; needed %(needed)s.")
            % counted
        )
    if decision := motion["decision"]:
        yield _("Decision %(number)s") % {"number": decision["number"]}
        for each in decision["dissents"]:
            yield _("Individual opinion of %(name)s: %(text)s") % {"name": each["name"], "text": each["text"]}


def _own(texts: Mapping[str, str]) -> str:
    """The text in the language of the page, else in the first that has it."""
    return next((texts[code] for code in dict.fromkeys((words.language(), *LANGUAGES)) if texts.get(code)), "")


def _time(written: str | None) -> str:
    return f"{datetime.fromisoformat(written).astimezone(BISHKEK):%d.%m.%Y %H:%M}" if written else "—"
