"""What the law answers as sentences in Kyrgyz, Russian and English: the wording of a code with its facts put in.

Pure, and on the lowest floor, so that pages, papers and the command line say the same. `names` are those of lists,
candidates, regions and commissions by code, in the language asked for. A code without words, or facts that no wording
of it fits, raise KeyError: no language ever stands in for another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache
from string import Formatter
from types import MappingProxyType
from zoneinfo import ZoneInfo

from shailoo.law.outcome import Fact, Finding, NormId, Step
from shailoo.wording import Catalogue, entries, has, numbers, text

NO_NAMES: Mapping[str, str] = MappingProxyType({})
BISHKEK = ZoneInfo("Asia/Bishkek")
MONTHS = {  # English names; Kyrgyz and Russian write digits
    1: "January",
    2: "February",
    3: "March",
    4: "April",
    5: "May",
    6: "June",
    7: "July",
    8: "August",
    9: "September",
    10: "October",
    11: "November",
    12: "December",
}

EXACT = frozenset({"quotient", "parts", "remainder"})  # numbers of their own, in votes or mandates
LIMITS = frozenset({"threshold", "share_to_exceed", "terms_shortened_by"})  # shares that the law sets
SHARES = frozenset({"share"})  # shares that came about
_MOST_DECIMALS = 12


def step(found: Step, language: str, names: Mapping[str, str] = NO_NAMES) -> str:
    """A step of the "why?" page; a correlation with its verdict."""
    if has(Catalogue.CORRELATIONS, found.code):
        verdict = text(Catalogue.VALUES, f"verdict.{found.facts['verdict']}", language)
        return f"{found.code}: {correlation(found.code, language)} — {verdict}."
    return _sentence(Catalogue.STEPS, found.code, found.facts, language, names)


def finding(found: Finding, language: str, names: Mapping[str, str] = NO_NAMES) -> str:
    """A refusal, an obstacle or a breach; a broken correlation says what must hold and what to do."""
    try:
        return _sentence(Catalogue.FINDINGS, found.code, found.facts, language, names)
    except KeyError:
        if not has(Catalogue.CORRELATIONS, found.code):
            raise
        return f"{found.code}: {correlation(found.code, language)}. {breach(found.code, language)}."


def outcome(code: str, language: str) -> str:
    """What follows from the figures, as a headline ("allocated", "repeat_voting")."""
    return text(Catalogue.OUTCOMES, code, language)


def question(code: str, language: str, names: Mapping[str, str] = NO_NAMES) -> str:
    """A question that the law leaves open, or one of its options: a list, a figure to establish, another way on."""
    if code in names:
        return names[code]
    asked, _colon, name = code.partition(":")
    if name:
        return text(Catalogue.QUESTIONS, asked, language).format(figure=figure(name, language, names))
    return text(Catalogue.QUESTIONS, code, language)


def figure(name: str, language: str, names: Mapping[str, str] = NO_NAMES) -> str:
    """A figure that is missing: a line ("participated"), or one of a region ("regions.KG02.participated")."""
    if not name.startswith("regions."):
        return line_name(name, language, names)
    region, _dot, line = name.removeprefix("regions.").partition(".")
    return f"{names.get(region, region)}: {line_name(line, language, names)}"


def line_name(name: str, language: str, names: Mapping[str, str] = NO_NAMES) -> str:
    """A line of a protocol, a field of a structure ("mobile_boxes.found"), or the votes of an option ("votes.p03")."""
    option = name.removeprefix("votes.")
    return names[option] if option in names else text(Catalogue.LINES, name, language)


def part_name(name: str, language: str) -> str:
    """A field of a structure by its own name alone ("box_no")."""
    if has(Catalogue.LINES, name):
        return text(Catalogue.LINES, name, language)
    for known, words in entries(Catalogue.LINES).items():
        if known.endswith(f".{name}"):
            return words[language]
    raise KeyError(name)


def section(name: str, language: str) -> str:
    """A section of the protocol by its letter, or a page of its entry by its name."""
    return text(Catalogue.SECTIONS, name, language)


def correlation(code: str, language: str) -> str:
    """What a control correlation says must be true, without a full stop."""
    return text(Catalogue.CORRELATIONS, code, language)


def breach(code: str, language: str) -> str:
    """What a commission does where a control correlation does not hold, without a full stop."""
    return text(Catalogue.BREACHES, code, language)


def reading(name: str, language: str) -> str:
    """What a reading is about."""
    return text(Catalogue.READINGS, name, language)


def option(parameter: str, taken: str, language: str) -> str:
    """One of the options of a reading."""
    return text(Catalogue.READINGS, f"{parameter}.{taken}", language)


def state(name: str, language: str) -> str:
    """A state of a protocol, an act that moves it on, or where a precinct stands towards the totals."""
    return text(Catalogue.STATES, name, language)


def act(name: str, language: str) -> str:
    """An act as the ledger names it ("protocol.returned")."""
    return text(Catalogue.ACTS, name, language)


def norm(name: NormId, language: str) -> str:
    """Our summary of a norm in Kyrgyz or Russian; the English one is the rule of `law.norms`."""
    return text(Catalogue.NORMS, name, language)


def reason(name: str, language: str) -> str:
    """Why the default of a reading is taken, in Kyrgyz or Russian; the English one is its edition's `Reading.why`."""
    return text(Catalogue.REASONS, name, language)


