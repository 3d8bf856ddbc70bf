"""The pages of the law as a lawyer uses them: found, read, followed to the figures and to the code."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from django.utils.html import strip_tags

from shailoo.law.answers import passage
from shailoo.law.coverage import coverage
from shailoo.law.norms import norms
from shailoo.law.text import Act, Language
from shailoo.ledger import actions as ledger
from shailoo.portal import saying
from shailoo.portal.views.lawbook import chapters, contents, tracing
from shailoo.results import matters
from shailoo.results.models import ReadingTaken
from shailoo.statute.actions import import_text
from shailoo.wording import Catalogue, entries
from tests.commissions.sittings import decided
from tests.portal import nation as nations
from tests.portal.nation import Nation

pytestmark = pytest.mark.django_db
LANGUAGES = ("ky", "ru", "en")
AT = datetime(2020, 10, 5, 6, 0, tzinfo=UTC)
ALLOCATE = "law/rules/shailoo.law.mandates.allocate/"
CITED = "Article 64 Boats\n1. Boats are counted.\n2. Two:\n - the first boat;\n - the second boat.\n3. Oars are shared."


@pytest.fixture
def nation(db: None) -> Nation:
    return nations.build()


def html(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def words(client: Client, address: str) -> str:
    """The text of the page's own part as it is read, with plain single spaces."""
    page = html(client, address).partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(strip_tags(page.partition(">")[2])).split())


def without_english(page: str) -> str:
    """The page's own part without what is marked as English and without code."""
    main = page.partition("<main")[2].partition("</main>")[0].partition(">")[2]
    for tag in ("div", "ul", "p", "span", "pre", "section", "code"):
        marked = "[^>]*" if tag == "code" else r'[^>]*lang="en"[^>]*'
        main = re.sub(rf"<{tag}\b{marked}>.*?</{tag}>", " ", main, flags=re.DOTALL)
    return unescape(strip_tags(main))


def import_law(text: str, *, edition: date = date(2017, 6, 5), language: Language = Language.EN) -> None:
    import_text(text.encode(), source="law.txt", act=Act.LAW, edition=edition, language=language, by=None, at=AT)


# ------------------------------------------------------------------------------------- found


def test_the_first_page_shows_every_chapter_with_the_same_sums_as_the_trace(client: Client, nation: Nation) -> None:
    found = words(client, "/en/law/")
    counted = coverage()
    assert f"In all {contents.share_of(norms().values()).total:,}".replace(",", " ") in found
    assert sum(piece.number for piece in contents.share_of(norms().values()).pieces) == counted.total
    for each in chapters.CHAPTERS:
        assert str(each.subject) in found


def test_every_article_stands_in_one_chapter_and_has_a_subject() -> None:
    articles = dict.fromkeys(each.id[0] + each.article for each in norms().values())
    shown = [name for chapter in contents.chapters_shown() for name, _subject, _number in chapter.articles]
    assert sorted(shown) == sorted(articles)
    assert [name for name in articles if not chapters.subject(name)] == []


def test_the_parts_of_a_bar_fill_it() -> None:
    for chapter in contents.chapters_shown():
        end = 0
        for piece in chapter.share.pieces:
            assert piece.start == end
            end = piece.start + piece.length
        assert end == 1000


@pytest.mark.parametrize(
    ("address", "found", "missing"),
    [
        ("/en/law/?q=64.3", "L64.3.d", "L64.4"),
        ("/en/law/?q=l64.3", "L64.3.d", "L64.4"),
        ("/en/law/?q=L10", "L10.4", "L10-1.6"),
        ("/ru/law/?q=ст. 64 ч. 3", "L64.3.d", "L64.4"),
        ("/ru/law/?q=ст. 64, ч. 3", "L64.3.d", "L64.4"),
        ("/ky/law/?q=64-берене, 3-бөлүк", "L64.3.d", "L64.4"),
        ("/en/law/?q=Art. 64, para. 3", "L64.3.d", "L64.4"),
        ("/ru/law/?q=ЧАСТНОЕ", "L64.3.b", "L64.4"),
        ("/ky/law/?q=квота", "L64.3.b", "L64.4"),
        ("/ru/law/?q=first electoral quotient", "L64.3.b", "L64.4"),
        ("/en/law/?status=decided&area=publication", "L64.8", "L64.3.b"),
    ],
)
def test_a_norm_is_found_by_number_citation_word_and_status(
    client: Client, nation: Nation, address: str, found: str, missing: str
) -> None:
    page = words(client, address)
    assert re.search(rf"{re.escape(found)} ·", page), page[:500]
    assert not re.search(rf"{re.escape(missing)} ·", page)


