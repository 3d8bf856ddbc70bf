"""Every read of the lists that a face or another room needs."""

from shailoo.voters.lists.queries.editions import current, edition, editions, of_precinct
from shailoo.voters.lists.queries.lines import Line, lines, number_of
from shailoo.voters.lists.queries.published import Hit, asked_for, names, on_site, published_list, search
from shailoo.voters.lists.queries.sums import (
    Changed,
    Level,
    Place,
    changed_in_all,
    difference,
    differences,
    lists_of,
    places,
)
from shailoo.voters.lists.queries.ways import Count, Way, counts, judge, postings_of, results_published, ways

__all__ = [
    "Changed",
    "Count",
    "Hit",
    "Level",
    "Line",
    "Place",
    "Way",
    "asked_for",
    "changed_in_all",
    "counts",
    "current",
    "difference",
    "differences",
    "edition",
    "editions",
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
    "ways",
]
