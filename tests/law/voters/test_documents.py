"""Art. 1: election documents, executive officials, law enforcement."""

from __future__ import annotations

import pytest

from shailoo.law.norms import norm
from shailoo.law.voters.documents import (
    ELECTION_DOCUMENTS,
    HANDED_OVER_WITH_THEM,
    LAW_ENFORCEMENT,
    OFFICIAL,
    Employer,
    Filing,
    Function,
    Paper,
    PaperKind,
    PublicStanding,
    Service,
    election_document,
    public_service,
)
from tests.law.voters.cases import LAW, passed


@pytest.mark.norm("L1.d08")
@pytest.mark.parametrize("kind", PaperKind)
def test_an_election_document_is_one_of_the_twelve(kind: PaperKind) -> None:
    found = election_document(Paper(kind), LAW)
    if kind in ELECTION_DOCUMENTS:
        assert found.value is Filing.ELECTION_DOCUMENT
        assert found.grounds == (ELECTION_DOCUMENTS[kind],)
    else:
        assert found.value is (Filing.BESIDE_THEM if kind in HANDED_OVER_WITH_THEM else Filing.APART)


@pytest.mark.norm("L1.d08", "L1.d20")
def test_the_tables_hold_every_item_once() -> None:
    assert list(ELECTION_DOCUMENTS.values()) == [item.id for item in norm("L1.d08").items]
    assert list(LAW_ENFORCEMENT.values()) == [item.id for item in norm("L1.d20").items]


@pytest.mark.norm("L1.d20")
@pytest.mark.parametrize("employer", Employer)
def test_six_agencies_enforce_the_law(employer: Employer) -> None:
    found = public_service(Service(employer), LAW)
    enforcing = employer in LAW_ENFORCEMENT
    assert found.value == PublicStanding(executive_official=False, law_enforcement=enforcing)
    assert found.grounds == ((LAW_ENFORCEMENT[employer], "L1.d06") if enforcing else ("L1.d06",))


@pytest.mark.norm("L1.d06")
@pytest.mark.parametrize("function", Function)
@pytest.mark.parametrize(
    ("employer", "public"),
    [
        (Employer.STATE_BODY, True),
        (Employer.LOCAL_GOVERNMENT, True),
        (Employer.CUSTOMS, True),
        (Employer.ELSEWHERE, False),
    ],
)
def test_an_official_has_one_of_the_functions_in_a_public_body(
    function: Function, employer: Employer, public: bool
) -> None:
    found = public_service(Service(employer, frozenset({function})), LAW)
    official = public and function in OFFICIAL
    assert found.value.executive_official is official
    assert (("L1.d06", "service_as_executive_official") in passed(found)) is official
    assert (("L1.d06", "service_without_official_functions") in passed(found)) is not official


def test_technicians_and_teachers_are_no_officials() -> None:
    assert set(Function) - OFFICIAL == {Function.TECHNICAL, Function.TEACHING}
