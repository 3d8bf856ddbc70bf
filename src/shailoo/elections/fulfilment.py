"""Which acts of other departments fulfil a deadline, told by those departments themselves.

    @fulfils("tec_protocol_delivered", by="tec_protocol.signed")
    def signed_protocols(voting: Voting) -> Mapping[int, Done]: ...

A provider answers for a voting: id of the body -> when it did what the deadline asks, and in which act. So elections
need not know of counting or results, and nobody has to record twice what the system has seen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from shailoo.elections.models import Voting
from shailoo.law.calendar import event


@dataclass(frozen=True, slots=True)
class Done:
    """When a body did what was due, and the hash of its act ("" where a bulk act covers many bodies)."""

    at: datetime
    act: str = ""


Provider: TypeAlias = Callable[[Voting], Mapping[int, Done]]
PROVIDERS: dict[str, Provider] = {}
ACTS: dict[str, str] = {}
"""Event -> the act of the ledger that fulfils it; every other event is fulfilled by a record of the body itself."""
RECORD = "deadline.fulfilled"


def fulfils(*names: str, by: str) -> Callable[[Provider], Provider]:
    """Enter a provider for events that the act `by` fulfils.

    Raises KeyError for an unknown event, ValueError where another department provides for it.
    """

    def enter(provider: Provider) -> Provider:
        for name in names:
            event(name)
            if PROVIDERS.setdefault(name, provider) is not provider:
                raise ValueError(f"two departments say that they fulfil {name}")
            ACTS[name] = by
        return provider

    return enter
