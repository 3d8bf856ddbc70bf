"""The norms as data: complete, unique, resolvable, and refused where a file contradicts itself."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from shailoo.law import protocol
from shailoo.law.norms import NormError, article_of, document, documents, known, norm, norms, resolve
from shailoo.law.norms.loading import FOLDER, norm_files, read

GOOD = """
- id: L1.1
  kind: duty
  area: calendar
  rule: Someone does something.
"""


def test_every_norm_of_the_law_map_is_here_once() -> None:
    assert len(norms()) == 1104
    assert {name[0] for name in norms()} == {"L", "R", "B", "E"}


def test_a_norm_says_what_who_and_how_to_check() -> None:
    found = norm("L64.3.d")
    assert (found.kind, found.area, found.actors, found.article) == ("formula", "mandates", ("CEC",), "64")
    assert "largest fractional parts" in found.rule
    assert found.check


def test_a_deadline_has_anchor_offset_and_bound() -> None:
    term = norm("L37.1.a").deadline
    assert term is not None
    assert (term.anchor, term.offset, term.unit, term.bound) == ("election_day", 20, "calendar_day", "no_later_than")


@pytest.mark.parametrize(
    ("citation", "ids"),
    [
        ("L64.3.d", ["L64.3.d"]),
        ("L64.3", ["L64.3.a", "L64.3.b", "L64.3.c", "L64.3.d", "L64.3.e", "L64.3.f"]),
        ("L13.4.a", ["L13.4.a1", "L13.4.a2", "L13.4.a3"]),
        ("L37-1", ["L37-1.1", "L37-1.2", "L37-1.3", "L37-1.4"]),
        ("L1.d03.2", ["L1.d03"]),
    ],
)
def test_a_citation_means_every_norm_of_what_it_names(citation: str, ids: list[str]) -> None:
    assert [found.id for found in resolve(citation)] == ids
    assert known(citation)


@pytest.mark.parametrize("citation", ["L99", "L64.33", "L64.3.z", "64.3", ""])
def test_what_the_law_does_not_have_is_unknown(citation: str) -> None:
    assert not known(citation)
    with pytest.raises(KeyError, match="no norm"):
        resolve(citation)


def test_article_six_is_not_confused_with_articles_sixty_to_sixty_seven() -> None:
    assert {article_of(found.id) for found in resolve("L6")} == {"6"}


def test_a_paragraph_is_no_norm_by_itself() -> None:
    with pytest.raises(KeyError, match=r"no norm 'L64\.3'"):
        norm("L64.3")


@pytest.mark.parametrize(("name", "article"), [("L64.3.d", "64"), ("L37-1.2", "37-1"), ("R3.7.a1", "3"), ("L0", "0")])
def test_the_article_of_a_norm(name: str, article: str) -> None:
    assert article_of(name) == article


def test_documents_rest_on_norms_that_exist() -> None:
    assert document("paper_voter_list").name
    assert [each.id for each in documents().values() if not all(known(norm) for norm in each.source)] == []
    with pytest.raises(KeyError, match="no document 'napkin'"):
        document("napkin")


def test_the_control_correlations_that_norms_name_exist() -> None:
    named = {code for each in norms().values() for code in re.findall(r"\bCR\d+", f"{each.check} {each.note}")}
    assert named
    assert named <= {found.id for found in protocol.correlations()}


def test_the_files_are_small_enough_to_read() -> None:
    assert len(norm_files()) >= 3
    assert all(path.stat().st_size < 400_000 for path in FOLDER.glob("*.yaml"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD + GOOD, "new.yaml: L1.1 stands twice"),
        (GOOD.replace("duty", "whim"), "new.yaml: L1.1: Invalid enum value 'whim'"),
        (GOOD.replace("calendar", "kitchen"), "new.yaml: L1.1: Invalid enum value 'kitchen'"),
        (GOOD + "  severity: high\n", "new.yaml: L1.1: .*unknown field `severity`"),
        (GOOD.replace("  rule: Someone does something.\n", ""), "new.yaml: L1.1: .*missing required field `rule`"),
        (GOOD + "  note: As L77.3 says.\n", "new.yaml: L1.1 refers to L77.3"),
        (GOOD + "  documents: [napkin]\n", "new.yaml: L1.1 refers to napkin"),
        (GOOD + "  deadline: {anchor: election_day, bound: soon}\n", "new.yaml: L1.1: Invalid enum value 'soon'"),
        (GOOD + "  items: [{id: L1.1, rule: again}]\n", "new.yaml: L1.1 stands twice"),
        ("- id: [", "new.yaml: "),
    ],
)
def test_a_file_that_contradicts_itself_is_refused_with_file_and_id(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "new.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(NormError, match=said):
        read([path], documents())


def test_a_norm_may_refer_to_a_paragraph_of_another_file(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD + "  note: See L2.1.\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text(GOOD.replace("L1.1", "L2.1.a"), encoding="utf-8")
    assert list(read([tmp_path / "a.yaml", tmp_path / "b.yaml"], documents())) == ["L1.1", "L2.1.a"]


def test_the_law_is_loaded_without_django_and_reads_no_norm_before_it_is_asked() -> None:
    program = (
        "import sys, shailoo.law.norms as n, shailoo.law.editions, shailoo.law.protocol;"
        "from shailoo.law.norms.loading import norms;"
        "assert 'django' not in sys.modules; assert norms.cache_info().currsize == 0"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.returncode == 0
