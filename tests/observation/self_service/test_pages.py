"""The pages of those who send people: every step in three languages, nobody else's data, nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from shailoo.accounts.models import Office, PersonalReading
from shailoo.jobs.models import Work
from shailoo.observation import dossier, jobs
from shailoo.observation.actions.drafting import Plan, begin
from shailoo.observation.actions.filing import send_to_ministry
from shailoo.observation.intake.columns import HEADINGS, Field
from shailoo.observation.models import Applicant, Application, Enquiry, ListUpload
from shailoo.observation.urls_self_service import urlpatterns
from tests.counting.browser import Answer, signed_in
from tests.observation.intake.drafts import begun, done, filed, listed, mission, party
from tests.observation.intake.files import abroad, archive, at_home, picture, plain, table, workbook
from tests.observation.scene import AT, Scene, build, portrait

pytestmark = pytest.mark.django_db
KIND = Application.Kind
OWN = "desk/observation/own/"
LANGUAGES = ("ky", "ru", "en")
LATIN = re.compile(r"[A-Za-z]{3,}")


@pytest.fixture
def scene() -> Scene:
    return build()


def get(by: Office, place: str, language: str = "en") -> Answer:
    return signed_in(by).get(f"/{language}/{OWN}{place}")


def post(by: Office, place: str, data: Mapping[str, object], language: str = "en") -> Answer:
    return signed_in(by).post(f"/{language}/{OWN}{place}", dict(data))


def text(answer: Answer, status: int = 200) -> str:
    assert answer.status_code == status, (answer.status_code, answer.get("Location", ""))
    return answer.content.decode()


def sent(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def words_of(page: str) -> str:
    """What a reader sees within the main part, without what is marked as another language or as data."""
    main = page[page.index("<main") : page.index("</main>")]
    main = re.sub(r"<(script|style).*?</\1>", "", main, flags=re.S)
    main = re.sub(r'<a[^>]*hreflang="[^"]*"[^>]*>.*?</a>', "", main, flags=re.S)
    return re.sub(r"<[^>]+>", " ", main)


# ------------------------------------------------------------------------------------- the way of a mission


def test_a_mission_goes_its_whole_way_by_the_pages(scene: Scene) -> None:
    by = scene.mission
    answer = post(by, "begin/", {"election": scene.election.slug, "kind": KIND.INTERNATIONAL})
    draft = Application.objects.get()
    assert answer.headers["Location"] == f"/en/{OWN}{draft.pk}/"
    post(by, f"{draft.pk}/plan/", {"form": "mission", "route": "direct", "invitation": scene.invitation.pk})
    rows = [abroad(each) for each in range(5)]
    rows[3] = abroad(3, born="13/13/1980")
    answer = post(by, f"{draft.pk}/list/", {"file": sent("people.xlsx", workbook(draft.kind, rows))})
    assert answer.headers["Location"].endswith("people/?only=stopped")
    shown = text(get(by, f"{draft.pk}/people/?only=stopped"))
    assert rows[3][Field.SURNAME] in shown
    assert rows[0][Field.GIVEN_NAMES] not in shown
    page = text(get(by, f"{draft.pk}/people/4/"))
    assert 'value="13/13/1980"' in page, "what was typed stands in the field"
    assert "write the day as" in page
    refused = post(by, f"{draft.pk}/hand-in/", {"sure": "on"})
    assert "Rows that still have to be mended: 1" in text(refused, 422)
    answer = post(by, f"{draft.pk}/people/4/", {name.value: value for name, value in abroad(3).items()})
    assert answer.status_code == 302
    held = archive({f"{row}.jpg": portrait() for row in range(1, 6)})
    for contains in ("photos", "identity_copies"):
        answer = post(by, f"{draft.pk}/archive/", {"contains": contains, "file": sent("a.zip", held)})
        assert answer.headers["Location"].endswith("/people/")
    assert not Applicant.objects.exclude(faults=[]).exists()
    assert post(by, f"{draft.pk}/hand-in/", {}).status_code == 422, "nobody hands in without saying so"
    answer = post(by, f"{draft.pk}/hand-in/", {"sure": "on"})
    assert answer.headers["Location"].endswith("/receipt/")
    draft.refresh_from_db()
    assert draft.label in text(get(by, f"{draft.pk}/receipt/"))
    assert draft.label in text(get(by, ""))


def test_one_person_is_added_by_form_with_photograph_and_copy(scene: Scene) -> None:
    draft, by = begun(scene, scene.mission, KIND.INTERNATIONAL), scene.mission
    typed = {name.value: value for name, value in abroad(1, born="?").items()}
    answer = post(by, f"{draft.pk}/people/add/", typed)
    assert answer.headers["Location"].endswith("/people/1/")
    assert dossier.of(draft.applicants.get()).typed == {"born": "?"}
    place = f"{draft.pk}/people/1/"
    crop = {"size": "50", "left": "0", "top": "100"}
    post(by, f"{place}photo/", {"photo": sent("me.jpg", picture(1600, 1200)), **crop})
    first = get(by, f"{place}photo.jpg").content
    post(by, f"{place}photo/", {"size": "100", "left": "50", "top": "50"})
    second = get(by, f"{place}photo.jpg")
    assert second.headers["Content-Type"] == "image/jpeg"
    assert first != second.content, "cut anew from the picture that was sent"
    client = signed_in(by)
    address = f"/en/{OWN}{place}photo/"
    answer = client.post(address, {"photo": sent("dark.png", plain(0)), **crop}, follow=True)
    assert "too dark" in answer.content.decode()
    assert get(by, f"{place}photo.jpg").content == second.content, "the fit one stays"
    post(by, f"{place}copy/", {"file": sent("passport.jpg", portrait())})
    assert draft.papers.filter(kind="identity_copies").count() == 1
    post(by, f"{place}remove/", {})
    assert not draft.applicants.exists()


def test_two_hundred_megapixels_and_a_wrong_encoding_are_told_and_lose_nothing(scene: Scene) -> None:
    from tests.observation.intake.test_photos import huge

    draft, by = mission(scene, 1), scene.mission
    held = archive({"1.png": huge(20_000, 10_000)})
    post(by, f"{draft.pk}/archive/", {"contains": "photos", "file": sent("a.zip", held)})
    page = text(get(by, f"{draft.pk}/people/", "ru"))
    assert "больше пикселей" in page
    assert get(by, f"{draft.pk}/people/1/photo.jpg").status_code == 200, "the photograph of before stays"
    content = table(draft.kind, [abroad(1, surname="Иванова")], language="ru", encoding="cp866")
    answer = post(by, f"{draft.pk}/list/", {"file": sent("x.csv", content)}, "ru")
    assert answer.status_code == 422
    assert draft.applicants.count() == 1


def test_every_finding_is_a_row_of_a_file(scene: Scene) -> None:
    draft = listed(begun(scene, scene.mission, KIND.INTERNATIONAL), [abroad(1), abroad(2, citizenships="Atlantis")])
    answer = get(scene.mission, f"{draft.pk}/findings.csv")
    told = answer.content.decode("utf-8-sig").splitlines()
    assert told[0] == "Row;Column;What is wrong;Norm"
    assert any(line.startswith("2;Citizenship;") and line.endswith(";R3.1.b") for line in told)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_templates_are_given_in_every_language(scene: Scene, language: str, form: str) -> None:
    draft = begun(scene, scene.ngo, KIND.CITIZEN)
    answer = get(scene.ngo, f"{draft.pk}/list/{language}.{form}", "ky")
    assert answer.status_code == 200
    assert f'filename="citizen_observer-{language}.{form}"' in answer.headers["Content-Disposition"]
    if form == "csv":
        assert HEADINGS[Field.ADDRESS][language] in answer.content.decode("utf-8-sig")


def test_a_long_list_is_read_in_the_background(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    from shailoo.jobs.progress import Unwatched

    monkeypatch.setattr("shailoo.observation.views.self_service.applications.LONG", 10)
    draft, by = begun(scene, scene.mission, KIND.INTERNATIONAL), scene.mission
    post(by, f"{draft.pk}/list/", {"file": sent("people.csv", table(draft.kind, map(abroad, range(3))))})
    assert not ListUpload.objects.exists()
    assert "being read in the background" in text(get(by, f"{draft.pk}/"))
    work = Work.objects.get(kind="observation_list")
    assert jobs.import_list(Unwatched(), **work.arguments) == {"rows": 3, "faulty": 0}
    assert draft.applicants.count() == 3


# ------------------------------------------------------------------------------------- who sees what


def _addresses(application: Application) -> list[str]:
    """Every page of an application."""
    found = []
    with override("en"):
        for each in urlpatterns:
            kwargs = {"pk": application.pk, "row": 1, "language": "ky", "form": "csv", "secret": "x"}
            needed = each.pattern.converters
            if "pk" in needed and "accounts" not in str(each.pattern) and "ministry" not in str(each.pattern):
                found.append(reverse(f"observation_own:{each.name}", kwargs={name: kwargs[name] for name in needed}))
    return found


def test_another_sender_finds_nothing_at_any_address(scene: Scene) -> None:
    draft = mission(scene, 1)
    addresses = _addresses(draft)
    assert len(addresses) > 15
    for by in (scene.ngo, scene.party, scene.medium):
        client = signed_in(by)
        for address in addresses:
            assert client.get(address).status_code in (404, 405), address
            assert client.post(address, {"sure": "on", "reason": "x"}).status_code in (404, 405), address
    for by in (scene.secretary, scene.operator, scene.ministry, scene.pec_chair):
        client = signed_in(by)
        assert {client.get(address).status_code for address in addresses} <= {403, 405}
    draft.refresh_from_db()
    assert (draft.state, draft.applicants.count()) == ("draft", 1)


def test_whoever_looks_at_people_is_written_down(scene: Scene) -> None:
    draft = mission(scene, 1)
    for place in ("people/", "people/1/", "people/1/photo.jpg", "findings.csv"):
        before = PersonalReading.objects.count()
        get(scene.mission, f"{draft.pk}/{place}")
        assert PersonalReading.objects.count() == before + 1, place
    assert set(PersonalReading.objects.values_list("subject", flat=True)) == {draft.subject}


def test_what_was_handed_in_has_no_page_that_changes_it(scene: Scene) -> None:
    found = filed(mission(scene, 1))
    for place in ("plan/", "list/", "archive/", "papers/", "hand-in/", "people/add/", "people/empty/"):
        assert get(scene.mission, f"{found.pk}/{place}").status_code == 404, place
    for place in ("people/1/photo/", "people/1/copy/", "people/1/remove/"):
        assert post(scene.mission, f"{found.pk}/{place}", {}).status_code == 404, place
    assert "Take this person off the application" in text(get(scene.mission, f"{found.pk}/people/1/"))
    post(scene.mission, f"{found.pk}/people/1/withdraw/", {"reason": "ill"})
    assert "taken off" in text(get(scene.mission, f"{found.pk}/people/"))
    post(scene.mission, f"{found.pk}/withdraw/", {})
    found.refresh_from_db()
    assert found.state == "withdrawn"


# ------------------------------------------------------------------------------------- languages


def _in_every_state(scene: Scene) -> list[tuple[Office, str]]:
    draft, ready = (
        listed(
            begun(scene, scene.mission, KIND.INTERNATIONAL),
            [abroad(1, surname="Ли", given_names="Анна", citizenships="KG", position="", born="?", email="")],
        ),
        filed(mission(scene, 1, first=20)),
    )
    with_party = party(scene, scene.party, surname="Асанов", given_names="Бакыт")
    places = ["", "begin/"]
    places += [f"{draft.pk}/{each}" for each in ("", "plan/", "archive/", "papers/", "people/", "people/add/")]
    places += [f"{draft.pk}/{each}" for each in ("people/1/", "hand-in/", "withdraw/", "people/empty/")]
    places += [f"{ready.pk}/{each}" for each in ("", "receipt/", "withdraw/", "people/1/withdraw/")]
    found = [(scene.mission, place) for place in places]
    found += [(scene.party, f"{with_party.pk}/{each}") for each in ("", "plan/", "people/1/", "people/add/")]
    found += [(scene.secretary, place) for place in ("accounts/", "accounts/enter/")]
    return [*found, (scene.ministry, "ministry/")]


@pytest.mark.parametrize("language", ["ky", "ru"])
def test_no_english_is_left_on_any_page(scene: Scene, language: str) -> None:
    known = {
        "XLSX",
        "CSV",
        "PDF",
        "JPEG",
        "PNG",
        "ZIP",
        "jpg",
        "Northern",
        "Election",
        "Watch",
        "PEC",
        "PARTY",
        "English",
    }
    known |= {"First", "observer", "people", "csv", "Central", "Commission"}
    for by, place in _in_every_state(scene):
        page = words_of(text(get(by, place, language)))
        left = set(LATIN.findall(re.sub(r"\S+@\S+", "", page))) - known
        assert not left, (place, left)


def test_pages_have_no_inline_script_or_style(scene: Scene) -> None:
    for by, place in _in_every_state(scene):
        page = text(get(by, place))
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", page), place


# ------------------------------------------------------------------------------------- the Ministry, accounts


def test_the_ministry_reads_and_forwards(scene: Scene) -> None:
    plan = Plan(route=Application.Route.MINISTRY, invitation=scene.invitation)
    draft = done(begin(scene.mission.body.sender, scene.election, KIND.INTERNATIONAL, plan, by=scene.mission, at=AT))
    listed(draft, [abroad(1)])
    done(send_to_ministry(draft, by=scene.mission, at=AT))
    page = text(get(scene.ministry, f"ministry/{draft.pk}/"))
    assert abroad(1)[Field.SURNAME] in page
    assert abroad(1)[Field.DOCUMENT_NUMBER] not in page, "numbers of passports stand on no page of the Ministry's list"
    assert get(scene.secretary, f"ministry/{draft.pk}/").status_code == 403
    assert get(scene.mission, "ministry/").status_code == 403
    answer = post(scene.ministry, f"ministry/{draft.pk}/", {"remarks": "A copy is missing."})
    assert answer.headers["Location"].endswith("/ministry/")
    assert "A copy is missing." in text(get(scene.mission, f"{draft.pk}/"))


ASKED = {
    "kind": "ngo",
    "name": "Жалпы иш",
    "contact": "Асанова Айгүл",
    "email": "common@example.org",
    "language": "ru",
}


def test_an_organization_asks_proves_its_address_and_is_admitted(scene: Scene) -> None:
    public = Client()
    answer = public.post(f"/ru/{OWN}ask/", ASKED)
    assert answer.headers["Location"] == f"/ru/{OWN}asked/"
    (letter,) = mail.outbox
    assert letter.to == ["common@example.org"]
    link = re.search(r"/ru/desk/observation/own/prove/\S+", str(letter.body))
    assert link is not None
    assert not Enquiry.objects.get().confirmed_at
    assert "Это наш адрес" in text(public.get(link[0]))
    assert not Enquiry.objects.get().confirmed_at, "reading the page proves nothing"
    public.post(link[0])
    enquiry = Enquiry.objects.get()
    assert enquiry.confirmed_at
    assert enquiry.name in text(get(scene.secretary, "accounts/", "ky"))
    given = {**ASKED, "name_ky": "Жалпы иш", "name_ru": "Общее дело", "name_en": "Common Cause", "ground": "кат 7"}
    page = text(post(scene.secretary, f"accounts/{enquiry.pk}/", given))
    assert "/invitation/" in page or "/invitations/" in page
    assert len(mail.outbox) == 2


def test_every_address_gets_the_same_answer(scene: Scene) -> None:
    known = Client().post(f"/en/{OWN}ask/", {**ASKED, "email": "mission-1@example.org"})
    new = Client().post(f"/en/{OWN}ask/", {**ASKED, "email": "nobody@example.org"})
    assert (known.status_code, known.headers["Location"]) == (new.status_code, new.headers["Location"])
    again = [Client().post(f"/en/{OWN}ask/", ASKED).status_code for _ in range(5)]
    assert 429 in again, "asking is limited"


def test_a_link_that_does_not_open_says_so(scene: Scene) -> None:
    for method in ("get", "post"):
        answer = getattr(Client(), method)(f"/ky/{OWN}prove/forged/")
        assert answer.status_code == 410


def test_a_refused_account_is_told_with_its_reason(scene: Scene) -> None:
    Client().post(f"/ru/{OWN}ask/", ASKED)
    link = re.search(r"/ru/desk/\S+", str(mail.outbox[0].body))
    assert link is not None
    Client().post(link[0])
    enquiry = Enquiry.objects.get()
    assert post(scene.secretary, f"accounts/{enquiry.pk}/refuse/", {"reason": ""}).status_code == 422
    post(scene.secretary, f"accounts/{enquiry.pk}/refuse/", {"reason": "Уюм катталган эмес."})
    assert "Уюм катталган эмес." in mail.outbox[-1].body
    assert get(scene.mission, "accounts/").status_code == 403


# ------------------------------------------------------------------------------------- how much a page asks


def test_a_page_of_the_list_costs_the_same_for_any_length(scene: Scene) -> None:
    small, large = mission(scene, 2), mission(scene, 40, first=100)
    numbers = []
    for draft in (small, large):
        client = signed_in(scene.mission)
        client.get(f"/en/{OWN}{draft.pk}/people/")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/en/{OWN}{draft.pk}/people/")
        numbers.append(len(asked))
    assert numbers[0] == numbers[1] <= 30


def test_pages_of_people_from_here_show_what_was_chosen(scene: Scene) -> None:
    draft = party(scene, scene.party, offices="judge", votes="жок")
    page = text(get(scene.party, f"{draft.pk}/people/1/", "ky"))
    assert re.search(r'value="judge"[^>]*checked', page)
    assert re.search(r'name="votes"[^>]*value="no"[^>]*checked|value="no"[^>]*checked[^>]*name="votes"', page)
    typed = {name.value: value for name, value in at_home(1).items()} | {
        "offices": [],
        "votes": "yes",
        "language": "ky",
    }
    typed |= {"resides": "yes", "convicted": "no", "unrestricted": "yes"}
    assert post(scene.party, f"{draft.pk}/people/1/", typed, "ky").status_code == 302
    assert dossier.of(draft.applicants.get()).votes is True
