"""A TEC submits the addresses of its precincts; the CEC approves them by a decision, or returns them (L13.5.a1)."""

from __future__ import annotations

from datetime import datetime

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.commissions.grounds import Asked
from shailoo.commissions.models import Commission, Decision, Matter
from shailoo.elections.models import Voting, VotingPrecinct
from shailoo.law.outcome import Refused
from shailoo.ledger.actions import record
from shailoo.ledger.holding import hold
from shailoo.territory.models import Precinct
from shailoo.voters.actions.act import act
from shailoo.voters.sources import borders
from shailoo.voters.sources.addressing import Read, read
from shailoo.voters.sources.models import AddressPlan, AddressRange, PlanApproval, PlanReturn

NORM = "L13.5.a1"
ROWS_AT_ONCE = 2_000


@act
def submit_addresses(
    voting: Voting, tec: Commission, content: bytes, *, by: Office, at: datetime
) -> AddressPlan | Refused:
    """Keep the TEC's addresses for all of its precincts; a file with any fault is refused with every fault by row."""
    if refused := refusal(by, may="voters.addresses.submit", of=tec.body, election=voting.election.slug, at=at):
        return refused
    hold(f"voting:{voting.pk}/addresses")
    precincts = dict(_precincts_of(voting, tec))
    found = read(content, precincts)
    if found.findings:
        return Refused(found.findings)
    plan = _kept(voting, tec, found, precincts, by=by, at=at)
    if met := borders.faults(plan):
        return Refused(met)
    return plan


def _precincts_of(voting: Voting, tec: Commission) -> list[tuple[str, int]]:
    """The TEC's precincts at home, by number: abroad nobody is placed by address (L13.2)."""
    found = VotingPrecinct.objects.filter(voting=voting, tec=tec).exclude(precinct__kind=Precinct.Kind.ABROAD)
    return list(found.values_list("precinct__number", "precinct_id"))


def _kept(
    voting: Voting, tec: Commission, found: Read, precincts: dict[str, int], *, by: Office, at: datetime
) -> AddressPlan:
    number = AddressPlan.objects.filter(voting=voting, tec=tec).count() + 1
    facts: dict[str, object] = {"number": number, "rows": len(found.rows), "sha256": found.sha256}
    hashed = record(
        "voters.addresses_submitted",
        subject=f"voting:{voting.pk}/addresses",
        by=by,
        at=at,
        grounds=[NORM],
        payload={"tec": tec.body.code, "precincts": len(precincts), **facts},
    )
    plan = AddressPlan.objects.create(
        voting=voting,
        tec=tec,
        number=number,
        rows=len(found.rows),
        precincts=len(precincts),
        sha256=found.sha256,
        office=by,
        at=at,
        act=hashed,
    )
    AddressRange.objects.bulk_create(
        (
            AddressRange(
                plan=plan,
                row=row.number,
                precinct_id=precincts[row.precinct],
                district=row.district,
                locality=row.locality,
                street=row.street,
                house_from=row.house_from,
                house_to=row.house_to,
                parity=row.parity,
            )
            for row in found.rows
        ),
        batch_size=ROWS_AT_ONCE,
    )
    return plan


def approval(plan: AddressPlan) -> Asked:
    """The decision of the CEC that an approval carries out."""
    return Asked(Matter.PRECINCTS, plan.subject, PlanApproval)


@act
def approve_addresses(
    plan: AddressPlan, decision: Decision | None, *, by: Office, at: datetime
) -> PlanApproval | Refused:
    """From now on these addresses hold for the precincts of the TEC, in place of those approved before."""
    if refused := _refused(plan, by=by, at=at):
        return refused
    refused = approval(plan).refusal(decision, body=by.body, at=at, norm=NORM)
    if refused is not None or decision is None:
        return refused or Refused.because(NORM, "decision_missing", fields=("decision",), matter="precincts")
    if met := borders.faults(plan):
        return Refused(met)  # another TEC's borders were approved in between
    payload = {"tec": plan.tec.body.code, "number": plan.number, "rows": plan.rows, "sha256": plan.sha256}
    hashed = record(
        "voters.addresses_approved",
        subject=plan.subject,
        by=by,
        at=at,
        grounds=[NORM],
        payload={**payload, "decision": decision.label},
    )
    return PlanApproval.objects.create(plan=plan, carries_out=decision, office=by, at=at, act=hashed)


@act
def return_addresses(plan: AddressPlan, reason: str, *, by: Office, at: datetime) -> PlanReturn | Refused:
    """Send the plan back with what is to be put right; nothing of it ever holds."""
    if refused := _refused(plan, by=by, at=at):
        return refused
    if not reason.strip():
        return Refused.because(NORM, "voters_reason_needed", fields=("reason",))
    payload = {"tec": plan.tec.body.code, "number": plan.number, "reason": reason.strip()}
    hashed = record("voters.addresses_returned", subject=plan.subject, by=by, at=at, grounds=[NORM], payload=payload)
    return PlanReturn.objects.create(plan=plan, reason=reason.strip(), office=by, at=at, act=hashed)


def _refused(plan: AddressPlan, *, by: Office, at: datetime) -> Refused | None:
    """Why this office does not answer this plan, if it does not: the plan must wait, be the last, and another's."""
    if refused := refusal(by, may="voters.addresses.approve", election=plan.voting.election.slug, at=at):
        return refused
    hold(f"voting:{plan.voting_id}/addresses")
    answered = PlanApproval.objects.filter(plan=plan).exists() or PlanReturn.objects.filter(plan=plan).exists()
    if answered:
        return Refused.because(NORM, "address_plan_answered")
    if AddressPlan.objects.filter(voting=plan.voting, tec=plan.tec, number__gt=plan.number).exists():
        return Refused.because(NORM, "address_plan_outdated")
    if plan.office.person_id == by.person_id:
        return Refused.because(NORM, "voters_another_person_decides")
    return None
