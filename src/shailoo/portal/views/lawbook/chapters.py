"""The chapters of the law, and what each article is about, in our own words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shailoo.portal.templatetags.figures import language
from shailoo.wording import Catalogue, has, text


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: its number as the law writes it, its subject, and the articles from first to last."""

    number: str
    subject: Promise
    act: str  # L the law, E its edition of 2021, R the regulation on observers, B the booklet for them
    first: int = 0
    last: int = 999


CHAPTERS: tuple[Chapter, ...] = (
    Chapter("I", _("General provisions and electoral rights"), "L", 0, 11),
    Chapter("II", _("Election commissions and precincts"), "L", 12, 13),
    Chapter("III", _("Voter lists"), "L", 14, 16),
    Chapter("IV", _("Representatives, and the status of candidates"), "L", 17, 21),
    Chapter("V", _("Information and campaigning"), "L", 22, 28),
    Chapter("VI", _("Voting"), "L", 29, 33),
    Chapter("VII", _("Establishing the results"), "L", 34, 39),
    Chapter("VIII", _("Election finance"), "L", 40, 42),
    Chapter("IX", _("Guarantees of free elections"), "L", 43, 47),
    Chapter("X", _("Election of the President"), "L", 48, 58),
    Chapter("XI", _("Election of the Jogorku Kenesh"), "L", 59, 65),
    Chapter("XII", _("Final provisions"), "L", 66, 67),
    Chapter("", _("Regulation on international observers"), "R"),
    Chapter("", _("Excerpts of the law as amended in 2021"), "E"),
    Chapter("", _("The commission's booklet for international observers"), "B"),
)


def of(article: str) -> Chapter:
    """The chapter of an article: "L37-1" stands in the seventh."""
    number = int(article[1:].partition("-")[0])
    return next(each for each in CHAPTERS if each.act == article[0] and each.first <= number <= each.last)


def subject(article: str) -> str:
    """What an article is about; "" where it has no words."""
    code = f"article.{'L' + article[1:] if article[0] == 'E' else article}"
    return text(Catalogue.VALUES, code, language()) if has(Catalogue.VALUES, code) else ""
