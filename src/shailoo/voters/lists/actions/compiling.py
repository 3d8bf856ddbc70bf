"""An edition of the lists is compiled: one list for every precinct that votes, frozen as the register stands (L14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.law.editions import Edition as Law
from shailoo.law.outcome import Finding, Refused
from shailoo.law.voters.papers import ListPaper, StageLists, lists_of_stage, voter_list
from shailoo.law.voters.papers import Stage as LawStage
from shailoo.ledger.actions import record
from shailoo.voters.actions.act import act, held
from shailoo.voters.lists import compiling
from shailoo.voters.lists.columns import SHOWN, VERSIONS, Copy
from shailoo.voters.lists.models import Edition, Stage
from shailoo.voters.models import Change, Closing, Register

NORMS = {Stage.PRELIMINARY: "L14.7.a1", Stage.CONTROL: "L15.3.e1", Stage.FINAL: "L15.5.b1"}


@dataclass(frozen=True, slots=True)
class Compiled:
    """An edition that was made, and what the law has to say of it: precincts whose list names nobody (L14.1)."""

    edition: Edition
    findings: tuple[Finding, ...]


@act
def compile_edition(register: Register, stage: Stage, *, by: Office, at: datetime) -> Compiled | Refused:
    """Freeze the lists of all precincts as they stand now; an edition of a later stage follows one of the stage before.

    A list that names nobody is made too and told of: a precinct in which nobody may vote yet holds up no other.
    """
    if refused := refusal(by, may="voters.lists.compile", election=register.election.slug, at=at):
        return refused
    held(register)
    if refused := not_to_compile(register, stage, by=by, at=at):
        return refused
    last = register.changes.latest("number")
    number = 1 + Edition.objects.filter(register=register, stage=stage).count()
    before = Edition.objects.filter(register=register).order_by("-at", "-pk").first()
    asked = compiling.Asked(register.pk, register.voting_id, register.election.slug, stage.value, number)
    made = compiling.make(asked)
    payload = {"stage": stage.value, "number": number, "change": last.number} | {
        "precincts": made.precincts,
        "voters": made.voters,
        "digest": made.digest,
    }
    act_hash = record(
        "voters.lists_compiled",
        subject=f"voters_register:{register.pk}",
        by=by,
        at=at,
        grounds=[NORMS[stage]],
        payload=payload,
    )
    edition = Edition.objects.create(
        register=register,
        stage=stage,
        number=number,
        change=last,
        at=at,
        office=by,
        act=act_hash,
        precincts=made.precincts,
        voters=made.voters,
    )
    compiling.keep(edition.pk)
    if before is not None:
        compiling.keep_difference(edition.pk, before.pk)
    return Compiled(edition, _told(stage, register.election.edition))


def not_to_compile(register: Register, stage: Stage, *, by: Office, at: datetime) -> Refused | None:
    """Why the office does not compile such an edition now; None where it does. Asked before the work is begun, too."""
    if refused := refusal(by, may="voters.lists.compile", election=register.election.slug, at=at):
        return refused
    last = register.changes.order_by("-number").first()
    if last is None:
        return Refused.because("L14.3.a", "voter_lists_without_delivery")
    return _out_of_turn(register, stage, last, at)


def _out_of_turn(register: Register, stage: Stage, last: Change, at: datetime) -> Refused | None:
    """Why no such edition follows now: the law's order of stages, the closing, and that nothing has changed since."""
    found = Edition.objects.filter(register=register)
    earlier = frozenset(LawStage(each) for each in found.values_list("stage", flat=True).distinct())
    version = VERSIONS[stage, Copy.FULL]
    paper = ListPaper(version, frozenset(SHOWN[version]), earlier)
    outcome = voter_list(paper, register.election.edition)
    if outcome.errors:
        return Refused(outcome.errors)
    closed = Closing.objects.filter(register=register).exists()
    if stage is Stage.FINAL and not closed:
        return Refused.because("L15.5.a", "voter_lists_not_closed")
    if stage is not Stage.FINAL and closed:
        return Refused.because("L15.5.a", "voters_lists_closed")
    if found.filter(stage=stage, change=last).exists():
        return Refused.because(NORMS[stage], "voter_lists_unchanged")
    if last.at >= at or found.filter(at__gte=at).exists():
        return Refused.because(NORMS[stage], "voters_change_later")
    return None


def _told(stage: Stage, law: Law) -> tuple[Finding, ...]:
    """What the law says of precincts without a voter."""
    precincts, filled = compiling.precincts_and_filled()
    return lists_of_stage(StageLists(LawStage(stage.value), tuple(precincts), tuple(filled)), law).findings