def test_letters_are_found_without_a_kyrgyz_keyboard() -> None:
    assert contents.plain("Төлөө – Үч ЁЛКА, Жаңы.") == "толоо уч елка жаны"


def test_an_unknown_status_is_no_page(client: Client, nation: Nation) -> None:
    assert client.get("/ky/law/?status=perhaps").status_code == 404


# ------------------------------------------------------------------------------------- read


@pytest.mark.parametrize("language", ["ky", "ru"])
@pytest.mark.parametrize("name", ["L64.3", "L64", "L59.5", "L9.4", "L52.7", "L3.1", "L41.3", "CR19"])
def test_no_english_is_on_a_page_in_another_language_unless_it_is_marked(
    client: Client, nation: Nation, language: str, name: str
) -> None:
    left = re.findall(r"[A-Za-z]{4,}", without_english(html(client, f"/{language}/law/{name}/")))
    assert left == []


def test_every_actor_and_every_anchor_of_the_norms_has_words() -> None:
    actors = {who for each in norms().values() for who in each.actors}
    anchors = {f"anchor.{each.deadline.anchor}" for each in norms().values() if each.deadline}
    assert sorted(actors - entries(Catalogue.ACTORS).keys()) == []
    assert sorted(anchors - entries(Catalogue.VALUES).keys()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_is_told_in_words(client: Client, nation: Nation, language: str) -> None:
    told = words(client, f"/{language}/law/L64.8/")
    assert {
        "ky": "14 календардык күндүн ичинде; эсептин башы: шайлоонун жыйынтык",
        "ru": "в течение 14 календарных дней; отсчёт от события:",
        "en": "within 14 calendar days; counted from:",
    }[language][:24] in told


def test_a_dated_norm_shows_its_days_in_the_featured_election(client: Client, nation: Nation) -> None:
    told = words(client, "/en/law/L64.8/")
    assert "In the calendar" in told
    assert str(nation.voting.day.year) in told.partition("In the calendar")[2].partition("What the program")[0]


def test_what_is_still_open_names_the_department() -> None:
    found = [each for each in norms().values() if tracing.status_of(each.id) == "open"]
    if found:  # none is left open one day
        assert "The department for it" in tracing.status(found[0]).meaning


def test_a_reading_shows_its_alternatives_and_the_decision_that_took_it(client: Client, nation: Nation) -> None:
    assert "no commission has decided otherwise" in words(client, "/en/law/L64.5/")
    asked = matters.reading(nation.election, "cap_surplus_rule")
    taken = decided(nation.cec_chair.body, asked.matter, asked.subject, at=AT)
    ReadingTaken.objects.create(
        election=nation.election,
        parameter="cap_surplus_rule",
        option="vacant",
        decision=taken.label,
        carries_out=taken,
        text="For the test.",
        office=nation.cec_chair,
        at=AT,
    )
    ledger.record("reading.taken", subject="election:1", by=nation.cec_chair, at=AT, grounds=["L64.5"])
    told = words(client, "/en/law/L64.5/")
    assert f"Taken by decision {taken.label} of the Central Election Commission" in told


def test_acts_that_rest_on_a_norm_are_shown_without_the_person(client: Client, nation: Nation) -> None:
    assert "No act of the record names it" in words(client, "/en/law/L66.2/")
    for number in range(12):
        ledger.record(
            "reading.taken",
            subject=f"election:{number}",
            by=nation.cec_chair,
            at=AT + timedelta(minutes=number),
            grounds=["L66.2"],
        )
    told = words(client, "/en/law/L66.2/")
    assert "12 acts of the record rest on it. The latest 10:" in told
    assert told.count(saying.act("reading.taken")) <= 10
    assert nation.cec_chair.person.name not in told
    assert "No act of the record names it" in words(client, "/en/law/L66.1.a/")


def test_the_page_changes_with_the_next_act(client: Client, nation: Nation) -> None:
    first = client.get("/ky/law/L66.2/")
    assert client.get("/ky/law/L66.2/", headers={"If-None-Match": first["ETag"]}).status_code == 304
    ledger.record("reading.taken", subject="election:1", by=nation.cec_chair, at=AT, grounds=["L66.2"])
    assert client.get("/ky/law/L66.2/", headers={"If-None-Match": first["ETag"]}).status_code == 200


# ------------------------------------------------------------------------------------- followed in three clicks


@pytest.mark.norm("L64.3.b")
def test_from_article_64_to_the_seats_and_to_the_code_in_three_clicks(client: Client, nation: Nation) -> None:
    article = html(client, "/en/law/L64/")
    assert 'href="/en/why/"' in article  # first click: why these seats
    reasons = html(client, "/en/why/")
    assert 'href="/en/law/L64.3/"' in reasons  # second: the norm of a step
    norm = html(client, "/en/law/L64.3/")
    (place, *_more) = re.findall(r'href="/en/law/rules/([\w.]+)/"', norm)
    code = html(client, f"/en/law/rules/{place}/")  # third: the code
    found = passage(place)
    assert found is not None
    assert found.text.splitlines()[-1].strip() in unescape(code)


def test_a_rule_shows_its_norms_its_answers_its_facts_and_its_tests(client: Client, nation: Nation) -> None:
    page = html(client, f"/ru/{ALLOCATE}")
    assert 'href="/ru/law/L64.7.a/"' in page
    assert "shailoo law check seats" in page
    assert "tests/law/test_mandates.py" in page
    assert "def _distribute" in page


@pytest.mark.parametrize(
    "place",
    ["shailoo.settings.database", "shailoo.law.mandates._distribute", "shailoo.keys.installation_secret", "os.path"],
)
def test_code_that_carries_out_no_norm_is_no_page(client: Client, nation: Nation, place: str) -> None:
    assert client.get(f"/ky/law/rules/{place}/").status_code == 404


def test_without_tests_the_page_says_so_and_rules_still_count(
    client: Client, nation: Nation, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bare = coverage(tests=tmp_path / "no-such-folder")
    monkeypatch.setattr(tracing, "traced", lambda: bare)
    told = words(client, "/en/law/L64.3.b/")
    assert "The tests are not part of this installation" in told
    assert "decided by a rule" in told


def test_the_rules_by_name_link_to_their_code(client: Client, nation: Nation) -> None:
    assert f'href="/ky/{ALLOCATE}"' in html(client, "/ky/law/rules/")


# ------------------------------------------------------------------------------------- editions and official texts


def test_an_edition_shows_what_it_changed(client: Client, nation: Nation) -> None:
    told = words(client, "/ru/law/editions/")
    assert "порог по республике 9 % 7 %" in told
    assert "официальный текст не загружен" in told
    assert client.get("/ru/law/editions/1999-01-01/").status_code == 404


def test_the_official_text_stands_beside_the_summary_and_is_marked_in_its_language(
    client: Client, nation: Nation
) -> None:
    assert "Official text" not in words(client, "/en/law/L64.3/")
    import_law(CITED)
    assert "Oars are shared." in words(client, "/en/law/L64.3/")
    page = html(client, "/ky/law/L64.2.b/")
    marked = page.partition('<div lang="en">')[2].partition("</div>")[0]
    assert "the second boat." in marked
    assert "the first boat" not in marked
    import_law("64-берене. Кайыктар\n2. Экөө бар:\n- биринчи кайык;\n- көлдөгү экинчи кайык.", language=Language.KY)
    page = html(client, "/ky/law/L64.2.b/")
    assert "көлдөгү экинчи кайык." in page
    assert "the second boat." not in page


def test_two_editions_are_compared_article_by_article(client: Client, nation: Nation) -> None:
    address = "/en/law/editions/2017-06-05/2020-06-30/"
    assert "have not been imported in one language" in words(client, address)
    import_law(CITED)
    import_law(CITED, edition=date(2020, 6, 30))
    assert "the same, word for word" in words(client, address)
    import_law(CITED.replace("Oars are shared", "Oars are sold"), edition=date(2020, 6, 30))
    assert f'href="{address}"' in html(client, "/en/law/editions/")
    assert 'href="?article=L64"' in html(client, address)
    assert "<del>shared.</del> <ins>sold.</ins>" in html(client, f"{address}?article=L64")
    assert "replaced" in words(client, "/en/law/editions/")


@pytest.mark.parametrize("address", ["law/editions/2017-06-05/soon/", "law/editions/x/2017-06-05/"])
def test_what_is_no_day_is_no_edition(client: Client, nation: Nation, address: str) -> None:
    assert client.get(f"/ky/{address}").status_code == 404


def test_an_answer_without_words_is_shown_by_its_code_and_marked_as_english(
    client: Client, nation: Nation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saying, "pattern_of_finding", lambda _code: "")
    assert '<span lang="en">base unknown</span>' in html(client, f"/ky/{ALLOCATE}")
