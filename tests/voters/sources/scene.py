"""The scene of the sources: the country of generated voters, with offices of the TEC, a mission and the Ministry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from shailoo.accounts.models import Body, Office
from shailoo.accounts.roles import Kind, Role
from shailoo.commissions.models import Commission, Matter
from shailoo.territory.models import Precinct
from shailoo.voters.sources.actions import approve_addresses, submit_addresses
from shailoo.voters.sources.models import AddressPlan
from tests.commissions.sittings import decided, done
from tests.voters.scene import AT, Scene, build, office

LATER = AT + timedelta(days=1)
HEADER = "precinct,district,locality,street,house_from,house_to,parity\n"
PLAN = (
    "1001,Кербен,Арча,Манас көчөсү,1,50,\n"
    "1002,Кербен,Арча,Манас,51,,\n"
    "1003,Кербен,Арча,,,,\n"
    "1004,Кербен,с. Таш-Дөбө,ул. Ленина,1,99,odd\n"
    "1003,Кербен,Таш-Дөбө,Ленина,2,98,even\n"
)


@dataclass(frozen=True)
class Sources:
    """Who acts in the sources."""

    voters: Scene
    tec: Commission
    surveyor: Office
    consul: Office
    ministry: Office
    pec: Office

    def submitted(self, rows: str = PLAN, *, at: datetime = AT) -> AddressPlan:
        """The TEC's plan, taken in."""
        voting = self.voters.voting
        return done(submit_addresses(voting, self.tec, (HEADER + rows).encode(), by=self.surveyor, at=at))

    def approved(self, rows: str = PLAN, *, at: datetime = AT) -> AddressPlan:
        """The TEC's plan, approved by a decision of the CEC."""
        plan = self.submitted(rows, at=at)
        cec = self.voters.chair.body
        decision = decided(cec, Matter.PRECINCTS, plan.subject, at=at)
        done(approve_addresses(plan, decision, by=self.voters.secretary, at=at + timedelta(minutes=1)))
        return plan


def body(code: str, kind: Kind, **given: object) -> Body:
    names = {f"name_{language}": code for language in ("ky", "ru", "en")}
    return Body.objects.create(code=code, kind=kind, **names, **given)


def sources(folder: Path) -> Sources:
    """Write the scene to the database."""
    voters = build(folder)
    tec = Commission.objects.get(level=Commission.Level.TEC)
    precinct = Precinct.objects.get(number="1001")
    pec = body("PEC-1001", Kind.PEC, superior=tec.body)
    Commission.objects.create(body=pec, level=Commission.Level.PEC, area=precinct.area, precinct=precinct)
    return Sources(
        voters=voters,
        tec=tec,
        surveyor=voters.clerk,
        consul=office("consul", body("CONSULATE-1", Kind.CONSULATE), Role.CONSULATE),
        ministry=office("ministry", body("MFA", Kind.STATE_BODY), Role.FOREIGN_MINISTRY),
        pec=office("pec-secretary", pec, Role.PEC_SECRETARY),
    )
