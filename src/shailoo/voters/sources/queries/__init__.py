"""Every read of the sources that a face needs."""

from shailoo.voters.sources.queries.addresses import (
    HOME_COLUMNS,
    grounds,
    home_rows,
    in_force,
    misplaced,
    placements,
    plan,
    plans,
)
from shailoo.voters.sources.queries.reports import (
    Mission,
    faults_of,
    institution,
    institution_reports,
    kinds_of,
    mission_report,
    missions,
    people_of,
    taken_rows,
)

__all__ = [
    "HOME_COLUMNS",
    "Mission",
    "faults_of",
    "grounds",
    "home_rows",
    "in_force",
    "institution",
    "institution_reports",
    "kinds_of",
    "misplaced",
    "mission_report",
    "missions",
    "people_of",
    "placements",
    "plan",
    "plans",
    "taken_rows",
]
