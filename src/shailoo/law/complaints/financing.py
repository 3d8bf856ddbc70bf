"""Who may pay for elections: the sources of commissions' money and the ban on foreign financing (Art. 40)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from shailoo.law.editions import Edition
from shailoo.law.editions.chapters.complaints import LegalEntityParticipants
from shailoo.law.outcome import Fact, Finding, Outcome, Severity, Step, applies


class Payer(StrEnum):
    """Who pays."""

    REPUBLICAN_BUDGET = "republican_budget"
    COMMISSION_SPECIAL_FUND = "commission_special_fund"
    FOREIGN_STATE = "foreign_state"
    FOREIGN_BODY = "foreign_body"  # a body, institution or enterprise of a foreign state
    FOREIGN_LEGAL_ENTITY = "foreign_legal_entity"
    FOREIGN_BRANCH = "foreign_branch"  # a branch or representative office of one
    FOREIGN_CITIZEN = "foreign_citizen"
    INTERNATIONAL_ORGANIZATION = "international_organization"
    LOCAL_LEGAL_ENTITY = "local_legal_entity"  # registered in the Kyrgyz Republic
    LOCAL_CITIZEN = "local_citizen"


class Participant(StrEnum):
    """Who holds a share in a legal entity of the Kyrgyz Republic, however small."""

    LOCAL_CITIZEN = "local_citizen"
    LOCAL_LEGAL_ENTITY = "local_legal_entity"
    FOREIGN_CITIZEN = "foreign_citizen"
    FOREIGN_LEGAL_ENTITY = "foreign_legal_entity"


class Purpose(StrEnum):
    """What is paid for. Only the first is financing of elections; the others are exempt programmes (L40.2.b)."""

    ELECTIONS = "elections"
    LEGISLATION = "legislation"  # improving electoral legislation
    INFORMATION = "information"
    EDUCATION = "education"
    RESEARCH = "research"
    TECHNICAL_PREPARATION = "technical_preparation"
    LEGAL_CULTURE = "legal_culture"  # of voters


OWN_SOURCES = frozenset({Payer.REPUBLICAN_BUDGET, Payer.COMMISSION_SPECIAL_FUND})
FOREIGN = frozenset(
    {
        Payer.FOREIGN_STATE,
        Payer.FOREIGN_BODY,
        Payer.FOREIGN_LEGAL_ENTITY,
        Payer.FOREIGN_BRANCH,
        Payer.FOREIGN_CITIZEN,
        Payer.INTERNATIONAL_ORGANIZATION,
    }
)
_BARRING = {
    LegalEntityParticipants.FOREIGN_ONLY: frozenset({Participant.FOREIGN_CITIZEN, Participant.FOREIGN_LEGAL_ENTITY}),
    LegalEntityParticipants.ANY_LEGAL_ENTITY: frozenset(Participant) - {Participant.LOCAL_CITIZEN},
}


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment for an election: who pays, for what, and whether it pays for what a commission spends.

    `participants` are those of a legal entity of the Kyrgyz Republic, None where nobody has looked.
    """

    payer: Payer
    purpose: Purpose
    commission_expense: bool
    participants: frozenset[Participant] | None = None


@applies("L40.1.a", "L40.2.a", "L40.2.b")
def screen(payment: Payment, edition: Edition) -> Outcome[bool]:
    """Whether elections may be financed from this source: commissions' own money, foreign payers, programmes."""
    facts: dict[str, Fact] = {"payer": payment.payer.value}
    foreign = list(_foreign(payment, edition))
    barred = any(found.severity is Severity.ERROR for found in foreign)
    if barred and payment.purpose is not Purpose.ELECTIONS:
        return Outcome(
            value=True, steps=(Step("L40.2.b", "programme_is_exempt", {"programme": payment.purpose.value}),)
        )
    if barred:
        return Outcome(value=False, findings=tuple(foreign))
    if payment.commission_expense and payment.purpose is Purpose.ELECTIONS:
        if payment.payer not in OWN_SOURCES:
            found = Finding("L40.1.a", "expense_from_another_source", Severity.ERROR, facts, ("payer",))
            return Outcome(value=False, findings=(*foreign, found))
        return Outcome(value=True, steps=(Step("L40.1.a", "expense_from_own_source", facts),))
    return Outcome(value=True, steps=(Step("L40.2.a", "payer_not_barred", facts),), findings=tuple(foreign))


@applies("L40.2.a")
def _foreign(payment: Payment, edition: Edition) -> Iterator[Finding]:
    """The ban on foreign payers and on local entities with barring participants (`legal_entity_participants`)."""
    facts: dict[str, Fact] = {"payer": payment.payer.value}
    if payment.payer in FOREIGN:
        yield Finding("L40.2.a", "payer_is_foreign", Severity.ERROR, facts, ("payer",))
    if payment.payer is not Payer.LOCAL_LEGAL_ENTITY:
        return
    if payment.participants is None:
        yield Finding("L40.2.a", "payer_participants_unknown", Severity.WARNING, {}, ("participants",))
        return
    for each in sorted(payment.participants & _BARRING[edition.legal_entity_participants]):
        participant: dict[str, Fact] = {"payer_participant": each.value}
        yield Finding("L40.2.a", "payer_has_barring_participant", Severity.ERROR, participant, ("participants",))
