"""Taking accreditations back: who, on what ground, with which decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from shailoo.law.observation.observers import Level
from shailoo.law.observation.revocation import Accredited, RevocationGround, Revoking, revocation
from tests.law.observation.cases import LAW, errors, steps, warnings

INTERNATIONAL = Revoking(
    accredited=Accredited.INTERNATIONAL_OBSERVER,
    ground=RevocationGround.ELECTORAL_LAW_BROKEN,
    level=Level.CEC,
    decided_by="CEC",
    accredited_by="CEC",
    decision_number="204",
    decided_on=date(2020, 10, 2),
    norm_broken="L10.5",
    gross=False,
)
CITIZEN = replace(
    INTERNATIONAL,
    accredited=Accredited.CITIZEN_OBSERVER,
    level=Level.PEC,
    decided_by="PEC 7001",
    accredited_by="PEC 7001",
    norm_broken="L10-1.7",
)
MEDIA = replace(INTERNATIONAL, accredited=Accredited.MEDIA_REPRESENTATIVE, norm_broken="L11.5")
G = RevocationGround


@pytest.mark.norm("L10.6", "L10-1.9", "L11.4", "R4.7.a1", "R4.7.a2")
@pytest.mark.parametrize("ground", RevocationGround)
@pytest.mark.parametrize(
    ("facts", "right", "lawful"),
    [
        (INTERNATIONAL, "L10.6", set(RevocationGround)),
        (CITIZEN, "L10-1.9", {G.ELECTORAL_LAW_BROKEN, G.LEGISLATION_BROKEN}),
        (MEDIA, "L11.4", {G.ELECTORAL_LAW_BROKEN}),
    ],
)
def test_each_accreditation_has_grounds_of_its_own(
    facts: Revoking, right: str, lawful: set[RevocationGround], ground: RevocationGround
) -> None:
    found = revocation(replace(facts, ground=ground, written_request=True), LAW)
    assert found.value.stands is (ground in lawful)
    assert errors(found) == ([] if ground in lawful else [(right, "revocation_on_no_ground_of_the_law")])


@pytest.mark.norm("L10.6", "L11.4", "L10-1.9")
@pytest.mark.parametrize(
    ("facts", "item"),
    [
        (replace(INTERNATIONAL, level=Level.TEC, decided_by="TEC 3", accredited_by="TEC 3"), "L10.6"),
        (replace(MEDIA, level=Level.PEC, decided_by="PEC 7001"), "L11.4"),
        (replace(CITIZEN, decided_by="PEC 7002"), "L10-1.9"),
        (replace(CITIZEN, decided_by="CEC", level=Level.CEC), "L10-1.9"),
    ],
)
def test_only_the_commission_that_accredited_takes_back(facts: Revoking, item: str) -> None:
    assert errors(revocation(facts, LAW)) == [(item, "revocation_by_another_commission")]


@pytest.mark.norm("R4.7.a1")
@pytest.mark.parametrize("ground", [G.REGULATION_BROKEN, G.INTERNATIONAL_NORMS_BROKEN])
def test_what_the_regulation_alone_supports_is_warned_of_or_by_the_other_reading_no_ground(
    ground: RevocationGround,
) -> None:
    facts = replace(INTERNATIONAL, ground=ground)
    found = revocation(facts, LAW)
    assert found.value.stands
    assert warnings(found) == [("R4.7.a1", "revocation_rests_on_regulation_alone")]
    strict = revocation(facts, LAW.with_readings(revocation_by_regulation="no_ground"))
    assert errors(strict) == [("R4.7.a1", "revocation_rests_on_regulation_alone")]
    assert not strict.value.stands


@pytest.mark.norm("R4.7.a2")
@pytest.mark.parametrize("ground", [G.REQUEST_OF_ORGANIZATION, G.REQUEST_OF_OBSERVER])
@pytest.mark.parametrize(("written", "stands"), [(True, True), (False, False), (None, False)])
def test_a_request_is_in_writing_names_no_norm_and_does_not_count_later(
    ground: RevocationGround, written: bool | None, stands: bool
) -> None:
    found = revocation(
        replace(INTERNATIONAL, ground=ground, norm_broken=None, gross=None, written_request=written), LAW
    )
    assert found.value.stands is stands
    assert errors(found) == ([] if stands else [("R4.7.a2", "revocation_request_not_written")])
    assert found.value.bars_later is False


@pytest.mark.norm("L10.6", "L10-1.9", "L11.4")
@pytest.mark.parametrize("facts", [INTERNATIONAL, CITIZEN, MEDIA])
def test_a_decision_has_number_day_and_the_norm_broken(facts: Revoking) -> None:
    assert errors(revocation(facts, LAW)) == []
    for gap in (replace(facts, decision_number=None), replace(facts, decided_on=None)):
        assert [code for _, code in errors(revocation(gap, LAW))] == ["revocation_decision_incomplete"]
    nameless = revocation(replace(facts, norm_broken=None), LAW)
    assert [code for _, code in errors(nameless)] == ["revocation_names_no_norm"]


@pytest.mark.norm("R3.10")
@pytest.mark.parametrize(
    ("gross", "code"),
    [(True, "revocation_counts_later"), (False, "revocation_does_not_count_later"), (None, None)],
)
def test_only_gross_violations_count_against_the_person_later(gross: bool | None, code: str | None) -> None:
    found = revocation(replace(INTERNATIONAL, gross=gross), LAW)
    assert found.value.bars_later is gross
    if code is None:
        assert warnings(found) == [("R3.10.d", "revocation_gross_not_said")]
    else:
        assert ("R3.10.d", code) in steps(found)
    assert revocation(replace(CITIZEN, gross=gross), LAW).value.bars_later is False
