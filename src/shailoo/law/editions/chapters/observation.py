"""Numbers and open questions: observers, mass media, representatives (Art. 8 to 11, 17 to 20, the Regulation)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Observation:
    """What an edition says on observers, mass media, representatives."""
