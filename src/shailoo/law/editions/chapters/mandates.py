"""The law's numbers and open questions on mandates before award, and vacancies (Art. 46.4, 65)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Mandates:
    """What an edition says on mandates before award, and vacancies (Art. 46.4, 65)."""
