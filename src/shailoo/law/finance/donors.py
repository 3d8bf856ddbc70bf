"""Who may give to a campaign fund: the screen of a donor before a donation is credited (L41.2, L41.3, L41.5).

A fact about a donor that nobody has established yet is no bar and no clearance: it is named, and the audit group looks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.editions import Edition
from shailoo.law.editions.chapters.complaints import LegalEntityParticipants
from shailoo.law.editions.chapters.finance import StateShareBar
from shailoo.law.outcome import Finding, NormId, Outcome, Severity, Step, Unsettled, applies

NATIONAL_CURRENCY = "KGS"


class DonorKind(StrEnum):
    """What a donor is. The first three may give; every other is barred by an item of L41.3."""

    CITIZEN = "citizen"
    ENTREPRENEUR = "entrepreneur"  # an individual who trades without forming a legal entity
    LEGAL_ENTITY = "legal_entity"
    FOREIGN_STATE = "foreign_state"  # its bodies, institutions and enterprises too
    FOREIGN_LEGAL_ENTITY = "foreign_legal_entity"
    FOREIGN_BRANCH = "foreign_branch"  # a branch or representative office
    FOREIGN_CITIZEN = "foreign_citizen"
    INTERNATIONAL_ORGANIZATION = "international_organization"
    STATELESS = "stateless"
    STATE_BODY = "state_body"
    LOCAL_GOVERNMENT = "local_government"
    STATE_INSTITUTION = "state_institution"
    MUNICIPAL_INSTITUTION = "municipal_institution"
    STATE_ENTERPRISE = "state_enterprise"
    MUNICIPAL_ENTERPRISE = "municipal_enterprise"
    MILITARY = "military"
    LAW_ENFORCEMENT = "law_enforcement"
    COURT = "court"
    CHARITY = "charity"
    RELIGIOUS = "religious"


BARRED: Mapping[DonorKind, NormId] = MappingProxyType(
    {
        DonorKind.FOREIGN_STATE: "L41.3.a",
        DonorKind.FOREIGN_LEGAL_ENTITY: "L41.3.a",
        DonorKind.FOREIGN_BRANCH: "L41.3.a",
        DonorKind.FOREIGN_CITIZEN: "L41.3.a",
        DonorKind.INTERNATIONAL_ORGANIZATION: "L41.3.a",
        DonorKind.STATELESS: "L41.3.b",
        DonorKind.STATE_BODY: "L41.3.c",
        DonorKind.LOCAL_GOVERNMENT: "L41.3.c",
        DonorKind.STATE_INSTITUTION: "L41.3.d",
        DonorKind.MUNICIPAL_INSTITUTION: "L41.3.d",
        DonorKind.STATE_ENTERPRISE: "L41.3.d",
        DonorKind.MUNICIPAL_ENTERPRISE: "L41.3.d",
        DonorKind.MILITARY: "L41.3.f",
        DonorKind.LAW_ENFORCEMENT: "L41.3.g",
        DonorKind.COURT: "L41.3.g",
        DonorKind.CHARITY: "L41.3.h",
        DonorKind.RELIGIOUS: "L41.3.i",
    }
)
INDIVIDUALS = frozenset({DonorKind.CITIZEN, DonorKind.ENTREPRENEUR})
ASKED_FOR_DEBTS = frozenset({DonorKind.ENTREPRENEUR, DonorKind.LEGAL_ENTITY})


class Treatment(StrEnum):
    """What becomes of a donation, the gravest first."""

    RETURN = "return"  # not credited, goes back to who paid it
    HOLD = "hold"  # nobody to return it to: the CEC decides
    AWAIT_COURT = "await_court"  # a debtor's: a court's ruling moves it to the special fund of the CEC
    REVIEW = "review"  # no bar is established; the audit group looks at it
    CREDIT = "credit"


@dataclass(frozen=True, slots=True)
class Donor:
    """A donor as known on the day of the transfer.

    `identity_document` names an individual's paper, `registration_number` a legal entity; `confirmed` says whether a
    register knows these data. Debts are som owed to the budget and to the Social Fund. None stands for what was not
    established; `foreign_participants` (citizens or legal entities), `state_share` and `preferences` are asked only
    of legal entities, and `entity_participants` (any other legal entities) only under the reading that bars for them.
    """

    kind: DonorKind
    name: str | None = None
    identity_document: str | None = None
    registration_number: str | None = None
    confirmed: bool | None = None
    foreign_participants: bool | None = None
    entity_participants: bool | None = None
    state_share: bool | None = None
    preferences: bool | None = None
    budget_debt: Decimal | None = None
    social_fund_debt: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Donation:
    """A donation before it is credited: the donor and the currency (code of three letters, som: KGS) of the payment."""

    donor: Donor
    currency: str = NATIONAL_CURRENCY


Test = tuple[Treatment, Finding]


@applies("L41.2.b")
def screen(donation: Donation, edition: Edition) -> Outcome[Treatment]:
    """Whether a donation may be credited to a campaign fund, goes back, is held or is looked at by the audit group."""
    tests = [*in_national_currency(donation.currency), *of_donor(donation.donor, edition)]
    treatment = gravest(treatment for treatment, _found in tests)
    steps = (Step("L41.2.b", "donor_screened", {"donor_kind": donation.donor.kind, "donation_treatment": treatment}),)
    return Outcome(treatment, steps, tuple(found for _treatment, found in tests), question_of(treatment))


def gravest(treatments: Iterator[Treatment]) -> Treatment:
    """The gravest of several treatments; CREDIT of none."""
    order = list(Treatment)
    return min(treatments, key=order.index, default=Treatment.CREDIT)


def question_of(treatment: Treatment) -> Unsettled | None:
    """Where anonymous money goes is not said: there is nobody to return it to."""
    if treatment is not Treatment.HOLD:
        return None
    return Unsettled(
        "anonymous_money_held", ("L41.3.j",), ("anonymous_money_to_cec", "anonymous_money_to_sending_bank")
    )


@applies("L41.5.c")
def in_national_currency(currency: str) -> Iterator[Test]:
    """Only the national currency is taken."""
    if currency != NATIONAL_CURRENCY:
        facts = {"currency": currency}
        yield Treatment.RETURN, Finding("L41.5.c", "donation_in_foreign_currency", Severity.ERROR, facts, ("currency",))


@applies("L41.3.a", "L41.3.b", "L41.3.c", "L41.3.d", "L41.3.f", "L41.3.g", "L41.3.h", "L41.3.i")
def of_donor(donor: Donor, edition: Edition) -> Iterator[Test]:
    """Every test of L41.3 that the donor does not pass, and every one that cannot be made yet."""
    if donor.kind in BARRED:
        facts = {"donor_kind": donor.kind.value}
        yield Treatment.RETURN, Finding(BARRED[donor.kind], "donor_is_barred", Severity.ERROR, facts, ("kind",))
        return
    yield from _identity(donor)
    if donor.kind is DonorKind.LEGAL_ENTITY:
        yield from _foreign_participants(donor)
        if edition.legal_entity_participants is LegalEntityParticipants.ANY_LEGAL_ENTITY:
            yield from _entity_participants(donor)
        yield from _state_share(donor, edition)
    if donor.kind in ASKED_FOR_DEBTS:
        yield from _debts(donor)


@applies("L41.3.j")
def _identity(donor: Donor) -> Iterator[Test]:
    """A donor whose name or paper is missing, or whom no register knows, is anonymous."""
    paper = "identity_document" if donor.kind in INDIVIDUALS else "registration_number"
    missing = tuple(name for name in ("name", paper) if getattr(donor, name) is None)
    if missing:
        yield Treatment.HOLD, Finding("L41.3.j", "donor_is_anonymous", Severity.ERROR, {}, missing)
    elif donor.confirmed is False:
        yield Treatment.HOLD, Finding("L41.3.j", "donor_is_not_found", Severity.ERROR, {}, ("name", paper))
    elif donor.confirmed is None:
        yield _unknown("L41.3.j", "confirmed")


@applies("L41.3.a")
def _foreign_participants(donor: Donor) -> Iterator[Test]:
    if donor.foreign_participants is None:
        yield _unknown("L41.3.a", "foreign_participants")
    elif donor.foreign_participants:
        found = Finding("L41.3.a", "donor_has_foreign_participants", Severity.ERROR, {}, ("foreign_participants",))
        yield Treatment.RETURN, found


@applies("L41.3.a")
def _entity_participants(donor: Donor) -> Iterator[Test]:
    """Legal entities of this country bar too where the word foreign is not read into them."""
    if donor.foreign_participants:
        return
    if donor.entity_participants is None:
        yield _unknown("L41.3.a", "entity_participants")
    elif donor.entity_participants:
        found = Finding("L41.3.a", "donor_has_entity_participants", Severity.ERROR, {}, ("entity_participants",))
        yield Treatment.RETURN, found


@applies("L41.3.e")
def _state_share(donor: Donor, edition: Edition) -> Iterator[Test]:
    """A state share with preferences bars; one of the two alone is looked at, or bars too (`state_share_bar`)."""
    conditions = (donor.state_share, donor.preferences)
    either = edition.state_share_bar is StateShareBar.EITHER
    marked = ("state_share", "preferences")
    if all(conditions) or (either and any(conditions)):
        yield Treatment.RETURN, Finding("L41.3.e", "donor_has_state_share_and_preferences", Severity.ERROR, {}, marked)
    elif any(conditions) and None not in conditions:
        yield Treatment.REVIEW, Finding("L41.3.e", "donor_has_state_share_or_preferences", Severity.WARNING, {}, marked)
    elif donor.state_share is None and (either or donor.preferences is not False):
        yield _unknown("L41.3.e", "state_share")
    elif donor.preferences is None and (either or donor.state_share is not False):
        yield _unknown("L41.3.e", "preferences")


@applies("L41.3.k")
def _debts(donor: Donor) -> Iterator[Test]:
    """Debtors may not give: what they offer is not credited, what they paid in waits for a court."""
    for name in ("budget_debt", "social_fund_debt"):
        debt: Decimal | None = getattr(donor, name)
        if debt is None:
            yield _unknown("L41.3.k", name)
        elif debt > 0:
            facts = {"debt": debt, "debt_to": name}
            yield Treatment.AWAIT_COURT, Finding("L41.3.k", "donor_is_debtor", Severity.ERROR, facts, (name,))


def _unknown(norm: NormId, fact: str) -> Test:
    found = Finding(norm, "donor_fact_unknown", Severity.WARNING, {"donor_fact": fact}, (fact,))
    return Treatment.REVIEW, found
