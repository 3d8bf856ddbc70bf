"""Every read of the lists that a face or another room needs."""

from shailoo.voters.lists.queries.editions import current, edition, editions, of_precinct
from shailoo.voters.lists.queries.lines import Line, found_in, lines, number_of
from shailoo.voters.lists.queries.published import MOST, Hit, asked_for, names, on_site, published_list, search
from shailoo.voters.lists.queries.sums import (
    Changed,
    Level,
    Place,
    changed_in_all,
    difference,
    differences,
    lists_of,
    places,
    sum_of,
)
from shailoo.voters.lists.queries.verifying import changed_lists, digest, is_as_recorded
from shailoo.voters.lists.queries.ways import Count, Way, counts, judge, postings_of, results_published, ways

__all__ = [
    "MOST",
    "Changed",
    "Count",
    "Hit",
    "Level",
    "Line",
    "Place",
    "Way",
    "asked_for",
    "changed_in_all",
    "changed_lists",
    "counts",
    "current",
    "difference",
    "differences",
    "digest",
    "edition",
    "editions",
    "found_in",
    "is_as_recorded",
    "judge",
    "lines",
    "lists_of",
    "names",
    "number_of",
    "of_precinct",
    "on_site",
    "places",
    "postings_of",
    "published_list",
    "results_published",
    "search",
    "sum_of",
    "ways",
]
