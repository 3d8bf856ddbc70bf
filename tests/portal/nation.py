"""A small invented nation for the public pages: two regions and abroad, four commissions, three lists, rare things.

Precincts 1001 to 1008: 1006 was recounted, 1007 stands beside the totals, 1008 has not come. All names are generated.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from shailoo.accounts.models import Body, Office, Person
from shailoo.accounts.roles import Role
from shailoo.commissions.models import Commission, Matter, Sitting
from shailoo.counting import matters
from shailoo.counting.models import Explanation, Figures, Protocol, ProtocolFinding, ScannerReport
from shailoo.counting.states import State
from shailoo.elections.actions import compute_deadlines
from shailoo.elections.models import Election, ListedCandidate, Option, Voting, VotingPrecinct
from shailoo.ledger import actions as ledger
from shailoo.results.models import TecProtocol
from shailoo.territory.models import Area, Precinct
from tests.commissions.sittings import decided, in_session

AT = datetime(2020, 10, 4, 16, 0, tzinfo=UTC)
CODES = ("p01", "p02", "p03")


@dataclass(frozen=True)
class Nation:
    """What the tests need by name."""

    voting: Voting
    chair: Office
    cec_chair: Office
    tecs: dict[str, Commission]
    precincts: dict[str, VotingPrecinct]

    @property
    def election(self) -> Election:
        return self.voting.election


def build(*, participants: str = "known") -> Nation:
    """Write the nation to the database; `participants` "unknown" leaves out what the file of 2020 leaves out."""
    country = _area("KG", Area.Kind.COUNTRY, None, "Кыргызстан", "Кыргызстан", "Kyrgyzstan")
    issyk = _area("KG02", Area.Kind.OBLAST, country, "Ысык-Көл облусу", "Иссык-Кульская область", "Issyk-Kul oblast")
    ton = _area("KG02215", Area.Kind.RAYON, issyk, "Тоң району", "Тонский район", "Ton rayon")
    jeti = _area("KG02210", Area.Kind.RAYON, issyk, "Жети-Өгүз району", "Джети-Огузский район", "Jeti-Oguz rayon")
    bishkek = _area("KG11", Area.Kind.REPUBLICAN_CITY, country, "Бишкек шаары", "город Бишкек", "Bishkek city")
    abroad = _area("ABROAD", Area.Kind.ABROAD, country, "Чет өлкө", "За рубежом", "Abroad")
    cec = _commission("CEC", Commission.Level.CEC, country, None)
    places = {"TEC-1": (ton, issyk), "TEC-2": (jeti, issyk), "TEC-3": (bishkek, bishkek), "TEC-4": (abroad, abroad)}
    tecs = {code: _commission(code, Commission.Level.TEC, area, cec) for code, (area, _) in places.items()}
    voting = _voting()
    order = ["TEC-1", "TEC-1", "TEC-2", "TEC-2", "TEC-3", "TEC-3", "TEC-3", "TEC-4"]
    precincts = {
        str(1001 + place): _expected(voting, str(1001 + place), *places[code], tecs[code])
        for place, code in enumerate(order)
    }
    chair = _office("asel", tecs["TEC-3"], Role.TEC_CHAIR)
    nation = Nation(voting, chair, _office("bermet", cec, Role.CEC_CHAIR), tecs, precincts)
    for place, number in enumerate(("1001", "1002", "1003", "1004", "1005")):
        accepted(nation, number, (300 + 10 * place, 100, 40), participants=participants)
    _recounted(nation, participants)
    _parked(nation)
    return nation


def accepted(nation: Nation, number: str, votes: tuple[int, ...], *, participants: str = "known") -> Protocol:
    """An imported protocol that is in the sums."""
    protocol = _protocol(nation, number, State.ACCEPTED)
    _keep(protocol, nation.precincts[number], votes, participants)
    return protocol


def _recounted(nation: Nation, participants: str) -> None:
    """Precinct 1006: the first count was replaced by a recount; a scanner saw two votes fewer for the first list."""
    first = accepted(nation, "1006", (210, 90, 30), participants=participants)
    Protocol.objects.filter(pk=first.pk).update(state=State.REPLACED)
    asked = matters.replacement(first, Matter.RECOUNT)
    decision = decided(nation.cec_chair.body, asked.matter, asked.subject, at=AT)
    again = _protocol(
        nation,
        "1006",
        State.ACCEPTED,
        version=2,
        occasion=Protocol.Occasion.RECOUNT,
        reason="Recount after a complaint",
        decision=decision.label,
        carries_out=decision,
        replaces=first,
    )
    _keep(again, nation.precincts["1006"], (212, 90, 30), participants)
    ScannerReport.objects.create(
        voting=nation.voting,
        precinct=again.precinct,
        device_no="S-1",
        total=340,
        votes=[210, 90, 30],
        against_all=5,
        invalid=5,
        recorded_at=AT,
    )
    ledger.record("protocol.replaced", subject=f"protocol:{again.pk}", by=nation.chair, at=AT, grounds=("L36.7.a4",))


def _parked(nation: Nation) -> None:
    """Precinct 1007: figures known, a correlation does not hold, an explanation is on file."""
    protocol = _protocol(nation, "1007", State.PARKED)
    figures = _keep(protocol, nation.precincts["1007"], (50, 20, 10), "known")
    ProtocolFinding.objects.create(
        figures=figures,
        code="CR19",
        severity="error",
        nature="accounting",
        formula="88 == 87 + 2",
        fields=["found_total", "valid"],
        norms=["L35.15"],
    )
    Explanation.objects.create(figures=figures, kind="explanation", text="One ballot was taken away.", at=AT)


def sign(nation: Nation, code: str, *, more: int = 0) -> TecProtocol:
    """The TEC signs the sums of its precincts, `more` votes too many for the first list."""
    figures = Figures.objects.filter(tec=nation.tecs[code], protocol__state=State.ACCEPTED).order_by("precinct__number")
    votes = [sum(places) for places in zip(*(row.votes for row in figures), strict=True)]
    sums = {
        name: None if any(getattr(row, name) is None for row in figures) else sum(getattr(row, name) for row in figures)
        for name in Figures.SUMMED
    }
    sitting, _members = in_session(
        nation.tecs[code].body, at=AT, election=nation.election.slug, kind=Sitting.Kind.FINAL
    )
    return TecProtocol.objects.create(
        voting=nation.voting,
        tec=nation.tecs[code],
        version=1,
        pec_count=len(figures),
        protocols_used=len(figures),
        sums=sums,
        votes=[votes[0] + more, *votes[1:]],
        table=[[row.precinct.number, row.protocol.version] for row in figures],
        office=nation.chair,
        at=AT,
        final_sitting=sitting,
        final_meeting_at=AT,
    )


def _protocol(nation: Nation, number: str, state: State, **more: object) -> Protocol:
    expected = nation.precincts[number]
    return Protocol.objects.create(
        voting=nation.voting,
        precinct=expected.precinct,
        tec=expected.tec,
        source=Protocol.Source.IMPORT,
        state=state,
        received_at=AT,
        received_by=nation.chair,
        **more,
    )


def _keep(protocol: Protocol, expected: VotingPrecinct, votes: tuple[int, ...], participants: str) -> Figures:
    against, invalid = 5, 8
    valid = sum(votes) + against
    known = participants == "known"
    lines: dict[str, object] = {"valid": valid, "against_all": against, "votes": dict(zip(CODES, votes, strict=True))}
    columns = {"participated": valid + invalid, "invalid": invalid, "voters_listed": 900} if known else {}
    return Figures.objects.create(
        protocol=protocol,
        round=1,
        voting=protocol.voting,
        precinct=protocol.precinct,
        tec=protocol.tec,
        region=expected.region,
        valid=valid,
        against_all=against,
        votes=list(votes),
        lines=lines | columns | ({"found_scanners": valid + invalid} if known else {}),
        made_at=AT,
        **columns,
    )


def _voting() -> Voting:
    election = Election.objects.create(
        slug="invented-2020",
        kind=Election.Kind.JOGORKU_KENESH,
        name_ky="Жогорку Кеңештин депутаттарын шайлоо",
        name_ru="Выборы депутатов Жогорку Кенеша",
        name_en="Election of the deputies of the Jogorku Kenesh",
        called_on=date(2020, 7, 3),
        edition_id="2020-06-30",
        origin=Election.Origin.GENERATED,
    )
    voting = Voting.objects.create(election=election, day=date(2020, 10, 4))
    names = (("Тоо", "Горы", "Mountains"), ("Көл", "Озеро", "Lake"), ("Өзөн", "Река", "River"))
    for position, (code, (ky, ru, en)) in enumerate(zip(CODES, names, strict=True), 1):
        option = Option.objects.create(
            voting=voting, position=position, code=code, name_ky=ky, name_ru=ru, name_en=en, registered=position
        )
        ListedCandidate.objects.bulk_create(
            ListedCandidate(option=option, rank=rank, name_ky=f"{ky} Талапкер {rank}", name_ru=f"{ru} Кандидат {rank}")
            for rank in range(1, 71)
        )
    Option.objects.create(
        voting=voting,
        position=len(CODES) + 1,
        code="against",
        kind=Option.Kind.AGAINST_ALL,
        name_ky="Баарына каршы",
        name_ru="Против всех",
        name_en="Against all",
    )
    compute_deadlines(voting, reason="election.called", at=AT)
    return voting


def _area(code: str, kind: Area.Kind, parent: Area | None, ky: str, ru: str, en: str) -> Area:
    return Area.objects.create(code=code, kind=kind, parent=parent, name_ky=ky, name_ru=ru, name_en=en)


def _commission(code: str, level: Commission.Level, area: Area, superior: Commission | None) -> Commission:
    body = Body.objects.create(
        code=code,
        kind=level.value,
        superior_id=superior.pk if superior else None,
        name_ky=f"{code} комиссиясы",
        name_ru=f"Комиссия {code}",
        name_en=f"Commission {code}",
    )
    return Commission.objects.create(body=body, level=level, area=area)


def _expected(voting: Voting, number: str, area: Area, region: Area, tec: Commission) -> VotingPrecinct:
    precinct = Precinct.objects.create(
        number=number,
        area=area,
        region=region,
        numbering=Precinct.Numbering.GENERATED,
        place_ky=f"№ {number[-1]} мектеп",
        place_ru=f"Школа № {number[-1]}",
        place_en=f"School no. {number[-1]}",
    )
    return VotingPrecinct.objects.create(voting=voting, precinct=precinct, tec=tec, region=region)


def _office(name: str, at: Commission, role: Role) -> Office:
    person = Person.objects.create(username=name, name=name.title(), password="!")
    since = datetime(2020, 1, 1, tzinfo=UTC)
    return Office.objects.create(person=person, body=at.body, role=role, since=since)
