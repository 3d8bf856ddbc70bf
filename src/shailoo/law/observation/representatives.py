"""Representatives of candidates and parties: in commissions (Art. 17, 18), authorized and financial (19), proxies (20).

One rule for the four kinds: who appoints, who may be appointed, with which papers, how many, from when until when.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.calendar import Entry, Kind, Occasion, event, when
from shailoo.law.editions import Edition
from shailoo.law.editions.chapters.observation import FinancialRepresentativeTerm, RepresentativesDuringComplaint
from shailoo.law.observation.conduct import RepresentativeKind
from shailoo.law.observation.conflicts import conflicts
from shailoo.law.observation.exclusions import exclusions
from shailoo.law.observation.people import Mandate, Person, requirements
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, applies


class PrincipalKind(StrEnum):
    """For whom a representative acts."""

    CANDIDATE = "candidate"  # for President
    LIST_CANDIDATE = "list_candidate"  # one of those on a party's list
    PARTY = "party"  # with a list


class RepresentativePaper(StrEnum):
    """What is handed in: papers, and the entries that they must show."""

    IDENTITY_DOCUMENT = "identity_document"
    JOB_OR_OCCUPATION = "job_or_occupation"  # full-time job and post, or the occupation where there is none
    PERMANENT_ADDRESS = "permanent_address"
    CONTACTS = "contacts"  # for authorized representatives the telephone number
    SCOPE_OF_POWERS = "scope_of_powers"
    LAST_NAME = "last_name"
    FIRST_NAME = "first_name"
    PATRONYMIC = "patronymic"  # or the entry that there is none
    DATE_OF_BIRTH = "date_of_birth"
    PASSPORT_NUMBER = "passport_number"
    PASSPORT_DATE = "passport_date"
    CONSENT = "consent"  # written, to act
    SIGNATURE_RIGHT = "signature_right"  # the right to sign financial documents
    PRINCIPALS_PROPOSAL = "principals_proposal"  # a candidate's application, or a party's recommendation
    OWN_APPLICATION = "own_application"  # of the citizen who wants to be the proxy


_P = RepresentativePaper
_AUTHORIZED: Mapping[RepresentativePaper, NormId] = MappingProxyType(
    {
        _P.SCOPE_OF_POWERS: "L19.3.a1",
        _P.LAST_NAME: "L19.3.a1",
        _P.FIRST_NAME: "L19.3.a1",
        _P.PATRONYMIC: "L19.3.a1",
        _P.DATE_OF_BIRTH: "L19.3.a1",
        _P.PASSPORT_NUMBER: "L19.3.a1",
        _P.PASSPORT_DATE: "L19.3.a1",
        _P.PERMANENT_ADDRESS: "L19.3.a1",
        _P.JOB_OR_OCCUPATION: "L19.3.a1",
        _P.CONTACTS: "L19.3.a1",
        _P.CONSENT: "L19.3.a3",
    }
)

PAPERS: Mapping[RepresentativeKind, Mapping[RepresentativePaper, NormId]] = MappingProxyType(
    {
        RepresentativeKind.COMMISSION: {
            _P.IDENTITY_DOCUMENT: "L17.1.a2",
            _P.JOB_OR_OCCUPATION: "L17.1.a2",
            _P.PERMANENT_ADDRESS: "L17.1.a2",
            _P.CONTACTS: "L17.1.a2",
        },
        RepresentativeKind.AUTHORIZED: _AUTHORIZED,
        RepresentativeKind.FINANCIAL: {**_AUTHORIZED, _P.SIGNATURE_RIGHT: "L19.3.a2"},
        RepresentativeKind.PROXY: {_P.PRINCIPALS_PROPOSAL: "L20.2.a1", _P.OWN_APPLICATION: "L20.2.a1"},
    }
)
"""Kind -> the papers and entries that are asked for, each with its norm."""

_MAY_APPOINT: Mapping[RepresentativeKind, NormId] = MappingProxyType(
    {
        RepresentativeKind.COMMISSION: "L17.1.a1",
        RepresentativeKind.AUTHORIZED: "L19.1",
        RepresentativeKind.FINANCIAL: "L19.1",
        RepresentativeKind.PROXY: "L20.1",
    }
)
_STARTS: Mapping[RepresentativeKind, tuple[NormId, ...]] = MappingProxyType(
    {
        RepresentativeKind.COMMISSION: ("L17.2",),
        RepresentativeKind.AUTHORIZED: ("L19.5", "L19.9.a1"),
        RepresentativeKind.FINANCIAL: ("L19.5", "L19.9.a1"),
        RepresentativeKind.PROXY: ("L20.2.a2",),
    }
)
_CERTIFICATE: Mapping[RepresentativeKind, NormId] = MappingProxyType(
    {
        RepresentativeKind.COMMISSION: "L17.7",
        RepresentativeKind.AUTHORIZED: "L19.4.a1",
        RepresentativeKind.FINANCIAL: "L19.4.a1",
        RepresentativeKind.PROXY: "L20.2.a2",
    }
)
_RECALL: Mapping[RepresentativeKind, NormId] = MappingProxyType(
    {
        RepresentativeKind.COMMISSION: "L18.3.a1",
        RepresentativeKind.AUTHORIZED: "L19.8",
        RepresentativeKind.FINANCIAL: "L19.8",
        RepresentativeKind.PROXY: "L20.7.a1",
    }
)


@dataclass(frozen=True, slots=True)
class Principal:
    """Who appoints, with the local days of nomination, of registration and of the loss of the status.

    A status is lost by withdrawal or cancelled registration; that of a party when the last of its candidates lost it.
    None: it has not happened.
    """

    kind: PrincipalKind
    nominated_on: date | None = None
    registered_on: date | None = None
    status_lost_on: date | None = None


@dataclass(frozen=True, slots=True)
class Election:
    """The election: its kind, its day, the day of its calling, the official publication of results."""

    kind: Kind
    election_day: date
    calling: date | None = None
    results_published: date | None = None

    def term(self, name: str, edition: Edition, anchor: str, day: date) -> Entry | None:
        """The event `name` with its anchor on `day`; None where elections of this kind do not know it."""
        if self.kind not in event(name).kinds:
            return None
        return when(name, Occasion(self.kind, self.election_day, self.calling).knowing(**{anchor: day}), edition)


@dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint of a candidate or a party against election results; `decided_on`: the final decision, None before."""

    by_own_principal: bool
    decided_on: date | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """What ends the powers early, on local days.

    `recalled_on` is the day of the principal's notice or decision. A proxy resigns by handing back the certificate and
    telling the principal: it takes both.
    """

    recalled_on: date | None = None
    certificate_returned_on: date | None = None
    principal_told_on: date | None = None

    @property
    def resigned_on(self) -> date | None:
        """A proxy has resigned once both are done."""
        if self.certificate_returned_on is None or self.principal_told_on is None:
            return None
        return max(self.certificate_returned_on, self.principal_told_on)


