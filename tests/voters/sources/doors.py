"""A plan of addresses, a mission's data and a hospital's report in the scene of another department (tests/doors.py)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from shailoo.accounts.models import Office
from shailoo.accounts.roles import Kind, Role
from shailoo.commissions.models import Commission
from shailoo.elections.models import Voting, VotingPrecinct
from shailoo.voters.sources.actions import Institution, report_institution, send_mission_data, submit_addresses
from shailoo.voters.sources.people import MISSION, typed
from tests.commissions.sittings import done
from tests.voters.scene import office
from tests.voters.sources.scene import HEADER, body


def behind_sources(voting: Voting, clerk: Office, pec: Office, at: datetime) -> Mapping[str, Mapping[str, object]]:
    """Beginning of a pattern -> what stands in its places."""
    tec = Commission.objects.get(body=clerk.body)
    numbers = VotingPrecinct.objects.filter(voting=voting, tec=tec).values_list("precinct__number", flat=True)
    rows = "".join(f"{number},,Айыл {number},,,,\n" for number in numbers)
    plan = done(submit_addresses(voting, tec, (HEADER + rows).encode(), by=clerk, at=at))
    consul = office("consul-of-doors", body("CONSULATE-OF-DOORS", Kind.CONSULATE), Role.CONSULATE)
    content = (",".join(MISSION) + "\n" + "," * (len(MISSION) - 1) + "\n").encode()
    mission = done(send_mission_data(voting, content, by=consul, at=at))
    precinct = Commission.objects.get(body=pec.body).precinct
    assert precinct is not None
    hospital = Institution("hospital", "Оорукана", precinct, at.date())
    report = done(report_institution(voting, hospital, typed("1"), by=pec, at=at))
    top = "ky/desk/voters/sources/"
    return {
        f"{top}addresses/": {"pk": plan.pk},
        f"{top}placement/": {"number": "1", "form": "csv"},
        f"{top}missions/": {"pk": mission.pk, "act": "pass_on"},
        f"{top}institutions/": {"pk": report.pk},
    }
