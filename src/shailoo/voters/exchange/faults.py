"""What can be wrong with a row: its code, the field, the norm, and what follows from it.

Codes of the law's own are those of the rules `suffrage` and `entry`; the others are of the exchange. Where no norm
speaks of a form (the digits of a PIN, the letters of a name), the check is a reading of ours and named so
(docs/voters.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.outcome import NormId


class Consequence(StrEnum):
    """What a fault does to its row."""

    NO_RIGHT = "no_right"  # the law has the person in no list: not listed, taken off where listed
    NOT_TAKEN = "not_taken"  # the row cannot stand: not listed by it; whoever is listed stays so
    TOLD = "told"  # the row is taken, and the Service is told


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of fault. `reading`: no norm gives the form that is asked for; it is a reading of this software."""

    code: str
    field: str
    norm: NormId
    consequence: Consequence
    reading: bool = False


_N, _X, _T = Consequence.NO_RIGHT, Consequence.NOT_TAKEN, Consequence.TOLD
FAULTS: tuple[Fault, ...] = (
    Fault("suffrage_not_a_citizen", "citizenship", "L3.1.a1", _N),
    Fault("suffrage_too_young", "born", "L3.1.a1", _N),
    Fault("suffrage_incapable", "incapable_from", "L3.3.a1", _N),
    Fault("suffrage_confined", "custody", "L3.3.a2", _N),
    Fault("entry_without_biometrics", "biometric_on", "L14.2", _N),
    Fault("pin_malformed", "pin", "L14.3.a", _X, reading=True),
    Fault("pin_repeated", "pin", "L4", _X),
    Fault("pin_in_several_precincts", "precinct", "L14.3.a", _X),
    Fault("pin_of_several_people", "pin", "L4", _X),
    Fault("sex_unknown", "sex", "L14.3.a", _X),
    Fault("born_unreadable", "born", "L3.1.a1", _X),
    Fault("citizenship_not_given", "citizenship", "L3.1.a1", _X),
    Fault("biometric_unreadable", "biometric_on", "L14.2", _X),
    Fault("incapacity_unreadable", "incapable_from", "L3.3.a1", _X),
    Fault("custody_unknown", "custody", "L3.3.a2", _X),
    Fault("precinct_unknown", "precinct", "L14.3.a", _X),
    Fault("precinct_not_voting", "precinct", "L14.3.a", _X),
    Fault("name_missing", "surname", "L14.3.a", _X),
    Fault("address_missing", "locality", "L14.3.a", _X),
    Fault("field_too_long", "surname", "L14.3.a", _X, reading=True),
    Fault("basis_unknown", "basis", "L14.3.a", _X),
    Fault("change_unknown", "change", "L14.3.b", _X),
    Fault("already_listed", "change", "L4", _X),
    Fault("not_listed", "change", "L14.3.b", _X),
    Fault("reason_missing", "reason", "L14.3.b", _X),
    Fault("reason_day_unreadable", "reason_on", "L14.3.b", _X),
    Fault("pin_of_other_sex", "pin", "L14.3.a", _T, reading=True),
    Fault("pin_of_other_birth", "pin", "L14.3.a", _T, reading=True),
    Fault("name_not_cyrillic", "surname", "L14.3.a", _T, reading=True),
    Fault("born_improbable", "born", "L3.1.a1", _T, reading=True),
    Fault("biometric_improbable", "biometric_on", "L14.2", _T, reading=True),
    Fault("house_missing", "house", "L14.3.a", _T),
    Fault("abroad_without_consulate", "basis", "L14.6.a", _T),
)
BY_CODE: Mapping[str, Fault] = MappingProxyType({fault.code: fault for fault in FAULTS})
BIT: Mapping[str, int] = MappingProxyType({fault.code: 1 << place for place, fault in enumerate(FAULTS)})
"""The number by which a fault stands in the sum of a row's faults."""


def bits_of(consequence: Consequence) -> int:
    """The faults of a consequence, added up."""
    return sum(BIT[fault.code] for fault in FAULTS if fault.consequence is consequence)
