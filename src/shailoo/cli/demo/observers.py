"""Observers and media of the demo: a mission, an NGO, a medium and the parties send people, and commissions answer.

Everybody is generated, the pictures are drawn. Each organization writes its application by the acts of its own pages.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from uuid import UUID

import typst
from PIL import Image, ImageDraw, ImageFilter

from shailoo.accounts.models import Office
from shailoo.accounts.roles import Role
from shailoo.cli.demo import times
from shailoo.cli.demo.acts import done
from shailoo.cli.demo.sittings import Asked, decide
from shailoo.cli.demo.staff import Staff, persons
from shailoo.commissions import queries as commissions
from shailoo.commissions.actions import appoint
from shailoo.commissions.actions.invitations import accept_as
from shailoo.commissions.models import Commission, Matter
from shailoo.cooperation.actions.inviting import Inviting, invite
from shailoo.cooperation.actions.records import enter, open_register
from shailoo.cooperation.kinds import Channel, InvitingBody, OrganizationKind, Purpose
from shailoo.cooperation.models import Invitation, Organization
from shailoo.cooperation.sorts import ORGANIZATION
from shailoo.elections import actions as elections
from shailoo.elections.generator import people
from shailoo.elections.models import Election, Option, Voting
from shailoo.observation.actions.answering import answer, note
from shailoo.observation.actions.attaching import attach, put_photo
from shailoo.observation.actions.drafting import Plan, begin, put_person
from shailoo.observation.actions.filing import file_application
from shailoo.observation.actions.listing import Proposed, Sheet, draw_up
from shailoo.observation.actions.presence import Noted, note_passages
from shailoo.observation.actions.reports import Draft, publish_statement
from shailoo.observation.actions.senders import Account, admit
from shailoo.observation.intake.columns import Field
from shailoo.observation.models import Accreditation, Application, Passage, Sender, Statement
from shailoo.observation.words.deciding import decision_texts

SOURCE = "generated for the demo"
SECRETARY = "cec-secretary"
MISSION = ("Түндүк шайлоо байкоо миссиясы", "Северная миссия наблюдения", "Northern Observation Mission")
NGO = ("«Ачык добуш» коомдук бирикмеси", "Общественное объединение «Открытый голос»", "Open Vote, an association")
MEDIUM = ("«Ала-Тоо жаңылыктары» гезити", "Газета «Новости Ала-Тоо»", "Ala-Too News, a newspaper")
ABROAD = (
    ("Lindqvist", "Astrid", "SE"), ("Varga", "Bence", "HU"), ("Moreau", "Claire", "FR"), ("Tanaka", "Emi", "JP"),
    ("Novak", "Hana", "CZ"), ("Silva", "Gabriela", "BR"), ("Haas", "Ida", "AT"), ("Kowalska", "Jana", "PL"),
    ("Andersen", "Karl", "DK"), ("Georgiou", "Leda", "GR"), ("Marino", "Marco", "IT"), ("Jansen", "Noor", "NL"),
)  # fmt: skip
OBSERVERS = 2  # of every list at one precinct, and of the first lists at a second one
FIRST_LISTS = 3


@dataclass(frozen=True, slots=True)
class _Writer:
    """An organization with the office that writes for it."""

    sender: Sender
    office: Office


def observe(voting: Voting, staff: Staff) -> None:
    """Invitations, applications, decisions, badges' certificates, and who came to the precincts."""
    election, tec, by = voting.election, _first_tec(voting), staff.offices[SECRETARY]
    published = times.CALLED.date()
    told = elections.record_moment(
        voting, "official_publication_of_calling", published, by=staff.cec_operator, at=times.CALLED
    )
    done(told)
    cec = commissions.cec()
    if cec is None:
        raise LookupError("the demo's CEC has not been established")
    mission = _mission(election, cec, staff)
    plan = Plan(Application.Form.MISSION, invitation=Invitation.objects.get(invitee=mission.sender.organization))
    applied = _applied(mission, election, Application.Kind.INTERNATIONAL, plan, [_abroad(place) for place in range(12)])
    _decided(applied, cec, by, staff)
    medium = _admitted(Sender.Kind.MEDIA, MEDIUM, staff)
    applied = _applied(medium, election, Application.Kind.MEDIA, Plan(), _at_home(2, "media"))
    _decided(applied, cec, by, staff)
    ngo = _admitted(Sender.Kind.NGO, NGO, staff)
    at_tec = _at_home(1, "ngo", commission=tec.body.code)
    board = Plan(decided_on=date(2020, 8, 3), deciding_organ="Башкарма")
    applied = _applied(ngo, election, Application.Kind.CITIZEN, board, at_tec)
    _decided(applied, tec, staff.of_tec(tec, "chair"), staff)
    _of_parties(voting, tec, staff)
    _speak(election, mission, "Preliminary statement of the mission", "en")
    _speak(election, mission, "Миссиянын алдын ала билдирүүсү", "ky")
    _speak(election, ngo, "Бирикменин байкоо жөнүндө билдирүүсү", "ky")


