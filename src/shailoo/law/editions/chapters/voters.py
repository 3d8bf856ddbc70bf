"""Numbers and open questions: suffrage, precincts, voter lists, ballots, polling (Art. 3, 13 to 16, 30 to 35)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Voters:
    """What an edition says on suffrage, precincts, voter lists, ballots, polling."""
