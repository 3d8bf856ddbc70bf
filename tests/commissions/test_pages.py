"""Commissions at work on the desk and in public: a whole sitting by its pages, and who sees what of it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from shailoo.accounts.models import Office, Person
from shailoo.accounts.roles import Role
from shailoo.commissions.actions import Plan, call_sitting, establish_cec, establish_tecs
from shailoo.commissions.minuted import read
from shailoo.commissions.minuting import content_of
from shailoo.commissions.models import Attendance, Commission, Decision, Matter, Minutes, Sitting
from shailoo.commissions.telling import told
from shailoo.ledger.models import Act
from shailoo.territory.actions import install_division
from shailoo.territory.models import Area
from tests.commissions.sittings import decided, done, in_session, seated
from tests.counting.browser import Answer, signed_in
from tests.counting.scene import office

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)  # a sitting on no election goes by the real time


@dataclass(frozen=True)
class Hall:
    """The CEC with three members, and a representative in it."""

    cec: Commission
    members: list[Office]
    representative: Office

    @property
    def chair(self) -> Office:
        return self.members[0]

    @property
    def secretary(self) -> Office:
        return self.members[1]

    @property
    def member(self) -> Office:
        return self.members[2]

    def get(self, who: Office | None, address: str) -> Answer:
        client = signed_in(who) if who else Client()
        return client.get(f"/en/{address}")

    def text(self, who: Office | None, address: str) -> str:
        answer = self.get(who, address)
        assert answer.status_code == 200, (address, answer.status_code)
        return said(answer)

    def post(self, who: Office, address: str, data: Mapping[str, object] | None = None, *, status: int = 302) -> str:
        answer = signed_in(who).post(f"/en/desk/{address}", dict(data or {}), follow=status == 302)
        assert answer.status_code == (200 if status == 302 else status), said(answer)
        return said(answer)


def said(answer: Answer) -> str:
    """What the page says, without its frame."""
    html = answer.content.decode().split("<main")[1].split("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.fixture
def hall() -> Hall:
    begun = NOW - timedelta(days=30)
    install_division(at=begun)
    cec = establish_cec(Area.objects.get(code="KG"), at=begun)
    members = seated(cec.body, NOW - timedelta(days=2))
    return Hall(cec, members, office("representative", cec.body, Role.COMMISSION_REPRESENTATIVE))


def votes(members: list[Office], *choices: str) -> dict[str, str]:
    return {f"vote_{member.pk}": choice for member, choice in zip(members, choices, strict=False)}


# ------------------------------------------------------------------------------------- the desk


def test_a_sitting_is_called_in_the_future_with_its_place_and_can_be_cancelled_with_a_reason(hall: Hall) -> None:
    day = NOW + timedelta(days=1)
    plan = {"kind": "regular", "election": "", "place_en": "Hall 1", "day": f"{day:%Y-%m-%d}", "hour": "10:00"}
    for wrong, field in (
        ({"place_en": ""}, "id_place_ky"),
        ({"day": "2020-01-01"}, "id_day"),
        ({"hour": "25:00"}, "id_hour"),
    ):
        answer = signed_in(hall.secretary).post("/en/desk/sittings/call/", plan | wrong)
        assert answer.status_code == 422
        assert f'href="#{field}"' in answer.content.decode()
    assert not Sitting.objects.exists()
    assert "The sitting is called" in hall.post(hall.secretary, "sittings/call/", plan)
    sitting = Sitting.objects.get()
    assert "Hall 1" in hall.text(None, "sittings/?when=coming")
    assert hall.post(hall.secretary, f"sittings/{sitting.pk}/cancel/", {"reason": ""}, status=422)
    hall.post(hall.secretary, f"sittings/{sitting.pk}/cancel/", {"reason": "No heating"})
    assert "No heating" in hall.text(None, f"sittings/CEC/{sitting.year}/{sitting.number}/")
    assert hall.get(hall.member, "desk/sittings/call/").status_code == 403


@pytest.mark.norm("L18.1.2")
def test_a_sitting_runs_on_one_page_to_a_decision_that_is_minuted_and_published(hall: Hall) -> None:
    sitting, members = in_session(hall.cec.body, at=NOW - timedelta(hours=1))
    here = f"sittings/{sitting.pk}/"

    # a representative proposes and demands a vote; the members deal with it
    hall.post(hall.representative, f"{here}propose/", {"matter": "other", "title_en": "On tents"})
    item = sitting.items.get()
    hall.post(hall.representative, f"sittings/questions/{item.pk}/demand/")
    told = hall.post(hall.secretary, f"sittings/questions/{item.pk}/decline/", {"reason": "too late"})
    assert "L18.1.2" not in told
    item.refresh_from_db()
    assert item.state == "proposed", "nobody declines what has to be voted on"
    hall.post(hall.secretary, f"sittings/questions/{item.pk}/agenda-vote/")
    all_for = votes(members, "for", "for", "for") | {"then": "conclude"}
    assert "deal with the question" in hall.post(
        hall.chair, f"sittings/motions/{item.motions.get().pk}/votes/", all_for
    )

    # the text, the votes by member, the result
    wrong = {"text_en": "", "norms": "L37.1"}
    assert "at least one language" in hall.post(
        hall.secretary, f"sittings/questions/{item.pk}/motion/", wrong, status=422
    )
    text = {"text_en": "Tents are allowed.", "norms": "L37.1"}
    hall.post(hall.secretary, f"sittings/questions/{item.pk}/motion/", text)
    motion = item.motions.get(purpose="decision")
    own = {f"vote_{hall.member.pk}": "against", f"vote_{hall.chair.pk}": "against"}
    hall.post(hall.member, f"sittings/motions/{motion.pk}/votes/", own)
    assert motion.votes.get().office == hall.member, "a member votes for nobody else"
    page = hall.post(hall.secretary, f"sittings/motions/{motion.pk}/votes/", votes(members, "for", "for"))
    assert "votes are recorded" in page
    page = hall.post(hall.chair, f"sittings/motions/{motion.pk}/votes/", {"then": "conclude"})
    decision = Decision.objects.get()
    assert f"Adopted: decision {decision.label}" in page
    assert "2 for, 1 against, 0 abstained; 3 of 3 members present" in page

    # the opinion of who did not agree, publication
    opinion = {"text": "Tents are cold."}
    assert hall.post(hall.chair, f"decisions/{decision.pk}/dissent/", opinion, status=422)
    bad = SimpleUploadedFile("opinion.pdf", b"MZ a program", "application/pdf")
    assert hall.post(hall.member, f"decisions/{decision.pk}/dissent/", opinion | {"file": bad}, status=422)
    assert Act.objects.filter(name="upload.refused").exists()
    assert not decision.dissents.exists()
    image = io.BytesIO()
    Image.new("RGB", (8, 8)).save(image, "PNG")
    signed = SimpleUploadedFile("opinion", image.getvalue(), "text/html")
    hall.post(hall.member, f"decisions/{decision.pk}/dissent/", opinion | {"file": signed})
    public = f"decisions/CEC/{decision.year}/{decision.number}/"
    assert hall.get(None, public).status_code == 404, "not before it is published"
    hall.post(hall.secretary, f"decisions/{decision.pk}/publish/")
    page = hall.text(None, public)
    for words in ("Tents are allowed.", "Tents are cold.", hall.member.person.name, "Against"):
        assert words in page
    paper = f"decision/CEC/{decision.year}/{decision.number}"
    for who, place in ((None, public), (hall.member, f"desk/decisions/{decision.pk}/")):
        html = hall.get(who, place).content.decode()
        assert f'href="/en/documents/{paper}/en.pdf"' in html
        assert f'href="/en/documents/{paper}/"' in html
    file = hall.get(None, f"{public}opinions/{decision.dissents.get().pk}/")
    assert (file["Content-Type"], file.content) == ("image/png", image.getvalue())
    assert "sandbox" in file["Content-Security-Policy"]

    # minutes: two versions, compared, signed by both, published
    hall.post(hall.secretary, f"{here}minutes/draft/", {"text_en": "The discussion was short."})
    hall.post(hall.chair, f"{here}close/")
    hall.post(hall.secretary, f"{here}minutes/draft/", {"text_en": "The discussion was long."})
    html = hall.get(hall.member, f"desk/{here}minutes/1/2/").content.decode()
    assert "<del>short.</del>" in html
    assert re.search(r"<ins>[^<]*long.</ins>", html)
    for who in (hall.chair, hall.secretary):
        hall.post(who, f"{here}minutes/2/sign/")
    assert "No minutes have been made public" in hall.text(None, f"sittings/CEC/{sitting.year}/{sitting.number}/")
    hall.post(hall.secretary, f"{here}minutes/2/publish/")
    assert Minutes.objects.get(version=2).stage == "published"
    was = hall.member.person.name
    Person.objects.filter(pk__in=[each.person_id for each in members]).update(name="Renamed Since")
    place = f"sittings/CEC/{sitting.year}/{sitting.number}/"
    html, page = hall.get(None, place).content.decode(), hall.text(None, place)
    for words in ("The discussion was long.", "Tents are allowed.", f"{was}: Against", "Signed by", "Tents are cold."):
        assert words in page
    assert "Renamed Since" not in page, "the page of published minutes says what was frozen"
    assert f'href="/en/{public}">{decision.label}</a>' in html
    paper = f"minutes/CEC/{sitting.year}/{sitting.number}-2"
    for who, address in ((None, place), (hall.member, f"desk/{here}minutes/2/")):
        assert f'href="/en/documents/{paper}/en.pdf"' in hall.get(who, address).content.decode()


def test_one_button_says_that_all_members_are_here_and_single_ones_are_corrected(hall: Hall) -> None:
    sitting = done(call_sitting(hall.cec, Plan("Бишкек", NOW + timedelta(hours=1)), by=hall.chair, at=NOW))
    here = f"sittings/{sitting.pk}/"
    hall.post(hall.member, f"{here}present/", {"all": "yes"})
    assert not Attendance.objects.exists(), "only who keeps the sitting says it of all"
    page = hall.post(hall.secretary, f"{here}present/", {"all": "yes"})
    assert "there is a quorum" in page
    assert set(Attendance.objects.values_list("office", flat=True)) == {each.pk for each in hall.members}
    acts = Act.objects.filter(name="sitting.members_came")
    assert sorted(json.loads(each.payload)["offices"] for each in acts) == sorted([each.pk] for each in hall.members)
    hall.post(hall.secretary, f"{here}present/", {"members": [each.pk for each in hall.members[1:]]})
    assert Attendance.objects.get(left_at__isnull=False).office == hall.chair


def test_the_place_is_told_in_the_language_of_the_page_else_in_the_first(hall: Hall) -> None:
    plan = Plan("Чоң зал", NOW + timedelta(hours=1), place_ru="Большой зал", place_en="Great hall")
    sitting = done(call_sitting(hall.cec, plan, by=hall.chair, at=NOW))
    for code, place in (("ky", "Чоң зал"), ("ru", "Большой зал"), ("en", "Great hall")):
        for address in ("sittings/", f"sittings/CEC/{sitting.year}/{sitting.number}/"):
            assert place in Client().get(f"/{code}/{address}").content.decode(), (code, address)
        assert place in signed_in(hall.chair).get(f"/{code}/desk/sittings/{sitting.pk}/").content.decode()
    assert "LOCATION:Большой зал" in Client().get("/ru/sittings/calendar.ics").content.decode()
    other = done(call_sitting(hall.cec, Plan("", NOW + timedelta(hours=2), place_ru="Кабинет"), by=hall.chair, at=NOW))
    page = Client().get(f"/en/sittings/CEC/{other.year}/{other.number}/").content.decode()
    assert '<span lang="ru">Кабинет</span>' in page


def test_minutes_of_days_when_a_place_was_one_text_are_read_as_before(hall: Hall) -> None:
    sitting, _members = in_session(hall.cec.body, at=NOW - timedelta(hours=1))
    content = content_of(sitting)
    head = content["sitting"]
    assert isinstance(head, dict)
    earlier = {**content, "sitting": {**head, "place": "Бишкек, Эркиндик"}}
    assert read(earlier).sitting.place.first("en") == ("ky", "Бишкек, Эркиндик")
    assert any("Бишкек, Эркиндик" in each for each in told(earlier))
    assert read(content).sitting.place.ky == "Бишкек"


def test_who_has_come_and_gone_is_ticked_and_without_a_quorum_nothing_opens(hall: Hall) -> None:
    sitting, members = in_session(hall.cec.body, at=NOW - timedelta(hours=1))
    here = f"sittings/{sitting.pk}/"
    page = hall.post(hall.secretary, f"{here}present/", {"members": [members[0].pk]})
    assert "no quorum" in page
    assert Attendance.objects.filter(left_at__isnull=True).count() == 1
    hall.post(hall.member, f"{here}present/", {"members": [each.pk for each in members]})
    assert set(Attendance.objects.filter(left_at__isnull=True).values_list("office", flat=True)) == {
        members[0].pk,
        hall.member.pk,
    }, "a member records only oneself"
    guest = {"name": "Асель Токтосунова", "attendee": "observer"}
    assert "mandate" in hall.post(hall.secretary, f"{here}guests/", guest, status=422)
    hall.post(hall.secretary, f"{here}guests/", guest | {"mandate": "on"})
    came = Attendance.objects.get(attendee="observer", name=guest["name"])
    hall.post(hall.secretary, f"{here}guests/{came.pk}/leave/")
    came.refresh_from_db()
    assert came.left_at is not None


def test_the_register_is_kept_by_pages_and_by_decisions(hall: Hall) -> None:
    contact = {"address_en": "Bishkek, Chüy avenue 1", "email": "info@example.org"}
    hall.post(hall.chair, "commission/contact/", contact)
    unit = {"kind": "department", "name_ky": "Бөлүм", "name_ru": "Отдел", "name_en": "Law department"}
    hall.post(hall.chair, "commission/divisions/", unit)
    division = hall.cec.divisions.get()
    hall.post(hall.chair, f"commission/divisions/{division.pk}/", unit | {"name_en": "Legal department"})
    group = {"number": 1, "subject_ky": "Үгүт", "subject_ru": "Агитация", "subject_en": "Campaign"}
    people = {"head": hall.chair.pk, "secretary": hall.secretary.pk, "experts": "Айгүл Маматова"}
    assert hall.post(hall.chair, "commission/groups/", group | people, status=422), "not without a decision"
    ground = decided(hall.cec.body, Matter.WORKING_GROUP, "body:CEC", at=NOW - timedelta(minutes=1))
    hall.post(hall.chair, "commission/groups/", group | people | {"decision": ground.pk})
    page = hall.text(None, "commissions/CEC/members/")
    for words in ("Chüy avenue 1", "Legal department", "Campaign", "Айгүл Маматова", hall.member.person.name):
        assert words in page
    formed = hall.cec.working_groups.get()
    hall.post(hall.chair, f"commission/groups/{formed.pk}/end/", {"decision": ground.pk})
    hall.post(hall.chair, f"commission/divisions/{division.pk}/end/")
    seats = decided(hall.cec.body, Matter.ESTABLISHMENT, "body:CEC", at=NOW)
    hall.post(hall.chair, "commission/seats/", {"seats": 12, "decision": seats.pk})
    page = hall.text(None, "commissions/CEC/members/")
    assert "12 seats" in page
    hall.post(hall.secretary, f"decisions/{ground.pk}/publish/")
    assert "Working group 1 was ended" in hall.text(None, f"decisions/CEC/{ground.year}/{ground.number}/")
    assert "Seats of the commission" in hall.text(hall.member, f"desk/decisions/{seats.pk}/")
    assert "Campaign" not in page
    assert hall.get(hall.member, "desk/commission/contact/").status_code == 200, "members of the CEC keep the register"
    assert hall.get(hall.representative, "desk/commission/contact/").status_code == 403


def test_another_commission_reads_and_changes_nothing_here(hall: Hall) -> None:
    establish_tecs(Area.objects.filter(code="KG11"), by=hall.chair, at=NOW - timedelta(days=1))
    stranger = office("stranger", Commission.objects.get(level="tec").body, Role.TEC_CHAIR)
    decision = decided(hall.cec.body, Matter.OTHER, "", at=NOW - timedelta(minutes=1))
    sitting, motion = decision.sitting, decision.motion
    for place in (f"sittings/{sitting.pk}/", f"sittings/{sitting.pk}/minutes/", f"decisions/{decision.pk}/"):
        assert hall.get(stranger, f"desk/{place}").status_code == 403, place
    for place in (
        f"sittings/{sitting.pk}/close/",
        f"sittings/{sitting.pk}/present/",
        f"sittings/{sitting.pk}/propose/",
        f"sittings/questions/{motion.item_id}/motion/",
        f"sittings/motions/{motion.pk}/votes/",
        f"decisions/{decision.pk}/publish/",
    ):
        assert signed_in(stranger).post(f"/en/desk/{place}").status_code == 403, place
    assert Sitting.objects.get().state == "open"


# ------------------------------------------------------------------------------------- in public


def test_decisions_are_found_by_words_number_norm_day_and_force(hall: Hall) -> None:
    first = decided(hall.cec.body, Matter.FORM, "", at=NOW - timedelta(days=1), title="Үлгү бекитүү")
    second = decided(hall.cec.body, Matter.OTHER, "", at=NOW, title="Жокко чыгаруу", repeals=first)
    assert "No decision fits" in hall.text(None, "decisions/"), "what is not published is not found"
    for each in (first, second):
        hall.post(hall.secretary, f"decisions/{each.pk}/publish/")
    today, label = f"{NOW.astimezone():%Y-%m-%d}", first.label
    for query, found in (
        ("", {1, 2}),
        ("q=үлгү", {1}),
        (f"q={first.number}/{first.year}", {1}),
        ("q=%E2%84%96+2", {2}),
        ("matter=form", {1}),
        ("norm=L12", {1, 2}),
        ("norm=L12.4.x", set()),
        (f"since={today}&body=CEC", {2}),
        (f"until={first.taken_at - timedelta(days=2):%d.%m.%Y}", set()),
        ("force=ended", {1}),
        ("force=standing", {2}),
        ("since=yesterday", {1, 2}),
    ):
        answer = hall.get(None, f"decisions.json?{query}")
        assert {row["number"] for row in answer.json()} == found, query
    assert "Enter a valid date" in hall.text(None, "decisions/?since=yesterday")
    assert hall.get(None, "decisions/?page=9").status_code == hall.get(None, "decisions/?page=x").status_code == 404
    page = hall.text(None, f"decisions/CEC/{first.year}/{first.number}/")
    assert "repealed" in page
    assert second.label in page
    assert label in hall.text(None, f"decisions/CEC/{second.year}/{second.number}/")
    assert hall.get(None, "decisions.csv").content.decode("utf-8-sig").count("\n") >= 3
    for address in ("decisions.xlsx", "desk/decisions/list.xlsx?matter=other", "desk/sittings/list.xlsx"):
        book = ZipFile(io.BytesIO(hall.get(hall.chair, address).content))
        assert book.read("xl/worksheets/sheet1.xml").count(b"<row ") >= 2, address
    page = hall.get(hall.chair, "desk/decisions/?matter=other").content.decode()
    assert "/en/desk/decisions/list.csv?matter=other" in page


def test_the_sittings_of_ones_commission_are_taken_away_from_the_desk(hall: Hall) -> None:
    for _ in range(2):
        in_session(hall.cec.body, at=NOW)
    page = hall.get(hall.chair, "desk/sittings/").content.decode()
    assert "/en/desk/sittings/list.csv" in page
    text = hall.get(hall.chair, "desk/sittings/list.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["body"], row["state"], row["kind"]) for row in rows] == [("CEC", "open", "regular")] * 2
    found = json.loads(hall.get(hall.chair, "desk/sittings/list.json?when=past").content)
    assert found == []
    assert hall.get(None, "desk/sittings/list.csv").status_code == 302


def test_the_sittings_of_a_commission_are_a_calendar_to_keep(hall: Hall) -> None:
    sitting, _members = in_session(hall.cec.body, at=NOW - timedelta(hours=1))
    feed = hall.get(None, "sittings/calendar.ics?body=CEC")
    assert feed["Content-Type"].startswith("text/calendar")
    assert f"UID:sitting-{sitting.pk}@shailoo" in feed.content.decode()
    assert hall.get(None, "sittings/calendar.ics?body=NONE").status_code == 404
    assert hall.get(None, "sittings/CEC/2020/99999/").status_code == 404
