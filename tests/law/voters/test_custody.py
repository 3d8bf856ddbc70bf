"""Art. 30.11: the guarded room with the safe."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shailoo.law.voters.custody import Custody, RoomOpening, ballot_custody
from tests.law.voters.cases import LAW, at, breaches, errors

GUARDED = Custody(
    stored=at(10, 2, 12),
    room_sealed=True,
    guard_of_internal_affairs=True,
    guard_from=at(10, 2, 12),
    guard_until=at(10, 4, 7),
    opened=at(10, 4, 7),
    openings=(RoomOpening(at(10, 3, 9), recorded=True),),
)


@pytest.mark.norm("L30.11.a1")
@pytest.mark.parametrize("name", ["room_sealed", "guard_of_internal_affairs"])
def test_the_room_is_sealed_and_kept_by_internal_affairs(name: str) -> None:
    assert (ballot_custody(GUARDED, LAW).value, ballot_custody(GUARDED, LAW).findings) == (True, ())
    missing = ballot_custody(replace(GUARDED, **{name: False}), LAW)  # type: ignore[arg-type]  # a field by its name
    assert (missing.value, errors(missing)) == (False, {("L30.11.a1", name)})
    unknown = ballot_custody(replace(GUARDED, **{name: None}), LAW)  # type: ignore[arg-type]
    assert (unknown.value, breaches(unknown)) == (None, {("L30.11.a1", name)})


@pytest.mark.norm("L30.11.a1")
def test_the_guard_begins_when_documents_are_stored_and_lasts_until_the_safe_is_opened() -> None:
    none = ballot_custody(replace(GUARDED, guard_from=None), LAW)
    assert errors(none) == {("L30.11.a1", "custody_not_guarded")}
    late = ballot_custody(replace(GUARDED, guard_from=at(10, 2, 12, 1)), LAW)
    assert errors(late) == {("L30.11.a1", "custody_guarded_late")}
    early = ballot_custody(replace(GUARDED, guard_until=at(10, 4, 6, 59)), LAW)
    assert errors(early) == {("L30.11.a1", "custody_ended_early")}
    still = ballot_custody(replace(GUARDED, guard_until=None, opened=None), LAW)
    assert still.findings == ()


@pytest.mark.norm("L30.11.a1")
def test_every_opening_of_the_room_is_recorded() -> None:
    silent = replace(GUARDED, openings=(*GUARDED.openings, RoomOpening(at(10, 3, 10), recorded=False)))
    assert errors(ballot_custody(silent, LAW)) == {("L30.11.a1", "custody_opening_not_recorded")}
