"""People with badges before a precinct on election day, and the acts that bring them there, by the shortest way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from shailoo.accounts.models import Body, Office
from shailoo.accounts.roles import Role
from shailoo.commissions.models import Decision, Matter
from shailoo.documents.certificates import actions as certificates
from shailoo.documents.certificates.code import Kind, Reach, Scope
from shailoo.documents.certificates.models import Certificate
from shailoo.documents.sealed.actions import Content, seal
from shailoo.elections.clock import BISHKEK
from shailoo.law.outcome import Refused
from shailoo.observation.actions.presence import Noted, Told, note_passages
from shailoo.observation.models import (
    Accreditation,
    Answer,
    AnswerList,
    Applicant,
    Application,
    Ending,
    Interpreter,
    ListedAnswer,
    Passage,
)
from tests.commissions.sittings import decided
from tests.observation import scene as room
from tests.observation.scene import DECIDED, ELECTION_DAY, Scene, draft, filed, person

KINDS = {
    Application.Kind.INTERNATIONAL: Kind.INTERNATIONAL_OBSERVER,
    Application.Kind.CITIZEN: Kind.CITIZEN_OBSERVER,
    Application.Kind.OBSERVER: Kind.OBSERVER,
    Application.Kind.REPRESENTATIVE: Kind.COMMISSION_REPRESENTATIVE,
    Application.Kind.MEDIA: Kind.MEDIA,
}
NOTICES = (Application.Kind.OBSERVER, Application.Kind.REPRESENTATIVE)
NORMS: Mapping[str, str] = {
    Application.Kind.INTERNATIONAL: "R3.4.a1",
    Application.Kind.CITIZEN: "L10-1.3.a1",
    Application.Kind.OBSERVER: "L9.2.a4",
    Application.Kind.REPRESENTATIVE: "L17.2",
    Application.Kind.MEDIA: "L11.1",
}
UNTIL = datetime(2020, 11, 30, tzinfo=BISHKEK)
MORNING = ELECTION_DAY


def moment(minutes: int = 0) -> datetime:
    """So many minutes after nine on election day."""
    return MORNING + timedelta(minutes=minutes)


@dataclass(frozen=True)
class Door:
    """PEC 1001 on election day, and those who may come: each with a certificate."""

    scene: Scene
    abroad: tuple[Accreditation, ...]  # two of the mission
    first: tuple[Accreditation, ...]  # two observers of the first party, for 1001
    second: Accreditation  # of the second party
    citizen: Accreditation  # of the NGO, for 1001
    elsewhere: Accreditation  # of the NGO, for 1002
    medium: Accreditation
    interpreter: Interpreter  # of the first of the mission
    member: Office  # of PEC 1001: who sits at the door

    @property
    def pec(self) -> Body:
        return self.scene.pec

    def note(self, *noted: Noted, sent_at: datetime | None = None, at: datetime | None = None) -> tuple[Told, ...]:
        """What is told of passages that the member at the door sends."""
        when = at or max(each.at for each in noted)
        told = note_passages(self.scene.election, noted, sent_at=sent_at or when, by=self.member, at=when)
        assert not isinstance(told, Refused), told
        return told


def build() -> Door:
    """Write it to the database; the clock of the election shows nine on election day."""
    found = room.build()
    ngo = accredited(found, found.ngo, Application.Kind.CITIZEN, commission=found.pec)
    mission = accredited(found, found.mission, Application.Kind.INTERNATIONAL, people=2)
    door = Door(
        scene=found,
        abroad=tuple(mission),
        first=tuple(accredited(found, found.party, Application.Kind.OBSERVER, commission=found.pec, people=2)),
        second=accredited(found, found.other_party, Application.Kind.OBSERVER, commission=found.pec)[0],
        citizen=ngo[0],
        elsewhere=accredited(found, found.ngo, Application.Kind.CITIZEN, commission=found.pecs[1])[0],
        medium=accredited(found, found.medium, Application.Kind.MEDIA)[0],
        interpreter=interpreter(found, mission[0]),
        member=room.office("door", found.pec, Role.PEC_MEMBER),
    )
    found.desk.at(MORNING)
    return door


def accredited(
    scene: Scene,
    by: Office,
    kind: Application.Kind,
    *,
    commission: Body | None = None,
    people: int = 1,
    names: Sequence[str] = (),
    at: datetime = DECIDED,
) -> list[Accreditation]:
    """People of a sender who were accredited, or taken note of, at `at`; with these surnames, or so many."""
    application = draft(scene, by, kind, people=0 if names else people, commission=commission, papers=False)
    for row, name in enumerate(names, 1):
        person(application, row, commission or scene.cec, name=name)
    filed(application)
    applicants = list(application.applicants.select_related("application__sender__body", "commission"))
    decision = None if kind in NOTICES else _decision(scene, applicants, at)
    return [_accredited(scene, each, decision, at) for each in applicants]


def _decision(scene: Scene, applicants: Sequence[Applicant], at: datetime) -> Decision:
    """What the commission of these people decided: all of them are accredited."""
    of, own = applicants[0].application, applicants[0].commission
    assert own is not None
    number = AnswerList.objects.count() + 1
    found = AnswerList.objects.create(
        commission=own,
        election=scene.election,
        kind=of.kind,
        year=at.year,
        number=number,
        digest=f"{number:064x}",
        office=scene.chair,
        at=at,
    )
    ListedAnswer.objects.bulk_create(
        ListedAnswer(list=found, applicant=each, accredited=True, norm=NORMS[of.kind]) for each in applicants
    )
    when = at - timedelta(minutes=100 - number)
    return decided(own, Matter.ACCREDITATION, found.subject, at=when, title=f"Аккредитация {number}")


def _accredited(scene: Scene, applicant: Applicant, decision: Decision | None, at: datetime) -> Accreditation:
    application, own = applicant.application, applicant.commission
    assert own is not None
    answer = Answer.objects.create(
        applicant=applicant,
        accredited=True,
        norm=NORMS[application.kind],
        decision=decision,
        office=scene.chair,
        at=at,
    )
    everywhere = own.pk == scene.cec.pk
    return Accreditation.objects.create(
        answer=answer,
        applicant=applicant,
        election=scene.election,
        kind=application.kind,
        sender=application.sender,
        commission=own,
        certificate=certificate(
            scene, KINDS[Application.Kind(application.kind)], applicant.name, application.sender.body, own, everywhere
        ),
        since=at.astimezone(BISHKEK).date(),
        at=at,
    )


def certificate(scene: Scene, kind: Kind, holder: str, body: Body, place: Body, everywhere: bool) -> Certificate:
    names = {"ky": place.name_ky, "ru": place.name_ru, "en": place.name_en}
    election = scene.election
    scope = Scope(election.slug) if everywhere else Scope(election.slug, Reach.BODY, place.code)
    wanted = certificates.Draft(
        kind=kind,
        holder=holder,
        body=body,
        valid_from=DECIDED - timedelta(hours=1),
        valid_until=UNTIL,
        scope=scope,
        names={"election": {"ky": election.name_ky, "ru": election.name_ru, "en": election.name_en}}
        | ({} if everywhere else {"place": names}),
    )
    issued = certificates.issue_certificate(wanted, by=scene.operator, at=DECIDED)
    assert isinstance(issued, Certificate), issued
    return issued


def interpreter(scene: Scene, of: Accreditation) -> Interpreter:
    """Somebody who interprets for an observer."""
    name = "Кулова Айнура"
    dossier = seal(Content("dossier", of.subject, b"{}", "application/json"), by=scene.mission, at=DECIDED)
    return Interpreter.objects.create(
        accreditation=of,
        name=name,
        languages="en, ky",
        dossier=dossier,
        certificate=certificate(scene, Kind.INTERPRETER, name, of.sender.body, scene.cec, everywhere=True),
        office=scene.mission,
        at=DECIDED,
    )


def recalled(accreditation: Accreditation, at: datetime, by: Office) -> Ending:
    """The sender called its observer back."""
    return Ending.objects.create(
        accreditation=accreditation, ground="recalled", reason="Кайра чакырылды", office=by, at=at
    )


def passage(
    who: Accreditation | Interpreter,
    way: Passage.Way = Passage.Way.IN,
    at: datetime = MORNING,
    *,
    uid: UUID | None = None,
    confirmed: Sequence[str] = (),
) -> Noted:
    return Noted(uid or uuid4(), who.certificate.number, way, at, "valid", tuple(confirmed))


def codes(told: Told) -> list[str]:
    return [each.code for each in told.findings]


DAY = date(2020, 10, 4)
