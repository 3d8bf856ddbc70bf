"""Triggers that make a table append-only."""

from __future__ import annotations

import pgtrigger


def append_only(what: str) -> list[pgtrigger.Trigger]:
    """Refuse UPDATE, DELETE and TRUNCATE on a table; `what` names its rows in the triggers' names."""
    return [
        pgtrigger.Protect(name=f"{what}_are_never_changed", operation=pgtrigger.Update | pgtrigger.Delete),
        never_emptied(what),
    ]


def never_emptied(what: str) -> pgtrigger.Trigger:
    """Refuse TRUNCATE."""
    return pgtrigger.Trigger(
        name=f"{what}_are_never_emptied",
        operation=pgtrigger.Truncate,
        when=pgtrigger.Before,
        level=pgtrigger.Statement,
        func=f"RAISE EXCEPTION '{what.replace('_', ' ')} are never emptied' USING ERRCODE = 'check_violation';",
    )
