"""What the excerpts of the 2021 text say anew: whom Art. 22.15 bars from campaigning, who reads results by Art. 39.1.

The other excerpts (Art. 8, 10) say the same as the edition pinned, and the rules on observers carry them out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.editions import Edition
from shailoo.law.outcome import Finding, NormId, Outcome, Severity, Step, applies


class Standing(StrEnum):
    """What a person or an organization is, as the text of 2021 tells them apart."""

    STATE_SERVANT = "state_servant"
    MUNICIPAL_SERVANT = "municipal_servant"
    STATE_POLITICAL_OFFICE = "state_political_office"
    SPECIAL_STATE_OFFICE = "special_state_office"
    MUNICIPAL_POLITICAL_OFFICE = "municipal_political_office"
    COMMISSION_MEMBER = "commission_member"
    OBSERVER = "observer"
    INTERNATIONAL_OBSERVER = "international_observer"
    RELIGIOUS_FIGURE = "religious_figure"
    CHARITY = "charity"  # founder or member of an organization engaged in charity
    MINOR = "minor"  # under 18
    FOREIGN_CITIZEN = "foreign_citizen"
    FOREIGN_ORGANIZATION = "foreign_organization"
    STATELESS = "stateless"
    TERRITORIAL_ASSOCIATION = "territorial_association"  # employee of one
    JOGORKU_KENESH_DEPUTY = "jogorku_kenesh_deputy"
    LOCAL_DEPUTY = "local_deputy"
    VOTER = "voter"


_S = Standing
BARRED: Mapping[Standing, NormId] = MappingProxyType(
    {
        _S.STATE_SERVANT: "E22.15.a",
        _S.MUNICIPAL_SERVANT: "E22.15.b",
        _S.STATE_POLITICAL_OFFICE: "E22.15.c",
        _S.SPECIAL_STATE_OFFICE: "E22.15.d",
        _S.MUNICIPAL_POLITICAL_OFFICE: "E22.15.e",
        _S.COMMISSION_MEMBER: "E22.15.f",
        _S.OBSERVER: "E22.15.g",
        _S.INTERNATIONAL_OBSERVER: "E22.15.h",
        _S.RELIGIOUS_FIGURE: "E22.15.i",
        _S.CHARITY: "E22.15.j",
        _S.MINOR: "E22.15.k",
        _S.FOREIGN_CITIZEN: "E22.15.l",
        _S.FOREIGN_ORGANIZATION: "E22.15.m",
        _S.STATELESS: "E22.15.n",
        _S.TERRITORIAL_ASSOCIATION: "E22.15.o",
    }
)
"""Who may not campaign, nor produce or spread campaign materials, each with its item."""
_EXCEPTED: Mapping[Standing, Standing] = MappingProxyType(
    {
        _S.STATE_POLITICAL_OFFICE: _S.JOGORKU_KENESH_DEPUTY,
        _S.MUNICIPAL_POLITICAL_OFFICE: _S.LOCAL_DEPUTY,
    }
)
"""Political offices that are outside the ban where they are those of deputies."""


@dataclass(frozen=True, slots=True)
class Campaigner:
    """Everything that somebody who campaigns is."""

    standings: frozenset[Standing]


@applies("E22.15")
def campaigner(facts: Campaigner, _edition: Edition) -> Outcome[bool]:
    """Whether somebody may campaign by the text of 2021; deputies may, though theirs are political offices."""
    findings = tuple(
        Finding(norm, "campaigner_barred_by_excerpt", Severity.ERROR, {}, ("standings",))
        for standing, norm in BARRED.items()
        if standing in facts.standings and _EXCEPTED.get(standing) not in facts.standings
    )
    steps = () if findings else (Step("E22.15", "campaigner_not_barred_by_excerpt"),)
    return Outcome(not findings, steps, findings)


# ------------------------------------------------------------------------------------- results on request


class Reader(StrEnum):
    """Who asks to inspect results."""

    VOTER = "voter"
    CANDIDATE = "candidate"
    CANDIDATES_REPRESENTATIVE = "candidates_representative"
    PARTYS_REPRESENTATIVE = "partys_representative"
    OBSERVER = "observer"
    INTERNATIONAL_OBSERVER = "international_observer"
    MEDIA_REPRESENTATIVE = "media_representative"
    ANYBODY_ELSE = "anybody_else"


@dataclass(frozen=True, slots=True)
class Inspection:
    """A request for results. `fields_given` of the `fields_of_protocol` that the protocol has were shown."""

    reader: Reader
    fields_of_protocol: int
    fields_given: int


@applies("E39.1")
def inspection(facts: Inspection, _edition: Edition) -> Outcome[bool]:
    """Whether a request for results was met: each of the seven groups is shown every figure of the protocol.

    Of anybody else the text says nothing; what stands on public pages is open to them too.
    """
    if facts.reader is Reader.ANYBODY_ELSE:
        return Outcome(value=True, steps=(Step("E39.1", "inspection_not_owed"),))
    if facts.fields_given < facts.fields_of_protocol:
        named = {"given": facts.fields_given, "asked": facts.fields_of_protocol}
        short = Finding("E39.1", "inspection_incomplete", Severity.ERROR, named, ("fields_given",))
        return Outcome(value=False, findings=(short,))
    return Outcome(value=True, steps=(Step("E39.1", "inspection_granted", {"given": facts.fields_given}),))
