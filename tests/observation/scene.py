"""A called election with those who send observers to it: a mission, an NGO, two parties, a medium, and their people.

Everybody is generated. Drafts are written by the models directly, so that tests of what comes later need no page; what
follows a draft goes through the acts.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from PIL import Image, ImageDraw

from shailoo.accounts.models import Body, Office, Person
from shailoo.accounts.roles import Kind, Role
from shailoo.commissions.models import Commission
from shailoo.cooperation.kinds import Channel, InvitingBody, OrganizationKind
from shailoo.cooperation.models import Invitation, Organization
from shailoo.documents.sealed.actions import Content, seal
from shailoo.elections.actions import record_moment, set_ballot
from shailoo.elections.clock import BISHKEK
from shailoo.elections.models import Election, Voting
from shailoo.observation import dossier
from shailoo.observation.actions.answering import Answered, answer, note
from shailoo.observation.actions.listing import DECIDED as BY_DECISION
from shailoo.observation.actions.listing import Proposed, Sheet, draw_up
from shailoo.observation.dossier import Dossier
from shailoo.observation.matters import answers
from shailoo.observation.models import Accreditation, AnswerList, Applicant, Application, Paper, Sender
from shailoo.observation.states import State
from tests.commissions.sittings import decided, done
from tests.elections.desk import Desk
from tests.elections.desk import build as build_desk
from tests.elections.test_elections import LINES

PUBLISHED = date(2020, 7, 5)
INVITED = datetime(2020, 7, 10, 10, tzinfo=BISHKEK)
AT = datetime(2020, 9, 10, 12, tzinfo=BISHKEK)
"""When applications are drafted and filed: the lists are registered, accreditation is open."""
DECIDED = datetime(2020, 9, 20, 10, tzinfo=BISHKEK)
ELECTION_DAY = datetime(2020, 10, 4, 9, tzinfo=BISHKEK)
SINCE = datetime(2020, 7, 3, 12, tzinfo=BISHKEK)

SURNAMES = ("Lindqvist", "Varga", "Moreau", "Okafor", "Tanaka", "Petrenko", "Silva", "Novak", "Haas", "Kowalska")
GIVEN = ("Astrid", "Bence", "Claire", "Daniel", "Emi", "Fedir", "Gabriela", "Hana", "Ida", "Jan")
KY_SURNAMES = ("Асанов", "Токтогулов", "Сыдыкова", "Үсөнов", "Жээнбаева", "Мамбетов", "Эркинова", "Орозов")
KY_GIVEN = ("Бакыт", "Нурлан", "Айгүл", "Темир", "Чолпон", "Мирлан", "Бегайым", "Азамат")
COUNTRIES = ("SE", "HU", "FR", "NG", "JP", "UA", "BR", "CZ", "AT", "PL")
ABROAD = (Application.Kind.INTERNATIONAL, Application.Kind.MEDIA)


@dataclass(frozen=True)
class Scene:
    """The election of 4 October 2020, a rehearsal: commissions, those who send people, and an office of each."""

    desk: Desk
    cec: Body
    tec: Body
    pecs: tuple[Body, ...]  # 1001, 1002, 1003 under the TEC, 2001 under another one
    chair: Office  # of the CEC
    secretary: Office
    operator: Office
    ministry: Office
    tec_chair: Office
    pec_chair: Office  # of PEC 1001
    mission: Office
    ngo: Office
    party: Office
    other_party: Office
    medium: Office
    invitation: Invitation

    @property
    def voting(self) -> Voting:
        return self.desk.voting

    @property
    def election(self) -> Election:
        return self.desk.voting.election

    @property
    def pec(self) -> Body:
        return self.pecs[0]

    @property
    def senders(self) -> tuple[Office, ...]:
        return (self.mission, self.ngo, self.party, self.other_party, self.medium)


def build() -> Scene:
    """Write the scene to the database: the calling published on 5 July, the ballot set, the clock at `AT`."""
    desk = build_desk()
    cec, tec = desk.chair.body, desk.tecs[0].body
    published = INVITED - timedelta(days=4)
    record_moment(desk.voting, "official_publication_of_calling", PUBLISHED, by=desk.operator, at=published)
    set_ballot(desk.voting, LINES, by=desk.chair, at=AT - timedelta(days=3))
    organization = _organization("ORG-NORTH", "Northern Election Watch", OrganizationKind.INTERNATIONAL, "SE")
    own = _organization("ORG-CEC-KG", "Central Election Commission", OrganizationKind.CENTRAL_ELECTION_BODY, "KG")
    invitation = Invitation.objects.create(
        commission=own,
        election=desk.voting.election.slug,
        election_day=desk.voting.day,
        inviting_body=InvitingBody.CEC,
        channel=Channel.DIRECT,
        invitee=organization,
        sent_at=INVITED,
        source="generated",
    )
    ministry = _body("MFA", Kind.STATE_BODY, "Ministry of Foreign Affairs")
    found = Scene(
        desk=desk,
        cec=cec,
        tec=tec,
        pecs=tuple(each.body for each in desk.pecs),
        chair=desk.chair,
        secretary=office("secretary", cec, Role.CEC_SECRETARY),
        operator=desk.operator,
        ministry=office("ministry", ministry, Role.FOREIGN_MINISTRY),
        tec_chair=desk.tec_chair,
        pec_chair=desk.pec_chair,
        mission=sender("MISSION-1", Sender.Kind.INTERNATIONAL_ORGANIZATION, "Northern Election Watch", organization),
        ngo=sender("NGO-1", Sender.Kind.NGO, "Common Vote"),
        party=sender("P01", Sender.Kind.PARTY, "First"),
        other_party=sender("P02", Sender.Kind.PARTY, "Second"),
        medium=sender("MEDIA-1", Sender.Kind.MEDIA, "Ala-Too Daily"),
        invitation=invitation,
    )
    desk.at(AT)
    return found


def office(name: str, body: Body, role: Role) -> Office:
    """A generated person in an office."""
    person = Person.objects.create(username=name, name=f"{name.title()} Generated", password="!")
    return Office.objects.create(person=person, body=body, role=role, since=SINCE)


ROLES = {
    Sender.Kind.CANDIDATE: (Kind.CANDIDATE, Role.AUTHORIZED_REPRESENTATIVE),
    Sender.Kind.PARTY: (Kind.PARTY, Role.AUTHORIZED_REPRESENTATIVE),
    Sender.Kind.NGO: (Kind.NGO, Role.NGO),
    Sender.Kind.MEDIA: (Kind.MEDIA, Role.MEDIA),
    Sender.Kind.FOREIGN_ORGANIZATION: (Kind.MISSION, Role.SENDING_ORGANIZATION),
    Sender.Kind.INTERNATIONAL_ORGANIZATION: (Kind.MISSION, Role.SENDING_ORGANIZATION),
}


def sender(code: str, kind: Sender.Kind, name: str, organization: Organization | None = None) -> Office:
    """A body that may send people, and the office that writes for it."""
    of, role = ROLES[kind]
    body = _body(code, of, name)
    Sender.objects.create(
        body=body,
        kind=kind,
        organization=organization,
        registration=f"reg {code}",
        email=f"{code.lower()}@example.org",
        language="en" if organization else "ky",
        at=SINCE,
    )
    return office(f"of-{code.lower()}", body, role)


# ------------------------------------------------------------------------------------- applications


def draft(
    scene: Scene,
    by: Office,
    kind: Application.Kind,
    *,
    people: int = 1,
    commission: Body | None = None,
    at: datetime = AT,
    papers: bool = True,
) -> Application:
    """A draft with as many generated people, complete where `papers`; `commission` is the CEC where none is given."""
    international = kind is Application.Kind.INTERNATIONAL
    application = Application.objects.create(
        sender=by.body.sender,
        election=scene.election,
        kind=kind,
        form=Application.Form.MISSION if international else Application.Form.GROUP,
        invitation=scene.invitation if international else None,
        decided_on=date(2020, 8, 1) if kind is Application.Kind.CITIZEN else None,
        deciding_organ="Board" if kind is Application.Kind.CITIZEN else "",
        office=by,
        at=at,
    )
    for row in range(1, people + 1):
        person(application, row, commission or scene.cec, at=at)
    if papers:
        attach(application, by, at)
    return application


def person(application: Application, row: int, commission: Body, *, at: datetime = AT, name: str = "") -> Applicant:
    """A generated person on a draft, with a sealed dossier and photograph."""
    abroad = application.kind in ABROAD
    number = application.pk * 1000 + row
    surnames, given = (SURNAMES, GIVEN) if abroad else (KY_SURNAMES, KY_GIVEN)
    surname = name or f"{surnames[number % len(surnames)]}"
    own = given[(number // len(surnames)) % len(given)]
    known = generated(number, abroad=abroad)
    applicant = Applicant.objects.create(
        application=application,
        row=row,
        surname=surname,
        given_names=f"{own} {_letters(number)}",
        citizenships=[COUNTRIES[number % len(COUNTRIES)] if abroad else "KG"],
        position="observer",
        language="en" if abroad else "ky",
        commission=commission,
        identity_mark=dossier.identity_mark(known.document_number),
        person_mark=dossier.person_mark(surname, f"{own} {_letters(number)}", known.born),
    )
    sealed = Content(dossier.KIND, applicant.subject, dossier.written(known), dossier.MEDIA_TYPE)
    applicant.dossier = seal(sealed, by=application.office, at=at)
    applicant.photo = seal(Content("photo", applicant.subject, portrait(), "image/jpeg"), by=application.office, at=at)
    applicant.save()
    return applicant


def attach(application: Application, by: Office, at: datetime, kinds: Sequence[str] = ()) -> None:
    """Every paper that the law asks of such an application, as one sealed page each."""
    for kind in kinds or ("application", "representatives_list", "ngo_decision_copy"):
        _paper(application, None, kind, by, at)
    for applicant in application.applicants.all():
        _paper(application, applicant, "identity_copies", by, at)


def filed(application: Application, *, at: datetime = AT) -> Application:
    """The draft as it stands once the commission has received it, with the next number of the year."""
    last = Application.objects.filter(year=at.year).order_by("-number").values_list("number", flat=True).first() or 0
    application.state = State.FILED.value
    application.year, application.number, application.filed_at = at.year, last + 1, at
    application.save()
    return application


@cache
def portrait() -> bytes:
    """A drawing of a face, upright, three by four: nobody's."""
    image = Image.new("RGB", (300, 400), (214, 222, 230))
    pencil = ImageDraw.Draw(image)
    pencil.ellipse((75, 70, 225, 260), fill=(190, 150, 120))
    pencil.rectangle((50, 280, 250, 400), fill=(40, 60, 90))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=85)
    return buffer.getvalue()


