"""The one error of this room: a sentence that a person at the machine can act on."""

from __future__ import annotations


class ServerError(RuntimeError):
    """The database server cannot do what was asked. Its text says what happened and what to do; it is shown as it is."""


def with_cause(text: str) -> str:
    """`text` of a PostgreSQL program, led by its cause in plain words where the machine and not PostgreSQL is at fault."""
    if "No space left on device" in text:
        return f"the disk is full: free some space and try again\n{text}"
    if "Permission denied" in text:
        return f"a file or folder belongs to another user\n{text}"
    return text
