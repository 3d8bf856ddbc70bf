"""The law's numbers and open questions on complaints, liability, publication (Art. 37-1, 39, 43 to 45, 47, 58)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Complaints:
    """What an edition says on complaints, liability, publication."""
