"""From sums to pictures: which figure each bar, seat and area of a map shows, with the words and the address it has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from django.utils.translation import gettext as _

from shailoo.portal.bases import ShareBase
from shailoo.portal.charts.bars import BarRow, Bars, bars
from shailoo.portal.charts.hemicycle import Hemicycle, SeatList, hemicycle
from shailoo.portal.charts.shading import UNKNOWN, Figure, Key, tone_ranges, tones, winner
from shailoo.portal.templatetags.figures import language
from shailoo.portal.templatetags.figures import name as name_of
from shailoo.results.queries import turnout
from shailoo.results.tabulation import OptionRow, Row, Sums
from shailoo.wording import numbers

PALETTE = 17
AGAINST_ALL = "against_all"


def series_of(options: Sequence[OptionRow]) -> dict[str, int]:
    """Each option's place in the palette: its line on the ballot, "against all" always the last colour."""
    lists = [option for option in options if option.kind != AGAINST_ALL]
    places = {option.code: place % (PALETTE - 1) + 1 for place, option in enumerate(lists)}
    return places | {option.code: PALETTE for option in options if option.kind == AGAINST_ALL}


def votes_of(options: Sequence[OptionRow], sums: Sums) -> dict[str, int]:
    """Votes by option code, "against all" included."""
    lists = [option.code for option in options if option.kind != AGAINST_ALL]
    against = {option.code: sums.against_all for option in options if option.kind == AGAINST_ALL}
    return dict(zip(lists, sums.votes, strict=True)) | against


def result_bars(
    options: Sequence[OptionRow],
    sums: Sums,
    base: ShareBase,
    *,
    threshold: Fraction | None = None,
    hrefs: Mapping[str, str] | None = None,
) -> Bars:
    """The result as bars, longest first; `threshold` is the barrier of L64.2.a on the same base."""
    votes, series = votes_of(options, sums), series_of(options)
    rows = [
        BarRow(
            option.code, name_of(option), votes[option.code], series[option.code], (hrefs or {}).get(option.code, "")
        )
        for option in options
    ]
    return bars(rows, base=base.number, threshold=threshold)


def seat_picture(options: Sequence[OptionRow], seats: Mapping[str, int], total: int) -> Hemicycle:
    """The mandates of each list from left to right by the order of the ballot; what nobody holds is vacant."""
    series = series_of(options)
    lists = [
        SeatList(option.code, name_of(option), seats[option.code], series[option.code])
        for option in options
        if seats.get(option.code)
    ]
    return hemicycle(lists, total, vacant=_("Vacant"))


def seat_lists(options: Sequence[OptionRow], seats: Mapping[str, int]) -> list[SeatList]:
    """The lists that hold mandates, most mandates first."""
    series = series_of(options)
    held = [
        SeatList(option.code, name_of(option), seats[option.code], series[option.code])
        for option in options
        if seats.get(option.code)
    ]
    return sorted(held, key=lambda entry: -entry.seats)


def leader_figures(
    rows: Sequence[Row], options: Sequence[OptionRow], hrefs: Mapping[str, str]
) -> tuple[list[Figure], list[Key]]:
    """Who leads in each area, and the legend; a shared lead and an area without votes are marked unknown."""
    series, names = series_of(options), {option.code: name_of(option) for option in options}
    figures, leading = [], dict[str, str]()
    for row in rows:
        votes = votes_of(options, row.sums)
        fill = winner(votes, series)
        words = _none_leads(row.sums)
        if fill != UNKNOWN:
            first = max(votes, key=lambda code: votes[code])
            words, leading[fill] = _led_by(names[first], votes[first], row.sums), names[first]
        figures.append(Figure(row.code, name_of(row), words, fill, hrefs.get(row.code, "")))
    return figures, [Key(fill, words) for fill, words in sorted(leading.items())]


def turnout_figures(rows: Sequence[Row], hrefs: Mapping[str, str]) -> tuple[list[Figure], list[Key]]:
    """Turnout by fifths of the areas shown, and the legend."""
    values = {row.code: turnout(row.sums) for row in rows}
    fills, bounds = tones(values)
    figures = [
        Figure(row.code, name_of(row), _percent(values[row.code]), fills[row.code], hrefs.get(row.code, ""))
        for row in rows
    ]
    return figures, list(_ranges(bounds))


def _ranges(bounds: Sequence[Fraction]) -> Iterable[Key]:
    for fill, low, high in tone_ranges(bounds):
        yield Key(fill, f"{_percent(low)}\N{EN DASH}{_percent(high)}")


def _led_by(leader: str, votes: int, sums: Sums) -> str:
    return f"{leader}: {numbers.count(votes)} ({_percent(Fraction(votes, sums.cast))})"


def _none_leads(sums: Sums) -> str:
    return _("no list leads alone") if sums.cast else _("not counted yet")


def _percent(value: Fraction | None) -> str:
    return numbers.NONE if value is None else numbers.percent(value, language())
