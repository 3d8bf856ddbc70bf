"""Everything that faces and other rooms read about results. Nothing here changes anything."""

from __future__ import annotations

from shailoo.results.queries.draft import Draft, Question, draft
from shailoo.results.queries.outcome import (
    Deputy,
    Mandates,
    SeatRow,
    as_determined,
    current_determination,
    determinations,
    facts,
    mandates,
    reckoned,
    recorded_steps,
    rests_on,
    seats,
    sensitivity,
    why,
)
from shailoo.results.queries.precincts import PrecinctRow, Standing, precinct_results
from shailoo.results.queries.progress import Hour, completeness, history, turnout
from shailoo.results.queries.publications import (
    Change,
    difference,
    earlier,
    latest_publication,
    publication,
    publications,
)
from shailoo.results.queries.readings import MovingTerm, decisions_on, moving_terms, readings_decided
from shailoo.results.queries.revision import revision
from shailoo.results.queries.sums import LINES
from shailoo.results.queries.tabulating import area_sums, children_rows, kind_rows, options_of, rows_of, tabulate
from shailoo.results.queries.territorial import (
    Disagreement,
    SummaryTable,
    TecRow,
    TecTabulation,
    disagreements,
    from_tec_protocols,
    latest_tec_protocols,
    summary_table,
    tec_protocols,
)

__all__ = [
    "LINES",
    "Change",
    "Deputy",
    "Disagreement",
    "Draft",
    "Hour",
    "Mandates",
    "MovingTerm",
    "PrecinctRow",
    "Question",
    "SeatRow",
    "Standing",
    "SummaryTable",
    "TecRow",
    "TecTabulation",
    "area_sums",
    "as_determined",
    "children_rows",
    "completeness",
    "current_determination",
    "decisions_on",
    "determinations",
    "difference",
    "disagreements",
    "draft",
    "earlier",
    "facts",
    "from_tec_protocols",
    "history",
    "kind_rows",
    "latest_publication",
    "latest_tec_protocols",
    "mandates",
    "moving_terms",
    "options_of",
    "precinct_results",
    "publication",
    "publications",
    "readings_decided",
    "reckoned",
    "recorded_steps",
    "rests_on",
    "revision",
    "rows_of",
    "seats",
    "sensitivity",
    "summary_table",
    "tabulate",
    "tec_protocols",
    "turnout",
    "why",
]
