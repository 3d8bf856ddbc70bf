"""Reading the readings: what commissions decided where the law is silent."""

from __future__ import annotations

from collections.abc import Mapping

from shailoo.elections.models import Election
from shailoo.results.models import ReadingTaken


def readings_decided(election: Election) -> Mapping[str, ReadingTaken]:
    """Parameter -> the latest decision of the CEC on it in this election."""
    return {each.parameter: each for each in ReadingTaken.objects.filter(election=election).order_by("at", "pk")}
