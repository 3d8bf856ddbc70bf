"""The papers of results: what stands in them is what was signed, in Kyrgyz and Russian, and they are PDF/A."""

from __future__ import annotations

import io
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pytest

from shailoo.documents.rendering import Imprint, render
from shailoo.law.editions import edition
from shailoo.law.mandates import Allocation
from shailoo.law.protocol.summed import SUMMED_LINES
from shailoo.results import papers
from shailoo.results.papers import contents
from shailoo.results.reckoning import Facts, percentage_base, reckon
from tests.results import nation

TEMPLATES = Path(papers.__file__).parent / "typst"
AT = datetime(2020, 10, 5, 4, 30, tzinfo=UTC)
SNAPSHOT = nation.snapshot()


def head(language: str) -> contents.Head:
    return contents.Head("Борбордук комиссия", "Шайлоо, 04.10.2020", "Чечим № 17", language)


def text_of(template: str, data: contents.Paper, language: str) -> str:
    pdf = render(
        TEMPLATES / f"{template}.typ", asdict(data), Imprint("n/1", language, AT, "http://127.0.0.1:8000/ky/x/")
    )
    assert b"pdfaid" in pdf
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def protocol(language: str, kind: str = "cec_protocol") -> contents.Protocol:
    law = edition(SNAPSHOT.heading.edition)
    return contents.protocol(
        head(language),
        kind,
        basis=[("precincts", 40), ("precinct_protocols", 37), ("invalidated", 1)],
        options=SNAPSHOT.options,
        lines=SNAPSHOT.national.lines,
        votes=SNAPSHOT.national.votes,
        base=percentage_base(SNAPSHOT.national, law),
        notes=["Редакция 2"],
    )


@pytest.mark.norm("L37.2.a1", "L36.2.b3")
@pytest.mark.parametrize("language", ["ky", "ru"])
@pytest.mark.parametrize("kind", ["cec_protocol", "tec_protocol"])
def test_a_protocol_holds_every_line_and_every_vote(language: str, kind: str) -> None:
    text = text_of("protocol", protocol(language, kind), language)
    for line in SUMMED_LINES:
        assert contents.line_name(line, language) in text
    participated = SNAPSHOT.national.participated
    assert participated is not None
    for number in (*SNAPSHOT.national.votes, participated):
        assert f"{number:,}".replace(",", " ") in text
    assert "Редакция 2" in text


def test_an_unknown_figure_is_a_dash_and_never_a_zero() -> None:
    lines = dict(SNAPSHOT.national.lines) | {"participated": None}
    data = replace(protocol("ru"), lines=((contents.line_name("participated", "ru"), lines["participated"]),))
    assert "Избиратели, принявшие участие в голосовании —" in text_of("protocol", data, "ru")


@pytest.mark.norm("L37.2.a2", "L36.2.b3")
@pytest.mark.parametrize("language", ["ky", "ru"])
def test_a_summary_table_holds_every_commission_and_its_sums(language: str) -> None:
    rows = [(row.name_ky, contents.row_cells(row)) for row in SNAPSHOT.regions]
    total = [*(SNAPSHOT.national.lines[line] for line in SUMMED_LINES), *SNAPSHOT.national.votes]
    data = contents.summary(
        head(language),
        "cec_summary_table",
        options=SNAPSHOT.options,
        rows=rows,
        total=total,
        not_summed=[("1007", "жок")],
    )
    text = text_of("summary", data, language)
    for row in SNAPSHOT.regions:
        assert row.name_ky in text
        assert f"{row.sums.votes[0]:,}".replace(",", " ") in text
    assert "1007" in text
    assert [column for part in data.parts for column in part.columns] == list(range(1, len(total) + 1))


@pytest.mark.norm("L64.6.a", "L64.6.1", "L64.6.2")
@pytest.mark.parametrize("language", ["ky", "ru"])
def test_the_mandate_protocol_names_lists_mandates_and_deputies(language: str) -> None:
    facts = Facts("jogorku_kenesh", "general", SNAPSHOT.options, SNAPSHOT.national, SNAPSHOT.regions)
    outcome = reckon(facts, edition(SNAPSHOT.heading.edition))
    assert isinstance(outcome.value, Allocation)
    elected = [("A", [(1, "Айгүл Токтогулова"), (2, "Бекзат Өмүров")])]
    base = SNAPSHOT.national.participated or 0
    text = text_of(
        "mandates", contents.mandates(head(language), facts, outcome, outcome.value, base, elected), language
    )
    for code, seats in outcome.value.seats.items():
        option = next(option for option in SNAPSHOT.options if option.code == code)
        assert contents.option_name(option, language) in text
        assert f" {seats} " in f"{text} "
    assert "Бекзат Өмүров" in text
