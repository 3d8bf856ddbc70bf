"""Every change of an election: calling it, preparing its voting, keeping its calendar, setting a rehearsal's clock.

`by` is None only for what the installation itself sets up before the first office exists; the ledger then names the
system as the one who acted.
"""

from __future__ import annotations

from shailoo.elections.actions.calling import CALLED_BY, Call, Called, call_election, objections, pinned_by
from shailoo.elections.actions.clock import move_clock, set_clock
from shailoo.elections.actions.preparing import BALLOT_OF, Line, set_ballot, set_drawn_ballot, set_lists, set_precincts
from shailoo.elections.actions.terms import compute_deadlines, fulfil, happened, postpone_voting, record_moment

__all__ = [
    "BALLOT_OF",
    "CALLED_BY",
    "Call",
    "Called",
    "Line",
    "call_election",
    "compute_deadlines",
    "fulfil",
    "happened",
    "move_clock",
    "objections",
    "pinned_by",
    "postpone_voting",
    "record_moment",
    "set_ballot",
    "set_clock",
    "set_drawn_ballot",
    "set_lists",
    "set_precincts",
]
