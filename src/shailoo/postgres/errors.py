"""The one error of this room: a sentence that a person at the machine can act on."""

from __future__ import annotations


class ServerError(RuntimeError):
    """The database server cannot do what was asked. Its text, shown as it is, says what happened and what to do."""


def with_cause(text: str) -> str:
    """What a PostgreSQL program said, led by the cause in plain words where the machine is at fault."""
    if "No space left on device" in text:
        return f"the disk is full: free some space and try again\n{text}"
    if "Permission denied" in text:
        return f"a file or folder belongs to another user\n{text}"
    if "could not look up effective user ID" in text:
        return (
            f"this user id has no name on this machine: add it to /etc/passwd, or run as root or another user\n{text}"
        )
    return text
