"""The law's numbers and open questions on candidates, signatures, lists (Art. 21, 49 to 52, 59, 60)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Nomination:
    """What an edition says on candidates, signatures, lists."""
