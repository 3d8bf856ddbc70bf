"""Every read of lists on paper that a face needs."""

from shailoo.voters.printing.queries.copies import (
    PrecinctRow,
    copies_of,
    copy,
    lists_of_tec,
    printed_of_tec,
    ready,
    rows_of_tec,
    state_of,
    tec_of,
)
from shailoo.voters.printing.queries.custody import handover, handovers_to
from shailoo.voters.printing.queries.lateness import Lateness
from shailoo.voters.printing.queries.progress import Made, TecRow, batch, by_tec, made, printed_of, work_of

__all__ = [
    "Lateness",
    "Made",
    "PrecinctRow",
    "TecRow",
    "batch",
    "by_tec",
    "copies_of",
    "copy",
    "handover",
    "handovers_to",
    "lists_of_tec",
    "made",
    "printed_of",
    "printed_of_tec",
    "ready",
    "rows_of_tec",
    "state_of",
    "tec_of",
    "work_of",
]
