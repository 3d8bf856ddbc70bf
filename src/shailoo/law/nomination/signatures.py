"""Whether a presidential candidate has enough signatures of voters, and whether they were checked as the law asks.

Carries out L49.1.b and L52.1 (the number), L52.7 (submission, seal, confirmation, term of the check) and L52.8 (a part
picked by lot, notices, attendance). Which single signatures count is `signature_sheet`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from shailoo.law.editions import Edition
from shailoo.law.editions.chapters.nomination import SignatureSampleRule
from shailoo.law.nomination.election import Called, facts_of, last_day_of
from shailoo.law.nomination.signature_sheet import INVALID, Invalidity
from shailoo.law.outcome import Fact, Finding, Outcome, Severity, Step, Unsettled, applies
from shailoo.law.shares import Base, Verdict


@dataclass(frozen=True, slots=True)
class Submission:
    """The signature lists of one candidate as handed in: sheets and signatures by number, instants with a zone.

    `by_authorized`: handed in by an authorised representative of the candidate (None: not known). `sealed` are the
    sheets that the CEC sealed. `confirmed_at` is when it confirmed receipt in writing, None where it did not.
    """

    at: datetime
    sheets: int
    sealed: int
    signatures: int
    by_authorized: bool | None = None
    confirmed_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.sealed > self.sheets:
            raise ValueError("no more sheets are sealed than were handed in")


@dataclass(frozen=True, slots=True)
class Check:
    """The CEC's check: of all signatures or of a part.

    `invalid` holds the signatures found invalid by reason (the values of `Invalidity`). `drawn_by_lot` is asked only of
    a part (None: not known). `told` holds for every candidate who handed in signatures when the CEC gave notice of this
    check (None: no notice); `kept_out` those who handed in enough and were not let in to see it.
    """

    began_at: datetime
    signatures: int
    invalid: Mapping[str, int]
    ended_at: datetime | None = None
    drawn_by_lot: bool | None = None
    told: Mapping[str, datetime | None] = field(default_factory=lambda: MappingProxyType({}))
    kept_out: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        unknown = sorted(set(self.invalid) - {each.value for each in Invalidity})
        if unknown:
            raise ValueError(f"{unknown[0]} is no reason for which a signature is invalid")
        if sum(self.invalid.values()) > self.signatures:
            raise ValueError("no more signatures are invalid than were checked")

    @property
    def found_invalid(self) -> int:
        return sum(self.invalid.values())


@dataclass(frozen=True, slots=True)
class Signatures:
    """A candidate's signatures: the presidential election, the submission, and the check once it is made."""

    election: Called
    submission: Submission
    check: Check | None = None

    def __post_init__(self) -> None:
        if not self.election.is_presidential:
            raise ValueError("signatures are collected for presidential candidates only")
        if self.check is not None and self.check.signatures > self.submission.signatures:
            raise ValueError("no more signatures are checked than were handed in")


@dataclass(frozen=True, slots=True)
class Support:
    """Valid signatures of a candidate, `at_least` and `at_most`, and whether they are as many as the law asks."""

    submitted: int
    checked: int
    found_invalid: int
    at_least: int
    at_most: int
    needed: int
    verdict: Verdict


@applies("L49.1.b", "L52.1", "L52.7.a", "L52.7.b", "L52.7.c", "L52.7.d", "L52.8.a", "L52.8.b", "L52.8.c", "L52.9")
def support(facts: Signatures, edition: Edition) -> Outcome[Support]:
    """Whether a presidential candidate has enough valid signatures, handed in and checked as the law asks (L52)."""
    value = count(facts, edition)
    told = (*_submission(facts, edition), *_check(facts, edition), *_number(facts, value))
    question = None
    if value.verdict is Verdict.OPEN and value.checked:
        options = ("check_all_signatures", "count_found_invalid_only", "extrapolate_sample")
        question = Unsettled("signature_sample_too_small", ("L52.8.a",), options)
    steps = tuple(each for each in told if isinstance(each, Step))
    return Outcome(value, steps, tuple(each for each in told if isinstance(each, Finding)), question)


