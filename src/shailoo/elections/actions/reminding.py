"""Reminding offices of their deadlines by mail: a few days before, on the last day, and once when it is late.

A reminder is a row that can stand only once (`an_office_is_reminded_once`), written in the transaction in which the
mail is handed over: a mail that cannot be sent leaves no row and is tried again, one that was sent is never sent again.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q

from shailoo.accounts.models import Office
from shailoo.accounts.roles import Role
from shailoo.commissions.models import Commission
from shailoo.elections.agenda import current, done_by, expected_bodies
from shailoo.elections.clock import local
from shailoo.elections.deadlines import Level, level_of
from shailoo.elections.models import Deadline, Reminder, Voting
from shailoo.law.calendar import event
from shailoo.wording import Catalogue, citations, text

DAYS_BEFORE = timedelta(days=3)
LAST_DAY = timedelta(days=1)
LATE_FOR = timedelta(days=2)  # what has been late for longer was said
REMINDED: Mapping[Level, tuple[Role, ...]] = {
    Level.PEC: (Role.PEC_CHAIR,),
    Level.TEC: (Role.TEC_CHAIR, Role.TEC_SECRETARY),
    Level.ONE: (Role.CEC_CHAIR, Role.CEC_OPERATOR),
}
LANGUAGES = ("ky", "ru")  # every mail is in both official languages
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reminded:
    """What one pass did: mails sent, offices without an address, mails that could not be sent."""

    sent: int = 0
    without_address: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class _Due:
    deadline: Deadline
    closes: datetime
    occasion: Reminder.Occasion


def remind(voting: Voting, *, at: datetime) -> Reminded:
    """Send every reminder of a voting's calendar that is due at the instant `at`, one mail for each office."""
    due: dict[int, list[_Due]] = {}
    for each in _near(voting, at):
        for office in _offices(voting, each.deadline, at):
            due.setdefault(office, []).append(each)
    offices = Office.objects.in_bulk(due)
    answers = [_send(voting, offices[pk], found, at) for pk, found in due.items()]
    return Reminded(answers.count("sent"), answers.count("without_address"), answers.count("failed"))


def _near(voting: Voting, at: datetime) -> Iterator[_Due]:
    """The deadlines that ask something and whose last moment is near, or passed not long ago."""
    for each in current(voting).filter(closes__isnull=False, not_applicable=""):
        if event(each.event).of_itself or each.closes is None or (each.opens is not None and at < each.opens):
            continue
        left = each.closes - at
        if -LATE_FOR < left <= timedelta(0):
            yield _Due(each, each.closes, Reminder.Occasion.LATE)
        elif timedelta(0) < left <= LAST_DAY:
            yield _Due(each, each.closes, Reminder.Occasion.LAST_DAY)
        elif LAST_DAY < left <= DAYS_BEFORE:
            yield _Due(each, each.closes, Reminder.Occasion.DAYS_BEFORE)


def _offices(voting: Voting, deadline: Deadline, at: datetime) -> list[int]:
    """The offices to remind: those in charge at the bodies that have not done it yet."""
    level = level_of(event(deadline.event))
    held = Office.objects.filter(Q(until__isnull=True) | Q(until__gt=at), since__lte=at, role__in=REMINDED[level])
    done = done_by(voting, deadline.event)
    if level is Level.ONE:
        cec = Commission.objects.filter(level=Commission.Level.CEC).values_list("pk", flat=True)
        return [] if done else list(held.filter(body__in=cec).values_list("pk", flat=True))
    missing = expected_bodies(voting, level) - done.keys()
    return list(held.filter(body__in=missing).values_list("pk", flat=True))


def _send(voting: Voting, office: Office, found: list[_Due], at: datetime) -> str:
    """One mail with what the office was not told yet: "sent", "without_address", "failed", or "" for nothing new."""
    if not office.person.email:
        return "without_address"
    try:
        with transaction.atomic():
            new = [each for each in found if _is_new(voting, office, each, at)]
            if not new:
                return ""
            _mail(voting, office, new).send()
    except (SMTPException, OSError) as broken:  # the rows are rolled back with it, so the next pass tries again
        _log.warning("a reminder to office %s could not be sent: %s", office.pk, type(broken).__name__)
        return "failed"
    return "sent"


def _is_new(voting: Voting, office: Office, due: _Due, at: datetime) -> bool:
    """Enter the reminder; False where it stands already."""
    name = due.deadline.event
    _row, new = Reminder.objects.get_or_create(
        voting=voting, event=name, office=office, occasion=due.occasion, closes=due.closes, defaults={"at": at}
    )
    return new


def _mail(voting: Voting, office: Office, found: list[_Due]) -> EmailMessage:
    """The same in Kyrgyz and Russian; no personal data but the address itself."""
    parts = [_part(voting, office, found, language) for language in LANGUAGES]
    subject = " / ".join(_SUBJECT[language].format(count=len(found)) for language in LANGUAGES)
    return EmailMessage(subject, "\n\n".join(parts), settings.DEFAULT_FROM_EMAIL, [office.person.email])


_SUBJECT = {"ky": "Мөөнөттөр: {count}", "ru": "Сроки: {count}"}
_REHEARSAL = {"ky": "МАШЫГУУ. Бул чыныгы шайлоо эмес.", "ru": "РЕПЕТИЦИЯ. Это не настоящие выборы."}
_LINE = {
    Reminder.Occasion.DAYS_BEFORE: {"ky": "{last} чейин", "ru": "до {last}"},
    Reminder.Occasion.LAST_DAY: {"ky": "АКЫРКЫ КҮН, {last} чейин", "ru": "ПОСЛЕДНИЙ ДЕНЬ, до {last}"},
    Reminder.Occasion.LATE: {"ky": "МӨӨНӨТҮ ӨТТҮ, {last} бүткөн", "ru": "ПРОСРОЧЕНО, истекло {last}"},
}
_DESK = {"ky": "Иш орду: {address}", "ru": "Рабочее место: {address}"}


def _part(voting: Voting, office: Office, found: list[_Due], language: str) -> str:
    election = voting.election
    names = {"ky": (election.name_ky, office.body.name_ky), "ru": (election.name_ru, office.body.name_ru)}
    lines = [_REHEARSAL[language]] if election.rehearsal else []
    lines += [*names[language], ""]
    for each in sorted(found, key=lambda due: due.closes):
        title = text(Catalogue.EVENTS, each.deadline.event, language)
        norms = "; ".join(citations.once(event(each.deadline.event).norms, language))
        last = f"{local(each.closes):%d.%m.%Y %H:%M}"
        lines.append(f"- {_LINE[each.occasion][language].format(last=last)}: {title} ({norms})")
    return "\n".join([*lines, "", _DESK[language].format(address=f"{settings.PUBLIC_ADDRESS}/{language}/desk/")])