def generated(number: int, *, abroad: bool) -> Dossier:
    """The personal data of a generated person, complete for every kind; the number makes them another one."""
    return Dossier(
        born=date(1980, 1, 1) + timedelta(days=number % 3000),
        document_number=f"{'P' if abroad else 'ID'}{number:07d}",
        document_expires_on=date(2025, 1, 1),
        address="Бишкек",
        phone="+996 700 000000",
        occupation="teacher",
        votes=not abroad,
        resides=not abroad,
        convicted=False,
        unrestricted=True,
    )


# ------------------------------------------------------------------------------------- answers


def listed(application: Application, by: Office, *rows: Proposed, at: datetime = DECIDED) -> AnswerList:
    """The list of answers to everybody on a filed application; those who are not named are accredited."""
    return done(draw_up(sheet(application, by, *rows), by=by, at=at))


def sheet(application: Application, by: Office, *rows: Proposed) -> Sheet:
    """The answers of the commission of `by` to everybody on the application who waits for it."""
    given = {each.applicant: each for each in rows}
    people = application.applicants.filter(commission=by.body, withdrawal__isnull=True)
    everybody = tuple(given.get(each.pk, Proposed(each.pk)) for each in people)
    return Sheet(by.body, application.election, Application.Kind(application.kind), everybody)


