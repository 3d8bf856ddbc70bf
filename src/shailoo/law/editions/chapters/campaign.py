"""The law's numbers and open questions on campaigning, mass media, polls, air time, materials (Art. 22 to 29)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Campaign:
    """What an edition says on campaigning, mass media, polls, air time, materials."""
