"""What stands in each paper: typed rows in one language, from what a commission signed or determined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

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

    def of(self, kind: str) -> dict[str, object]:
        """The members that every paper has."""
        signed = [self.words["chair"], self.words["secretary"]]
        return {
            "title": self.words[kind],
            "issuer": self.issuer,
            "election": self.election,
            "decided": self.decided,
            "words": dict(self.words),
            "signatures": signed,
        }


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
) -> dict[str, object]:
    """A commission's protocol (L36.2.b3, L37.2.a1): what it rests on, every summed line, votes with their share."""
    against = lines["against_all"] or 0
    counts = [*votes, against]
    name, whole = base
    return head.of(kind) | {
        "basis": [[head.words[code], number] for code, number in basis],
        "lines": [[line_name(line, head.language), lines[line]] for line in SUMMED_LINES],
        "votes": [
            [option.position, option_name(option, head.language), count, share(count, whole, head.language)]
            for option, count in zip(options, counts, strict=True)
        ],
        "share_of": head.words["share_of"].format(base=head.words[name], count=numbers.count(whole)),
        "notes": list(notes),
    }


def summary(
    head: Head,
    kind: str,
    *,
    options: Sequence[OptionRow],
    rows: Sequence[tuple[str, Sequence[int | None]]],
    total: Sequence[int | None],
    not_summed: Sequence[tuple[str, str]],
) -> dict[str, object]:
    """A summary table (L36.2.b3, L37.2.a2): one row per lower commission, lines then votes as numbered columns."""
    names = [line_name(line, head.language) for line in SUMMED_LINES]
    columns = [*names, *(option_name(option, head.language) for option in options if option.kind != "against_all")]
    cuts = range(0, len(columns), COLUMNS_A_PART)
    parts = [
        {
            "columns": list(range(cut + 1, min(cut + COLUMNS_A_PART, len(columns)) + 1)),
            "rows": [[name, *cells[cut : cut + COLUMNS_A_PART]] for name, cells in rows],
            "total": list(total[cut : cut + COLUMNS_A_PART]),
        }
        for cut in cuts
    ]
    return head.of(kind) | {"columns": columns, "parts": parts, "not_summed": [list(row) for row in not_summed]}


def mandates(
    head: Head,
    facts: Facts,
    outcome: Outcome[Reckoned],
    allocation: Allocation,
    base: int,
    elected: Sequence[tuple[str, Sequence[tuple[int, str]]]],
) -> dict[str, object]:
    """The protocol on the distribution of mandates (L64.6): lists, quotient, mandates, names of the elected."""
    codes = [option.code for option in facts.options if option.kind != "against_all"]
    votes = dict(zip(codes, facts.national.votes, strict=True))
    names = {option.code: option_name(option, head.language) for option in facts.options}
    first = allocation.rounds[0] if allocation.rounds else None
    words = head.words
    admitted = [
        [
            names[code],
            votes[code],
            share(votes[code], base, head.language),
            first.whole[code] if first else None,
            numbers.number(first.remainders[code], head.language, 4) if first else "",
            allocation.seats.get(code, 0),
        ]
        for code in allocation.admitted
    ]
    quotient = (
        words["quotient"].format(
            votes=numbers.count(first.votes),
            mandates=numbers.count(first.mandates),
            quotient=numbers.number(first.quotient, head.language, 4),
        )
        if first
        else ""
    )
    return head.of("mandate_protocol") | {
        "admitted": admitted,
        "excluded": [
            [names[code], votes[code], share(votes[code], base, head.language)] for code in allocation.excluded
        ],
        "quotient": quotient,
        "vacant": words["vacant"].format(count=allocation.vacant) if allocation.vacant else "",
        "elected": [
            {"name": names[code], "candidates": [[rank, name] for rank, name in people]} for code, people in elected
        ],
        "grounds": list(outcome.grounds),
    }


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
