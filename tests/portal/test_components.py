"""The components: what each must say, link and never contain."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.test import Client
from django.utils import translation

from shailoo.accounts.roles import Role
from shailoo.portal import saying
from shailoo.portal.design import Specimen
from tests.portal.drawing import Elements, design_page, page, part, request_for

LANGUAGES = ("ky", "ru", "en")
TEMPLATES = Path(__file__).parents[2] / "src/shailoo/portal/templates"
NB = "\N{NO-BREAK SPACE}"
NOON = datetime(2020, 10, 4, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_needs_what_the_security_policy_forbids(language: str) -> None:
    elements = Elements(design_page(language))
    assert elements.inline == []
    assert elements.all("style") == []
    assert [value for name in ("href", "src") for value in elements.all(name) if value.startswith("data:")] == []
    handlers = {name for _tag, attributes in elements.found for name in attributes if name.startswith("on")}
    assert handlers == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_id_is_given_once_and_every_reference_finds_its_own(language: str) -> None:
    elements = Elements(design_page(language))
    ids = elements.all("id")
    assert len(ids) == len(set(ids))
    named = [
        found
        for name in ("aria-describedby", "aria-labelledby", "for", "aria-controls")
        for value in elements.all(name)
        for found in value.split()
    ]
    fills = [found for value in elements.all("fill") for found in re.findall(r"url\(#(.+)\)", value)]
    assert set(named) | set(fills) <= set(ids)


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_within_the_page_lead_somewhere(language: str) -> None:
    elements = Elements(design_page(language))
    wanted = {href[1:] for href in elements.all("href") if href.startswith("#")}
    assert wanted <= set(elements.all("id"))


def test_the_page_of_components_shows_every_component() -> None:
    sources = {path.stem: path.read_text() for path in (TEMPLATES / "components").glob("*.html")}
    used = set[str]()
    waiting = [(TEMPLATES / "portal/design.html").read_text(), (TEMPLATES / "portal/base.html").read_text()]
    while waiting:
        for found in re.findall(r"<c-([a-z-]+)", waiting.pop()):
            component = found.replace("-", "_")
            if component in sources and component not in used:
                used.add(component)
                waiting.append(sources[component])
    assert set(sources) - used == set()


def declared(component: Path) -> set[str]:
    """The attributes that a component knows: those of its c-vars."""
    found = next((given for tag, given in Elements(component.read_text()).found if tag == "c-vars"), {})
    return {name.lstrip(":").replace("-", "_") for name in found}


def test_nobody_gives_a_component_what_it_does_not_know() -> None:
    known = {path.stem: declared(path) for path in (TEMPLATES / "components").glob("*.html")}
    faults = list[str]()
    for path in sorted(TEMPLATES.parents[1].glob("*/templates/**/*.html")):
        for tag, given in Elements(path.read_text()).found:
            component = tag.removeprefix("c-").replace("-", "_")
            if not tag.startswith("c-") or component in ("vars", "slot"):
                continue
            names = {name.lstrip(":").replace("-", "_") for name in given}
            if component not in known or names - known[component]:
                faults.append(f"{path.name}: <{tag}> {sorted(names - known.get(component, set()))}")
    assert faults == []


@pytest.mark.parametrize(("language", "greeting"), [("ky", "Барак табылган жок"), ("ru", "Страница не найдена")])
def test_a_page_speaks_its_language_and_offers_the_others_at_the_same_place(language: str, greeting: str) -> None:
    html = page("portal/not_found.html", f"/{language}/areas/KG02/?sort=-votes&page=2")
    assert greeting in html
    assert f'<html class="govuk-template" lang="{language}">' in html
    other = {"ky": "ru", "ru": "ky"}[language]
    assert f'<a href="/{other}/areas/KG02/?sort=-votes&amp;page=2" hreflang="{other}"' in html
    assert f'<link rel="alternate" hreflang="{language}"' in html


def test_the_navigation_says_where_we_are() -> None:
    html = page("portal/not_found.html", "/en/areas/KG02/")
    assert re.search(r'href="/en/areas/" aria-current="true"', html)
    assert len(re.findall(r'service-navigation__link" href="[^"]+" aria-current', html)) == 1
    assert 'service-navigation__link" href="/en/" aria-current="true"' in page("portal/not_found.html", "/en/")
    assert 'service-navigation__link" href="/en/" aria-current' not in page("portal/not_found.html", "/en/nowhere/")


def test_a_public_page_asks_for_no_token_so_that_it_can_be_shared() -> None:
    assert "csrfmiddlewaretoken" not in page("portal/not_found.html", "/ky/")


def test_the_desk_shows_the_office_in_use_and_the_way_out() -> None:
    request = request_for("/en/desk/counting/")
    body = SimpleNamespace(name_ky="Ош АШК", name_ru="Ошская ТИК", name_en="Osh TEC")
    office = SimpleNamespace(role=Role.TEC_CHAIR, body=body, person=SimpleNamespace(name="Айгүл Токтосунова"))
    request.office = office  # type: ignore[attr-defined]  # as the middleware sets it
    html = page("portal/not_found.html", request.path, request)
    assert "TEC chairperson" in html
    assert "Osh TEC" in html
    assert "Айгүл Токтосунова" in html
    assert re.search(
        r'<form method="post" action="/en/sign-out/"><input type="hidden" name="csrfmiddlewaretoken"', html
    )


def test_every_role_has_a_name() -> None:
    for language in ("ky", "ru", "en"):
        with translation.override(language):
            names = {saying.role(role.value) for role in Role}
        assert len(names) == len(Role), language


def test_a_rehearsal_and_generated_data_cannot_be_taken_for_the_real_thing() -> None:
    html = page("portal/not_found.html", "/en/")
    assert "Rehearsal: these are not the results of an election" in html
    assert "Generated data" in html
    real = page("portal/not_found.html", "/en/", election=SimpleNamespace(origin="commission", rehearsal=False))
    assert "stripes" not in real
    assert "Generated data" not in real


def test_a_number_never_stands_alone() -> None:
    html = part(
        '<c-number :value="votes" label="Votes" unit="votes" :of="base" base="of voters who took part" '
        ':as_of="at" version="3" why="/en/why/" :norms="[\'L64.2\']" />',
        votes=1_887_345,
        base=1_980_000,
        at=NOON,
    )
    text = " ".join(re.sub(r"<[^>]+>", " ", html).split()).replace(NB, " ")
    assert text == (
        "Votes 1 887 345 votes 95.32% of voters who took part as of 4 October 2020, 12:00 version 3 "
        "Art. 64, para. 2 Why? Votes"
    )


@pytest.mark.parametrize(("value", "shown"), [(0, "0"), (None, "—")])
def test_nobody_is_zero_and_unknown_is_a_dash(value: int | None, shown: str) -> None:
    html = part('<c-number :value="value" label="Votes" />', value=value)
    assert f'<span class="number__figure">{shown}</span>' in html


def test_a_component_takes_nothing_that_it_was_not_given() -> None:
    html = part('<c-number :value="5" />', label="leaked", unit="leaked", version="leaked", why="/leaked/")
    assert "leaked" not in html


HEAD = '<c-table caption="Votes"><c-slot name="head"><c-th sort="votes" numeric>Votes</c-th></c-slot></c-table>'


@pytest.mark.parametrize(
    ("query", "order", "link"),
    [
        ("", None, "?sort=votes"),
        ("?sort=votes&find=Osh", "ascending", "?sort=-votes&amp;find=Osh"),
        ("?sort=-votes&page=7", "descending", "?sort=votes&amp;page=1"),
        ("?sort=name", None, "?sort=votes"),
    ],
)
def test_a_column_orders_its_table_and_keeps_the_filter(query: str, order: str | None, link: str) -> None:
    html = part(HEAD, path=f"/en/areas/{query}")
    assert f'href="{link}"' in html
    assert (f'aria-sort="{order}"' in html) if order else ("aria-sort" not in html)


def test_a_table_says_what_it_holds_and_offers_it() -> None:
    html = part(
        '<c-table caption="Votes" :count="2413" :exports="exports"><c-tr><c-th scope="row">Osh</c-th>'
        "<c-td numeric>5</c-td></c-tr></c-table>",
        exports=[("CSV", "/votes.csv"), ("XLSX", "/votes.xlsx")],
    )
    assert "<caption" in html
    assert f"2{NB}413 rows" in html
    assert '<th scope="row"' in html
    assert 'govuk-table__cell--numeric">5<' in html
    assert re.findall(r'href="(/votes\.\w+)" download', html) == ["/votes.csv", "/votes.xlsx"]


def test_pages_keep_the_filter_and_offer_the_neighbours() -> None:
    html = part(
        '<c-pagination :of="listed" />', path="/en/?find=Osh&page=4", listed=Paginator(range(2_413), 25).get_page(4)
    )
    links = re.findall(r'href="\?find=Osh&amp;page=(\d+)"', html)
    assert links == ["3", "1", "2", "3", "4", "5", "97", "5"] or links == ["3", "1", "3", "4", "5", "97", "5"]
    assert 'aria-label="Page 4" aria-current="page"' in html


def test_one_page_needs_no_pages() -> None:
    assert "nav" not in part('<c-pagination :of="listed" />', listed=Paginator(range(5), 25).get_page(1))


def test_a_refused_form_lists_its_errors_with_links_to_the_fields() -> None:
    form = Specimen({})
    html = part('<c-error-summary :form="form" />', form=form)
    links = re.findall(r'href="#(\w+)">([^<]+):', html)
    assert [target for target, _label in links] == [
        *("id_participated", "id_reason", "id_commission", "id_counted_0", "id_signed"),
    ]
    drawn = part('{% for field in form %}<c-field :field="field" />{% endfor %}', form=form)
    assert {target for target, _label in links} <= set(Elements(drawn).all("id"))
    assert "error-summary" not in part('<c-error-summary :form="form" />', form=Specimen())


def test_errors_of_no_field_and_of_files_are_listed_too() -> None:
    class Strict(forms.Form):
        def clean(self) -> None:
            raise forms.ValidationError("The sums differ.")

    html = part('<c-error-summary :form="form" :errors="errors" />', form=Strict({}), errors=[("", "Line 7: p01")])
    assert "The sums differ." in html
    assert "Line 7: p01" in html


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("participated", 'type="number"'),
        ("reason", '<textarea name="reason"'),
        ("commission", '<select name="commission"'),
        ("counted", 'type="radio"'),
        ("present", 'type="checkbox"'),
        ("image", 'type="file"'),
        ("signed", 'type="checkbox"'),
    ],
)
def test_every_kind_of_field_is_drawn_with_its_label(name: str, expected: str) -> None:
    html = part('<c-field :field="field" />', field=Specimen()[name])
    assert expected in html
    elements = Elements(html)
    labelled = set(elements.all("for"))
    controls = {found["id"] for tag, found in elements.found if tag in ("input", "select", "textarea")}
    assert controls == labelled


def test_what_was_typed_is_kept() -> None:
    form = Specimen({"participated": "1204", "counted": "scanner", "reason": "a < b", "present": ["o"]})
    html = part('{% for field in form %}<c-field :field="field" />{% endfor %}', form=form)
    assert 'value="1204"' in html
    assert "a &lt; b" in html
    assert {found["value"] for tag, found in Elements(html).found if "checked" in found} == {"scanner", "o"}


def test_a_hint_and_an_error_are_read_out_with_their_field() -> None:
    html = part('<c-field :field="field" />', field=Specimen({})["participated"])
    assert 'aria-describedby="id_participated-hint id_participated-error"' in html
    assert "govuk-input govuk-input--error" in html


@pytest.mark.parametrize(
    ("left", "mark", "words"),
    [
        (timedelta(days=3), 'class="deadline"', "3 days left"),
        (timedelta(hours=5), "deadline--soon", "5 hours left"),
        (timedelta(0), "deadline--past", "the deadline has passed"),
    ],
)
def test_a_deadline_says_when_how_long_and_by_what_norm(left: timedelta, mark: str, words: str) -> None:
    html = part('<c-deadline :at="at" :now="now" norm="L36.2" />', at=NOON + left, now=NOON)
    assert mark in html
    assert words in html
    assert "Art. 36, para. 2" in html
    assert f'datetime="{(NOON + left + timedelta(hours=6)).strftime("%Y-%m-%dT%H:%M")}+06:00"' in html


def test_a_difference_shows_both_numbers_and_the_signed_change() -> None:
    html = part('<c-difference caption="x" :rows="rows" />', rows=[("a", 10, 7), ("b", 3, 5), ("c", 4, 4)])
    assert re.findall(r'<span class="([^"]*)">([^<]+)</span></td>', html) == [
        ("change--down", "−3"),
        ("change--up", "+2"),
        ("", "0"),
    ]


def test_long_work_is_asked_after_only_while_it_runs() -> None:
    running = part('<c-progress label="x" :done="1" :of="4" href="/en/jobs/7/" />')
    assert 'hx-get="/en/jobs/7/"' in running
    assert 'value="250"' in running
    assert "hx-get" not in part('<c-progress label="x" :done="4" :of="4" />')


def test_why_ends_with_what_the_law_leaves_open() -> None:
    html = part(
        '<c-steps :steps="steps" open="Equal remainders." />',
        steps=[("The quotient is 15 727.", "L64.3"), ("b", "L64.5")],
    )
    assert html.index("15 727") < html.index("L64.3") < html.index("L64.5") < html.index("Equal remainders.")


def test_markup_in_data_is_shown_and_not_obeyed() -> None:
    html = part(
        '<c-table caption="{{ evil }}"><c-tr><c-td>{{ evil }}</c-td></c-tr></c-table>'
        '<c-number :value="1" label="{{ evil }}" />',
        evil="<script>alert(1)</script>",
    )
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_the_page_of_a_breakdown_stands_without_translations_and_without_the_database() -> None:
    html = page("500.html", "/ky/")
    assert all(f'lang="{language}"' in html for language in LANGUAGES)


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_site_shows_its_components_to_everyone_and_leaves_no_cookie(client: Client, language: str) -> None:
    reply = client.get(f"/{language}/design/")
    assert reply.status_code == 200
    assert f'lang="{language}"' in reply.content.decode()
    assert not reply.cookies
    assert "default-src 'none'" in reply["Content-Security-Policy"]


@pytest.mark.django_db
def test_a_missing_page_says_so_in_its_language(client: Client) -> None:
    reply = client.get("/ru/net-takoj-stranicy/")
    assert reply.status_code == 404
    assert "Страница не найдена" in reply.content.decode()
