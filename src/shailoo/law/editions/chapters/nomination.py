"""The law's numbers and open questions on candidates, lists, signatures, registration, withdrawal (Art. 21, 46, 49 to 53, 59 to 61)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Nomination:
    """What an edition says on candidates, lists, signatures, registration, withdrawal (Art. 21, 46, 49 to 53, 59 to 61)."""
