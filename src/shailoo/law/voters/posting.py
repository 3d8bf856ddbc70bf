"""When the lists of a precinct are handed over, posted and published (Art. 14.7, 14.8, 15.1, 15.3, 15.5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from shailoo.law.calendar import Entry
from shailoo.law.editions import Edition
from shailoo.law.editions.chapters.voters import PreliminaryPosting
from shailoo.law.outcome import Fact, NormId, Outcome, Step, applies
from shailoo.law.voters.answer import Answer, Requirement
from shailoo.law.voters.voting import Voting


@dataclass(frozen=True, slots=True)
class PostingFacts:
    """The way of one precinct's lists, from the State Registry Service to the wall of the station.

    Days are local; None: not done, or not known. `asked_on` is the day of the question; what is not due by then is left
    out, and where it is not given everything is asked for.
    """

    voting: Voting
    asked_on: date | None = None
    preliminary_received: date | None = None  # by the Central Commission, electronically
    preliminary_signed: bool | None = None  # a valid electronic signature of the State Registry Service
    preliminary_handed: date | None = None  # printed, and handed to the precinct commission
    preliminary_posted: date | None = None
    preliminary_online: date | None = None
    control_received: date | None = None
    control_complete: bool | None = None  # every change up to the day of sending is in it
    control_posted: date | None = None
    final_formed: date | None = None
    final_delivered: date | None = None
    final_numbered: bool | None = None
    final_bound: bool | None = None
    final_sealed: bool | None = None
    final_posted: date | None = None

    def __post_init__(self) -> None:
        if not self.voting.knows("preliminary_lists_posted"):
            raise ValueError(f"lists are not formed anew for {self.voting.kind}")


TERMS: Mapping[str, tuple[NormId, str]] = MappingProxyType(
    {
        "preliminary_received": ("L14.7.a1", "preliminary_lists_to_cec"),
        "preliminary_online": ("L14.8.a1", "preliminary_lists_online"),
        "control_received": ("L15.3.e1", "control_lists_to_cec"),
        "control_posted": ("L15.3.d", "control_lists_posted"),
        "final_posted": ("L15.5.c", "final_lists_posted"),
    }
)
"""The acts that have one term before election day: norm and event of the calendar."""

FINAL_COPY: Mapping[str, Requirement] = MappingProxyType(
    {name: Requirement("L15.5.b1") for name in ("final_numbered", "final_bound", "final_sealed")}
)
"""What the Central Commission does to a paper list before it delivers it."""


@applies(
    "L14.7.a1", "L14.7.a2", "L14.7.b", "L14.7.c", "L14.8.a1", "L15.1", "L15.3.d", "L15.3.e1", "L15.5.b1", "L15.5.c"
)
def posting(facts: PostingFacts, edition: Edition) -> Outcome[tuple[str, ...]]:
    """Which terms of handing over, posting and publishing a precinct's lists were missed; none is the good answer."""
    answer = Answer()
    for name, (norm, event) in TERMS.items():
        term = _until(facts.voting.term(event, edition))
        answer.kept(norm, getattr(facts, name), term, name, facts.asked_on)
    _preliminary(facts, edition, answer)
    if facts.control_received is not None:
        answer.required("control_complete", Requirement("L15.3.e1"), facts.control_complete)
    _final(facts, edition, answer)
    missed = (str(found.facts["polling_term"]) for found in answer.findings if "polling_term" in found.facts)
    return answer.outcome(tuple(dict.fromkeys(missed)))


def _until(term: Entry) -> Entry:
    """A day that the law names without "no later than", read as the last one: earlier is in time too."""
    return replace(term, opens=None, first=None)


def _preliminary(facts: PostingFacts, edition: Edition, answer: Answer) -> None:
    if facts.preliminary_received is not None:
        answer.required("preliminary_signed", Requirement("L14.7.a2"), facts.preliminary_signed)
        known = {"preliminary_lists_receipt": facts.preliminary_received}
        handing = facts.voting.term("preliminary_lists_to_pecs", edition, **known)
        answer.kept("L14.7.b", facts.preliminary_handed, handing, "preliminary_handed", facts.asked_on)
    sixty = facts.voting.term("preliminary_lists_posted", edition)
    forty_five = _until(facts.voting.term("preliminary_lists_posted_day45", edition))
    day = facts.preliminary_posted
    if edition.preliminary_posting is PreliminaryPosting.SIXTY_DAYS:
        answer.kept("L14.7.c", day, sixty, "preliminary_posted", facts.asked_on)
    elif sixty.last is not None:
        other: dict[str, Fact] = {"other_last_day": sixty.last}
        answer.steps.append(Step("L14.7.c", "posting_by_the_other_reading", other))
    answer.kept("L15.1", day, forty_five, "preliminary_posted", facts.asked_on)


def _final(facts: PostingFacts, edition: Edition, answer: Answer) -> None:
    """At once: on the day on which the list was formed, or on the first day after the closing of applications."""
    known = {} if facts.final_formed is None else {"voter_list_corrections_end": facts.final_formed}
    delivery = facts.voting.term("paper_lists_to_pecs", edition, **known)
    answer.kept("L15.5.b1", facts.final_delivered, _until(delivery), "final_delivered", facts.asked_on)
    if facts.final_delivered is not None:
        answer.require(FINAL_COPY, facts)
