"""Codes and lists of certificates without a database: one way to write each, and no way to change one unseen."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from shailoo.documents.certificates import code as codes
from shailoo.documents.certificates.checking import Verdict, check
from shailoo.documents.certificates.code import Claims, CodeError, Kind, Reach, Scope
from shailoo.documents.certificates.lists import (
    Key,
    ListError,
    hour_of,
    read_keys,
    read_revoked,
    write_keys,
    write_revoked,
)
from shailoo.documents.certificates.models import Certificate

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
AT = datetime(2020, 10, 4, 2, 0, tzinfo=UTC)
SLUG = st.text("abcdefghijklmnopqrstuvwxyz0123456789-_", max_size=codes.LONGEST_NAME)
PLACE = st.text("ABCXYZabcxyz0123456789._:-", min_size=1, max_size=codes.LONGEST_SCOPE - codes.LONGEST_NAME)
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault
MINUTES = st.integers(0, codes.LAST_MINUTE - 1)


@st.composite
def claims(draw: st.DrawFn) -> Claims:
    """Anything that a certificate can say."""
    since = draw(MINUTES)
    until = draw(st.integers(since + 1, codes.LAST_MINUTE))
    reach = draw(st.sampled_from(Reach))
    return Claims(
        kind=draw(st.sampled_from(Kind)),
        year=draw(st.integers(codes.FIRST_YEAR, codes.LAST_YEAR)),
        sequence=draw(st.integers(1, codes.LAST_SEQUENCE)),
        holder=draw(st.binary(min_size=codes.NAME, max_size=codes.NAME)),
        valid_from=EPOCH + timedelta(minutes=since),
        valid_until=EPOCH + timedelta(minutes=until),
        scope=Scope(draw(SLUG), reach, "" if reach is Reach.EVERYWHERE else draw(PLACE)),
    )


def good(**changes: object) -> Claims:
    given: dict[str, object] = {
        "kind": Kind.OBSERVER,
        "year": 2020,
        "sequence": 17,
        "holder": codes.name_digest("Осмонова Чолпон", "OB-2020-00017"),
        "valid_from": AT,
        "valid_until": AT + timedelta(days=1),
        "scope": Scope("jk-2020", Reach.PRECINCT, "1006"),
    }
    return Claims(**{**given, **changes})  # type: ignore[arg-type]  # every value is of its field's type


def verdict(text: str, at: datetime = AT, revoked: frozenset[str] = frozenset()) -> Verdict:
    return check(text, keys={codes.key_id(PUBLIC): PUBLIC}, revoked=revoked, at=at).verdict


@settings(UNHURRIED)
@given(claims())
def test_what_is_written_is_read_back_and_is_below_150_bytes(said: Claims) -> None:
    code = codes.sign(said, KEY)
    assert len(code) < 150
    signed = codes.read(codes.address(code, "https://shailoo.example/ky/check/"))
    assert signed.claims == said
    assert signed.holds(PUBLIC)
    assert not signed.holds(OTHER.public_key().public_bytes_raw())


def test_the_longest_code_is_149_bytes_at_most() -> None:
    scope = Scope("e" * 40, Reach.AREA, "P" * 15)
    assert len(codes.sign(good(scope=scope), KEY)) == codes.LONGEST == 149


@settings(UNHURRIED, max_examples=4)
@given(claims())
@example(good())
def test_no_byte_can_be_changed_left_out_or_added(said: Claims) -> None:
    code = codes.sign(said, KEY)
    changed = [code[:at] + bytes((code[at] ^ 1 << bit,)) + code[at + 1 :] for at in range(len(code)) for bit in (0, 7)]
    changed += [code[:at] + code[at + 1 :] for at in range(len(code))]
    changed += [code + b"\x00", code + b"\xff", code[:-1], b"\x01" + code, code[: codes.FIXED], b"\x01"]
    unlike = [each for each in changed if each != code]  # two equal bytes side by side: either may be left out
    assert {verdict(codes.digits(each)) for each in unlike} <= {
        Verdict.FORGED,
        Verdict.DAMAGED,
        Verdict.VERSION,
        Verdict.UNKNOWN_KEY,
        Verdict.NOT_A_CODE,
    }


@settings(UNHURRIED, max_examples=300)
@given(st.one_of(st.binary(max_size=200), st.binary(max_size=160).map(lambda rest: b"\x01" + rest)))
def test_no_bytes_break_the_reader(code: bytes) -> None:
    found = check(codes.digits(code), keys={codes.key_id(PUBLIC): PUBLIC}, revoked=(), at=AT)
    assert found.claims is None
    with suppress(CodeError):
        assert not codes.decode(code).holds(PUBLIC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://bank.example/pay?sum=100",
        "WIFI:S:cafe;P:12345678;;",
        "BEGIN:VCARD\nFN:Somebody\nEND:VCARD",
        "HC1:6BFOXN*TS0BI$ZD4N9",
        "https://shailoo.example/ky/check/#",
        "١٢٣٤٥",  # digits, but not ours
        "0" + codes.digits(codes.sign(good(), KEY)),
        "-1",
        "1" * 361,
        "9" * 5000,
        "1" * 3_000_000,
        "https://shailoo.example/#12#12",
    ],
)
def test_what_other_systems_print_is_no_code(text: str) -> None:
    assert verdict(text) is Verdict.NOT_A_CODE


def test_each_verdict_has_its_cause_and_only_a_signed_code_says_anything() -> None:
    text = codes.digits(codes.sign(good(), KEY))
    assert verdict(text) is Verdict.VALID
    assert verdict(f"  https://anything.example/x#{text}\n") is Verdict.VALID
    assert verdict(text, at=AT - timedelta(seconds=1)) is Verdict.NOT_YET
    assert verdict(text, at=AT + timedelta(days=1)) is Verdict.EXPIRED
    assert verdict(text, at=AT + timedelta(days=1, seconds=-1)) is Verdict.VALID
    assert verdict(text, revoked=frozenset({"OB-2020-00017"})) is Verdict.REVOKED
    assert verdict(codes.digits(codes.sign(good(), OTHER))) is Verdict.UNKNOWN_KEY
    assert verdict("2" + "0" * 240) in (Verdict.VERSION, Verdict.DAMAGED)
    payload = codes.payload(good(), codes.key_id(PUBLIC))
    forged = codes.digits(payload + OTHER.sign(codes.PURPOSE + payload))
    found = check(forged, keys={codes.key_id(PUBLIC): PUBLIC}, revoked=(), at=AT)
    assert (found.verdict, found.claims) == (Verdict.FORGED, None)
    assert verdict(codes.digits(payload + KEY.sign(payload))) is Verdict.FORGED  # signed for another purpose


@pytest.mark.parametrize(
    "wrong",
    [
        {"valid_until": AT},
        {"valid_from": AT + timedelta(seconds=1)},
        {"valid_from": EPOCH - timedelta(minutes=1)},
        {"valid_until": EPOCH + timedelta(minutes=codes.LAST_MINUTE + 1)},
        {"year": 1999},
        {"year": 2200},
        {"sequence": 0},
        {"sequence": 2**24},
        {"holder": b"1234567"},
        {"scope": Scope("jk-2020", Reach.EVERYWHERE, "1006")},
        {"scope": Scope("jk-2020", Reach.BODY, "")},
        {"scope": Scope("шайлоо", Reach.EVERYWHERE, "")},
        {"scope": Scope("e" * 41, Reach.EVERYWHERE, "")},
        {"scope": Scope("", Reach.AREA, "x" * 41)},
        {"scope": Scope("", Reach.AREA, "a\n")},
        {"scope": Scope("e" * 40, Reach.AREA, "P" * 16)},
    ],
)
def test_what_no_code_can_say_is_refused_and_never_read(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="no code can say"):
        codes.sign(good(**wrong), KEY)


def test_names_are_compared_as_printed_but_not_letter_for_letter() -> None:
    digest = codes.name_digest("Осмонова Чолпон Үсөнбаевна", "OB-2020-00017")
    for alike in ("осмонова чолпон усонбаевна", "ЧОЛПОН  ОСМОНОВА, Үсөнбаевна", " Осмонова-Чолпон Үсөнбаевна. "):
        assert codes.name_digest(alike, "OB-2020-00017") == digest
    for unlike in ("Осмонова Чолпон", "Осмонова Чолпон Усенбаевна", "", "Osmonova Cholpon Üsönbaevna"):
        assert codes.name_digest(unlike, "OB-2020-00017") != digest
    assert codes.name_digest("Осмонова Чолпон Үсөнбаевна", "OB-2020-00018") != digest
    assert codes.normalized("D'Artagnan-José Ёлкин") == "dartagnan jose елкин"
    assert codes.normalized("—  ·") == ""


def test_the_kinds_of_codes_and_of_the_register_are_the_same() -> None:
    assert {kind.value: kind.name for kind in Kind} == {kind.value: kind.name for kind in Certificate.Kind}
    assert len(set(codes.PREFIXES.values())) == len(Kind)
    assert all(len(prefix) == 2 for prefix in codes.PREFIXES.values())


@settings(UNHURRIED)
@given(st.sets(st.tuples(st.sampled_from(Kind), st.integers(2020, 2022), st.integers(1, 10**6)), max_size=30))
def test_the_list_of_revocations_holds_exactly_what_was_revoked(places: set[tuple[Kind, int, int]]) -> None:
    text = write_revoked(places, made_at=AT, signer=KEY)
    found = read_revoked(text, PUBLIC)
    assert found.revoked == {codes.number(*place) for place in places}
    assert found.number == len(places)
    assert found.next_update - found.made_at == timedelta(hours=24)
    assert text == write_revoked(sorted(places, reverse=True), made_at=AT, signer=KEY)


def test_a_list_is_believed_only_as_it_was_signed() -> None:
    keys = write_keys([Key(PUBLIC, AT)], elections={}, places={}, made_at=AT, signer=OTHER)
    own = OTHER.public_key().public_bytes_raw()
    assert read_keys(keys, own).keys == {codes.key_id(PUBLIC): PUBLIC}
    revoked = write_revoked([(Kind.OBSERVER, 2020, 17)], made_at=AT, signer=OTHER)
    for text, public in (
        (keys, PUBLIC),
        (revoked, own),  # another list of ours
        (keys.replace("2020-10-04", "2020-10-05"), own),
        ("<html>Sign in to the hotel's network</html>", own),
        ("[]", own),
        (json.dumps({"list": keys, "signature": "AAAA"}), own),
        (json.dumps({"list": 7, "signature": ""}), own),
    ):
        with pytest.raises(ListError):
            read_keys(text, public)
    assert hour_of(AT + timedelta(minutes=59, seconds=59)) == AT