@dataclass(frozen=True, slots=True)
class Appointment:
    """A representative on the local day `on`.

    `papers_complete_on` is the day on which the last required paper came in, `registered_on` that of the registration
    (of the refusal where `refused`), None before it; `certificate_number` is given with it. `others_of_principal`
    counts the other representatives of the same principal in this commission now, `other_commissions` the other
    commissions in which this person is a representative now.
    """

    kind: RepresentativeKind
    election: Election
    principal: Principal
    person: Person
    on: date
    papers: frozenset[RepresentativePaper] = frozenset()
    papers_complete_on: date | None = None
    registered_on: date | None = None
    refused: bool = False
    refusal_reasons: tuple[str, ...] = ()
    certificate_number: str | None = None
    others_of_principal: int = 0
    other_commissions: int = 0
    ending: Ending = field(default_factory=Ending)
    complaints: tuple[Complaint, ...] = ()

    @property
    def mandate(self) -> Mandate:
        return Mandate(self.kind.value)


@dataclass(frozen=True, slots=True)
class RepresentativeStanding:
    """Whether the person can be such a representative, and has the powers on the day asked.

    `since` and `until` are the first and last local day of the term; `until` is None while it is not known.
    `answer_due` is the last day for the Commission's answer, None where the law sets none or papers are missing.
    """

    admissible: bool
    active: bool
    since: date | None
    until: date | None
    answer_due: date | None


@applies(
    "L17.1.a1", "L17.1.a2", "L17.2", "L17.5", "L17.7", "L18.3.a1", "L18.3.a2", "L18.4", "L18.5", "L18.6",
    "L19.1", "L19.3.a1", "L19.3.a2", "L19.3.a3", "L19.4.a1", "L19.4.a2", "L19.5", "L19.8", "L19.9.a1", "L19.9.a2",
    "L19.9.a3", "L20.1", "L20.2.a1", "L20.2.a2", "L20.7.a1", "L20.7.a2", "L20.7.a3", "L20.8",
)  # fmt: skip
def representative(facts: Appointment, edition: Edition) -> Outcome[RepresentativeStanding]:
    """Whether a person may represent a candidate or a party: appointer, person, papers, number, registration, term.

    The day examined is that of the registration where there is one.
    """
    day = facts.registered_on or facts.on
    found: list[Step | Finding] = [
        *_principal(facts),
        *requirements(facts.mandate, facts.person, day, edition),
        *exclusions(facts.mandate, facts.person, edition),
        *conflicts(facts.mandate, facts.person.mandates),
        *_papers(facts),
        *_numbers(facts, edition),
    ]
    admissible = not any(isinstance(each, Finding) and each.severity is Severity.ERROR for each in found)
    due, answered = _answer(facts, edition)
    until, ends = _until(facts, edition)
    found += [*answered, *ends, *_refusal(facts, found)]
    started = facts.registered_on is not None and not facts.refused and facts.registered_on <= facts.on
    active = admissible and started and (until is None or facts.on <= until)
    since = None if facts.refused else facts.registered_on
    steps = tuple(each for each in found if isinstance(each, Step))
    findings = tuple(each for each in found if isinstance(each, Finding))
    return Outcome(RepresentativeStanding(admissible, active, since, until, due), steps, findings)


