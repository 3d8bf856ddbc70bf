"""A commission that keeps its register: its organization, its people, some partners."""

from __future__ import annotations

from datetime import UTC, datetime

AT = datetime(2026, 9, 5, 6, tzinfo=UTC)
