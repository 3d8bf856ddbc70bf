"""Certificates: making and checking codes, issuing into the register, printing cards, the list of a bad day.

A nation's observers are some 10,000 people; a list of 100,000 revoked certificates is ten times all of them.
"""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pytest_benchmark.fixture import BenchmarkFixture
from tests.documents.certificates import AT, done, draft, office

from shailoo.documents.certificates import actions, cards, code
from shailoo.documents.certificates.checking import Verdict, check
from shailoo.documents.certificates.code import Claims, Kind, Reach, Scope
from shailoo.documents.certificates.lists import read_revoked, write_revoked

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
DAY = datetime(2020, 10, 4, tzinfo=UTC)
REVOKED = 100_000


def claims(sequence: int) -> Claims:
    number = code.number(Kind.CITIZEN_OBSERVER, 2020, sequence)
    holder = code.name_digest("Осмонова Чолпон Үсөнбаевна", number)
    scope = Scope("jk-2020-10-04", Reach.PRECINCT, "1006")
    return Claims(Kind.CITIZEN_OBSERVER, 2020, sequence, holder, DAY, DAY + timedelta(days=1), scope)


def test_bare_minimum_one_signature(benchmark: BenchmarkFixture) -> None:
    assert benchmark(KEY.sign, bytes(60))


def test_a_thousand_codes(benchmark: BenchmarkFixture) -> None:
    """Aim: 1,000 in a second."""
    found = benchmark(lambda: [code.sign(claims(place), KEY) for place in range(1, 1001)])
    assert max(map(len, found)) < 150


def test_one_code_read_and_verified(benchmark: BenchmarkFixture) -> None:
    text = code.digits(code.sign(claims(17), KEY))
    found = benchmark(check, text, keys={code.key_id(PUBLIC): PUBLIC}, revoked=(), at=DAY)
    assert found.verdict is Verdict.VALID


def test_the_list_of_a_hundred_thousand_revocations(benchmark: BenchmarkFixture) -> None:
    """Every third certificate of a register of 300,000: the size is the message, in bytes plain and packed."""
    places = [(Kind.CITIZEN_OBSERVER, 2020, 3 * place + place % 3) for place in range(1, REVOKED + 1)]
    text = benchmark(write_revoked, places, made_at=DAY, signer=KEY)
    benchmark.extra_info |= {"bytes": len(text), "bytes packed": len(gzip.compress(text.encode()))}
    assert read_revoked(text, PUBLIC).number == REVOKED


@pytest.mark.django_db
def test_a_hundred_certificates_issued(benchmark: BenchmarkFixture) -> None:
    """Numbered, signed, saved and recorded in the ledger, in one transaction."""
    by, wanted = office(), [draft() for _ in range(100)]
    assert len(done(benchmark(lambda: actions.issue_certificates(wanted, by=by, at=AT)), tuple)) == 100


@pytest.mark.django_db
def test_a_pdf_of_a_hundred_cards(benchmark: BenchmarkFixture) -> None:
    """Twenty-five sheets of A4, PDF/A-2a. Aim for the next room: 1,000 in a minute, photographs included."""
    issued = done(actions.issue_certificates([draft() for _ in range(100)], by=office(), at=AT), tuple)
    faces = [cards.Face(each) for each in issued]
    pdf = benchmark.pedantic(cards.sheets, (faces, "ky", AT), rounds=3)
    benchmark.extra_info["bytes"] = len(pdf)
