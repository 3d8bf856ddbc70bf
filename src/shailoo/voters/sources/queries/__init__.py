"""Every read of the sources that a face needs."""

from shailoo.voters.sources.queries.addresses import home_rows, in_force, misplaced, placements, plan, plans

__all__ = ["home_rows", "in_force", "misplaced", "placements", "plan", "plans"]
