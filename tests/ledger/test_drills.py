"""Drills: whatever is changed in the ledger past all guards is found, and named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from shailoo.ledger.actions import publish_head
from shailoo.ledger.models import Act, Head
from tests.ledger.forging import (
    AT,
    REHASH,
    append,
    as_published,
    faults,
    past_the_guards,
    published,
    run,
    sign_anew,
)

ACT = "UPDATE ledger_act SET {} WHERE chain_id = 'TEC-1' AND sequence = 40"
THE_ACT = "act 40 of TEC-1"
IN_HEAD = "UPDATE ledger_head SET {} WHERE number = 2"
THE_HEAD = "head 2 (row 2)"
BYTES: list[tuple[str, str, str]] = [
    (ACT.format("chain_id = 'TEC-2', sequence = 999"), "act_out_of_place", "act 999 of TEC-2"),
    (ACT.format("sequence = 999"), "act_out_of_place", "act 999 of TEC-1"),
    (ACT.format("name = 'result.publishe'"), "act_content_changed", THE_ACT),
    (ACT.format("subject = subject || '1'"), "act_content_changed", THE_ACT),
    (ACT.format("office_id = 1"), "act_content_changed", THE_ACT),
    (ACT.format("at = at + interval '1 microsecond'"), "act_content_changed", THE_ACT),
    (ACT.format("grounds = '{L36.1.a1L64.8}'"), "act_content_changed", THE_ACT),
    (ACT.format("payload = replace(payload, ':', ': ')"), "act_content_changed", THE_ACT),
    (ACT.format("form = 1"), "act_content_changed", THE_ACT),
    (ACT.format("previous = reverse(previous)"), "act_not_linked", THE_ACT),
    (ACT.format("hash = reverse(hash)"), "act_content_changed", THE_ACT),
    (ACT.format("hash = 'x'"), "act_content_changed", THE_ACT),
    (ACT.format("id = 0"), "act_of_a_leaf_is_gone", "leaf "),
    ("UPDATE ledger_chain SET sequence = sequence + 1 WHERE name = 'cec'", "end_of_chain_changed", "chain cec"),
    ("UPDATE ledger_chain SET head = reverse(head) WHERE name = 'cec'", "end_of_chain_changed", "chain cec"),
    ("UPDATE ledger_leaf SET index = 999 WHERE index = 40", "leaf_out_of_place", "leaf 41 "),
    ("UPDATE ledger_leaf SET hash = sha256(hash) WHERE index = 40", "leaf_differs_from_its_act", "leaf 40 "),
    ("UPDATE ledger_subtree SET hash = sha256(hash)", "subtree_differs_from_its_leaves", "subtree 0 "),
    ("UPDATE ledger_subtree SET index = 5", "subtree_without_leaves", "subtree 5 "),
    ("UPDATE ledger_logged SET sequence = 1 WHERE chain_id = 'cec'", "end_of_chain_in_log_changed", "chain cec"),
    ("UPDATE ledger_logged SET hash = reverse(hash)", "end_of_chain_in_log_changed", "chain TEC-2"),
    (IN_HEAD.format("number = 3"), "row_of_head_differs_from_its_note", "row 3"),
    (IN_HEAD.format("origin = 'x'"), "row_of_head_differs_from_its_note", THE_HEAD),
    (IN_HEAD.format("size = size - 1"), "row_of_head_differs_from_its_note", THE_HEAD),
    (IN_HEAD.format("root = reverse(root)"), "row_of_head_differs_from_its_note", THE_HEAD),
    (IN_HEAD.format("at = at + interval '1 second'"), "row_of_head_differs_from_its_note", THE_HEAD),
    (IN_HEAD.format("chains = replace(chains, '[1', '[2')"), "table_of_chains_changed", THE_HEAD),
    (IN_HEAD.format("chains_sha256 = reverse(chains_sha256)"), "row_of_head_differs_from_its_note", THE_HEAD),
    (IN_HEAD.format("previous = reverse(previous)"), "row_of_head_differs_from_its_note", THE_HEAD),
    (IN_HEAD.format('note = replace(note, \'"at":"2020\', \'"at":"2021\')'), "head_not_signed_by_this_key", THE_HEAD),
    (IN_HEAD.format("note = note || ' '"), "head_note_changed", THE_HEAD),
    (IN_HEAD.format("signature = replace(signature, ' 2 ', ' 3 ')"), "head_not_signed_by_this_key", THE_HEAD),
    (IN_HEAD.format("signature = overlay(signature placing 'x' from 80)"), "head_not_signed_by_this_key", THE_HEAD),
    ("DELETE FROM ledger_head WHERE number = 1", "head_out_of_place", THE_HEAD),
    ("DELETE FROM ledger_leaf WHERE index = 299", "acts_missing_from_the_log", "acts 299 to 299"),
    ("DELETE FROM ledger_act WHERE chain_id = 'cec' AND sequence = 7", "act_of_a_leaf_is_gone", "leaf "),
    ("DELETE FROM ledger_act WHERE sequence = 104", "end_of_chain_changed", "chain TEC-1"),
]


@pytest.fixture
def ledger(db: None) -> Iterator[None]:
    """310 acts of three bodies: two heads over 120 and 300, ten acts in none."""
    append(1, 120)
    publish_head(at=AT)
    append(121, 300)
    publish_head(at=AT)
    append(301, 312)
    yield
    assert faults() == []


def test_one_changed_byte_anywhere_is_found_and_named(ledger: None) -> None:
    assert faults(published()) == []
    missed = []
    for statement, code, where in BYTES:
        with past_the_guards():
            run(statement)
            found = faults()
        if not any(each.code == code and where in each.where for each in found):
            missed.append((statement, [str(each) for each in found]))
    assert missed == []


REWRITING = {
    "changed": (
        "UPDATE ledger_act SET payload = '{}' WHERE chain_id = 'TEC-1' AND sequence = 60",
        "TEC-1, acts 41 to 100",
    ),
    "changed before the first head": (
        "UPDATE ledger_act SET subject = 'x' WHERE chain_id = 'cec' AND sequence = 3",
        "chain cec, acts 1 to 40",
    ),
    "removed": ("DELETE FROM ledger_act WHERE chain_id = 'TEC-2' AND sequence = 70", "chain TEC-2, acts 41 to 100"),
    "inserted": (
        "UPDATE ledger_act SET sequence = sequence + 1000 WHERE chain_id = 'cec' AND sequence > 50;"
        "INSERT INTO ledger_act (chain_id, sequence, name, subject, at, grounds, payload, form, previous, hash)"
        " SELECT chain_id, 51, name, 'x', at, grounds, payload, 2, '', 'x' FROM ledger_act"
        " WHERE chain_id = 'cec' AND sequence = 50",
        "chain cec, acts 41 to ",
    ),
    "reordered": (
        "UPDATE ledger_act SET sequence = 9999 WHERE chain_id = 'cec' AND sequence = 50;"
        "UPDATE ledger_act SET sequence = 50 WHERE chain_id = 'cec' AND sequence = 51;"
        "UPDATE ledger_act SET sequence = 51 WHERE chain_id = 'cec' AND sequence = 9999",
        "chain cec, acts 41 to ",
    ),
    "cut off": ("DELETE FROM ledger_act WHERE chain_id = 'TEC-2' AND sequence > 90", "chain TEC-2, acts 41 to 100"),
}


@pytest.mark.parametrize("kind", REWRITING)
def test_a_superuser_who_computes_all_hashes_anew_and_signs_is_found_by_a_published_head(
    ledger: None, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With every guard off, every hash right and the key stolen, the database alone says that all is well."""
    statement, where = REWRITING[kind]
    outside = published()
    with past_the_guards():
        run(statement)
        run("SELECT setval(pg_get_serial_sequence('ledger_act', 'id'), (SELECT max(id) + 1 FROM ledger_act))")
        sign_anew(monkeypatch, outside[0].origin)
        assert faults() == []
        found = faults(outside)
    assert "published_head_is_not_the_stored_one" in {each.code for each in found}
    named = [each.where for each in found if each.code == "chain_differs_from_head"]
    assert any(where in each for each in named), named


