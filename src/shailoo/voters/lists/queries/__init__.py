"""Every read of the lists that a face or another room needs."""

from shailoo.voters.lists.queries.editions import current, edition, editions, of_precinct
from shailoo.voters.lists.queries.lines import Line, lines, number_of

__all__ = ["Line", "current", "edition", "editions", "lines", "number_of", "of_precinct"]
