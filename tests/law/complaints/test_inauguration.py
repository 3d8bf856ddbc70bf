"""Art. 58: the oath within 30 days, the registration, the certificate and the symbols of the President."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from shailoo.law.complaints.inauguration import Certificate, Inauguration, enter_office
from tests.law.complaints.cases import JK, LAW, PRESIDENT, codes, errors, passed

CERTIFICATE = Certificate("Асанов", "Асан", date(2020, 11, 19), date(2026, 11, 18), "Асанович")
OATH = Inauguration(
    election=PRESIDENT,
    determined_on=date(2020, 10, 20),
    as_of=date(2020, 11, 20),
    registered_on=date(2020, 10, 20),
    oath_on=date(2020, 11, 19),
    before_deputies=True,
    certificate=CERTIFICATE,
    badge=True,
    flag=True,
)


@pytest.mark.norm("L58.1")
def test_the_oath_is_taken_within_thirty_days() -> None:
    found = enter_office(OATH, LAW)
    assert found.value == date(2020, 11, 19)
    assert found.findings == ()
    assert passed(found) == {("L58.1", "oath_term"), ("L58.1", "oath_taken")}
    late = enter_office(replace(OATH, oath_on=date(2020, 11, 20)), LAW)
    assert codes(late) == {("L58.1", "oath_late")}
    assert codes(enter_office(replace(OATH, before_deputies=None), LAW)) == {("L58.1", "oath_without_deputies")}


@pytest.mark.norm("L58.1")
@pytest.mark.parametrize(("as_of", "overdue"), [(date(2020, 11, 19), False), (date(2020, 11, 20), True)])
def test_an_oath_not_taken_is_overdue_after_its_term(as_of: date, overdue: bool) -> None:
    waiting = Inauguration(PRESIDENT, date(2020, 10, 20), as_of)
    assert codes(enter_office(waiting, LAW)) == ({("L58.1", "oath_overdue")} if overdue else set())


@pytest.mark.norm("L58.3.a")
@pytest.mark.parametrize("registered", [None, date(2020, 11, 20)])
def test_the_cec_registers_before_the_oath(registered: date | None) -> None:
    found = enter_office(replace(OATH, registered_on=registered), LAW)
    assert errors(found) == {("L58.3.a", "president_not_registered")}
    assert enter_office(replace(OATH, registered_on=OATH.oath_on), LAW).findings == ()


@pytest.mark.norm("L58.3.b")
@pytest.mark.parametrize(
    ("changes", "symbol"),
    [({"certificate": None}, "certificate"), ({"badge": False}, "badge"), ({"flag": False}, "flag")],
)
def test_the_president_receives_the_certificate_and_the_symbols(changes: dict[str, Any], symbol: str) -> None:
    (found,) = enter_office(replace(OATH, **changes), LAW).findings
    assert errors(enter_office(replace(OATH, **changes), LAW)) == {("L58.3.b", "president_symbol_missing")}
    assert (found.norm, found.code, found.facts) == (
        "L58.3.b",
        "president_symbol_missing",
        {"president_symbol": symbol},
    )


def test_what_cannot_be() -> None:
    assert replace(CERTIFICATE, term_ends=date(2020, 11, 20)).term_ends == date(2020, 11, 20)
    with pytest.raises(ValueError, match="only a President"):
        replace(OATH, election=JK)
    with pytest.raises(ValueError, match="asked about"):
        replace(OATH, oath_on=date(2020, 11, 21))
    with pytest.raises(ValueError, match="ends after"):
        replace(CERTIFICATE, term_ends=CERTIFICATE.term_starts)
