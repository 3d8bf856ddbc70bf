"""A small country with an election, its commissions and protocols, in the database: what tests of results stand on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from shailoo.accounts.models import Body, Office, Person
from shailoo.accounts.roles import Role
from shailoo.commissions.actions import close_sitting
from shailoo.commissions.grounds import Asked
from shailoo.commissions.models import Commission, Decision, Matter, Sitting
from shailoo.counting.models import Figures, Protocol
from shailoo.elections.models import Election, Option, Voting, VotingPrecinct
from shailoo.law.outcome import Refused
from shailoo.results import actions, matters, queries
from shailoo.results.actions.invalidation import Grounds
from shailoo.results.models import Determination, Invalidation, QuestionDecided, ReadingTaken, TecProtocol
from shailoo.territory.models import Area, Precinct
from tests.commissions.sittings import decided, done, in_session

DAY = date(2020, 10, 4)
NIGHT = datetime(2020, 10, 4, 16, 0, tzinfo=UTC)  # 22:00 in Bishkek
UNITS = ("KG02", "KG03", "KG11", "ABROAD")
_KINDS = {"KG11": Area.Kind.REPUBLICAN_CITY, "ABROAD": Area.Kind.ABROAD}
FULL = dict.fromkeys(Figures.SUMMED, 0)


@dataclass
class Scene:
    """The voting with everything in it by its code; `clock` moves an hour with every act."""

    voting: Voting
    areas: dict[str, Area]
    tecs: dict[str, Commission]
    precincts: dict[str, Precinct]
    offices: dict[str, Office]
    clock: datetime = field(default=NIGHT)

    def now(self) -> datetime:
        self.clock += timedelta(hours=1)
        return self.clock

    @property
    def cec_chair(self) -> Office:
        return self.offices["cec_chair"]

    def tec_chair(self, code: str = "KG02") -> Office:
        return self.offices[f"tec_chair:{code}"]


def build(
    *,
    precincts: int = 2,
    lists: int = 3,
    kind: Election.Kind = Election.Kind.JOGORKU_KENESH,
    units: Iterable[str] = UNITS,
    voting: Voting.Kind = Voting.Kind.GENERAL,
) -> Scene:
    """Units of L64.2 and abroad, a TEC and `precincts` precincts in each, `lists` options and "against all"."""
    country = Area.objects.create(
        code="KG", kind=Area.Kind.COUNTRY, name_ky="Өлкө", name_ru="Страна", name_en="Country"
    )
    cec = _commission("cec", Commission.Level.CEC, country, None)
    election = Election.objects.create(
        slug="eldik-2020",
        kind=kind,
        name_ky="Шайлоо",
        name_ru="Выборы",
        name_en="Election",
        called_on=date(2020, 7, 3),
        edition_id="2020-06-30",
        origin=Election.Origin.GENERATED,
    )
    held = Voting.objects.create(election=election, kind=voting, day=DAY)
    scene = Scene(held, {"KG": country}, {}, {}, _cec_offices(cec))
    _ballot(scene, lists, kind)
    for place, code in enumerate(units, 1):
        _unit(scene, code, cec, 1000 * place, precincts)
    return scene


def _ballot(scene: Scene, lists: int, kind: Election.Kind) -> None:
    own = Option.Kind.CANDIDATE if kind == Election.Kind.PRESIDENTIAL else Option.Kind.LIST
    options = [
        Option(voting=scene.voting, position=n, code=f"p{n:02}", kind=own, registered=n, **_names(f"Тизме {n}"))
        for n in range(1, lists + 1)
    ]
    against = Option(
        voting=scene.voting,
        position=lists + 1,
        code="against_all",
        kind=Option.Kind.AGAINST_ALL,
        **_names("Баарына каршы"),
    )
    Option.objects.bulk_create([*options, against])


def _unit(scene: Scene, code: str, cec: Commission, first: int, precincts: int) -> None:
    area = Area.objects.create(
        code=code, kind=_KINDS.get(code, Area.Kind.OBLAST), parent=scene.areas["KG"], **_names(f"Аймак {code}")
    )
    tec = _commission(f"tec-{code.lower()}", Commission.Level.TEC, area, cec)
    scene.areas[code], scene.tecs[code] = area, tec
    scene.offices[f"tec_chair:{code}"] = _office(tec.body, Role.TEC_CHAIR)
    for number in range(first + 1, first + precincts + 1):
        precinct = Precinct.objects.create(number=str(number), area=area, region=area)
        scene.precincts[precinct.number] = precinct
        VotingPrecinct.objects.create(voting=scene.voting, precinct=precinct, tec=tec, region=area, voters_listed=1000)


def _commission(code: str, level: Commission.Level, area: Area, superior: Commission | None) -> Commission:
    body = Body.objects.create(
        code=code, kind=level.value, superior=superior.body if superior else None, **_names(code.upper())
    )
    return Commission.objects.create(body=body, level=level, area=area)


def _cec_offices(cec: Commission) -> dict[str, Office]:
    return {
        "cec_chair": _office(cec.body, Role.CEC_CHAIR),
        "cec_member": _office(cec.body, Role.CEC_MEMBER),
        "cec_operator": _office(cec.body, Role.CEC_OPERATOR),
    }


def _office(body: Body, role: Role) -> Office:
    return office(body, role)


def office(body: Body, role: Role) -> Office:
    """A person in a role at a body, held long before and after the voting."""
    person = Person.objects.create(username=f"{role}-{body.code}", name=f"{role} {body.code}")
    return Office.objects.create(person=person, body=body, role=role, since=datetime(2019, 1, 1, tzinfo=UTC))


def _names(name: str) -> dict[str, str]:
    return {"name_ky": name, "name_ru": name, "name_en": name}


# ------------------------------------------------------------------------------------- protocols


def protocol(
    scene: Scene,
    number: str,
    votes: Iterable[int],
    *,
    against_all: int = 0,
    state: str = "accepted",
    version: int = 1,
    lines: Mapping[str, int | None] | None = None,
    replaces: Protocol | None = None,
) -> Protocol:
    """A protocol of a precinct with its figures; lines not named follow from the votes as in a faultless protocol."""
    precinct = scene.precincts[number]
    entry = VotingPrecinct.objects.get(voting=scene.voting, precinct=precinct)
    again = _recounted(scene, number) if version > 1 else {}
    found = Protocol.objects.create(
        voting=scene.voting,
        precinct=precinct,
        tec=entry.tec,
        version=version,
        source=Protocol.Source.IMPORT,
        state=state,
        received_at=scene.now(),
        replaces=replaces,
        **again,
    )
    Figures.objects.create(
        protocol=found,
        round=1,
        voting=scene.voting,
        precinct=precinct,
        tec=entry.tec,
        region=entry.region,
        votes=list(votes),
        lines={},
        made_at=scene.clock,
        **_lines(list(votes), against_all, lines or {}),
    )
    return found


def _recounted(scene: Scene, number: str) -> dict[str, object]:
    """What makes a protocol that of a recount: the CEC's decision, and why."""
    subject = f"voting:{scene.voting.pk}/precinct:{number}"
    decision = decided(scene.cec_chair.body, Matter.RECOUNT, subject, at=scene.now())
    recount = Protocol.Occasion.RECOUNT
    return {
        "occasion": recount,
        "reason": "кайра санап чыгуу",
        "decision": decision.label,
        "carries_out": decision,
    }


