"""The grounds on which registration is refused, as data: each with the norm that names it and the norm behind it.

L53.7 for presidential candidates, L61.7 for lists and their candidates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.outcome import NormId
from shailoo.law.registration.election import Contest


class Bar(StrEnum):
    """What takes the right to be elected from a person."""

    NO_CITIZENSHIP = "no_citizenship"
    OTHER_CITIZENSHIP = "other_citizenship"
    TOO_YOUNG = "too_young"
    TOO_OLD = "too_old"
    CONVICTION = "conviction"  # not cancelled under the law
    NO_ELECTORAL_RIGHT = "no_electoral_right"
    STATE_LANGUAGE = "state_language"
    RESIDENCE = "residence"
    TWICE_PRESIDENT = "twice_president"


class NominationBreach(StrEnum):
    """A rule on the nomination of lists that was not kept."""

    NOMINATED_LATE = "nominated_late"
    PARTY_NOT_REGISTERED = "party_not_registered"
    OPEN_BALLOT = "open_ballot"
    LIST_SIZE = "list_size"
    GENDER_SHARE = "gender_share"
    GENDER_ORDER = "gender_order"
    YOUNG_SHARE = "young_share"
    YOUNG_AMONG_FIRST = "young_among_first"
    ETHNICITY_SHARE = "ethnicity_share"
    ETHNICITY_AMONG_FIRST = "ethnicity_among_first"
    LIMITED_HEALTH_NUMBER = "limited_health_number"
    LIMITED_HEALTH_AMONG_FIRST = "limited_health_among_first"


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground of refusal, and the norm that was not met."""

    norm: NormId
    behind: NormId


BARS: Mapping[Contest, Mapping[Bar, Ground]] = MappingProxyType(
    {
        Contest.PRESIDENT: MappingProxyType(
            {
                Bar.NO_CITIZENSHIP: Ground("L53.7.3", "L50.3.a"),
                Bar.OTHER_CITIZENSHIP: Ground("L53.7.3", "L50.3.a"),
                Bar.TOO_YOUNG: Ground("L53.7.3", "L50.3.b"),
                Bar.TOO_OLD: Ground("L53.7.3", "L50.3.c"),
                Bar.CONVICTION: Ground("L53.7.3", "L3.4"),
                Bar.STATE_LANGUAGE: Ground("L53.7.3", "L50.3.d"),
                Bar.RESIDENCE: Ground("L53.7.3", "L50.3.e"),
                Bar.TWICE_PRESIDENT: Ground("L53.7.3", "L50.2"),
            }
        ),
        Contest.LISTS: MappingProxyType(
            {
                Bar.NO_CITIZENSHIP: Ground("L61.7.3", "L59.1.a"),
                Bar.OTHER_CITIZENSHIP: Ground("L61.7.6", "L59.1.b"),
                Bar.TOO_YOUNG: Ground("L61.7.3", "L59.1.a"),
                Bar.CONVICTION: Ground("L61.7.3", "L3.4"),
                Bar.NO_ELECTORAL_RIGHT: Ground("L61.7.3", "L59.1.b"),
            }
        ),
    }
)

NOMINATION: Mapping[NominationBreach, Ground] = MappingProxyType(
    {
        NominationBreach.NOMINATED_LATE: Ground("L61.7.2", "L60.1.b"),
        NominationBreach.PARTY_NOT_REGISTERED: Ground("L61.7.2", "L60.2.a"),
        NominationBreach.OPEN_BALLOT: Ground("L61.7.2", "L60.2.d"),
        NominationBreach.LIST_SIZE: Ground("L61.7.2", "L60.3.a"),
        NominationBreach.GENDER_SHARE: Ground("L61.7.2", "L60.3.b"),
        NominationBreach.GENDER_ORDER: Ground("L61.7.2", "L60.3.c"),
        NominationBreach.YOUNG_SHARE: Ground("L61.7.2", "L60.3.d"),
        NominationBreach.YOUNG_AMONG_FIRST: Ground("L61.7.2", "L60.3.e"),
        NominationBreach.ETHNICITY_SHARE: Ground("L61.7.2", "L60.3.f"),
        NominationBreach.ETHNICITY_AMONG_FIRST: Ground("L61.7.2", "L60.3.g"),
        NominationBreach.LIMITED_HEALTH_NUMBER: Ground("L61.7.2", "L60.3.h"),
        NominationBreach.LIMITED_HEALTH_AMONG_FIRST: Ground("L61.7.2", "L60.3.i"),
    }
)

BEYOND_CURE = frozenset(
    {NominationBreach.NOMINATED_LATE, NominationBreach.PARTY_NOT_REGISTERED, NominationBreach.OPEN_BALLOT}
)
"""What a party cannot mend in 48 hours; the make-up of its list it can (L61.3.d)."""


@dataclass(frozen=True, slots=True)
class Article:
    """Where Article 53 and Article 61 say the same of their own contest."""

    filed: NormId
    checked: NormId
    decided: NormId
    notice: NormId
    corrected: NormId
    ends: NormId
    added: NormId
    not_provided: NormId
    no_right: NormId
    no_fund: NormId
    deposit: NormId
    copy: NormId
    published: NormId
    shown: NormId
    certificates: NormId


ARTICLES: Mapping[Contest, Article] = MappingProxyType(
    {
        Contest.PRESIDENT: Article(
            filed="L53.1",
            checked="L53.2.a",
            decided="L53.2.b",
            notice="L53.2.c",
            corrected="L53.2.d",
            ends="L53.5",
            added="L53.7.b",
            not_provided="L53.7.1",
            no_right="L53.7.3",
            no_fund="L53.7.4",
            deposit="L53.1.6",
            copy="L53.6",
            published="L53.10.a",
            shown="L53.10.b",
            certificates="L53.11",
        ),
        Contest.LISTS: Article(
            filed="L61.1",
            checked="L61.3.a",
            decided="L61.3.b",
            notice="L61.3.c",
            corrected="L61.3.d",
            ends="L61.5",
            added="L61.7.b",
            not_provided="L61.7.1",
            no_right="L61.7.3",
            no_fund="L61.7.5",
            deposit="L61.1.3",
            copy="L61.7.a",
            published="L61.11.a",
            shown="L61.11.b",
            certificates="L61.12",
        ),
    }
)

REGISTRATION_END: Mapping[Contest, str] = MappingProxyType(
    {Contest.PRESIDENT: "registration_end_presidential", Contest.LISTS: "registration_end_jk"}
)
"""Names of events of the calendar."""

DOCUMENTS_DUE: Mapping[Contest, str] = MappingProxyType(
    {Contest.PRESIDENT: "registration_documents_presidential", Contest.LISTS: "registration_documents_jk"}
)
