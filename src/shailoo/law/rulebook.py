"""The rules that can be asked by name: what facts each takes, which norms it carries out, and its answer as JSON.

`rule("fund")` loads only the module of that rule. A rule is a pure function `decide(facts, edition) -> Outcome`; its
first parameter's class is the form of its facts (`law.facts`), or it has a form of its own (`law.forms`). The names are
a contract (docs/contracts.md).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from inspect import getdoc
from types import MappingProxyType
from typing import Any, TypeVar, get_type_hints

from shailoo.law import facts
from shailoo.law.editions import Edition
from shailoo.law.facts import Json
from shailoo.law.json_reader import Faulty
from shailoo.law.outcome import RULES, Finding, NormId, Outcome, Step

T = TypeVar("T")

WHERE: Mapping[str, str] = MappingProxyType(
    {
        # name -> module:function, in the order of the law
        "election-document": "shailoo.law.voters.documents:election_document",
        "public-service": "shailoo.law.voters.documents:public_service",
        "suffrage": "shailoo.law.voters.suffrage:suffrage",
        "election-day": "shailoo.law.voters.election_days:election_day",
        "commission-attendance": "shailoo.law.observation.commissions:attendance",
        "protocol-transfer": "shailoo.law.observation.commissions:transfer",
        "observer": "shailoo.law.observation.observers:observer",
        "observer-conduct": "shailoo.law.observation.conduct:observer_conduct",
        "accreditation-application": "shailoo.law.observation.accreditation:accreditation",
        "accreditation-revocation": "shailoo.law.observation.revocation:revocation",
        "media-accreditation": "shailoo.law.observation.media:media",
        "commission-system": "shailoo.law.observation.commissions:system",
        "sitting-notice": "shailoo.law.sittings.quorum:notice",
        "sitting-quorum": "shailoo.law.sittings.quorum:quorum",
        "sitting-majority": "shailoo.law.sittings.majority:majority",
        "sitting-proposal": "shailoo.law.sittings.agenda:proposal",
        "precinct": "shailoo.law.voters.precincts:precinct",
        "list-entry": "shailoo.law.voters.entries:entry",
        "institution-report": "shailoo.law.voters.institutions:institution_report",
        "mission-report": "shailoo.law.voters.institutions:mission_report",
        "voter-list": "shailoo.law.voters.papers:voter_list",
        "lists-complete": "shailoo.law.voters.papers:lists_of_stage",
        "list-posting": "shailoo.law.voters.posting:posting",
        "list-application": "shailoo.law.voters.applications:list_application",
        "representative": "shailoo.law.observation.representatives:representative",
        "representative-conduct": "shailoo.law.observation.conduct:representative_conduct",
        "role-conflicts": "shailoo.law.observation.conflicts:role_conflicts",
        "candidate-status": "shailoo.law.nomination.status:status",
        "office-advantage": "shailoo.law.nomination.office_advantage:advantage",
        "candidate-office": "shailoo.law.nomination.office:office",
        "candidate-protection": "shailoo.law.nomination.protection:protection",
        "campaigning": "shailoo.law.campaign.campaigning:campaigning",
        "poll": "shailoo.law.campaign.polls:poll",
        "media-outlet": "shailoo.law.campaign.outlets:media_outlet",
        "air-time": "shailoo.law.campaign.air_time:air_time",
        "paid-media": "shailoo.law.campaign.paid_media:paid_media",
        "print-space": "shailoo.law.campaign.print_space:print_space",
        "campaign-meeting": "shailoo.law.campaign.meetings:campaign_meeting",
        "campaign-material": "shailoo.law.campaign.materials:campaign_material",
        "posting-places": "shailoo.law.campaign.posting:posting_places",
        "voter-benefit": "shailoo.law.campaign.benefits:voter_benefit",
        "disclaimer": "shailoo.law.campaign.disclaimers:disclaimer",
        "abuse-application": "shailoo.law.campaign.measures:abuse_application",
        "campaign-warning": "shailoo.law.campaign.measures:campaign_warning",
        "voting-premises": "shailoo.law.campaign.premises:voting_premises",
        "calling": "shailoo.law.calendar.calling:check_calling",
        "ballot-quantity": "shailoo.law.voters.ballots:ballot_quantity",
        "ballot-paper": "shailoo.law.voters.ballot_paper:ballot_paper",
        "ballot-printing": "shailoo.law.voters.ballots:ballot_printing",
        "ballot-handover": "shailoo.law.voters.ballots:ballot_handover",
        "ballot-crossing-out": "shailoo.law.voters.ballot_paper:crossing_out",
        "ballot-custody": "shailoo.law.voters.custody:ballot_custody",
        "voting-notice": "shailoo.law.voters.election_days:voting_notice",
        "station-opening": "shailoo.law.voters.opening:station_opening",
        "identification": "shailoo.law.voters.identification:identification",
        "ballot-replacement": "shailoo.law.voters.assistance:ballot_replacement",
        "assistance": "shailoo.law.voters.assistance:assistance",
        "near-box": "shailoo.law.voters.order:near_box",
        "presiding": "shailoo.law.voters.order:presiding",
        "police-call": "shailoo.law.voters.order:police_call",
        "removal": "shailoo.law.voters.order:removal",
        "scanner-failure": "shailoo.law.voters.order:scanner_failure",
        "mobile-voting": "shailoo.law.voters.mobile:mobile_voting",
        "mobile-organization": "shailoo.law.voters.mobile_organization:mobile_organization",
        "publication": "shailoo.law.complaints.publication:follow",
        "results-request": "shailoo.law.complaints.publication:answer",
        "election-payment": "shailoo.law.complaints.financing:screen",
        "fund-account": "shailoo.law.finance.account:inspect",
        "fund": "shailoo.law.finance.funds:review",
        "donation": "shailoo.law.finance.donors:screen",
        "debtors-money": "shailoo.law.finance.debtors:follow",
        "spending": "shailoo.law.finance.spending:permit",
        "support": "shailoo.law.finance.support:weigh",
        "bank-report": "shailoo.law.finance.reports:review_bank",
        "fund-report": "shailoo.law.finance.reports:judge",
        "audit-group": "shailoo.law.finance.audit:compose",
        "audit-request": "shailoo.law.finance.audit:request",
        "working-day": "shailoo.law.complaints.breach:works",
        "breach-report": "shailoo.law.complaints.breach:review",
        "complaint": "shailoo.law.complaints.complaint:review",
        "complaint-chain": "shailoo.law.complaints.chain:longest",
        "complaint-decision": "shailoo.law.complaints.decision:weigh",
        "liability": "shailoo.law.complaints.liability:report",
        "deposit": "shailoo.law.finance.deposits:settle",
        "cancellation": "shailoo.law.registration.cancellation:cancellation",
        "elected-president": "shailoo.law.registration.elected_president:elected_president",
        "president": "shailoo.law.forms:FORMS",
        "protocol": "shailoo.law.forms:FORMS",
        "nomination": "shailoo.law.nomination.nominating:nominate",
        "candidate": "shailoo.law.nomination.candidate:eligible",
        "signature-sheet": "shailoo.law.nomination.signature_sheet:count_sheet",
        "signatures": "shailoo.law.nomination.signatures:support",
        "term-of-office": "shailoo.law.nomination.term_of_office:term_of_office",
        "inauguration": "shailoo.law.complaints.inauguration:enter_office",
        "list-composition": "shailoo.law.nomination.list_composition:compose",
        "list-change": "shailoo.law.nomination.list_change:change",
        "participation-notice": "shailoo.law.nomination.participation:notice",
        "registration": "shailoo.law.registration.admission:decide",
        "cure": "shailoo.law.registration.cure:cure",
        "registration-refusal": "shailoo.law.registration.refusal:refusal",
        "registration-follow-up": "shailoo.law.registration.follow_up:follow_up",
        "postponement": "shailoo.law.registration.postponement:postponement",
        "withdrawal": "shailoo.law.registration.withdrawal:withdrawal",
        "seats": "shailoo.law.forms:FORMS",
        "leaving-list": "shailoo.law.registration.leaving:leaving",
        "mandate-award": "shailoo.law.registration.mandate_award:award",
        "mandate-end": "shailoo.law.registration.mandate_end:mandate_end",
        "vacancy": "shailoo.law.registration.succession:succession",
    }
)


@dataclass(frozen=True, slots=True)
class NamedRule:
    """A rule by its name: a sentence on what it decides, the schema of its facts, and its answer for a document.

    `ask` gives the outcome for the facts of a JSON document, or every fault of the document. `place` is the dotted name
    of the function that decides.
    """

    name: str
    summary: str
    place: str
    schema: Callable[[], dict[str, Json]]
    ask: Callable[[str, Edition], Outcome[Any] | Faulty]  # Any: each rule has a value of its own

    @property
    def norms(self) -> tuple[NormId, ...]:
        """The norms that the rule carries out; where it only puts its parts together, those of its module."""
        own = tuple(norm for norm, places in RULES.items() if self.place in places)
        module = f"{self.place.rpartition('.')[0]}."
        return own or tuple(norm for norm, places in RULES.items() if any(each.startswith(module) for each in places))


def rules() -> tuple[NamedRule, ...]:
    """Every rule of the book, in the order of the law."""
    return tuple(rule(name) for name in WHERE)


def rule(name: str) -> NamedRule:
    """The rule of that name. Raises KeyError naming the known ones."""
    if name not in WHERE:
        raise KeyError(f"there is no rule {name!r}; the rules are {', '.join(WHERE)}")
    place, _colon, function = WHERE[name].partition(":")
    found = getattr(import_module(place), function)
    if isinstance(found, Mapping):  # the rules whose documents have a contract of their own
        form = found[name]
        return NamedRule(name, form.summary, form.decided_by, form.schema, form.ask)
    kind = next(hint for key, hint in get_type_hints(found).items() if key != "return")
    summary = (getdoc(found) or "").partition("\n")[0]
    place = f"{found.__module__}.{found.__qualname__}"
    return NamedRule(name, summary, place, partial(facts.schema, kind), partial(_asked, kind, found))


def _asked(
    kind: type[T], decide: Callable[[T, Edition], Outcome[Any]], text: str, edition: Edition
) -> Outcome[Any] | Faulty:
    given = facts.read(kind, text)
    return given if isinstance(given, Faulty) else decide(given, edition)


def printed(found: Outcome[Any], edition: Edition) -> dict[str, Json]:
    """An outcome as JSON; codes as they are, the words belong to the faces."""
    unsettled = found.unsettled
    return {
        "edition": edition.id,
        "value": facts.as_json(found.value),
        "findings": [_finding(each) for each in found.findings],
        "grounds": list(found.grounds),
        "steps": [_step(each) for each in found.steps],
        "unsettled": None
        if unsettled is None
        else {
            "question": unsettled.question,
            "norms": list(unsettled.norms),
            "options": list(unsettled.options),
        },
    }


def _finding(each: Finding) -> dict[str, Json]:
    return {
        "norm": each.norm,
        "code": each.code,
        "severity": str(each.severity),
        "facts": facts.as_json(each.facts),
        "fields": list(each.fields),
    }


def _step(each: Step) -> dict[str, Json]:
    return {"norm": each.norm, "code": each.code, "facts": facts.as_json(each.facts)}
