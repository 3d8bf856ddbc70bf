"""Every read of the register that a face needs."""

from shailoo.voters.queries.deliveries import (
    Kind,
    RegionRow,
    by_kind,
    by_precinct,
    by_region,
    deliveries,
    delivery,
    fault_file,
    faults,
    keys,
    rejections,
    waiting,
)
from shailoo.voters.queries.listed import Listed, history, listed_by_precinct, listed_on

__all__ = [
    "Kind",
    "Listed",
    "RegionRow",
    "by_kind",
    "by_precinct",
    "by_region",
    "deliveries",
    "delivery",
    "fault_file",
    "faults",
    "history",
    "keys",
    "listed_by_precinct",
    "listed_on",
    "rejections",
    "waiting",
]
