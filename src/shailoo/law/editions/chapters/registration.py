"""Numbers and open questions: registration, withdrawal, cancellation, mandates, vacancies (Art. 46, 53, 61, 65)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Registration:
    """What an edition says on registration, withdrawal, cancellation, mandates, vacancies."""
