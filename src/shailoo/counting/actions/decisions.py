"""What people decide about a protocol: between two entries, about warnings and errors, to enter again, to return it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.counting.actions.acceptance import Concluded, accept, conclude, told
from shailoo.counting.actions.act import act, election, locked, move, seen_by, step, subject
from shailoo.counting.checking import only_accounting
from shailoo.counting.comparison import settled
from shailoo.counting.models import Discrepancy, Explanation, Figures, Protocol, ProtocolFinding, Settlement
from shailoo.counting.states import Act
from shailoo.law.outcome import Refused, Severity
from shailoo.ledger.actions import record


@act
def settle(
    protocol: Protocol, choices: Mapping[str, int], reason: str, *, by: Office, at: datetime
) -> Concluded | Refused:
    """A third person chooses, for each field that still differs, one of the two values, with the reason (L36.2.b1)."""
    now = locked(protocol.pk)
    if refused := refusal(by, may="counting.settle", of=now.tec.body, election=election(now), at=at):
        return refused
    arc = step(now, Act.SETTLE)
    if isinstance(arc, Refused):
        return arc
    if refused := seen_by(now, by, arc.eyes) or _without(reason, "reason"):
        return refused
    found = Discrepancy.objects.select_related("first", "second").get(protocol=now, round=now.round, again=True)
    wrong = tuple(sorted(set(found.fields) ^ set(choices))) or tuple(f for f, c in choices.items() if c not in (1, 2))
    if wrong:
        return Refused.because("L36.2.b1", "choose_one_of_two", fields=wrong)
    chosen = {field: (1 if choice == 1 else 2) for field, choice in choices.items()}
    Settlement.objects.create(
        discrepancy=found, choices=chosen, office=by, person_id=by.person_id, reason=reason.strip(), at=at
    )
    concluded = conclude(now, settled(found.first.lines, found.second.lines, chosen), by=by, at=at)
    told(concluded, "protocol.settled", by=by, at=at, norm=arc.norm)
    return concluded


@act
def enter_again(protocol: Protocol, reason: str, *, by: Office, at: datetime) -> Protocol | Refused:
    """Both entries are made anew, as the next round; everything of this round stays on record."""
    now = locked(protocol.pk)
    arc = step(now, Act.ENTER_AGAIN)
    may = "counting.settle" if isinstance(arc, Refused) else arc.may
    if refused := refusal(by, may=may, of=now.tec.body, election=election(now), at=at):
        return refused
    if isinstance(arc, Refused):
        return arc
    if refused := seen_by(now, by, arc.eyes) or _without(reason, "reason"):
        return refused
    now.round += 1
    move(now, arc.target)
    payload = {"round": now.round, "reason": reason.strip()}
    record("protocol.entered_again", subject=subject(now), by=by, at=at, grounds=[arc.norm], payload=payload)
    return now


@act
def explain(protocol: Protocol, text: str, *, by: Office, at: datetime) -> Protocol | Refused:
    """One written explanation covers every warning of the round; the protocol is accepted (L35.15)."""
    now = locked(protocol.pk)
    if refused := refusal(by, may="counting.explain", of=now.tec.body, election=election(now), at=at):
        return refused
    arc = step(now, Act.EXPLAIN)
    if isinstance(arc, Refused):
        return arc
    if refused := _without(text, "text"):
        return refused
    figures = Figures.objects.get(protocol=now, round=now.round)
    kind = Explanation.Kind.EXPLANATION
    Explanation.objects.create(figures=figures, kind=kind, text=text.strip(), office=by, at=at)
    accept(now, by=by, at=at)
    payload = {"round": now.round, "text": text.strip()}
    record("protocol.explained", subject=subject(now), by=by, at=at, grounds=[arc.norm], payload=payload)
    return now


@act
def accept_with_act(protocol: Protocol, number: str, text: str, *, by: Office, at: datetime) -> Protocol | Refused:
    """Paper leads: a difference of accounting stands with an act, figures unaltered (L36.7). Other errors do not."""
    now = locked(protocol.pk)
    if refused := refusal(by, may="counting.decide_parked", of=now.tec.body, election=election(now), at=at):
        return refused
    arc = step(now, Act.ACCEPT_WITH_ACT)
    if isinstance(arc, Refused):
        return arc
    if refused := _without(number, "number") or _without(text, "text"):
        return refused
    figures = Figures.objects.get(protocol=now, round=now.round)
    errors = ProtocolFinding.objects.filter(figures=figures, severity=Severity.ERROR)
    natures = dict(errors.values_list("code", "nature"))
    if not only_accounting(natures.values()):
        wrong = ", ".join(code for code, nature in natures.items() if not only_accounting([nature]))
        return Refused.because("L36.7.a1", "not_only_accounting", correlations=wrong)
    kind = Explanation.Kind.ACT
    Explanation.objects.create(figures=figures, kind=kind, number=number.strip(), text=text.strip(), office=by, at=at)
    accept(now, by=by, at=at)
    payload = {"round": now.round, "number": number.strip(), "text": text.strip(), "findings": list(natures)}
    record("protocol.accepted_with_act", subject=subject(now), by=by, at=at, grounds=[arc.norm], payload=payload)
    return now


@act
def return_to_pec(protocol: Protocol, reason: str, *, by: Office, at: datetime) -> Protocol | Refused:
    """The protocol goes back to the PEC to be drawn up correctly; it comes in again as a new version (`replace`)."""
    now = locked(protocol.pk)
    if refused := refusal(by, may="counting.decide_parked", of=now.tec.body, election=election(now), at=at):
        return refused
    arc = step(now, Act.RETURN_TO_PEC)
    if isinstance(arc, Refused):
        return arc
    if refused := _without(reason, "reason"):
        return refused
    move(now, arc.target)
    payload = {"round": now.round, "reason": reason.strip()}
    record("protocol.returned", subject=subject(now), by=by, at=at, grounds=[arc.norm], payload=payload)
    return now


def _without(text: str, field: str) -> Refused | None:
    """The refusal of an act whose written ground is missing, or is no text (no database keeps a NUL)."""
    return None if text.strip() and "\0" not in text else Refused.because("L36.2.b1", "say_why", fields=(field,))
