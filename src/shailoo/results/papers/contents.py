"""What stands in each paper: typed data in one language, from what a commission signed or determined.

`Protocol`, `Summary` and `MandateProtocol` are the data of the forms in `results.papers.forms`. Figures are counts,
None where one is unknown; shares and remainders are written out as they are printed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypedDict

from shailoo.law.mandates import Allocation
from shailoo.law.outcome import Outcome
from shailoo.law.protocol.summed import SUMMED_LINES
from shailoo.results.papers.words import WORDS
from shailoo.results.reckoning import Facts, Reckoned
from shailoo.results.tabulation import OptionRow, Row
from shailoo.wording import Catalogue, numbers, text

COLUMNS_A_PART = 19  # columns of figures that fit a landscape page


@dataclass(frozen=True, slots=True)
class Head:
    """Who issues a paper, about which election, and how its outcome is called."""

    issuer: str
    election: str
    decided: str
    language: str

    @property
    def words(self) -> Mapping[str, str]:
        return WORDS[self.language]

    def of(self, kind: str) -> Common:
        """The members that every paper has."""
        return Common(
            title=self.words[kind],
            issuer=self.issuer,
            election=self.election,
            decided=self.decided,
            words=dict(self.words),
            signatures=(self.words["chair"], self.words["secretary"]),
        )


class Common(TypedDict):
    """The members that every paper has, as they are given to its data class."""

    title: str
    issuer: str
    election: str
    decided: str
    words: Mapping[str, str]
    signatures: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What every paper has; `words` are its fixed words, `signatures` the offices that sign it."""

    title: str
    issuer: str
    election: str
    decided: str
    words: Mapping[str, str]
    signatures: tuple[str, ...]
    rehearsal: bool = False


@dataclass(frozen=True, kw_only=True)
class Protocol(Paper):
    """A commission's protocol: what it rests on, summed lines, votes (place, option, count, share)."""

    basis: tuple[tuple[str, int], ...]
    lines: tuple[tuple[str, int | None], ...]
    votes: tuple[tuple[int, str, int, str], ...]
    share_of: str
    notes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Part:
    """As many columns of a summary table as fit a page, by their numbers; a row is a name and its cells."""

    columns: tuple[int, ...]
    rows: tuple[tuple[str | int | None, ...], ...]
    total: tuple[int | None, ...]


@dataclass(frozen=True, kw_only=True)
class Summary(Paper):
    """A summary table: the names of its numbered columns, its parts, the precincts that are not in the sums and why."""

    columns: tuple[str, ...]
    parts: tuple[Part, ...]
    not_summed: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class ElectedOf:
    """A list and its elected by rank."""

    name: str
    candidates: tuple[tuple[int, str], ...]


@dataclass(frozen=True, kw_only=True)
class MandateProtocol(Paper):
    """The protocol on mandates: admitted lists (name, votes, share, whole part, remainder, mandates), the others."""

    admitted: tuple[tuple[str, int, str, int | None, str, int], ...]
    excluded: tuple[tuple[str, int, str], ...]
    quotient: str
    vacant: str
    elected: tuple[ElectedOf, ...]
    grounds: tuple[str, ...]


def protocol(
    head: Head,
    kind: str,
    *,
    basis: Sequence[tuple[str, int]],
    options: Sequence[OptionRow],
    lines: Mapping[str, int | None],
    votes: Sequence[int],
    base: tuple[str, int],
    notes: Sequence[str],
) -> Protocol:
    """A commission's protocol (L36.2.b3, L37.2.a1): what it rests on, every summed line, votes with their share."""
    against = lines["against_all"] or 0
    counts = [*votes, against]
    name, whole = base
    return Protocol(
        **head.of(kind),
        basis=tuple((head.words[code], number) for code, number in basis),
        lines=tuple((line_name(line, head.language), lines[line]) for line in SUMMED_LINES),
        votes=tuple(
            (option.position, option_name(option, head.language), count, share(count, whole, head.language))
            for option, count in zip(options, counts, strict=True)
        ),
        share_of=head.words["share_of"].format(base=head.words[name], count=numbers.count(whole)),
        notes=tuple(notes),
    )


def summary(
    head: Head,
    kind: str,
    *,
    options: Sequence[OptionRow],
    rows: Sequence[tuple[str, Sequence[int | None]]],
    total: Sequence[int | None],
    not_summed: Sequence[tuple[str, str]],
) -> Summary:
    """A summary table (L36.2.b3, L37.2.a2): one row per lower commission, lines then votes as numbered columns."""
    names = [line_name(line, head.language) for line in SUMMED_LINES]
    columns = [*names, *(option_name(option, head.language) for option in options if option.kind != "against_all")]
    cuts = range(0, len(columns), COLUMNS_A_PART)
    parts = tuple(
        Part(
            columns=tuple(range(cut + 1, min(cut + COLUMNS_A_PART, len(columns)) + 1)),
            rows=tuple((name, *cells[cut : cut + COLUMNS_A_PART]) for name, cells in rows),
            total=tuple(total[cut : cut + COLUMNS_A_PART]),
        )
        for cut in cuts
    )
    return Summary(**head.of(kind), columns=tuple(columns), parts=parts, not_summed=tuple(not_summed))


def mandates(
    head: Head,
    facts: Facts,
    outcome: Outcome[Reckoned],
    allocation: Allocation,
    base: int,
    elected: Sequence[tuple[str, Sequence[tuple[int, str]]]],
) -> MandateProtocol:
    """The protocol on the distribution of mandates (L64.6): lists, quotient, mandates, names of the elected."""
    codes = [option.code for option in facts.options if option.kind != "against_all"]
    votes = dict(zip(codes, facts.national.votes, strict=True))
    names = {option.code: option_name(option, head.language) for option in facts.options}
    first = allocation.rounds[0] if allocation.rounds else None
    words = head.words
    admitted = tuple(
        (
            names[code],
            votes[code],
            share(votes[code], base, head.language),
            first.whole[code] if first else None,
            numbers.number(first.remainders[code], head.language, 4) if first else "",
            allocation.seats.get(code, 0),
        )
        for code in allocation.admitted
    )
    quotient = (
        words["quotient"].format(
            votes=numbers.count(first.votes),
            mandates=numbers.count(first.mandates),
            quotient=numbers.number(first.quotient, head.language, 4),
        )
        if first
        else ""
    )
    return MandateProtocol(
        **head.of("mandate_protocol"),
        admitted=admitted,
        excluded=tuple(
            (names[code], votes[code], share(votes[code], base, head.language)) for code in allocation.excluded
        ),
        quotient=quotient,
        vacant=words["vacant"].format(count=allocation.vacant) if allocation.vacant else "",
        elected=tuple(ElectedOf(name=names[code], candidates=tuple(people)) for code, people in elected),
        grounds=tuple(outcome.grounds),
    )


def row_cells(row: Row) -> list[int | None]:
    """A commission's cells in the order of the summary table's columns."""
    return [*(row.sums.lines[line] for line in SUMMED_LINES), *row.sums.votes]


def line_name(line: str, language: str) -> str:
    return text(Catalogue.LINES, line, language)


def option_name(option: OptionRow, language: str) -> str:
    return option.name_ky if language == "ky" else option.name_ru


def share(count: int, whole: int, language: str) -> str:
    """A count's percentage of the base, two places; a dash where there is no base."""
    return numbers.percent(Fraction(count, whole), language) if whole else numbers.NONE