def _lines(votes: list[int], against_all: int, given: Mapping[str, int | None]) -> dict[str, int | None]:
    valid = sum(votes) + against_all
    found = valid + (given.get("invalid") or 0)
    whole = {"voters_listed": 1000, "participated": found, "cheques_total": found, "found_total": found}
    return {**FULL, **whole, "valid": valid, "against_all": against_all, **given}


def all_protocols(
    scene: Scene, votes: Iterable[int] = (300, 200, 100), *, lines: Mapping[str, int | None] | None = None
) -> None:
    """The same votes at every precinct."""
    shared = list(votes)
    for number in scene.precincts:
        protocol(scene, number, shared, lines=lines)


# ------------------------------------------------------------------------------------- decisions and acts


def decision(scene: Scene, asked: Asked, by: Office | None = None) -> Decision:
    """The decision of a commission on what is asked, taken at a sitting; the CEC's unless an office says otherwise."""
    body = (by or scene.cec_chair).body
    return decided(body, asked.matter, asked.subject, at=scene.now())


def court(scene: Scene, number: str = "1001", *, by: Office | None = None) -> Grounds:
    """A court has declared the results of a precinct invalid, and the commission carries that out (ground 4)."""
    asked = matters.invalidation(scene.voting, scene.precincts[number])
    ground = Invalidation.Ground.COURT_DECISION
    return Grounds(ground, decision(scene, asked, by), superior_decision="АД-1")


def determine(scene: Scene, *, reason: str = "", heard: actions.Complaints | None = None) -> Determination | Refused:
    """The CEC decides on the result, and its chair determines it."""
    taken = decision(scene, matters.determination(scene.voting))
    by = scene.cec_chair
    return actions.determine(scene.voting, decision=taken, by=by, at=scene.now(), reason=reason, complaints=heard)


def take_reading(scene: Scene, parameter: str, option: str, *, reopens: str = "") -> ReadingTaken | Refused:
    """The CEC decides to read a norm otherwise in this election."""
    return actions.take_reading(
        scene.voting.election,
        parameter=parameter,
        option=option,
        decision=decision(scene, matters.reading(scene.voting.election, parameter)),
        by=scene.cec_chair,
        at=scene.now(),
        reopens=reopens,
    )


def answer_question(scene: Scene, question: str, option: str) -> QuestionDecided | Refused:
    """The CEC decides on a question that the law leaves open."""
    return actions.decide_question(
        scene.voting,
        question=question,
        option=option,
        decision=decision(scene, matters.question(scene.voting, question)),
        by=scene.cec_chair,
        at=scene.now(),
    )


def final_sitting(scene: Scene, code: str = "KG02", *, at: datetime | None = None) -> Sitting:
    """The TEC's final sitting on complaints, opened at `at`: all members came, nothing was complained of."""
    body, election = scene.tecs[code].body, scene.voting.election.slug
    sitting, members = in_session(body, at=at or scene.now(), election=election, kind=Sitting.Kind.FINAL)
    return done(close_sitting(sitting, by=members[0], at=at or scene.clock))


def sign(scene: Scene, code: str, *, reason: str = "", not_summed: Mapping[str, str] | None = None) -> TecProtocol:
    """A TEC's protocol over its present figures, signed by its chair."""
    meeting = actions.FinalMeeting(final_sitting(scene, code))
    at = scene.now()
    signed = actions.sign_tec_protocol(
        scene.voting,
        scene.tecs[code],
        by=scene.tec_chair(code),
        at=at,
        meeting=meeting,
        not_summed=not_summed or {},
        reason=reason,
    )
    assert isinstance(signed, TecProtocol), signed
    return signed


def sign_all(scene: Scene) -> None:
    for code in scene.tecs:
        sign(scene, code)


def obstacle_codes(scene: Scene) -> set[str]:
    return {found.code for found in queries.draft(scene.voting).obstacles}
