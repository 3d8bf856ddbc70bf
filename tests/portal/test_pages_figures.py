"""What the public pages say: numbers with their base, what stands beside the totals, why, what to take away."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from django.test import Client
from django.utils.html import strip_tags
from pytest_django import Settings

from shailoo.counting.models import Protocol, Scan
from shailoo.documents.actions import store
from shailoo.law.outcome import Refused
from shailoo.portal import saying
from shailoo.results import actions
from shailoo.results.models import Publication
from tests.portal import nation as nations
from tests.portal.nation import AT, Nation


@pytest.fixture(autouse=True)
def own_data(settings: Settings, tmp_path: Path) -> None:
    """Keys and kept files of a test lie in a folder of its own."""
    settings.DATA = tmp_path


@pytest.fixture
def nation(db: None) -> Nation:
    return nations.build()


def words(client: Client, address: str) -> str:
    """The text of a page as it is read, with plain single spaces."""
    response = client.get(address)
    assert response.status_code == 200, address
    return " ".join(strip_tags(response.content.decode()).split())


def test_preliminary_figures_are_called_so_with_the_article(client: Client, nation: Nation) -> None:
    page = words(client, "/en/")
    assert "Preliminary results, without legal significance (Art. 39, para. 1)" in page
    assert "6 of 8 precincts" in page


def test_figures_beside_the_totals_are_named_and_in_no_sum(client: Client, nation: Nation) -> None:
    page = words(client, "/en/")
    assert "1 precinct stands beside the totals, not inside them" in page
    assert "(85 valid ballots)" in page
    assert "Generated data" in page
    # 300 + 310 + 320 + 330 + 340 + 212 by the six accepted protocols, without the parked 50
    assert "Mountains 1 812" in page


def test_a_percentage_names_its_base(client: Client, nation: Nation) -> None:
    page = words(client, "/en/")
    assert "Share: of voters who took part (2 710)." in page
    assert "the national barrier, 7.0%" in page


def test_what_the_source_lacks_is_a_dash_and_its_effect_is_shown(client: Client, db: None) -> None:
    nations.build(participants="unknown")
    page = words(client, "/en/")
    assert "Voters who took part — voters" in page
    assert "What the source does not say" in page
    assert "of valid votes, with “against all” (2 662)" in page
    assert "2 662 ballots were found: at least so many voters took part." in page
    assert "the percentages here are of valid votes" in page


def test_every_list_has_its_reasons_and_every_seat_its_norm(client: Client, nation: Nation) -> None:
    response = client.get("/en/why/")
    html = response.content.decode()
    page = " ".join(strip_tags(html).split())
    assert 'id="list-p03"' in html
    assert "Needed" in page
    assert "divided by 120 mandates" in page
    assert "/en/law/L64.3.b/" in html
    assert "What stands in the way of determination" in page
    assert "would change the result" in page or "list votes" in page.casefold()


def test_an_area_holds_its_own_precincts_alone(client: Client, nation: Nation) -> None:
    page = words(client, "/en/areas/KG02215/")
    assert "1001" in page
    assert "1003" not in page
    assert "Mountains 610" in page


def test_a_list_is_ordered_by_what_was_clicked(client: Client, nation: Nation) -> None:
    page = client.get("/en/areas/KG02/?sort=-valid").content.decode()
    assert page.index("Jeti-Oguz rayon</a>") < page.index("Ton rayon</a>")
    page = client.get("/en/areas/KG02/?sort=valid").content.decode()
    assert page.index("Ton rayon</a>") < page.index("Jeti-Oguz rayon</a>")


def test_a_commission_that_signed_other_sums_is_shown_line_by_line(client: Client, nation: Nation) -> None:
    assert "has not yet signed" in words(client, "/en/commissions/TEC-1/")
    nations.sign(nation, "TEC-1")
    assert "are the same in every line" in words(client, "/en/commissions/TEC-1/")
    nations.sign(nation, "TEC-2", more=1)
    page = words(client, "/en/commissions/TEC-2/")
    assert "differs from the present sums" in page
    assert "Mountains: 650 / 651" in page


def test_a_recounted_precinct_shows_both_versions_with_reason_and_decision(client: Client, nation: Nation) -> None:
    page = words(client, "/en/precincts/1006/")
    assert "Recount after a complaint" in page
    assert re.search(r"decision № \d+/2020", page)
    assert "Mountains 212" in page
    assert "Mountains 210" in words(client, "/en/precincts/1006/?version=1")
    assert "generated for demonstration" in page


def test_the_manual_count_stands_beside_the_scanner(client: Client, nation: Nation) -> None:
    page = words(client, "/en/precincts/1006/")
    assert "The two counts differ. The manual count stands. Art. 35, para. 14" in page
    assert "Mountains 212 210 +2" in page


def test_a_finding_shows_its_formula_and_the_explanation(client: Client, nation: Nation) -> None:
    page = words(client, "/en/precincts/1007/")
    assert "88 == 87 + 2" in page
    assert "One ballot was taken away." in page
    assert "beside the totals" in page


def test_acts_are_told_by_office_and_never_by_a_persons_name(client: Client, nation: Nation) -> None:
    page = words(client, "/en/precincts/1006/")
    assert "TEC chairperson, Commission TEC-3" in page
    assert nation.chair.person.name not in page


def test_figures_that_are_still_being_entered_are_not_shown(client: Client, nation: Nation) -> None:
    expected = nation.precincts["1008"]
    Protocol.objects.create(
        voting=nation.voting, precinct=expected.precinct, tec=expected.tec, state="received", received_at=AT
    )
    page = words(client, "/en/precincts/1008/")
    assert "being entered" in page
    assert client.get("/en/precincts/1008/?version=1").status_code == 404


def test_the_signed_paper_is_shown_with_its_hash(client: Client, nation: Nation) -> None:
    protocol = Protocol.objects.get(precinct__number="1001")
    kept = store(b"%PDF-1.7 signed", "application/pdf", AT)
    Scan.objects.create(protocol=protocol, file=kept, page=1, at=AT)
    assert kept.sha256 in words(client, "/en/precincts/1001/")
    response = client.get("/en/precincts/1001/scans/1/1/")
    assert response.content == b"%PDF-1.7 signed"
    assert response["Content-Type"] == "application/pdf"


# ------------------------------------------------------------------------------------- to take away


@pytest.mark.parametrize(("level", "rows"), [("nation", 1), ("regions", 3), ("tecs", 4), ("precincts", 8)])
def test_every_level_can_be_taken_away_in_every_format(client: Client, nation: Nation, level: str, rows: int) -> None:
    table = list(csv.DictReader(io.StringIO(client.get(f"/ky/downloads/{level}.csv").content.decode())))
    assert len(table) == rows
    listed = json.loads(client.get(f"/ky/downloads/{level}.json").content)
    assert [row["votes.p01"] for row in listed] == [
        int(row["votes.p01"]) if row["votes.p01"] else None for row in table
    ]
    with zipfile.ZipFile(io.BytesIO(client.get(f"/ky/downloads/{level}.xlsx").content)) as book:
        assert "xl/worksheets/sheet1.xml" in book.namelist()


def test_the_precincts_of_one_area_or_commission_can_be_taken_away_alone(client: Client, nation: Nation) -> None:
    area = json.loads(client.get("/ky/downloads/precincts.json?area=KG02215").content)
    assert [row["precinct"] for row in area] == ["1001", "1002"]
    tec = json.loads(client.get("/ky/downloads/precincts.json?tec=TEC-4").content)
    assert [row["precinct"] for row in tec] == ["1008"]


def test_the_common_data_format_says_that_the_data_are_generated(client: Client, nation: Nation) -> None:
    report = json.loads(client.get("/ky/downloads/results.err.json").content)
    assert report["@type"] == "ElectionResults.ElectionReport"
    assert report["IsTest"] is True


def test_a_version_stays_readable_and_says_what_it_changed(client: Client, nation: Nation) -> None:
    first = actions.publish(nation.voting, kind=Publication.Kind.PRELIMINARY, by=nation.cec_chair, at=AT)
    assert not isinstance(first, Refused)
    nations.accepted(nation, "1008", (100, 50, 20))
    second = actions.publish(nation.voting, kind=Publication.Kind.PRELIMINARY, by=nation.cec_chair, at=AT)
    assert not isinstance(second, Refused)
    assert "Version 2" in words(client, "/en/versions/")
    assert "This is the first version." in words(client, "/en/versions/1/")
    page = words(client, "/en/versions/2/")
    assert "What changed since version 1" in page
    assert "+175" in page  # valid ballots of the precinct that came in between
    assert second.bundle_id in page
    bundle = client.get("/en/versions/1/bundle.zip").content
    with zipfile.ZipFile(io.BytesIO(bundle)) as files:
        assert files.read("manifest.json").decode() == client.get("/en/versions/1/manifest.json").content.decode()
    assert client.get("/en/versions/1/manifest.json.minisig").content.decode() == first.signature
    assert b"minisign public key" in client.get("/en/downloads/shailoo.pub").content


# ------------------------------------------------------------------------------------- the law


def test_a_norm_shows_the_rules_that_carry_it_out_and_its_values(client: Client, nation: Nation) -> None:
    html = client.get("/ky/law/L64.3.b/").content.decode()
    assert "shailoo.law" in html
    assert "seats = 120" in html


def test_a_summary_without_translation_is_marked_as_english(
    client: Client, nation: Nation, monkeypatch: pytest.MonkeyPatch
) -> None:
    english = '<p class="govuk-body" lang="en">'
    monkeypatch.setattr(saying, "norm", {"L64.3.a": "Кыскача баян"}.get)
    assert english in client.get("/ky/law/L64.3.b/").content.decode()
    html = client.get("/ky/law/L64.3.a/").content.decode()
    assert english not in html
    assert "Кыскача баян" in html


def test_the_law_is_searched_by_number_and_by_word(client: Client, nation: Nation) -> None:
    assert "L64.3.b" in words(client, "/en/law/?q=L64.3")
    assert "quotient" in words(client, "/en/law/?q=first%20electoral%20quotient")
    assert "No norm matches" in words(client, "/en/law/?q=unicorn")
