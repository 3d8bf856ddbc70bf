"""Art. 40: where commissions' money comes from, who may not pay for elections, and the programmes that anybody may."""

from __future__ import annotations

import pytest

from shailoo.law.complaints.financing import FOREIGN, Participant, Payer, Payment, Purpose, screen
from tests.law.complaints.cases import LAW, codes, errors, passed

BARRED = [
    "foreign_state",
    "foreign_body",
    "foreign_legal_entity",
    "foreign_branch",
    "foreign_citizen",
    "international_organization",
]


@pytest.mark.norm("L40.1.a")
@pytest.mark.parametrize("payer", Payer)
def test_a_commissions_expense_has_two_sources(payer: Payer) -> None:
    found = screen(Payment(payer, Purpose.ELECTIONS, commission_expense=True, participants=frozenset()), LAW)
    assert found.value is (payer in (Payer.REPUBLICAN_BUDGET, Payer.COMMISSION_SPECIAL_FUND))
    if found.value:
        assert passed(found) == {("L40.1.a", "expense_from_own_source")}
    elif payer not in FOREIGN:
        assert errors(found) == {("L40.1.a", "expense_from_another_source")}


@pytest.mark.norm("L40.2.a")
@pytest.mark.parametrize("payer", BARRED)
def test_foreign_payers_are_barred(payer: str) -> None:
    found = screen(Payment(Payer(payer), Purpose.ELECTIONS, commission_expense=False), LAW)
    assert found.value is False
    assert errors(found) == {("L40.2.a", "payer_is_foreign")}
    assert {each.value for each in FOREIGN} == set(BARRED)


@pytest.mark.norm("L40.2.a")
@pytest.mark.parametrize(
    ("participant", "default", "widest"),
    [
        (Participant.LOCAL_CITIZEN, True, True),
        (Participant.LOCAL_LEGAL_ENTITY, True, False),
        (Participant.FOREIGN_CITIZEN, False, False),
        (Participant.FOREIGN_LEGAL_ENTITY, False, False),
    ],
)
def test_participants_bar_by_the_reading(participant: Participant, default: bool, widest: bool) -> None:
    payment = Payment(Payer.LOCAL_LEGAL_ENTITY, Purpose.ELECTIONS, False, frozenset({participant}))
    by_text = LAW.with_readings(legal_entity_participants="any_legal_entity")
    for law, allowed in ((LAW, default), (by_text, widest)):
        found = screen(payment, law)
        assert found.value is allowed
        assert errors(found) == (set() if allowed else {("L40.2.a", "payer_has_barring_participant")})


@pytest.mark.norm("L40.2.a")
def test_a_payer_of_this_country_is_not_barred() -> None:
    for payer in (Payer.LOCAL_CITIZEN, Payer.LOCAL_LEGAL_ENTITY):
        payment = Payment(payer, Purpose.ELECTIONS, commission_expense=False, participants=frozenset())
        assert passed(screen(payment, LAW)) == {("L40.2.a", "payer_not_barred")}
    programme = Payment(Payer.LOCAL_CITIZEN, Purpose.EDUCATION, commission_expense=True)
    assert passed(screen(programme, LAW)) == {("L40.2.a", "payer_not_barred")}
    citizen = Payment(Payer.LOCAL_CITIZEN, Purpose.ELECTIONS, commission_expense=False)
    assert codes(screen(citizen, LAW)) == set()
    shares = frozenset({Participant.FOREIGN_CITIZEN})
    assert codes(screen(Payment(Payer.LOCAL_CITIZEN, Purpose.ELECTIONS, False, shares), LAW)) == set()


def test_participants_that_nobody_looked_at_are_told() -> None:
    found = screen(Payment(Payer.LOCAL_LEGAL_ENTITY, Purpose.ELECTIONS, commission_expense=False), LAW)
    assert found.value is True
    assert codes(found) == {("L40.2.a", "payer_participants_unknown")}


@pytest.mark.norm("L40.2.b")
@pytest.mark.parametrize("purpose", [each for each in Purpose if each is not Purpose.ELECTIONS])
def test_programmes_may_be_paid_for_from_abroad(purpose: Purpose) -> None:
    for payer in FOREIGN:
        found = screen(Payment(payer, purpose, commission_expense=False), LAW)
        assert found.value is True
        assert passed(found) == {("L40.2.b", "programme_is_exempt")}
