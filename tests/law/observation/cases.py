"""Persons, observers, applications and representatives in order, that the tests of this chapter depart from."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from shailoo.law.calendar import BISHKEK, Kind
from shailoo.law.editions import edition
from shailoo.law.observation.accreditation import (
    Application,
    ApplicationPaper,
    Delegate,
    Form,
    Invitation,
    InvitingBody,
    Organization,
)
from shailoo.law.observation.conduct import RepresentativeKind
from shailoo.law.observation.observers import PAPERS, Level, ObserverKind, Observing, Sender
from shailoo.law.observation.people import Citizenship, Person
from shailoo.law.observation.representatives import PAPERS as REPRESENTATIVE_PAPERS
from shailoo.law.observation.representatives import Appointment, Election, Principal, PrincipalKind
from shailoo.law.outcome import Outcome, Severity

LAW = edition("2017-06-05")
ELECTION_DAY = date(2020, 10, 4)
CALLING = date(2020, 7, 3)
PUBLISHED = date(2020, 10, 24)

CITIZEN = Person(
    citizenship=Citizenship.KYRGYZ,
    born=date(1980, 5, 1),
    has_right_to_vote=True,
    lives_permanently_in_country=True,
    has_uncancelled_conviction=False,
)
FOREIGNER = Person(citizenship=Citizenship.FOREIGN)

OBSERVER = Observing(
    kind=ObserverKind.OBSERVER,
    person=CITIZEN,
    sender=Sender.PARTY_WITH_LIST,
    commission=Level.PEC,
    on=ELECTION_DAY,
    papers=frozenset(PAPERS[ObserverKind.OBSERVER]),
    names_agree=True,
    sender_registered=True,
    since=date(2020, 10, 1),
)
CITIZEN_OBSERVER = Observing(
    kind=ObserverKind.CITIZEN,
    person=CITIZEN,
    sender=Sender.NGO,
    commission=Level.PEC,
    on=ELECTION_DAY,
    papers=frozenset(PAPERS[ObserverKind.CITIZEN]),
    names_agree=True,
    since=date(2020, 9, 20),
    accreditation_rules=True,
)
INTERNATIONAL = Observing(
    kind=ObserverKind.INTERNATIONAL,
    person=FOREIGNER,
    sender=Sender.INTERNATIONAL_ORGANIZATION,
    commission=Level.PEC,
    on=ELECTION_DAY,
    papers=frozenset(PAPERS[ObserverKind.INTERNATIONAL]),
    names_agree=True,
    since=date(2020, 9, 25),
)

INVITATION = Invitation(
    InvitingBody.CEC,
    sent_at=datetime(2020, 7, 20, 10, tzinfo=BISHKEK),
    calling_published=datetime(2020, 7, 3, 12, tzinfo=BISHKEK),
)
APPLICATION = Application(
    kind=Kind.JK,
    election_day=ELECTION_DAY,
    calling=CALLING,
    organization=Organization.INTERNATIONAL_ELECTION_ORGANIZATION,
    form=Form.MISSION,
    invitation=INVITATION,
    filed_at=datetime(2020, 9, 1, 10, tzinfo=BISHKEK),
    delegates=(Delegate("A. Berg", Citizenship.FOREIGN), Delegate("C. Dahl", Citizenship.FOREIGN)),
    papers=frozenset(ApplicationPaper),
    decree_at=datetime(2020, 9, 10, 15, tzinfo=BISHKEK),
)

ELECTION = Election(Kind.JK, ELECTION_DAY, CALLING)
PARTY = Principal(PrincipalKind.PARTY, nominated_on=date(2020, 8, 10), registered_on=date(2020, 9, 3))


def appointment(kind: RepresentativeKind, **changes: Any) -> Appointment:  # Any: whatever fields the class has
    """A representative of a registered party, registered on 4 September with every paper, as of election day."""
    given: dict[str, Any] = {
        "kind": kind,
        "election": ELECTION,
        "principal": PARTY,
        "person": CITIZEN,
        "on": ELECTION_DAY,
        "papers": frozenset(REPRESENTATIVE_PAPERS[kind]),
        "papers_complete_on": date(2020, 9, 3),
        "registered_on": date(2020, 9, 4),
        "certificate_number": "17",
    }
    return Appointment(**{**given, **changes})


def errors(found: Outcome[Any]) -> list[tuple[str, str]]:  # Any: outcomes of every rule
    """What stops the act: norm and code."""
    return [(each.norm, each.code) for each in found.findings if each.severity is Severity.ERROR]


def warnings(found: Outcome[Any]) -> list[tuple[str, str]]:  # Any: outcomes of every rule
    """What has to be explained: norm and code."""
    return [(each.norm, each.code) for each in found.findings if each.severity is Severity.WARNING]


def steps(found: Outcome[Any]) -> set[tuple[str, str]]:  # Any: outcomes of every rule
    """What was tested and passed, or computed: norm and code."""
    return {(each.norm, each.code) for each in found.steps}
