"""The law's numbers and open questions on campaign funds, audit, deposits (Art. 41, 42, 53.4, 54, 61.2, 62)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Finance:
    """What an edition says on campaign funds, audit, deposits."""
