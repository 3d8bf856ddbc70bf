"""A called election at the desk: its commissions, their people, a clock that stands where a test puts it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from shailoo.accounts.models import Office
from shailoo.accounts.roles import Role
from shailoo.commissions.actions import establish_cec, establish_pecs, establish_tecs
from shailoo.commissions.models import Commission
from shailoo.elections.actions import Called, call_election, set_clock, set_precincts
from shailoo.elections.models import Clock, Voting
from shailoo.territory.actions import Site, install_division, lay_out_precincts
from shailoo.territory.models import Area
from tests.counting.browser import Answer, signed_in
from tests.elections.test_calendar import AT, CALL, office

AREAS = ("KG02205", "KG02210")
PECS = {"1001": "KG02205", "1002": "KG02205", "1003": "KG02205", "2001": "KG02210"}


@dataclass(frozen=True)
class Desk:
    """A rehearsal, so that its clock can be set; two TECs, three precincts under the first and one under the second."""

    voting: Voting
    chair: Office
    operator: Office
    tec_chair: Office
    tec_operator: Office
    pec_chair: Office
    tecs: tuple[Commission, ...]
    pecs: tuple[Commission, ...]

    def at(self, moment: datetime) -> None:
        """Let the clock of the election show `moment`."""
        Clock.objects.filter(election=self.voting.election).delete()
        assert isinstance(set_clock(self.voting.election, moment), Clock)

    def get(self, who: Office, address: str, language: str = "en") -> Answer:
        return signed_in(who).get(f"/{language}/desk/{address}")

    def post(self, who: Office, address: str, data: Mapping[str, object]) -> Answer:
        return signed_in(who).post(f"/en/desk/{address}", dict(data))

    def text(self, who: Office, address: str, language: str = "en") -> str:
        answer = self.get(who, address, language)
        assert answer.status_code == 200, address
        return answer.content.decode()


def build() -> Desk:
    """Write the scene to the database; the clock shows noon of 3 July 2020."""
    install_division(at=AT)
    cec = establish_cec(Area.objects.get(code="KG"), at=AT)
    chair = office(cec.body, Role.CEC_CHAIR, "chair", None)
    called = call_election(replace(CALL, rehearsal=True), by=chair, at=AT)
    assert isinstance(called, Called), called
    establish_tecs(Area.objects.filter(code__in=AREAS), by=chair, at=AT)
    lay_out_precincts([Site(number, area) for number, area in PECS.items()], by=None, at=AT)
    establish_pecs(by=chair, at=AT)
    set_precincts(called.voting, dict.fromkeys(PECS, 100), by=chair, at=AT)
    tecs = tuple(Commission.objects.filter(level=Commission.Level.TEC).order_by("body__code"))
    pecs = tuple(Commission.objects.filter(level=Commission.Level.PEC).order_by("precinct__number"))
    found = Desk(
        called.voting,
        chair,
        office(cec.body, Role.CEC_OPERATOR, "operator", chair),
        office(tecs[0].body, Role.TEC_CHAIR, "tec", chair),
        office(tecs[0].body, Role.TEC_OPERATOR, "clerk", chair),
        office(pecs[0].body, Role.PEC_CHAIR, "pec", chair),
        tecs,
        pecs,
    )
    set_clock(called.election, datetime.combine(date(2020, 7, 3), AT.time(), tzinfo=AT.tzinfo))
    return found