def placeholders(pattern: str) -> frozenset[str]:
    """The facts that a wording asks for."""
    return frozenset(name for _text, name, _format, _conversion in Formatter().parse(pattern) if name)


# ------------------------------------------------------------------------------------- facts in words


def fact(
    name: str, value: Fact, language: str, names: Mapping[str, str] = NO_NAMES, *, limit: Fraction | None = None
) -> str:
    """One fact as it stands in a sentence; `name` says what kind of number or code it is.

    A share is written with two decimals, or as many more as it takes to tell it from the `limit` it is held against.
    """
    if has(Catalogue.VALUES, f"{name}.{value}"):
        return text(Catalogue.VALUES, f"{name}.{value}", language)
    if isinstance(value, date):
        return _moment(value, language)
    if isinstance(value, Decimal):
        return numbers.money(value, language)
    if isinstance(value, str):
        return _coded(name, value, language, names)
    if name in EXACT:
        return numbers.number(Fraction(value), language, 4)
    if name in LIMITS:
        return _limit(Fraction(value), language)
    if name in SHARES or isinstance(value, Fraction):
        return _share(Fraction(value), limit, language)
    return numbers.count(value)


def _sentence(
    catalogue: Catalogue, code: str, facts: Mapping[str, Fact], language: str, names: Mapping[str, str]
) -> str:
    """The wording of `code` that uses most of `facts`, with them put in."""
    limit = _limit_among(facts)
    for asked, pattern in _patterns(catalogue, code, language):
        if asked <= facts.keys():
            return pattern.format(**{name: fact(name, facts[name], language, names, limit=limit) for name in asked})
    raise KeyError(f"no wording of {code} fits {', '.join(facts) or 'no facts'}")


def _limit_among(facts: Mapping[str, Fact]) -> Fraction | None:
    """The share that the law sets, where the facts hold one."""
    for name in LIMITS & facts.keys():
        value = facts[name]
        if isinstance(value, (int, Fraction)):
            return Fraction(value)
    return None


@cache
def _patterns(catalogue: Catalogue, code: str, language: str) -> tuple[tuple[frozenset[str], str], ...]:
    """Every wording of a code ("code", "code.x") with the facts that it asks for, the most demanding first."""
    own = [words[language] for key, words in entries(catalogue).items() if key == code or key.startswith(f"{code}.")]
    return tuple(sorted(((placeholders(words), words) for words in own), key=lambda each: -len(each[0])))


def _share(value: Fraction, limit: Fraction | None, language: str) -> str:
    """8.9999 % must not read 9.00 % beside a threshold of 9 %."""
    decimals = 2
    while limit is not None and value != limit and decimals < _MOST_DECIMALS and _reads_as(value, limit, decimals):
        decimals += 1
    return numbers.percent(value, language, decimals)


def _reads_as(value: Fraction, limit: Fraction, decimals: int) -> bool:
    """Whether the share, rounded, can no longer be told from the limit."""
    return numbers.rounded(value * 100, decimals) == numbers.rounded(limit * 100, decimals)


def _limit(value: Fraction, language: str) -> str:
    """What the law sets: 9 %, 0.7 %, and 1/3 where no percentage is exact."""
    for decimals in range(3):
        if (value * 100 * 10**decimals).denominator == 1:
            return numbers.percent(value, language, decimals)
    return f"{value.numerator}/{value.denominator}"


def _moment(value: date, language: str) -> str:
    """A local day, or day and hour."""
    local = value.astimezone(BISHKEK) if isinstance(value, datetime) else value
    day = f"{local.day} {MONTHS[local.month]} {local.year}" if language == "en" else f"{local:%d.%m.%Y}"
    return f"{day} {local:%H:%M}" if isinstance(local, datetime) else day


def _coded(name: str, value: str, language: str, names: Mapping[str, str]) -> str:
    """A text that is a code, or several in one ("p01, p04"), by their words; other texts stand as they were given."""
    say = _SAYS.get(name, _as_given)
    return ", ".join(_said(say, name, part.strip(), language, names) for part in value.split(","))


def _said(say: _Saying, name: str, value: str, language: str, names: Mapping[str, str]) -> str:
    if value in names:
        return names[value]
    try:
        return say(name, value, language, names)
    except KeyError:  # somebody typed it, and it is no code
        return value


_Saying = Callable[[str, str, str, Mapping[str, str]], str]


def _as_given(_name: str, value: str, _language: str, _names: Mapping[str, str]) -> str:
    return value


def _by_reading(name: str, value: str, language: str, _names: Mapping[str, str]) -> str:
    return option(name, value, language)


def _by_question(_name: str, value: str, language: str, names: Mapping[str, str]) -> str:
    return question(value, language, names)


_SAYS: Mapping[str, _Saying] = MappingProxyType(
    {
        "line": lambda _name, value, language, names: line_name(value, language, names),
        "missing": lambda _name, value, language, names: figure(value, language, names),
        "question": _by_question,
        "option": _by_question,
        "options": _by_question,
        "state": lambda _name, value, language, _names: state(value, language),
        "page": lambda _name, value, language, _names: section(value, language),
        "pages": lambda _name, value, language, _names: section(value, language),
        "threshold_base": _by_reading,
        "regional_rule": _by_reading,
        "cap_surplus_rule": _by_reading,
        "repeat_voting_tie": _by_reading,
    }
)
"""How the facts are told whose texts are codes of a catalogue."""