# ------------------------------------------------------------------------------------- who sends


def _mission(election: Election, cec: Commission, staff: Staff) -> _Writer:
    """An organization of the register, invited by the CEC, with its account."""
    by, at = staff.offices[SECRETARY], times.PREPARED
    own = done(open_register(cec.body, by=by, at=at))
    names = dict(zip(("name_ky", "name_ru", "name_en"), MISSION, strict=True))
    values = {"kind": OrganizationKind.INTERNATIONAL.value, "name": MISSION[2], "country": "SE", **names}
    entered = done(enter(ORGANIZATION, values, own, by=by, at=at, source=SOURCE))
    if not isinstance(entered, Organization):
        raise TypeError("an organization was entered as something else")
    told = Inviting(election.slug, InvitingBody.CEC, Channel.DIRECT, Purpose.OBSERVATION, SOURCE)
    done(invite(own, told, [entered], by=by, at=at, explained=SOURCE))
    return _admitted(Sender.Kind.INTERNATIONAL_ORGANIZATION, MISSION, staff, entered)


def _admitted(
    kind: Sender.Kind, names: tuple[str, str, str], staff: Staff, organization: Organization | None = None
) -> _Writer:
    """An account, and the person who took the invitation to write for it."""
    username = f"{kind.value.replace('_', '-')}-{Sender.objects.count() + 1}"
    (person,) = persons([username]).values()
    account = Account(kind, *names, person.name, person.email, "ky", organization=organization, registration=SOURCE)
    admitted = done(admit(account, by=staff.offices[SECRETARY], at=times.PREPARED, ground=SOURCE))
    accepted = done(accept_as(admitted.invited.secret, person, at=times.PREPARED + times.A_MOMENT))
    return _Writer(admitted.sender, accepted.office)


# ------------------------------------------------------------------------------------- applications


def _applied(
    writer: _Writer, election: Election, kind: Application.Kind, plan: Plan, rows: Sequence[Mapping[Field, str]]
) -> Application:
    """The application written, with a photograph and a copy of the document for each person, and handed in."""
    by, at = writer.office, times.APPLIED
    draft = done(begin(writer.sender, election, kind, plan, by=by, at=at))
    for row in rows:
        person = done(put_person(draft, None, row, by=by, at=at))
        picture = _portrait(int(row[Field.DOCUMENT_NUMBER][2:]))
        done(put_photo(draft, person, picture, by=by, at=at))
        done(attach(draft, person, "identity_copies", picture, "copy.jpg", by=by, at=at))
    if kind is Application.Kind.CITIZEN:
        for paper in ("application", "ngo_decision_copy"):
            done(attach(draft, None, paper, _portrait(0), f"{paper}.jpg", by=by, at=at))
    return done(file_application(draft, by=by, at=at + times.A_MOMENT))


def _abroad(place: int) -> dict[Field, str]:
    surname, given, country = ABROAD[place]
    return _row(surname, given, country, 1000 + place, "en") | {Field.POSITION: "observer"}


def _at_home(count: int, what: str, commission: str = "") -> list[dict[Field, str]]:
    """Generated citizens; `what` makes them other people."""
    lot, rows = Random(f"demo/observers/{what}"), []  # noqa: S311 - the same at every start
    for _ in range(count):
        name = people.man(lot).ky if lot.random() < 0.5 else people.woman(lot).ky
        surname, given, patronymic = name.split(" ", 2)
        row = _row(surname, given, "KG", lot.randrange(100_000, 9_999_999), "ky")
        rows.append(row | {Field.PATRONYMIC: patronymic, Field.COMMISSION: commission})
    return rows


def _row(surname: str, given: str, country: str, number: int, language: str) -> dict[Field, str]:
    year, month, day = 1960 + number % 40, 1 + number % 12, 1 + number % 28
    return {
        Field.SURNAME: surname,
        Field.GIVEN_NAMES: given,
        Field.CITIZENSHIPS: country,
        Field.BORN: f"{day:02}.{month:02}.{year}",
        Field.DOCUMENT_NUMBER: f"ID{number:07}",
        Field.DOCUMENT_EXPIRES: "01.01.2027",
        Field.LANGUAGE: language,
        Field.ADDRESS: "Бишкек",
        Field.PHONE: "+996 700 000000",
        Field.OCCUPATION: "мугалим",
        Field.VOTES: "ооба",
        Field.RESIDES: "ооба",
        Field.CONVICTED: "жок",
        Field.UNRESTRICTED: "ооба",
    }


def _portrait(number: int) -> bytes:
    """A drawing of nobody, with enough of a grain to be a picture."""
    lot = Random(number)  # noqa: S311 - a drawing
    image = Image.effect_noise((450, 600), 24).convert("RGB")
    pencil = ImageDraw.Draw(image)
    skin, coat = (lot.randrange(150, 220), 150, 120), (lot.randrange(20, 90), 60, lot.randrange(60, 140))
    pencil.rectangle((0, 0, 450, 600), outline=(200, 208, 216), width=40)
    pencil.ellipse((115, 90, 335, 400), fill=skin, outline=(60, 40, 30), width=4)
    pencil.rectangle((60, 430, 390, 600), fill=coat)
    for left in (180, 250):
        pencil.ellipse((left, 220, left + 24, 240), fill=(30, 30, 30))
    pencil.line((190, 330, 260, 330), fill=(120, 40, 40), width=6)
    buffer = io.BytesIO()
    image.filter(ImageFilter.SHARPEN).save(buffer, "JPEG", quality=80)
    return buffer.getvalue()


