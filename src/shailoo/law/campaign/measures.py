"""What may be done about breaches of Articles 22 to 28: an application, a warning, cancellation (L28.4, L28.5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shailoo.law.calendar import start_of, when
from shailoo.law.campaign.polling import Polling
from shailoo.law.editions import Edition
from shailoo.law.editions.chapters.campaign import RevocationTerm
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, Unsettled, applies

CAMPAIGN_ARTICLES = frozenset({"L22", "L23", "L24", "L25", "L26", "L27", "L28"})
"""The articles whose breach L28.5 answers with a warning."""


@dataclass(frozen=True, slots=True)
class Violation:
    """A breach that was established: the norm broken ("L27.2.a2"), and its local day."""

    norm: NormId
    on: date

    @property
    def is_of_campaigning(self) -> bool:
        return _is_of_campaigning(self.norm)


def _is_of_campaigning(norm: NormId) -> bool:
    return norm.partition(".")[0] in CAMPAIGN_ARTICLES


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of a contestant: its violations, the local days of its written warnings, the day of a decision.

    `recommended`: a commission has recommended cancellation to the CEC.
    """

    polling: Polling
    violations: tuple[Violation, ...]
    warnings: tuple[date, ...]
    decided_on: date
    recommended: bool = False


class Measure(StrEnum):
    """The gravest measure that is open."""

    NONE = "none"
    WARNING = "warning"
    CANCELLATION = "cancellation"


@applies("L28.5.a1", "L28.5.a2")
def campaign_warning(record: Record, edition: Edition) -> Outcome[Measure]:
    """Which measure a commission may take against a contestant: none, a written warning, or cancellation by the CEC.

    Whether it is taken is the commission's decision, so an open measure is unsettled.
    """
    findings: list[Finding] = []
    breaches = [each for each in record.violations if each.is_of_campaigning]
    others = [each for each in record.violations if not each.is_of_campaigning]
    steps = [Step("L28.5.a1", "breach_of_other_rules", {"norm": each.norm}) for each in others]
    if not breaches:
        steps.append(Step("L28.5.a1", "no_campaign_breach"))
        return Outcome(Measure.NONE, tuple(steps))
    steps.append(Step("L28.5.a1", "campaign_breaches", {"breaches": len(breaches)}))
    if _is_repeated(breaches, record, steps) and _in_term(record, edition, findings, steps):
        options = ("cancel_for_repetition", "warn_in_writing", "take_no_measure")
        question = Unsettled("cancel_for_repetition_or_not", ("L28.5.a2",), options)
        return Outcome(Measure.CANCELLATION, tuple(steps), tuple(findings), question)
    question = Unsettled("warn_or_not", ("L28.5.a1",), ("warn_in_writing", "take_no_measure"))
    return Outcome(Measure.WARNING, tuple(steps), tuple(findings), question)


def _is_repeated(breaches: list[Violation], record: Record, steps: list[Step]) -> bool:
    """A new breach after a warning."""
    if not record.warnings:
        steps.append(Step("L28.5.a2", "not_warned_yet"))
        return False
    first = min(record.warnings)
    after = sum(each.on > first for each in breaches)
    facts: dict[str, Fact] = {"warned_on": first, "breaches": after}
    steps.append(Step("L28.5.a2", "repeated_after_warning" if after else "not_repeated_after_warning", facts))
    return after > 0


def _in_term(record: Record, edition: Edition, findings: list[Finding], steps: list[Step]) -> bool:
    """L46 ends cancellations some days before the election (`revocation_term`)."""
    if edition.revocation_term is RevocationTerm.ANY_TIME:
        return True
    term = when("registration_cancellation_end", record.polling.occasion, edition)
    facts: dict[str, Fact] = {"day": record.decided_on, "last": term.last or record.decided_on}
    if term.closes is not None and start_of(record.decided_on) >= term.closes:
        findings.append(Finding("L28.5.a2", "too_late_to_cancel", Severity.ERROR, facts, ("decided_on",)))
        return False
    steps.append(Step("L28.5.a2", "cancelling_still_in_time", facts))
    if record.recommended:
        steps.append(Step("L28.5.a2", "cancellation_recommended"))
    return True


# ------------------------------------------------------------------------------------- applications


class Applicant(StrEnum):
    """Who applies to law enforcement or to a court."""

    COMMISSION = "commission"
    VOTER = "voter"
    CANDIDATE = "candidate"
    PARTY = "party"
    REPRESENTATIVE = "representative"  # of a candidate or party
    SOMEBODY_ELSE = "somebody_else"


class Offender(StrEnum):
    """Whose abuse it is."""

    CONTESTANT = "contestant"
    REPRESENTATIVE = "representative"  # of a candidate or party
    MASS_MEDIA = "mass_media"
    SOMEBODY_ELSE = "somebody_else"


@dataclass(frozen=True, slots=True)
class AbuseApplication:
    """An application to stop unlawful campaigning and hold the offender liable, with the norm that was broken."""

    applicant: Applicant
    offender: Offender
    norm: NormId


@applies("L28.4.a")
def abuse_application(application: AbuseApplication, _edition: Edition) -> Outcome[bool]:
    """Whether somebody may ask law enforcement or a court to stop unlawful campaigning by Article 28, paragraph 4.

    Paragraph 5, which it refers to, names the breaches of Articles 22 to 28.
    """
    findings: list[Finding] = []
    if application.applicant is Applicant.SOMEBODY_ELSE:
        findings.append(Finding("L28.4.a", "applicant_not_named", Severity.ERROR, fields=("applicant",)))
    if application.offender is Offender.SOMEBODY_ELSE:
        findings.append(Finding("L28.4.a", "offender_not_named", Severity.ERROR, fields=("offender",)))
    facts: dict[str, Fact] = {"norm": application.norm}
    if not _is_of_campaigning(application.norm):
        findings.append(Finding("L28.4.a", "abuse_of_other_rules", Severity.ERROR, facts, ("norm",)))
    steps = () if findings else (Step("L28.4.a", "may_apply_against_abuse", facts),)
    return Outcome(not findings, steps, tuple(findings))
