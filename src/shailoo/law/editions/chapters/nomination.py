"""The law's numbers and open questions on candidates, signatures, lists (Art. 21, 49 to 52, 59, 60)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class GenderOrderRule(StrEnum):
    """What "the difference in order between men and women may not exceed three positions" allows (L60.3.c)."""

    MAX_RUN_3 = "max_run_3"  # so many of one gender in a row: among any four there are both
    MAX_RUN_2 = "max_run_2"  # one fewer: the next of the other gender stands within three positions


class OtherEthnicityRule(StrEnum):
    """From which ethnicity the "different" candidates of a list differ (L60.3)."""

    NOT_MOST_FREQUENT = "not_most_frequent"  # the one most frequent on the list
    NOT_KYRGYZ = "not_kyrgyz"


class AgeDay(StrEnum):
    """On which day age and residence are measured where the law names none (L50.3, L60.3); L59.1 names its day."""

    ELECTION_DAY = "election_day"
    SUBMISSION_DAY = "submission_day"


class SignatureSampleRule(StrEnum):
    """What a check of a part of the signatures says about all of them (L52.8)."""

    COMMISSION_DECIDES = "commission_decides"  # where the sample alone does not settle it
    FOUND_INVALID_ONLY = "found_invalid_only"  # only what was found invalid is taken off
    EXTRAPOLATED = "extrapolated"  # the share found valid is that of all


@dataclass(frozen=True, kw_only=True)
class Nomination:
    """What an edition says on candidates, signatures, lists. Ages and terms are in years, residence in whole years."""

    office_state_share: Fraction

    president_term_years: int
    president_elections_of_one_person: int
    president_age_from: int
    president_age_until: int
    president_residence_years: int

    signatures_needed: int
    collector_age_from: int

    jogorku_kenesh_term_years: int
    deputy_age_from: int

    list_smallest: int
    list_largest: int
    list_one_gender: Fraction
    list_gender_difference: int
    list_young_below: int
    list_young: Fraction
    list_young_in_front: int
    list_young_front: int
    list_other_ethnic: Fraction
    list_other_ethnic_in_front: int
    list_other_ethnic_front: int
    list_limited_health: int
    list_limited_health_in_front: int
    list_limited_health_front: int

    gender_order_rule: GenderOrderRule
    other_ethnicity_rule: OtherEthnicityRule
    age_day: AgeDay
    signature_sample_rule: SignatureSampleRule

    @property
    def longest_gender_run(self) -> int:
        """The most candidates of one gender that may stand in a row on a list (L60.3.c, `gender_order_rule`)."""
        narrow = self.gender_order_rule is GenderOrderRule.MAX_RUN_2
        return self.list_gender_difference - 1 if narrow else self.list_gender_difference