# ------------------------------------------------------------------------------------- who appoints, papers, numbers


def _principal(facts: Appointment) -> Iterator[Step | Finding]:
    """In a commission after registration only, and by the party where there is a list; others from nomination."""
    norm = _MAY_APPOINT[facts.kind]
    named = {"mandate": facts.kind.value, "appointed_by": facts.principal.kind.value}
    if facts.kind is RepresentativeKind.COMMISSION:
        day = facts.registered_on or facts.on
        if facts.principal.kind is PrincipalKind.LIST_CANDIDATE:
            yield Finding(norm, "representative_sent_by_party_alone", Severity.ERROR, fields=("principal.kind",))
        elif facts.principal.registered_on is None or day < facts.principal.registered_on:
            where = ("principal.registered_on",)
            yield Finding(norm, "representative_before_registration", Severity.ERROR, named, where)
        else:
            yield Step(norm, "representative_principal_may_appoint", named)
    elif facts.principal.nominated_on is None and facts.principal.registered_on is None:
        where = ("principal.nominated_on",)
        yield Finding(norm, "representative_before_nomination", Severity.ERROR, named, where)
    else:
        yield Step(norm, "representative_number_is_free", named)


def _papers(facts: Appointment) -> Iterator[Step | Finding]:
    asked = PAPERS[facts.kind]
    for paper, norm in asked.items():
        if paper not in facts.papers:
            named = {"mandate": facts.kind.value, "mandate_paper": paper.value}
            yield Finding(norm, "representative_paper_missing", Severity.ERROR, named, ("papers",))
    if facts.papers >= asked.keys():
        norm = next(iter(asked.values()))
        yield Step(norm, "representative_papers_complete", {"papers": len(asked)})


def _numbers(facts: Appointment, edition: Edition) -> Iterator[Step | Finding]:
    if facts.kind is not RepresentativeKind.COMMISSION:
        return
    named = {"others": facts.others_of_principal, "limit": edition.representatives_per_commission}
    if facts.others_of_principal >= edition.representatives_per_commission:
        yield Finding("L17.1.a1", "representative_already_there", Severity.ERROR, named, ("others_of_principal",))
    else:
        yield Step("L17.1.a1", "representative_place_is_free", named)
    if facts.other_commissions >= edition.commissions_per_representative:
        held = {"others": facts.other_commissions, "limit": edition.commissions_per_representative}
        where = ("other_commissions",)
        yield Finding("L17.5", "representative_of_another_commission", Severity.ERROR, held, where)


# ------------------------------------------------------------------------------------- registration


def _answer(facts: Appointment, edition: Edition) -> tuple[date | None, list[Step | Finding]]:
    """The last day for the Commission's answer and whether it was kept; the certificate that goes with registration."""
    found: list[Step | Finding] = []
    due = None
    if facts.kind in (RepresentativeKind.AUTHORIZED, RepresentativeKind.FINANCIAL):
        due, found = _two_days(facts, edition)
    if facts.registered_on is None or facts.refused:
        return due, found
    if facts.certificate_number is None:
        norm = _CERTIFICATE[facts.kind]
        found.append(
            Finding(norm, "representative_without_certificate", Severity.ERROR, fields=("certificate_number",))
        )
    else:
        named: dict[str, Fact] = {"since": facts.registered_on, "certificate": facts.certificate_number}
        found += [Step(norm, "representative_since", named) for norm in _STARTS[facts.kind]]
    return due, found


def _two_days(facts: Appointment, edition: Edition) -> tuple[date | None, list[Step | Finding]]:
    """L19.4.a1: the clock starts when all required papers are in."""
    if facts.papers_complete_on is None or not facts.papers >= PAPERS[facts.kind].keys():
        return None, [Step("L19.4.a1", "representative_answer_waits_for_papers")]
    anchor = "representative_documents_receipt"
    entry = facts.election.term("representative_registered", edition, anchor, facts.papers_complete_on)
    if entry is None or entry.last is None:
        return None, []
    named = {"complete": facts.papers_complete_on, "last": entry.last}
    if (facts.registered_on or facts.on) > entry.last:
        return entry.last, [
            Finding("L19.4.a1", "representative_answer_late", Severity.WARNING, named, ("registered_on",))
        ]
    return entry.last, [Step("L19.4.a1", "representative_answer_due", named)]


