"""The voting results protocol: its lines, and the control correlations that a protocol must satisfy (L34 to L36)."""

from __future__ import annotations

from shailoo.law.protocol.checking import Check, Result, Verdict, check
from shailoo.law.protocol.correlations import Correlation, Level, Nature, at_level, correlation, correlations
from shailoo.law.protocol.form import (
    Fact,
    Line,
    LineType,
    ProtocolDataError,
    Source,
    Structure,
    StructureKind,
    derive,
    facts,
    integer_lines,
    line,
    lines,
    pages,
    required_lines,
)
from shailoo.law.protocol.formula import Formula, FormulaError
from shailoo.law.protocol.reading import Given, read

__all__ = [
    "Check",
    "Correlation",
    "Fact",
    "Formula",
    "FormulaError",
    "Given",
    "Level",
    "Line",
    "LineType",
    "Nature",
    "ProtocolDataError",
    "Result",
    "Source",
    "Structure",
    "StructureKind",
    "Verdict",
    "at_level",
    "check",
    "correlation",
    "correlations",
    "derive",
    "facts",
    "integer_lines",
    "line",
    "lines",
    "pages",
    "read",
    "required_lines",
]
