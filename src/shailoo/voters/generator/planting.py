"""Faults that are put into generated rows on purpose, each alone in its row, and what checks must find of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from shailoo.voters.generator.people import PLANTED, Numbers, Voter


@dataclass
class Ground:
    """What a fault needs to know: the days, numbers that nobody else has, a precinct that does not vote."""

    lot: Random
    voting_day: date
    made_on: date
    silent_precinct: str = ""
    numbers: Numbers = field(default_factory=lambda: Numbers(PLANTED, 10_000))

    def born_anew(self, voter: Voter, born: date) -> None:
        voter.born = born.isoformat()
        voter.pin = self.numbers.next(voter.sex, born)
        voter.biometric_on = max(voter.biometric_on, voter.born)


def _too_young(voter: Voter, ground: Ground) -> None:
    """Comes of age on the day after the voting, or later: the boundary is tried too."""
    day = ground.voting_day
    coming = date(day.year - 18, day.month, min(day.day, 28))
    ground.born_anew(voter, coming + timedelta(days=day.day - coming.day + 1 + int(ground.lot.random() * 300)))


def _incapable(voter: Voter, ground: Ground) -> None:
    voter.incapable_from = (ground.made_on - timedelta(days=100)).isoformat()
    if ground.lot.random() < 0.5:
        voter.incapable_until = (ground.voting_day + timedelta(days=1)).isoformat()


def _other_sex(voter: Voter, ground: Ground) -> None:
    voter.pin = ground.numbers.next("m" if voter.sex == "f" else "f", date.fromisoformat(voter.born))


def _other_birth(voter: Voter, ground: Ground) -> None:
    other = date.fromisoformat(voter.born) + timedelta(days=400)
    voter.pin = ground.numbers.next(voter.sex, other)


def _set(**fields: str) -> Callable[[Voter, Ground], None]:
    def put(voter: Voter, _ground: Ground) -> None:
        for name, value in fields.items():
            setattr(voter, name, value)

    return put


def _malformed(voter: Voter, ground: Ground) -> None:
    forms = (voter.pin[:-1], "3" + voter.pin[1:], voter.pin[:-1] + "х", "", voter.pin + "0")
    voter.pin = forms[int(ground.lot.random() * len(forms))]


def _improbably_old(voter: Voter, ground: Ground) -> None:
    ground.born_anew(voter, date(ground.made_on.year - 125, 3, 1 + int(ground.lot.random() * 28)))


def _registered_tomorrow(voter: Voter, ground: Ground) -> None:
    voter.biometric_on = (ground.made_on + timedelta(days=1)).isoformat()


def _latin(voter: Voter, _ground: Ground) -> None:
    voter.surname = f"A{voter.surname[1:]}"


def _not_voting(voter: Voter, ground: Ground) -> None:
    voter.precinct = ground.silent_precinct


IN_A_ROW: Mapping[str, Callable[[Voter, Ground], None]] = {
    "suffrage_not_a_citizen": _set(citizenship="RUS"),
    "suffrage_too_young": _too_young,
    "suffrage_incapable": _incapable,
    "suffrage_confined": _set(custody="confinement"),
    "entry_without_biometrics": _set(biometric_on=""),
    "pin_malformed": _malformed,
    "sex_unknown": _set(sex="a"),
    "born_unreadable": _set(born="1990-02-30"),
    "citizenship_not_given": _set(citizenship=""),
    "biometric_unreadable": _set(biometric_on="04.10.2016"),
    "incapacity_unreadable": _set(incapable_until="2019-01-01"),
    "custody_unknown": _set(custody="away"),
    "precinct_unknown": _set(precinct="0"),
    "precinct_not_voting": _not_voting,
    "name_missing": _set(surname="", name=""),
    "address_missing": _set(locality="", district=""),
    "field_too_long": _set(street="Ж" * 201),
    "basis_unknown": _set(basis="hotel"),
    "pin_of_other_sex": _other_sex,
    "pin_of_other_birth": _other_birth,
    "name_not_cyrillic": _latin,
    "born_improbable": _improbably_old,
    "biometric_improbable": _registered_tomorrow,
    "house_missing": _set(house=""),
    "abroad_without_consulate": _set(basis="residence", house="1"),
}
"""Faults of one row by itself."""

TWICE = ("pin_repeated", "pin_in_several_precincts", "pin_of_several_people")
"""Faults of two rows: a copy of a row comes at the end of the file."""

OF_CHANGES = ("change_unknown", "already_listed", "not_listed", "reason_missing", "reason_day_unreadable")
"""Faults of incremental deliveries alone."""


def copied(voter: Voter, code: str, elsewhere: str) -> Voter:
    """The row that makes a person stand twice."""
    if code == "pin_in_several_precincts":
        return replace(voter, precinct=elsewhere)
    if code == "pin_of_several_people":
        return replace(voter, name=f"{voter.name}бек")
    return replace(voter)


def blameless(voter: Voter, ground: Ground) -> None:
    """What looks like a fault and is none: held before a judgment, capable again, of age on voting day itself."""
    kind = int(ground.lot.random() * 3)
    if kind == 0:
        voter.custody = "detention"
    elif kind == 1:
        voter.incapable_from, voter.incapable_until = "2016-03-01", ground.voting_day.isoformat()
    elif (ground.voting_day.month, ground.voting_day.day) != (2, 29):
        ground.born_anew(voter, ground.voting_day.replace(year=ground.voting_day.year - 18))


PROPER_TO = {"abroad_without_consulate": True, "house_missing": False}
"""Faults that only rows abroad (True) or at home (False) can have."""


def fits(code: str, voter: Voter, *, abroad: bool, ground: Ground) -> bool:
    """Whether the fault can be put into this row."""
    if code == "precinct_not_voting" and not ground.silent_precinct:
        return False
    if code == "abroad_without_consulate":
        return abroad
    if code in ("house_missing",):
        return not abroad
    return bool(voter.pin)
