"""The format of a delivery, by itself: what is written is read back, and nothing else passes for it."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from shailoo.ledger.minisign import public_key
from shailoo.voters.exchange.manifest import (
    COLUMNS,
    FORMAT,
    LARGEST_MANIFEST,
    PERSON,
    File,
    Kind,
    Manifest,
    ManifestError,
    Source,
    read,
)
from shailoo.voters.exchange.reading import Bounded, Reading, ahead
from shailoo.voters.exchange.signing import key_that_signed, signed

HEADER = (",".join(PERSON) + "\n").encode()
CELLS = st.text(st.characters(blacklist_categories=("Cc", "Cs"), blacklist_characters="\n\r\x7f"), max_size=12)
ROWS = st.lists(st.lists(CELLS, min_size=len(PERSON), max_size=len(PERSON)), max_size=20)


def manifest(kind: Kind = Kind.FULL, number: int = 2) -> Manifest:
    file = File("voters.csv", 10, 1, "0" * 64)
    base = number - 1 if kind is Kind.INCREMENTAL else None
    made_at = datetime(2020, 7, 20, tzinfo=UTC)
    return Manifest(FORMAT, kind, number, "e", Source.GENERATED, made_at, file, COLUMNS[kind], base)


def passed(content: bytes) -> tuple[Reading, bytes]:
    """A file read to its end, and what was let through."""
    reading = Reading(io.BytesIO(content), PERSON)
    return reading, b"".join(reading.pieces())


@given(st.sampled_from(Kind), st.integers(2, 1_000))
def test_a_manifest_is_read_back_as_written(kind: Kind, number: int) -> None:
    made = manifest(kind, number)
    assert read(made.written()) == made


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reading_of_a_manifest(content: bytes) -> None:
    with pytest.raises(ManifestError):
        read(content)


def test_a_manifest_of_another_form_names_the_place_and_no_value() -> None:
    written = manifest().written()
    for before, after, place in (
        (b'"number": 2', b'"number": 0', "$.number"),
        (b'"bytes": 10', b'"bytes": "x"', "$.file.bytes"),
        (b'"sha256": "0', b'"sha256": "X', "$.file.sha256"),
        (b'"kind": "full"', b'"kind": "half"', "$.kind"),
        (b'"pin"', b'"PIN"', "$.columns"),
        (b'"columns"', b'"base": 1, "columns"', "$.base"),
        (b"2020-07-20T00:00:00Z", b"2020-07-20T00:00:00", "$.made_at"),
    ):
        with pytest.raises(ManifestError, match=place.replace("$", r"\$")):
            read(written.replace(before, after))
    with pytest.raises(ManifestError):
        read(written + b" " * LARGEST_MANIFEST)


@given(ROWS, st.sampled_from(["\n", "\r\n"]))
def test_what_csv_writes_is_let_through_whole(rows: list[list[str]], end: str) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator=end)
    writer.writerows([PERSON, *rows])
    content = out.getvalue().encode()
    reading, through = passed(content)
    assert (reading.broken, reading.rows, reading.size) == ([], len(rows), len(content))
    assert list(csv.reader(io.StringIO(through.decode(), newline=""))) == rows


@given(st.binary(max_size=300))
def test_whatever_comes_what_is_let_through_has_the_form(noise: bytes) -> None:
    reading, through = passed(HEADER + noise)
    if not reading.broken:
        rows = list(csv.reader(io.StringIO(through.decode(), newline=""), strict=True))
        assert all(len(row) == len(PERSON) for row in rows)
        assert len(rows) == reading.rows


@given(st.integers(0, 40))
def test_the_size_of_pieces_makes_no_difference(piece: int) -> None:
    row = ("ө" * 5 + "," * (len(PERSON) - 1) + "\n").encode()

    class Slow(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(min(piece + 1, size or 1))

    reading = Reading(Slow(HEADER + row * 9), PERSON)
    assert (b"".join(reading.pieces()), reading.rows, reading.broken) == (row * 9, 9, [])


def test_the_last_row_may_lack_its_end_and_a_row_without_end_fills_no_memory() -> None:
    row = b"," * (len(PERSON) - 1)
    reading, through = passed(HEADER + row)
    assert (through, reading.rows, reading.broken) == (row + b"\n", 1, [])
    reading, through = passed(HEADER + b"x" * 5_000_000)
    assert (through, [each.flaw.value for each in reading.broken][:1]) == (b"", ["voters_row_too_long"])


def test_a_bounded_source_ends() -> None:
    source = Bounded(io.BytesIO(b"abcdef"), 4)
    assert (source.read(3), source.read(3), source.read(3)) == (b"abc", b"d", b"")


@given(st.binary(max_size=100), st.integers(0, 99))
def test_a_signature_holds_for_its_bytes_and_its_key_alone(content: bytes, place: int) -> None:
    key, other = (Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32) for number in (1, 2))
    keys = {public_key(key).key_id: public_key(key)}
    signature = signed(content, key)
    assert key_that_signed(content, signature, keys) == public_key(key)
    assert key_that_signed(content + b"x", signature, keys) is None
    assert key_that_signed(content, signed(content, other), keys) is None
    broken = signature[:place] + ("A" if signature[place] != "A" else "B") + signature[place + 1 :]
    assert key_that_signed(content, broken, keys) in (None, public_key(key))  # the untrusted comment is free
    assert key_that_signed(content, signature, {}) is None


def test_pieces_read_ahead_are_the_same_and_an_error_comes_through() -> None:
    content = HEADER + b"," * (len(PERSON) - 1) + b"\n"
    read_ahead = Reading(io.BytesIO(content), PERSON)
    assert b"".join(ahead(read_ahead.pieces())) == content.removeprefix(HEADER)
    assert (read_ahead.rows, read_ahead.size) == (1, len(content))
    closed = io.BytesIO(content)
    closed.close()
    with pytest.raises(ValueError, match="closed"):
        list(ahead(Reading(closed, PERSON).pieces()))