def test_without_the_key_a_rewritten_log_is_found_by_its_own_heads(ledger: None) -> None:
    with past_the_guards():
        run("UPDATE ledger_act SET payload = '{}' WHERE chain_id = 'TEC-1' AND sequence = 100")
        heads = list(Head.objects.all())
        run(REHASH)
        run("SELECT ledger_extend()")
        Head.objects.bulk_create(heads)
        found = {each.code: each.where for each in faults()}
    assert "leaves 120 to 299 of the log" in found["log_differs_from_head"]
    assert "chain TEC-1, acts 41 to 100" in found["chain_differs_from_head"]


def test_two_acts_of_different_bodies_that_change_places_in_the_log_are_found(
    ledger: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside = published()
    one, other = (Act.objects.get(chain=chain, sequence=60).pk for chain in ("cec", "TEC-1"))
    with past_the_guards():
        for now, then in ((one, 0), (other, one), (0, other)):
            Act.objects.filter(pk=now).update(id=then)
        sign_anew(monkeypatch, outside[0].origin)
        assert faults() == []
        found = {each.code: each.where for each in faults(outside)}
    assert "leaves 120 to 299 of the log" in found["log_differs_from_head"]


def test_a_published_head_that_was_touched_or_is_of_another_log_is_told(ledger: None) -> None:
    head = Head.objects.get(number=2)
    head.note = head.note.replace('"size":300', '"size":299')
    assert {each.code for each in faults([as_published(head)])} >= {
        "head_not_signed_by_this_key",
        "published_head_is_not_the_stored_one",
        "log_differs_from_head",
    }
    head = Head.objects.get(number=2)
    head.note = head.note.replace(head.origin, "shailoo-0")
    assert "heads_of_different_logs" in {each.code for each in faults([as_published(head)])}


def test_heads_are_kept_as_files_that_hold_and_a_lost_file_comes_back(
    db: None, tmp_path: Path, django_capture_on_commit_callbacks: object
) -> None:
    from shailoo.ledger import heads
    from shailoo.ledger.outsider import head_files, read_head_file

    append(1, 30)
    publish_head(at=AT)
    publish_head(at=AT)
    folder = tmp_path / "heads"
    heads.keep_files(folder)
    (place,) = folder.iterdir()
    head_files(place)[0].unlink()
    heads.keep_files(folder)
    assert faults([read_head_file(path) for path in head_files(place)]) == []
    assert [path.name for path in head_files(place)] == ["000001-30.json", "000002-30.json"]


def test_the_functions_of_the_log_keep_heads_in_a_row(db: None) -> None:
    from django.db import DatabaseError, transaction

    append(1, 3)
    head = publish_head(at=AT)
    for number, size, previous in ((3, 3, head.previous), (2, 2, head.previous), (2, 3, "x")):
        with pytest.raises(DatabaseError, match="a head follows"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT ledger_seal(%s, %s, %s, 'x', now(), '{}', %s, 'x', 'x')", [number, head.origin, size, previous]
            )