def _refusal(facts: Appointment, found: list[Step | Finding]) -> Iterator[Step | Finding]:
    """A refusal rests on reasons, and the reasons on a breach of Art. 19 (L19.4.a2)."""
    if not facts.refused or facts.kind not in (RepresentativeKind.AUTHORIZED, RepresentativeKind.FINANCIAL):
        return
    breaches = [each for each in found if isinstance(each, Finding) and each.severity is Severity.ERROR]
    if not facts.refusal_reasons:
        yield Finding("L19.4.a2", "representative_refusal_without_reasons", Severity.ERROR, fields=("refusal_reasons",))
    if breaches:
        yield Step("L19.4.a2", "representative_refusal_has_ground", {"grounds": len(breaches)})
    else:
        yield Finding("L19.4.a2", "representative_refusal_without_ground", Severity.ERROR, fields=("refused",))


# ------------------------------------------------------------------------------------- term


def _until(facts: Appointment, edition: Edition) -> tuple[date | None, list[Step | Finding]]:
    """The last day of the powers, the earliest of all that end them, with a step for each."""
    steps = [*_early(facts), *_ends(facts, edition)]
    days = [day for each in steps if isinstance(day := each.facts.get("until"), date)]
    return (min(days) if days else None), list(steps)


def _early(facts: Appointment) -> Iterator[Step]:
    recalled, resigned = facts.ending.recalled_on, facts.ending.resigned_on
    if recalled is not None:
        yield Step(_RECALL[facts.kind], "representative_recalled", {"until": recalled})
    if recalled is not None and facts.kind is RepresentativeKind.COMMISSION:
        yield Step("L18.3.a2", "representative_can_be_replaced")
    if facts.kind is RepresentativeKind.PROXY:
        if recalled is not None:
            yield Step("L20.7.a2", "proxy_certificate_annulled", {"until": recalled})
        if resigned is not None:
            yield Step("L20.7.a3", "proxy_resigned", {"until": resigned})
        elif facts.ending.certificate_returned_on or facts.ending.principal_told_on:
            yield Step("L20.7.a3", "proxy_resignation_incomplete")


def _ends(facts: Appointment, edition: Edition) -> Iterator[Step]:
    lost, published = facts.principal.status_lost_on, facts.election.results_published
    match facts.kind:
        case RepresentativeKind.COMMISSION:
            if lost is not None:
                yield Step("L18.4", "representative_ends_with_registration", {"until": lost})
            yield from _commission_term(facts, edition)
        case RepresentativeKind.AUTHORIZED:
            if lost is not None:
                yield Step("L19.9.a2", "representative_ends_with_status", {"until": lost})
            if published is not None:
                yield Step("L19.9.a2", "representative_ends_with_publication", {"until": published})
        case RepresentativeKind.FINANCIAL:
            if (
                lost is not None
                and edition.financial_representative_term is FinancialRepresentativeTerm.ENDS_WITH_STATUS
            ):
                yield Step("L19.9.a2", "representative_ends_with_status", {"until": lost})
            yield from _financial_term(facts, edition)
        case RepresentativeKind.PROXY:
            if lost is not None:
                yield Step("L20.8", "representative_ends_with_status", {"until": lost})


def _commission_term(facts: Appointment, edition: Edition) -> Iterator[Step]:
    """Publication of results, or the last final decision on a complaint against them (`L18.6`)."""
    published = facts.election.results_published
    everybody = edition.representatives_during_complaint is RepresentativesDuringComplaint.ALL
    against = [each for each in facts.complaints if everybody or each.by_own_principal]
    if any(each.decided_on is None for each in against):
        yield Step("L18.6", "representative_stays_for_complaint", {"complaints": len(against)})
    elif published is not None:
        decisions = [each.decided_on for each in against if each.decided_on is not None]
        last = max([published, *decisions])
        if last > published:
            yield Step("L18.6", "representative_ends_with_decision", {"until": last})
        else:
            yield Step("L18.5", "representative_ends_with_publication", {"until": last})


def _financial_term(facts: Appointment, edition: Edition) -> Iterator[Step]:
    published = facts.election.results_published
    if published is None:
        return
    anchor = "announcement_of_results"
    entry = facts.election.term("financial_representative_powers_end", edition, anchor, published)
    if entry is not None and entry.last is not None:
        named = {"published": published, "until": entry.last}
        yield Step("L19.9.a3", "financial_representative_ends_after_publication", named)
