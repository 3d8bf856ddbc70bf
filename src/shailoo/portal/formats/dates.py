"""Dates, times and deadlines in words: local time of Asia/Bishkek, with the weekday, in three languages."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext, ngettext

BISHKEK = ZoneInfo("Asia/Bishkek")
LAST_DAY = timedelta(hours=24)

MONTHS = {
    # The month belongs to the year ("2020-жылдын 4-октябры"), so it takes the possessive ending.
    "ky": [
        "январы",
        "февралы",
        "марты",
        "апрели",
        "майы",
        "июну",
        "июлу",
        "августу",
        "сентябры",
        "октябры",
        "ноябры",
        "декабры",
    ],
    "ru": [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
WEEKDAYS = {
    "ky": ["дүйшөмбү", "шейшемби", "шаршемби", "бейшемби", "жума", "ишемби", "жекшемби"],
    "ru": ["понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}


def local(moment: datetime) -> datetime:
    """`moment` on the clock of Bishkek; raises ValueError for a moment without time zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be told in local time")
    return moment.astimezone(BISHKEK)


def local_day(day: date) -> date:
    """The local calendar day of a moment; a plain date is that day already."""
    return local(day).date() if isinstance(day, datetime) else day


def long_date(day: date, language: str) -> str:
    """A day without its weekday: 2020-жылдын 4-октябры, 4 октября 2020 г., 4 October 2020."""
    day = local_day(day)
    month = MONTHS[language][day.month - 1]
    if language == "ky":
        return f"{day.year}-жылдын {day.day}-{month}"
    return f"{day.day} {month} {day.year} г." if language == "ru" else f"{day.day} {month} {day.year}"


def full_date(day: date, language: str) -> str:
    """A day with its weekday: 2020-жылдын 4-октябры, жекшемби."""
    day = local_day(day)
    weekday = WEEKDAYS[language][day.weekday()]
    if language == "en":
        return f"{weekday}, {long_date(day, language)}"
    return f"{long_date(day, language)}, {weekday}"


def full_time(moment: datetime, language: str) -> str:
    """A moment as local day and clock: 2020-жылдын 4-октябры, 20:15."""
    moment = local(moment)
    return f"{long_date(moment.date(), language)}, {moment:%H:%M}"


def end_time(end: datetime, begun: datetime, language: str) -> str:
    """The end of a period that began at `begun`: its clock alone on the same local day, else its day as well."""
    same_day = local(end).date() == local(begun).date()
    return f"{local(end):%H:%M}" if same_day else full_time(end, language)


def full_moment(moment: datetime, language: str) -> str:
    """A moment with its weekday, for deadlines: 2020-жылдын 4-октябры, жекшемби, 20:15."""
    return f"{full_date(moment, language)}, {local(moment):%H:%M}"


def time_left(deadline: datetime, now: datetime) -> str:
    """What is left until `deadline`: whole days, in the last 24 hours hours, then minutes; or that it has passed."""
    left = deadline - now
    if left <= timedelta(0):
        return gettext("the deadline has passed")
    if left > LAST_DAY:
        return ngettext("%(count)d day left", "%(count)d days left", left.days) % {"count": left.days}
    hours = left // timedelta(hours=1)
    if hours:
        return ngettext("%(count)d hour left", "%(count)d hours left", hours) % {"count": hours}
    minutes = max(left // timedelta(minutes=1), 1)
    return ngettext("%(count)d minute left", "%(count)d minutes left", minutes) % {"count": minutes}
