"""The law's numbers and open questions on complaints, liability, publication (Art. 37-1, 39, 43 to 45, 47, 58)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class CitizenObserverComplaints(StrEnum):
    """In whose name a citizen observer complains; the lists of L10-1, L43.4 and L44.2 do not name one."""

    THROUGH_NGO = "through_ngo"  # that of the NGO for which the observer is accredited
    OWN_NAME = "own_name"  # never on results: L45.1 knows observers of candidates and parties only


class FilingDayCount(StrEnum):
    """How days for filing a complaint are counted."""

    CALENDAR_DAYS_END_OF_DAY = "calendar_days_end_of_day"  # until 24:00 of the last one
    HOURS = "hours"  # 24 hours each, from the minute


class WrongAddressee(StrEnum):
    """What becomes of a complaint that was filed with a body that may not decide it."""

    FORWARDED = "forwarded"  # the same day, and it keeps the time of its filing
    RETURNED = "returned"  # it counts as filed only when the right body has it


class OfficialPublication(StrEnum):
    """What of the President's election is published officially in the short term of L58.2."""

    RESULT_THEN_FULL_DATA = "result_then_full_data"  # the result; the full data have the term of L39.3
    ALL_AT_ONCE = "all_at_once"  # the full data too


class ListRefusalTerm(StrEnum):
    """How long a refusal to register a list may be appealed; L61.9 names no term."""

    TWO_DAYS_THREE_WITH_WARNING = "two_days_three_with_warning"  # L44.7, and until the end of L44.9 with a warning
    TWO_DAYS = "two_days"  # L44.7
    THREE_DAYS = "three_days"  # L44.9


class LegalEntityParticipants(StrEnum):
    """Which participants bar a legal entity of the Kyrgyz Republic from financing elections (L40.2.a)."""

    FOREIGN_ONLY = "foreign_only"  # foreign citizens and foreign legal entities
    ANY_LEGAL_ENTITY = "any_legal_entity"  # foreign citizens, and legal entities of whatever country


@dataclass(frozen=True, kw_only=True)
class Complaints:
    """What an edition says on complaints, liability, publication; their terms are events of the calendar."""

    citizen_observer_complaints: CitizenObserverComplaints
    filing_day_count: FilingDayCount
    wrong_addressee: WrongAddressee
    official_publication: OfficialPublication
    list_refusal_term: ListRefusalTerm
    legal_entity_participants: LegalEntityParticipants
