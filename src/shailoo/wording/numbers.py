"""Counts, shares and money as people read them; exact until the last moment, rounded half up only here."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

NO_BREAK = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
NONE = "\N{EM DASH}"


def count(value: int) -> str:
    """A whole number with its thousands held together: 1 887 345, the same in all three languages."""
    digits = f"{abs(value):,}".replace(",", NO_BREAK)
    return f"{MINUS}{digits}" if value < 0 else digits


def signed(value: int) -> str:
    """A change with its sign, for differences between versions: +12, −3, 0."""
    return f"+{count(value)}" if value > 0 else count(value)


def rounded(value: Fraction, decimals: int) -> tuple[int, str]:
    """`value` rounded half up (away from zero): the signed whole part carries no sign of its own at zero.

    Returns the number of units in the last place, with its sign, and its digits without sign and grouped,
    with a decimal point.
    """
    scale = 10**decimals
    units = (2 * abs(value.numerator) * scale + value.denominator) // (2 * value.denominator)
    whole, rest = divmod(units, scale)
    digits = count(whole) + (f".{rest:0{decimals}}" if decimals else "")
    return (-units if value < 0 else units), digits


def number(value: Fraction, language: str, decimals: int = 2) -> str:
    """An exact number written with `decimals` places: 15 727,88 in Kyrgyz and Russian, 15 727.88 in English."""
    units, digits = rounded(value, decimals)
    text = digits if language == "en" else digits.replace(".", ",")
    return f"{MINUS}{text}" if units < 0 else text


def percent(value: Fraction, language: str, decimals: int = 2) -> str:
    """A ratio as a percentage: 497/2000 is "24,85 %" in Kyrgyz and Russian, "24.85%" in English."""
    text = number(value * 100, language, decimals)
    return f"{text}%" if language == "en" else f"{text}{NO_BREAK}%"


def money(value: Decimal, language: str) -> str:
    """An amount in som: "200 000 сом", with two places where there are tyiyn: "1 500,50 сом"."""
    places = 0 if value == value.to_integral_value() else 2
    text = number(Fraction(value), language, places)
    return f"{text}{NO_BREAK}{'som' if language == 'en' else 'сом'}"


def exact(value: object) -> Fraction:
    """`value` as an exact fraction; raises TypeError for a float, which has lost its exactness already."""
    if isinstance(value, (int, Fraction, Decimal)) and not isinstance(value, bool):
        return Fraction(value)
    raise TypeError(f"an exact number is needed here, not {type(value).__name__}")