# ------------------------------------------------------------------------------------- answers


def _decided(application: Application, commission: Commission, by: Office, staff: Staff) -> None:
    """The list drawn up, decided on at a sitting, and carried out."""
    listed = done(draw_up(_sheet(application, commission), by=by, at=times.LISTED))
    people_of = listed.rows.count()
    texts = decision_texts(listed, people_of, 0)
    asked = Asked(
        Matter.ACCREDITATION, listed.subject,
        f"Аккредитация жөнүндө, тизме {listed.label}", f"Об аккредитации, список {listed.label}",
        f"On accreditation, list {listed.label}",
        texts["ky"], texts["ru"], texts["en"], norms=("R3.4.a1",),
    )  # fmt: skip
    (taken,) = decide(staff, commission, (asked,), at=times.ACCREDITED, election=application.election.slug)
    done(answer(listed, taken, by=by, at=times.ACCREDITED))


def _sheet(application: Application, commission: Commission) -> Sheet:
    rows = application.applicants.filter(commission=commission.body).values_list("pk", flat=True)
    kind = Application.Kind(application.kind)
    return Sheet(commission.body, application.election, kind, tuple(Proposed(pk) for pk in rows))


def _of_parties(voting: Voting, tec: Commission, staff: Staff) -> None:
    """Two observers of every list at a few precincts, noted there, and who of them came on election day."""
    lists = Option.objects.filter(voting=voting, kind=Option.Kind.LIST, withdrawn=False).order_by("position")
    pecs = list(commissions.pecs_of(tec)[:2])
    chairs = {pec.pk: _chair_of(pec, staff) for pec in pecs}
    for place, line in enumerate(lists):
        theirs = pecs if place < FIRST_LISTS else pecs[:1]
        party = _admitted(Sender.Kind.PARTY, (line.name_ky, line.name_ru, line.name_en), staff)
        rows = [
            row
            for pec in theirs
            for row in _at_home(OBSERVERS, f"{line.code}/{pec.body.code}", commission=pec.body.code)
        ]
        applied = _noticed(party, voting.election, rows)
        for pec in theirs:
            done(note(_sheet(applied, pec), by=chairs[pec.pk], at=times.LISTED))
    for pec in pecs:
        _pass(voting.election, pec, chairs[pec.pk])


def _noticed(writer: _Writer, election: Election, rows: Sequence[Mapping[Field, str]]) -> Application:
    by, at = writer.office, times.APPLIED
    draft = done(begin(writer.sender, election, Application.Kind.OBSERVER, Plan(), by=by, at=at))
    for row in rows:
        done(put_person(draft, None, row, by=by, at=at))
    return done(file_application(draft, by=by, at=at + times.A_MOMENT))


def _chair_of(pec: Commission, staff: Staff) -> Office:
    username = f"{pec.body.code.lower()}-chair"
    (person,) = persons([username]).values()
    return done(appoint(person, pec.body, Role.PEC_CHAIR, by=staff.cec_chair, since=times.PREPARED))


def _pass(election: Election, pec: Commission, chair: Office) -> None:
    """One observer of each party comes in the morning; the second one relieves the first at noon."""
    found = Accreditation.objects.filter(election=election, commission=pec.body).select_related("certificate")
    noted, seen = [], set[int]()
    for number, each in enumerate(found.order_by("pk")):
        at = times.ELECTION_DAY + times.A_MOMENT * (number + 1)
        way = Passage.Way.TURNED_AWAY if each.sender_id in seen else Passage.Way.IN
        seen.add(each.sender_id)
        uid = UUID(int=Random(f"demo/passage/{pec.pk}/{number}").getrandbits(128), version=4)  # noqa: S311 - as above
        noted.append(Noted(uid, each.certificate.number, way, at))
    at = times.ELECTION_DAY + times.A_MOMENT * (len(noted) + 2)
    done(note_passages(election, noted, sent_at=at, by=chair, at=at))


def _speak(election: Election, writer: _Writer, title: str, language: str) -> None:
    """A statement of one page, after voting has ended."""
    source = f'#set document(title: "{title}")\n= {title}\n{SOURCE}'
    pdf = typst.compile(source.encode())
    if not isinstance(pdf, bytes):
        raise TypeError("typst gave something other than one PDF")
    told = Draft(election, Statement.Kind.PRELIMINARY, title, language, pdf)
    done(publish_statement(writer.sender, told, by=writer.office, at=times.FIRST_PAPERS))


def _first_tec(voting: Voting) -> Commission:
    return commissions.tecs().filter(voting_precincts__voting=voting).distinct()[0]
