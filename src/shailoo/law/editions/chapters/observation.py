"""Numbers and open questions: observers, mass media, representatives (Art. 8 to 11, 17 to 20, the Regulation)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ListCandidateObservers(StrEnum):
    """Who sends observers where a party has a list (L9.1)."""

    PER_LIST = "per_list"  # the party alone
    PER_LISTED_CANDIDATE = "per_listed_candidate"  # and every candidate on the list


class InternationalObserverSilence(StrEnum):
    """What an assessment before voting has ended is (R4.5.e against L10.4.1, L10.4.2)."""

    WARNED = "warned"
    BARRED = "barred"


class AccreditationTerm(StrEnum):
    """What must be done by the third day before election day (R3.7)."""

    FILING_AND_DECREE = "filing_and_decree"
    FILING = "filing"


class AccreditationOpens(StrEnum):
    """From when applications are taken (R3.7 against R2.2, L10.1)."""

    OFFICIAL_PUBLICATION = "official_publication"
    CALLING = "calling"


class CitizenObserverCitizenship(StrEnum):
    """Whether a citizen observer must be a Kyrgyz citizen (L10-1.4)."""

    REQUIRED = "required"
    NOT_REQUIRED = "not_required"


class CitizenObserversAtSittings(StrEnum):
    """Whether citizen observers may attend sittings (L8.2 does not name them)."""

    ADMITTED = "admitted"
    NOT_ADMITTED = "not_admitted"


class DeputiesExcluded(StrEnum):
    """Who the "deputies" of L17.4, L19.2 and L20.3 are."""

    ALL = "all"
    JOGORKU_KENESH = "jogorku_kenesh"


class RevocationByRegulation(StrEnum):
    """What a breach of the Regulation or of international norms alone supports (R4.7 against L10.6)."""

    WARNED = "warned"
    NO_GROUND = "no_ground"


class RepresentativesDuringComplaint(StrEnum):
    """Whose representatives stay until a complaint against the results is finally decided (L18.6)."""

    ALL = "all"
    COMPLAINANTS = "complainants"


class FinancialRepresentativeTerm(StrEnum):
    """Whether the loss of candidate status ends the term of a financial representative (L19.9)."""

    RUNS_ON = "runs_on"
    ENDS_WITH_STATUS = "ends_with_status"


@dataclass(frozen=True, kw_only=True)
class Observation:
    """What an edition says on observers, mass media, representatives."""

    observers_per_precinct: int
    observers_at_once: int
    citizen_observers_per_commission: int
    representatives_per_commission: int
    commissions_per_representative: int
    commission_representative_age: int

    list_candidate_observers: ListCandidateObservers
    international_observer_silence: InternationalObserverSilence
    accreditation_term: AccreditationTerm
    accreditation_opens: AccreditationOpens
    citizen_observer_citizenship: CitizenObserverCitizenship
    citizen_observers_at_sittings: CitizenObserversAtSittings
    deputies_excluded: DeputiesExcluded
    revocation_by_regulation: RevocationByRegulation
    representatives_during_complaint: RepresentativesDuringComplaint
    financial_representative_term: FinancialRepresentativeTerm
