"""Every read of voters' applications and of the register of mobile voting."""

from shailoo.voters.applications.queries.desks import (
    Tally,
    application,
    due_now,
    of_precinct,
    of_service,
    of_tec,
    overview,
    place_of,
    that_came_to,
    to_tell,
    waiting,
)
from shailoo.voters.applications.queries.following import follow
from shailoo.voters.applications.queries.mobile import (
    all_mobile_requests,
    by_precinct,
    mobile_requests,
    names,
    posting,
    register,
    request,
)

__all__ = [
    "Tally",
    "all_mobile_requests",
    "application",
    "by_precinct",
    "due_now",
    "follow",
    "mobile_requests",
    "names",
    "of_precinct",
    "of_service",
    "of_tec",
    "overview",
    "place_of",
    "posting",
    "register",
    "request",
    "that_came_to",
    "to_tell",
    "waiting",
]