@applies("L52.1", "L52.8.a", "L52.9")
def count(facts: Signatures, edition: Edition) -> Support:
    """The valid signatures within bounds; of a part checked, by the reading `signature_sample_rule`."""
    submitted = facts.submission.signatures
    checked = facts.check.signatures if facts.check else 0
    found = facts.check.found_invalid if facts.check else 0
    bounds = Base(checked - found, submitted - found)
    match edition.signature_sample_rule:
        case SignatureSampleRule.FOUND_INVALID_ONLY if checked:
            bounds = Base.exactly(submitted - found)
        case SignatureSampleRule.EXTRAPOLATED if checked:
            bounds = Base.exactly(submitted * (checked - found) // checked)
    at_most = submitted if bounds.high is None else bounds.high
    needed = edition.signatures_needed
    verdict = Verdict.MET if bounds.low >= needed else Verdict.MISSED if at_most < needed else Verdict.OPEN
    return Support(submitted, checked, found, bounds.low, at_most, needed, verdict)


# ------------------------------------------------------------------------------------- submission


def _submission(facts: Signatures, edition: Edition) -> Iterator[Step | Finding]:
    given = facts.submission
    term = facts.election.term("signature_lists_submitted", edition)
    days = facts_of(term, given.at)
    if term.in_time(given.at):
        yield Step("L52.7.a", "signatures_in_time", days)
    else:
        yield Finding("L52.7.a", "signatures_late", Severity.ERROR, days, ("submission",))
    if given.by_authorized is None:
        yield Finding("L52.7.a", "signatures_bearer_not_known", Severity.ERROR, {}, ("submission",))
    elif not given.by_authorized:
        yield Finding("L52.7.a", "signatures_not_by_authorized", Severity.ERROR, {}, ("submission",))
    sheets: dict[str, Fact] = {"sheets": given.sheets, "sealed": given.sealed}
    if given.sealed < given.sheets:
        yield Finding("L52.7.c", "signature_sheets_not_sealed", Severity.ERROR, sheets, ("submission",))
    else:
        yield Step("L52.7.c", "signature_sheets_sealed", sheets)
    if given.confirmed_at is None:
        yield Finding("L52.7.d", "signatures_receipt_not_confirmed", Severity.WARNING, {}, ("submission",))
    else:
        yield Step("L52.7.d", "signatures_receipt_confirmed", {"at": given.confirmed_at})


# ------------------------------------------------------------------------------------- check


def _check(facts: Signatures, edition: Edition) -> Iterator[Step | Finding]:
    """The check itself; the commission's own delay must be explained and is no reason against a candidate."""
    term = facts.election.term("signature_check_completed", edition, signature_lists_receipt=facts.submission.at)
    check = facts.check
    if check is None or check.ended_at is None:
        yield Step("L52.7.b", "signature_check_due", {"last_day": last_day_of(term)})
    elif term.in_time(check.ended_at):
        yield Step("L52.7.b", "signature_check_in_time", {"at": check.ended_at, "last_day": last_day_of(term)})
    else:
        late: dict[str, Fact] = {"at": check.ended_at, "last_day": last_day_of(term)}
        yield Finding("L52.7.b", "signature_check_late", Severity.WARNING, late, ("check",))
    if check is None:
        return
    yield from _extent(check, facts.submission.signatures)
    yield from _notices(check)
    for candidate in check.kept_out:
        yield Finding("L52.8.c", "signature_check_closed_to", Severity.ERROR, {"candidate": candidate}, ("check",))


def _extent(check: Check, submitted: int) -> Iterator[Step | Finding]:
    numbers: dict[str, Fact] = {"checked": check.signatures, "signatures": submitted}
    if check.signatures == submitted:
        yield Step("L52.8.a", "signatures_all_checked", numbers)
    elif check.drawn_by_lot:
        yield Step("L52.8.a", "signature_sample_drawn", numbers)
    elif check.drawn_by_lot is None:
        yield Finding("L52.8.a", "signature_draw_not_known", Severity.ERROR, numbers, ("check",))
    else:
        yield Finding("L52.8.a", "signature_sample_not_drawn", Severity.ERROR, numbers, ("check",))


def _notices(check: Check) -> Iterator[Step | Finding]:
    """Every candidate who handed in signatures is told before the check begins; one of them is always there."""
    if not check.told:
        yield Finding("L52.8.b", "signature_check_notices_not_known", Severity.ERROR, {}, ("check",))
    late = [name for name, at in check.told.items() if at is None or at >= check.began_at]
    for candidate in late:
        yield Finding("L52.8.b", "signature_check_not_told", Severity.ERROR, {"candidate": candidate}, ("check",))
    if check.told and not late:
        yield Step("L52.8.b", "signature_check_told", {"candidates": len(check.told)})


# ------------------------------------------------------------------------------------- number


def _number(facts: Signatures, value: Support) -> Iterator[Step | Finding]:
    for why, norm in INVALID.items():
        number = facts.check.invalid.get(why.value, 0) if facts.check else 0
        if number:
            yield Step(norm, "signatures_found_invalid", {"number": number, "invalidity": why.value})
    numbers: dict[str, Fact] = {
        "signatures": value.submitted,
        "checked": value.checked,
        "invalid": value.found_invalid,
        "valid_at_least": value.at_least,
        "valid_at_most": value.at_most,
        "needed": value.needed,
    }
    match value.verdict:
        case Verdict.MET:
            yield Step("L52.1", "signatures_enough", numbers)
            yield Step("L49.1.b", "signatures_allow_registration", {"needed": value.needed})
        case Verdict.MISSED:
            yield Finding("L52.1", "signatures_too_few", Severity.ERROR, numbers, ("submission", "check"))
        case Verdict.OPEN if value.checked:
            yield Step("L52.8.a", "signature_sample_says_too_little", numbers)
        case Verdict.OPEN:
            yield Finding("L52.7.b", "signatures_not_checked", Severity.ERROR, numbers, ("check",))
