"""Who complains, about whom, to whom and about what: the closed sets of Articles 43 to 45, each tied to its norm."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.outcome import NormId


class Complainant(StrEnum):
    """Who complains, by the role in this election."""

    VOTER = "voter"
    CANDIDATE = "candidate"
    PARTY = "party"  # one that nominated a list
    OTHER_PARTY = "other_party"  # one that takes no part with a list
    NGO = "ngo"
    REPRESENTATIVE = "representative"  # of a candidate or of a party with a list
    OTHER_REPRESENTATIVE = "other_representative"  # of a voter, an NGO or a party without a list
    OBSERVER = "observer"  # assigned by a candidate or a party
    CITIZEN_OBSERVER = "citizen_observer"  # accredited for an NGO
    INTERNATIONAL_OBSERVER = "international_observer"
    MEDIA = "media"
    OTHER = "other"


class Body(StrEnum):
    """Whose act it is, or who receives the complaint. A commission's officials count as the commission."""

    PEC = "pec"
    PEC_ABROAD = "pec_abroad"
    TEC = "tec"
    CEC = "cec"
    COURT = "court"  # of first instance
    SUPREME_COURT = "supreme_court"
    PROSECUTOR = "prosecutor"
    LAW_ENFORCEMENT = "law_enforcement"


class Subject(StrEnum):
    """What the complaint is about; each has a filing term of its own."""

    ACT = "act"  # a decision, act or omission that is no other one here
    RESULTS = "results"  # voting results or election results
    COMPLAINT_DECISION = "complaint_decision"  # what a lower body decided on a complaint
    RESULTS_COMPLAINT_DECISION = "results_complaint_decision"  # the same, on a complaint about results
    CANDIDATE_REFUSAL = "candidate_refusal"  # refusal to register a candidate for President
    LIST_REFUSAL = "list_refusal"  # refusal to register a list


ON_RESULTS = frozenset({Subject.RESULTS, Subject.RESULTS_COMPLAINT_DECISION})
APPEALS = frozenset({Subject.COMPLAINT_DECISION, Subject.RESULTS_COMPLAINT_DECISION})
COURTS = frozenset({Body.COURT, Body.SUPREME_COURT})

# L44.2 names voters, candidates, parties, NGOs, their representatives and observers; L43.4.e names the same ones.
MAY_COMPLAIN = frozenset(
    {
        Complainant.VOTER,
        Complainant.CANDIDATE,
        Complainant.PARTY,
        Complainant.OTHER_PARTY,
        Complainant.NGO,
        Complainant.REPRESENTATIVE,
        Complainant.OTHER_REPRESENTATIVE,
        Complainant.OBSERVER,
    }
)
# L45.1 leaves out voters and NGOs.
MAY_COMPLAIN_ON_RESULTS = frozenset(
    {Complainant.CANDIDATE, Complainant.PARTY, Complainant.REPRESENTATIVE, Complainant.OBSERVER}
)

ACTS_GO_TO: Mapping[Body, tuple[Body, NormId]] = MappingProxyType(
    {
        Body.PEC: (Body.TEC, "L44.4"),
        Body.TEC: (Body.CEC, "L44.5"),
        Body.CEC: (Body.COURT, "L44.6.a"),
        Body.COURT: (Body.SUPREME_COURT, "L44.6.b"),
    }
)
RESULTS_GO_TO: Mapping[Body, tuple[Body, NormId]] = MappingProxyType(
    {
        Body.PEC: (Body.TEC, "L45.2.a"),
        Body.TEC: (Body.CEC, "L45.2.b"),
        Body.CEC: (Body.COURT, "L45.2.c"),
        Body.COURT: (Body.SUPREME_COURT, "L45.2.d"),
    }
)
REFUSALS: Mapping[Subject, NormId] = MappingProxyType(
    {Subject.CANDIDATE_REFUSAL: "L53.8.b", Subject.LIST_REFUSAL: "L61.9"}
)
