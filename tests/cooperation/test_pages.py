"""The pages of cooperation: in three languages, lists, files and feed, forms that lose nothing, few queries."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shailoo.accounts.models import Office, PersonalReading
from shailoo.accounts.roles import Role
from shailoo.cooperation import actions
from shailoo.cooperation.loading import OWN, Loaded, load, read
from shailoo.cooperation.models import Agreement, Delegate, Invitation, Letter, Organization, Proposal
from shailoo.cooperation.sorts import ALL, KEPT
from tests.cooperation.scene import (
    AT,
    SLUG,
    TODAY,
    Scene,
    agreement,
    done,
    election,
    letter,
    mission,
    office,
    partner,
    scene,
)
from tests.cooperation.test_delegations import NUMBER, delegate, image
from tests.counting.browser import Answer, signed_in

pytestmark = pytest.mark.django_db
DESK = "/ky/desk/cooperation/"
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def demo() -> Scene:
    """The register of the demo."""
    where = scene()
    done(load(read(OWN), at=AT), Loaded)
    return where


def get(address: str, **query: str) -> Answer:
    return Client().get(address, query)


def text(answer: Answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def public_pages(*owners: str) -> Iterator[str]:
    yield from ("", "organizations/", "organizations.csv", "organizations.json", "organizations/ORG-ACEEEO/")
    for own in owners:
        yield from (f"{own}/", f"{own}/timeline/", f"{own}/feed.atom", f"{own}/invitations/", f"{own}/invitations.csv")
        for sort in KEPT:
            yield f"{own}/{sort.plural}/"
            yield from (f"{own}/{sort.plural}.{kind}" for kind in ("csv", "json", "atom"))


@pytest.mark.parametrize(("language", "own"), [("ky", "ORG-KG-CEC"), ("ru", "ORG-BY-CC"), ("en", "ORG-BA-CEC")])
def test_every_public_page_is_there_also_where_a_register_has_nothing(demo: Scene, language: str, own: str) -> None:
    for page in public_pages(own):
        assert get(f"/{language}/cooperation/{page}").status_code == 200, page
    for sort in KEPT:
        for each in (row for row in sort.rows() if row.commission.code == own):
            address = f"/{language}/cooperation/{each.commission.code}/{sort.plural}/{each.code}/"
            assert get(address).status_code == 200, address


def test_what_is_not_there_is_not_found(demo: Scene) -> None:
    for page in (
        "ORG-ACEEEO/",
        "ORG-XX/",
        "ORG-BA-CEC/cats/",
        "ORG-BA-CEC/organizations/",
        "ORG-BA-CEC/agreements/AGR-1/",
        "ORG-BA-CEC/agreements/AGR-99/",
        "ORG-BA-CEC/agreements.exe",
        "ORG-BA-CEC/countries/XX/",
        "organizations/ORG-XX/",
        "organizations.atom",
        "ORG-BA-CEC/agreements/AGR-2/0/",
    ):
        assert get(f"/ky/cooperation/{page}").status_code == 404, page


def test_a_register_without_a_public_record_is_not_offered() -> None:
    where = scene()
    agreement(where, partner(where, "Election Commission of Malaysia"))
    assert "ORG-CEC" not in text(get("/en/cooperation/"))
    assert "Nothing of this register is public yet" in text(get("/en/cooperation/ORG-CEC/"))
    assert get("/en/cooperation/ORG-CEC/agreements/AGR-2026-1/").status_code == 404


def test_the_map_and_the_list_beside_it_say_the_same(demo: Scene) -> None:
    page = text(get("/en/cooperation/ORG-BA-CEC/"))
    drawing, _end, listed = page.split("<figure", 1)[1].split("</figure>", 1)[0].partition("</svg>")
    for country, told in (("Malaysia", "1 agreement"), ("South Korea", "2 events"), ("Albania", "1 event")):
        assert f"{country}: {told}" in drawing
        assert f">{country}</a></span> <strong>{told}</strong>" in listed
    assert drawing.count('class="map__link"') == listed.count("<li>") == 9
    assert "style=" not in page.split("<main")[1]


def test_dates_are_shown_as_precisely_as_they_are_known(demo: Scene) -> None:
    page = text(get("/en/cooperation/ORG-BA-CEC/memberships/"))
    assert "2004" in page
    assert "January" not in page
    table = page.split("<tbody", 1)[1]
    order = [table.index(each) for each in ("14 October 2013", "2004")]
    assert order == sorted(order)
    years = text(get("/en/cooperation/ORG-BY-CC/timeline/"))
    assert years.index("1998") < years.index("Date unknown")


def test_lists_are_searched_filtered_and_taken_away(demo: Scene) -> None:
    address = "/en/cooperation/ORG-BA-CEC/agreements"
    everything = json.loads(text(get(f"{address}.json")))
    assert len(everything) == 8
    for query, wanted in (
        ({"q": "malaysia"}, {"AGR-2"}),
        ({"q": "AGR-3"}, {"AGR-3"}),
        ({"country": "TR"}, {"AGR-7"}),
        ({"year": "2017"}, {"AGR-8", "AGR-9"}),
        ({"kind": "memorandum_of_understanding"}, {"AGR-9"}),
        ({"year": "2017", "country": "IN"}, {"AGR-8"}),
        ({"q": "nothing of it"}, set()),
        ({"year": "x", "kind": "y", "country": "?", "page": "9'"}, {each["id"] for each in everything}),
    ):
        found = json.loads(text(get(f"{address}.json", **query)))
        assert {each["id"] for each in found} == wanted, query
        page = text(get(f"{address}/", **query))
        assert all((f"/{each['id']}/" in page) is (each["id"] in wanted) for each in everything), query
    rows = list(csv.DictReader(io.StringIO(text(get(f"{address}.csv")).removeprefix("\ufeff"))))
    assert [row["id"] for row in rows] == [each["id"] for each in everything]
    missions = json.loads(text(get("/en/cooperation/ORG-BY-CC/observations.json", country="KG")))
    assert {each["id"] for each in missions} == {"OBS-1", "OBS-2"}


def test_what_a_list_gives_away_can_be_loaded_again(demo: Scene) -> None:
    given = {sort.plural: json.loads(text(get(f"/en/cooperation/ORG-BA-CEC/{sort.plural}.json"))) for sort in KEPT}
    events = {each["id"] for each in given["events"]}
    assert events == {"EVT-1", "EVT-2", "EVT-3", "EVT-4"}
    for each in (*given["memberships"], *given["agreements"], *given["membership_roles"]):
        assert {"id", "commission", "src"} <= each.keys()
    assert given["memberships"][0]["date_precision"] == "day"


def test_no_cell_of_a_table_is_computed_by_a_spreadsheet() -> None:
    where = scene()
    partner(where, "=HYPERLINK(1)", "MY")
    assert "'=HYPERLINK(1)" in text(get("/en/cooperation/organizations.csv"))


def test_the_feed_is_valid_and_the_latest_change_comes_first(demo: Scene) -> None:
    later = AT + timedelta(days=1)
    own = agreement(demo, Organization.objects.get(code="ORG-IN-ECI"))
    done(actions.publish(own, by=demo.head, at=later), Agreement)
    for page in ("ORG-CEC/feed.atom", "ORG-BA-CEC/feed.atom", "ORG-BA-CEC/agreements.atom", "ORG-BY-CC/events.atom"):
        feed = ET.fromstring(get(f"/ru/cooperation/{page}").content)  # noqa: S314  our own answer
        assert feed.tag == "{http://www.w3.org/2005/Atom}feed"
        for parent in (feed, *feed.findall("a:entry", ATOM)):
            for name in ("id", "title", "updated"):
                assert parent.findtext(f"a:{name}", namespaces=ATOM), (page, name)
        changed = [each.findtext("a:updated", namespaces=ATOM) or "" for each in feed.findall("a:entry", ATOM)]
        assert changed == sorted(changed, reverse=True)
        assert len({each.findtext("a:id", namespaces=ATOM) for each in feed.findall("a:entry", ATOM)}) == len(changed)
    first = ET.fromstring(get("/ru/cooperation/ORG-CEC/feed.atom").content)  # noqa: S314  our own answer
    assert first.findtext("a:updated", namespaces=ATOM) == "2026-09-06T06:00:00Z"


def test_a_file_that_everyone_may_open_is_served_as_an_attachment_and_no_other_is() -> None:
    where = scene()
    made = agreement(where, partner(where, "Election Commission of Malaysia"))
    open_, closed = (
        actions.Paper("Текст", image(), is_public=True),
        actions.Paper("Ички", image() + b"\n", is_public=False),
    )
    kept = [actions.file_agreement(made, each, by=where.head, at=AT) for each in (open_, closed)]
    done(actions.publish(made, by=where.head, at=AT), Agreement)
    page = f"/ky/cooperation/ORG-CEC/agreements/{made.code}/"
    digests = [each.file_id for each in kept if not hasattr(each, "findings")]
    answers = [Client().get(f"{page}{digest}/") for digest in digests]
    assert [each.status_code for each in answers] == [200, 404]
    assert "attachment" in answers[0]["Content-Disposition"]
    assert "sandbox" in answers[0]["Content-Security-Policy"]
    assert "Ички" not in text(get(page))


# ------------------------------------------------------------------------------------- the desk


def post(who: Office, address: str, data: dict[str, object]) -> Answer:
    return signed_in(who).post(f"{DESK}{address}", data)


def test_the_register_is_opened_from_the_desk() -> None:
    where = scene()
    Organization.objects.filter(pk=where.commission.pk).update(body=None)
    client = signed_in(where.head)
    assert "open/" in text(client.get(DESK))
    assert client.get(f"{DESK}letters/").status_code == 404
    assert client.post(f"{DESK}open/").status_code == 302
    assert Organization.objects.filter(body=where.body).count() == 1
    assert "letters/" in text(client.get(DESK))


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_every_form_of_the_register_opens_and_says_what_is_missing(language: str) -> None:
    where = scene()
    client = signed_in(where.operator)
    for sort in ALL:
        address = f"/{language}/desk/cooperation/register/{sort.plural}/new/"
        assert client.get(address).status_code == 200, sort.name
        refused = client.post(address, {"note": "x"})
        assert refused.status_code == 422, sort.name
        assert "govuk-error-summary" in refused.content.decode(), sort.name


def test_an_agreement_is_entered_published_changed_and_struck_out_at_the_desk() -> None:
    where = scene()
    other = partner(where, "Election Commission of Malaysia")
    typed: dict[str, object] = {
        "counterpart": "election commission of malaysia",
        "kind": "protocol",
        "signed_on": "01.05.2020",
        "source": "кат № 1",
        "subject": "тажрыйба алмашуу",
    }
    refused = post(where.operator, "register/agreements/new/", typed | {"signed_on": "2099-01-01"})
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "тажрыйба алмашуу" in page, "nothing typed is lost"
    assert "election commission of malaysia" in page
    assert post(where.operator, "register/agreements/new/", typed).status_code == 302
    made = Agreement.objects.get()
    assert (made.counterpart, made.signed_on.isoformat()) == (other, "2020-05-01")
    own = f"register/agreements/{made.pk}/"
    assert post(where.operator, f"{own}publish/", {}).status_code == 302
    assert get(f"/ky/cooperation/ORG-CEC/agreements/{made.code}/").status_code == 200
    shown = signed_in(where.operator).get(f"{DESK}{own}change/").content.decode()
    assert f"Election Commission of Malaysia ({other.code})" in shown
    changed = typed | {"counterpart": f"Election Commission of Malaysia ({other.code})", "remarks": "жакшы"}
    assert post(where.operator, f"{own}change/", changed).status_code == 302
    assert Agreement.objects.get().remarks == "жакшы"
    assert (
        post(
            where.operator, f"{own}files/new/", {"title": "T", "file": SimpleUploadedFile("a.png", image())}
        ).status_code
        == 302
    )
    assert post(where.operator, f"{own}strike/", {"reason": ""}).status_code == 422
    assert post(where.operator, f"{own}strike/", {"reason": "эки жолу"}).status_code == 302
    assert get(f"/ky/cooperation/ORG-CEC/agreements/{made.code}/").status_code == 404
    assert "эки жолу" in text(signed_in(where.member).get(f"{DESK}{own}"))


def test_dates_lists_and_countries_are_typed_as_people_write_them() -> None:
    where = scene()
    typed: dict[str, object] = {
        "direction": "outgoing",
        "countries": "Казакстан\nuz\n",
        "event_types": ["presidential", "local"],
        "observed": "2019",
        "source": "отчёт",
    }
    assert post(where.operator, "register/observations/new/", typed).status_code == 302
    typed |= {"countries": "Нарния", "observed": "качандыр бир"}
    refused = post(where.operator, "register/observations/new/", typed)
    assert refused.status_code == 422
    assert "Нарния" in refused.content.decode()


def test_letters_go_in_and_out_at_the_desk() -> None:
    where = scene()
    other = partner(where, "Election Commission of Malaysia")
    typed: dict[str, object] = {
        "direction": "incoming",
        "correspondent": other.code,
        "dated_on": "2026-09-01",
        "subject": "Чакыруу",
        "answer_due_on": "2026-09-05",
    }
    assert post(where.operator, "letters/new/", typed | {"answers": "1/2026"}).status_code == 422
    assert post(where.operator, "letters/new/", typed).status_code == 302
    first = Letter.objects.get()
    begun = signed_in(where.operator).get(f"{DESK}letters/new/?answers={first.pk}").content.decode()
    assert f'value="{first}"' in begun
    page = text(signed_in(where.operator).get(f"{DESK}letters/"))
    assert "мөөнөтү өттү" in page
    scan = SimpleUploadedFile("a.png", image())
    answer = typed | {"direction": "outgoing", "answers": str(first), "answer_due_on": "", "file": scan}
    assert post(where.operator, "letters/new/", answer).status_code == 302
    out = Letter.objects.get(answers=first)
    assert signed_in(where.member).get(f"{DESK}letters/{out.pk}/scan/")["Content-Type"] == "image/png"
    assert "жооп берилди" in text(signed_in(where.operator).get(f"{DESK}letters/"))
    for query, number in (
        ({"state": "overdue"}, 0),
        ({"state": "answered"}, 1),
        ({"q": f"{first}"}, 2),
        ({"q": "жок"}, 0),
    ):
        rows = signed_in(where.operator).get(f"{DESK}letters.json", query).json()
        assert len(rows) == number, query


def test_many_are_invited_at_once_and_a_warning_is_explained() -> None:
    where = scene()
    election()
    first, second = partner(where, "Election Commission of Malaysia"), partner(where, "Election Commission", "IN")
    typed: dict[str, object] = {
        "inviting_body": "jogorku_kenesh",
        "channel": "mfa",
        "purpose": "observation",
        "invitees": [first.code, second.code],
    }
    address = f"invitations/{SLUG}/invite/"
    refused = post(where.operator, address, typed)
    assert refused.status_code == 422
    assert 'name="explained"' in refused.content.decode()
    assert refused.content.decode().count("checked") == 5, "what was ticked stays ticked"
    assert post(where.operator, address, typed | {"explained": "өтүнүч боюнча"}).status_code == 302
    made = Invitation.objects.order_by("pk")
    assert [each.invitee for each in made] == [first, second]
    own = f"invitations/{SLUG}/{made[0].pk}/"
    assert post(where.operator, f"{own}answer/", {}).status_code == 422
    assert post(where.operator, f"{own}answer/", {"answer": "accepted"}).status_code == 302
    assert post(where.operator, f"{own}delivered/", {}).status_code == 302
    assert post(where.operator, f"{own}withdraw/", {"reason": "ката"}).status_code == 302
    rows = signed_in(where.operator).get(f"{DESK}invitations/{SLUG}.json").json()
    assert {row["invitee"] for row in rows} == {first.code, second.code}


def test_a_proposal_is_written_down_declined_or_followed() -> None:
    where = scene()
    election()
    ngo, whom = partner(where, "Шайлоо уюму", "KG", "ngo"), partner(where, "Election Commission of Malaysia")
    typed: dict[str, object] = {
        "proposer": ngo.code,
        "proposer_scope": "national",
        "proposer_specialization": "human_rights",
        "invitee": whom.code,
        "source": "№ 1",
    }
    for _number in range(2):
        assert post(where.operator, f"invitations/{SLUG}/propose/", typed).status_code == 302
    first, second = Proposal.objects.order_by("pk")
    asked: dict[str, object] = {
        "inviting_body": "cec",
        "channel": "mfa",
        "purpose": "observation",
        "invitees": [whom.code],
    }
    assert post(where.operator, f"invitations/{SLUG}/invite/?proposal={first.pk}", asked).status_code == 302
    assert (
        post(where.operator, f"invitations/{SLUG}/proposals/{second.pk}/decline/", {"reason": "x"}).status_code == 302
    )
    assert [each.outcome for each in Proposal.objects.order_by("pk")] == ["invited", "not_invited"]


def test_passports_are_seen_by_who_may_and_every_look_is_recorded() -> None:
    where = scene()
    sent = mission(where)
    own = f"delegations/{sent.pk}/"
    typed: dict[str, object] = {"name": "Сапарова Айгүл", "role": "head", "number": NUMBER, "citizenship": "KG"}
    assert post(where.operator, f"{own}new/", typed).status_code == 422, "until when it is valid is missing"
    assert post(where.operator, f"{own}new/", typed | {"expires_on": "2030-01-01"}).status_code == 302
    for who in (where.operator, where.member):
        assert NUMBER not in text(signed_in(who).get(f"{DESK}{own}"))
        assert signed_in(who).get(f"{DESK}{own}passports/").status_code == 403
    assert NUMBER in text(signed_in(where.head).get(f"{DESK}{own}passports/"))
    looks = PersonalReading.objects.filter(what="passports", office=where.head)
    assert [each.subject for each in looks] == [f"cooperation_mission:{sent.pk}"]
    person = Delegate.objects.get()
    assert post(where.operator, f"{own}{person.pk}/leave/", {}).status_code == 302
    assert NUMBER not in text(signed_in(where.head).get(f"{DESK}{own}passports/"))
    delegate(where, sent, "Экинчи")
    assert post(where.operator, f"{own}erase/", {}).status_code == 302
    assert NUMBER not in text(signed_in(where.head).get(f"{DESK}{own}passports/"))


def test_who_only_reads_changes_nothing_and_others_see_nothing() -> None:
    where = scene()
    made = agreement(where, partner(where, "Election Commission of Malaysia"))
    own = f"register/agreements/{made.pk}/"
    for address in ("register/agreements/new/", f"{own}change/", f"{own}publish/", f"{own}strike/", "letters/new/"):
        assert post(where.member, address, {"reason": "x"}).status_code == 403, address
    assert text(signed_in(where.member).get(f"{DESK}{own}"))
    clerk = office(where.body, Role.COMMISSION_REPRESENTATIVE)
    assert signed_in(clerk).get(DESK).status_code == 403
    foreign = Organization.objects.get(pk=made.counterpart_id)
    Agreement.objects.create(
        commission=foreign, code="AGR-X", counterpart=where.commission, kind="protocol", signed_on=TODAY,
        source="x", entered_at=AT, changed_at=AT,
    )  # fmt: skip
    other = Agreement.objects.get(code="AGR-X")
    assert signed_in(where.head).get(f"{DESK}register/agreements/{other.pk}/").status_code == 404


# ------------------------------------------------------------------------------------- queries


def _many(where: Scene, names: range) -> None:
    for each in names:
        other = partner(where, f"Commission {each}", ("MY", "IN", "TR", "KZ")[each % 4])
        made = agreement(where, other, website=f"www.example{each}.org")
        done(actions.publish(made, by=where.head, at=AT), Agreement)
        letter(where, other, due=TODAY)


PAGES = (
    ("cooperation/ORG-CEC/agreements/", 5),
    ("cooperation/ORG-CEC/agreements.json", 3),
    ("cooperation/ORG-CEC/", 20),
    ("cooperation/ORG-CEC/timeline/", 9),
    ("cooperation/ORG-CEC/countries/MY/", 14),
    ("cooperation/organizations/", 4),
    ("desk/cooperation/letters/", 12),
    ("desk/cooperation/register/agreements/", 12),
    ("desk/cooperation/", 30),
)


@pytest.mark.parametrize(("address", "most"), PAGES)
def test_a_page_asks_the_database_as_often_for_many_records_as_for_few(address: str, most: int) -> None:
    where = scene()
    client = signed_in(where.member) if address.startswith("desk/") else Client()
    counted = []
    for names in (range(2), range(2, 40)):
        _many(where, names)
        client.get(f"/en/{address}")  # what is kept in memory is kept
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/en/{address}").status_code == 200
        counted.append(len(asked))
    assert counted[0] == counted[1] <= most, counted
