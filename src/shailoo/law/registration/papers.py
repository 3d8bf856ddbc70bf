"""The documents for registration as data, and how each paper stands at an instant (L53.1, L61.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.outcome import NormId


class Paper(StrEnum):
    """A document without which nobody is registered."""

    SELF_NOMINATION = "self_nomination"  # the application of somebody who nominates himself or herself
    NOMINATION_PROTOCOL = "nomination_protocol"  # of a party, for a candidate
    INTENT_TO_RUN = "intent_to_run"  # the candidate's own application beside that protocol
    NOMINATION_DECISION = "nomination_decision"  # of a party, for a list, with signature and seal
    DATA_FORM = "data_form"
    PASSPORT_COPY = "passport_copy"
    WORK_CERTIFICATE = "work_certificate"  # from the place of work or study
    DEPOSIT_PAYMENT = "deposit_payment"
    LANGUAGE_CERTIFICATE = "language_certificate"  # L51.3: without it there is no registration


OF_CANDIDATE: Mapping[Paper, NormId] = MappingProxyType(
    {
        Paper.DATA_FORM: "L53.1.3",
        Paper.PASSPORT_COPY: "L53.1.4",
        Paper.WORK_CERTIFICATE: "L53.1.5",
        Paper.DEPOSIT_PAYMENT: "L53.1.6",
        Paper.LANGUAGE_CERTIFICATE: "L53.1.7",
    }
)
"""Papers of every presidential candidate."""

OF_SELF_NOMINATED: Mapping[Paper, NormId] = MappingProxyType({Paper.SELF_NOMINATION: "L53.1.1", **OF_CANDIDATE})
OF_PARTY_CANDIDATE: Mapping[Paper, NormId] = MappingProxyType(
    {Paper.NOMINATION_PROTOCOL: "L53.1.1", Paper.INTENT_TO_RUN: "L53.1.1", **OF_CANDIDATE}
)
OF_LIST: Mapping[Paper, NormId] = MappingProxyType(
    {Paper.NOMINATION_DECISION: "L61.1.1", Paper.DEPOSIT_PAYMENT: "L61.1.3"}
)
OF_LISTED: Mapping[Paper, NormId] = MappingProxyType(
    dict.fromkeys((Paper.DATA_FORM, Paper.PASSPORT_COPY, Paper.WORK_CERTIFICATE), "L61.1.2")
)
"""Papers of every candidate of a list."""


@dataclass(frozen=True, slots=True)
class Received:
    """A paper at the CEC: when it came; whether it blocks registration as it is; when a corrected one came."""

    at: datetime
    defective: bool = False
    corrected_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.corrected_at is not None and (not self.defective or self.corrected_at < self.at):
            raise ValueError("only a defective paper is corrected, and after it came")


class State(StrEnum):
    """How a paper stands at an instant."""

    IN_ORDER = "in_order"
    MISSING = "missing"  # it may still come
    DEFECTIVE = "defective"  # it may still be corrected
    NOT_PROVIDED = "not_provided"  # its time is over


@dataclass(frozen=True, slots=True)
class Windows:
    """The instant asked for, and until when papers are added and papers that were not in order are corrected."""

    at: datetime
    additions_until: datetime
    corrections_until: datetime

    def state(self, paper: Received | None) -> State:
        """How a paper stands. What comes after the instant asked for has not come yet."""
        if paper is None or paper.at > self.at or paper.at >= self.additions_until:
            return State.MISSING if self.at < self.additions_until else State.NOT_PROVIDED
        if not paper.defective:
            return State.IN_ORDER
        if paper.corrected_at is None or paper.corrected_at > self.at:
            return State.DEFECTIVE if self.at < self.corrections_until else State.NOT_PROVIDED
        return State.IN_ORDER if paper.corrected_at < self.corrections_until else State.NOT_PROVIDED


def require_known(papers: Mapping[str, Received], wanted: Mapping[Paper, NormId]) -> None:
    """Raise ValueError where somebody hands in what the law does not ask for there."""
    unknown = sorted(str(name) for name in papers if name not in wanted)
    if unknown:
        raise ValueError(f"{unknown[0]!r} is no document for this registration; it takes {', '.join(wanted)}")
