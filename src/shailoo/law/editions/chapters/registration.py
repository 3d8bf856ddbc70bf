"""Numbers and open questions: registration, withdrawal, cancellation, mandates, vacancies (Art. 46, 53, 61, 65)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class LateDocuments(StrEnum):
    """Until when papers that were missing count (L53.1 with L53.7, L61.1 with L61.7)."""

    UNTIL_REGISTRATION_ENDS = "until_registration_ends"
    WITHIN_THE_CURE = "within_the_cure"  # only in the 48 hours after the notice of inconsistencies


class OwnWithdrawal(StrEnum):
    """Which term binds a candidate's own withdrawal (L53.9, L61.10 against L46.2)."""

    SPECIAL_TERM = "special_term"  # three days before election day
    CANCELLATION_TERM = "cancellation_term"  # five days, as for every other ground of cancellation


class VacancyBeforeAward(StrEnum):
    """Who follows an elected candidate to whom no mandate was awarded yet (L46.4, L65.1 with L65.4-1)."""

    LIST_ORDER = "list_order"
    GENDER = "gender"


class AbsenceCounting(StrEnum):
    """How working days of absence within one session are counted (L65.4)."""

    CUMULATIVE = "cumulative"
    CONSECUTIVE = "consecutive"


class MandateOfInvalidElection(StrEnum):
    """What becomes of a mandate that ended because the election was invalid (L65.4 with L65.3)."""

    NO_SUCCESSION = "no_succession"
    NEXT_ON_LIST = "next_on_list"


@dataclass(frozen=True, kw_only=True)
class Registration:
    """What an edition says on registration, withdrawal, cancellation, mandates, vacancies.

    Terms in days and hours are events of the calendar; `absence_working_days` is a number of days that makes a ground.
    """

    cancellation_earlier_warnings: int
    absence_working_days: int

    late_documents: LateDocuments
    own_withdrawal: OwnWithdrawal
    vacancy_before_award: VacancyBeforeAward
    absence_counting: AbsenceCounting
    mandate_of_invalid_election: MandateOfInvalidElection
