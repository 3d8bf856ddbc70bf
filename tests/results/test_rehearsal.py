"""Nothing of a rehearsal can be taken for an election: every file, paper and page says so, to people and machines."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pgtrigger
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client

from shailoo.cli.verify import verify as command
from shailoo.documents import queries as documents
from shailoo.documents.models import Document
from shailoo.elections.forms import LONGEST_SLUG
from shailoo.law.outcome import Refused
from shailoo.ledger import minisign
from shailoo.ledger.models import Act
from shailoo.results import actions
from shailoo.results.models import Publication
from shailoo.results.publication import bundle
from shailoo.results.publication.snapshot import Heading
from shailoo.results.publication.tables import REHEARSAL_COLUMN, REHEARSAL_WORDS
from shailoo.results.publication.verify import verify
from tests.results import nation
from tests.results import scene as scenes
from tests.results.scene import Scene

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
SAID = "МАШЫГУУ", "РЕПЕТИЦИЯ", "REHEARSAL"
TABLES = (bundle.PRECINCTS, *bundle.LEVEL_FILES.values())
WITHOUT_FIGURES = {bundle.PUBLIC_KEY, bundle.ROW_HASHES}  # a key and hashes: nothing to be taken for a result


def files(*, rehearsal: Heading) -> dict[str, bytes]:
    made = bundle.make(replace(nation.snapshot(), heading=rehearsal), KEY)
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


REHEARSED = replace(nation.HEADING, origin="commission", rehearsal=True)
REAL = replace(nation.HEADING, origin="commission")


def test_every_file_of_a_rehearsal_says_so_to_machines_and_in_words() -> None:
    found = files(rehearsal=REHEARSED)
    for name in TABLES:
        rows = list(csv.DictReader(io.StringIO(found[name].decode())))
        assert rows, name
        assert {row[REHEARSAL_COLUMN] for row in rows} == {REHEARSAL_WORDS}, name
    for name in (bundle.MANIFEST, bundle.RESULTS):
        assert json.loads(found[name])["heading"]["rehearsal"] is True, name
    report = json.loads(found[bundle.ERR])
    assert (report["IsTest"], report["TestType"]) == (True, "rehearsal")
    assert report["Election"][0]["Contest"][0]["Name"].startswith("REHEARSAL: ")
    names = report["Election"][0]["Name"]["Text"]
    assert [text["Content"].split(":")[0] for text in names] == list(SAID)
    assert all(word in found[bundle.README].decode() for word in SAID)
    assert minisign.read_signature(found[bundle.SIGNATURE].decode()).comment.startswith("REHEARSAL")
    silent = {name for name, content in found.items() if b"ehearsal" not in content and b"REHEARSAL" not in content}
    assert silent == WITHOUT_FIGURES, "a file that came later must say it too"


def test_the_files_of_an_election_have_no_word_of_it_so_that_earlier_ones_stay_whole() -> None:
    found = files(rehearsal=REAL)
    assert all(b"ehearsal" not in content and b"REHEARSAL" not in content for content in found.values())
    assert json.loads(found[bundle.ERR])["IsTest"] is False
    assert verify(bundle.pack(found)).holds


def test_a_rehearsal_is_verified_like_an_election() -> None:
    report = verify(bundle.pack(files(rehearsal=REHEARSED)))
    assert report.faults == ()
    assert report.snapshot is not None
    assert report.snapshot.heading.rehearsal


@pytest.mark.parametrize("name", [*TABLES, bundle.RESULTS, bundle.ERR, bundle.README])
def test_whoever_puts_a_file_of_an_election_into_a_rehearsal_is_found(name: str) -> None:
    """Signed anew or not: the files would no longer say the same."""
    mixed = files(rehearsal=REHEARSED) | {name: files(rehearsal=REAL)[name]}
    codes = {fault.code for fault in verify(bundle.pack(mixed)).faults}
    assert codes - {"file_altered"}, codes


def test_the_verifier_says_that_it_is_a_rehearsal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for heading, said in ((REHEARSED, True), (REAL, False)):
        path = tmp_path / "bundle.zip"
        path.write_bytes(bundle.pack(files(rehearsal=heading)))
        assert command(path) == 0
        assert ("REHEARSAL" in capsys.readouterr().out) is said
        assert command(path, json_output=True) == 0
        assert json.loads(capsys.readouterr().out)["rehearsal"] is said


# ------------------------------------------------------------------------------------- acts, papers, pages


@pytest.fixture
def scene(db: None) -> Scene:
    built = scenes.build()
    built.voting.election.origin = "commission"
    built.voting.election.rehearsal = True
    with pgtrigger.ignore("elections.Election:a_rehearsal_stays_one_and_a_real_election_too"):  # called as one
        built.voting.election.save()
    scenes.all_protocols(built)
    scenes.sign_all(built)
    made = scenes.determine(built)
    assert not isinstance(made, Refused), made
    return built


def test_an_official_publication_of_a_rehearsal_is_marked_everywhere(scene: Scene) -> None:
    made = actions.publish(scene.voting, kind=Publication.Kind.OFFICIAL, by=scene.cec_chair, at=scene.now())
    assert isinstance(made, Publication), made
    assert json.loads(made.manifest)["heading"]["rehearsal"] is True
    assert made.summary["heading"]["rehearsal"] is True
    assert '"rehearsal":true' in Act.objects.get(name="result.published").payload
    report = verify(documents.content(made.bundle))
    assert report.holds
    assert report.comment.startswith("REHEARSAL")


def test_every_paper_of_a_rehearsal_says_so_in_its_number_its_data_and_its_title(scene: Scene) -> None:
    papers = list(Document.objects.all())
    assert {paper.kind for paper in papers} >= {
        "tec_protocol",
        "tec_summary_table",
        "cec_protocol",
        "cec_summary_table",
    }
    for paper in papers:
        assert paper.number.startswith("rehearsal/")
        assert paper.data["rehearsal"] is True
        assert str(paper.data["title"]).upper().startswith(SAID[("ky", "ru").index(paper.language)])


def test_the_longest_name_of_an_election_still_fits_into_the_numbers_of_its_papers() -> None:
    longest = f"rehearsal/{'x' * LONGEST_SLUG}/at_precincts/TEC-KG022050001/summary-table-999"
    room = Document._meta.get_field("number").max_length
    assert room is not None
    assert len(longest) <= room


def test_every_public_page_and_download_of_a_rehearsal_says_so(scene: Scene) -> None:
    actions.publish(scene.voting, kind=Publication.Kind.OFFICIAL, by=scene.cec_chair, at=scene.now())
    number = Document.objects.filter(kind="cec_protocol").values_list("number", flat=True).first()
    pages = ("", "areas/", "why/", "versions/", "versions/1/", "downloads/", f"documents/{number}/", "calendar/")
    for page in pages:
        answer = Client().get(f"/en/{page}")
        assert answer.status_code == 200, page
        assert b"Rehearsal: these are not the results of an election" in answer.content, page
    for file in ("nation.csv", "precincts.json", "results.err.json"):
        content = Client().get(f"/en/downloads/{file}").content.decode()
        assert "ehearsal" in content, file