def carried_out(found: AnswerList, by: Office, *, at: datetime = DECIDED) -> Answered:
    """The list decided on by its commission at a sitting, and carried out."""
    asked = answers(found)
    decision = decided(found.commission, asked.matter, asked.subject, at=at, election=found.election.slug)
    return done(answer(found, decision, by=by, at=at + timedelta(minutes=30)))


def accredited(application: Application, by: Office, *rows: Proposed, at: datetime = DECIDED) -> list[Accreditation]:
    """Everybody on a filed application answered by the commission of `by`; the accreditations in the list's order."""
    if application.kind in BY_DECISION:
        carried_out(listed(application, by, *rows, at=at), by, at=at)
    else:
        done(note(sheet(application, by, *rows), by=by, at=at))
    found = Accreditation.objects.filter(applicant__application=application)
    return list(found.select_related("certificate", "applicant", "election", "commission").order_by("applicant__row"))


def _paper(application: Application, applicant: Applicant | None, kind: str, by: Office, at: datetime) -> None:
    subject = applicant.subject if applicant else application.subject
    file = seal(Content(kind, subject, f"{kind} of {subject}".encode(), "application/pdf"), by=by, at=at)
    Paper.objects.create(
        application=application, applicant=applicant, kind=kind, name=f"{kind}.pdf", file=file, office=by, at=at
    )


def _letters(number: int) -> str:
    """A number as letters, so that generated names differ and hold no digits."""
    return "".join("ABCDEFGHIJ"[int(digit)] for digit in str(number))


def _organization(code: str, name: str, kind: OrganizationKind, country: str) -> Organization:
    found = Organization(code=code, kind=kind, name=name, country=country, source="generated")
    found.legal_capacity_confirmed = True
    found.names = found.keyed()
    found.save()
    return found


def _body(code: str, kind: Kind, name: str) -> Body:
    return Body.objects.create(code=code, kind=kind, name_ky=name, name_ru=name, name_en=name)


def commission_of(body: Body) -> Commission:
    return Commission.objects.get(pk=body.pk)
