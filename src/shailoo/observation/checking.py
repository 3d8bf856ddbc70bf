"""What the law says of an application and of each person on it, asked in a number of queries that does not grow.

`findings_of` gathers what is known (dossiers, papers, what the same people are elsewhere in this election) and asks the
rules of `law.observation`; it decides nothing. The database is read once for all people of the application.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from shailoo.documents.sealed.actions import ErasedError
from shailoo.law.calendar import local_day
from shailoo.law.editions import Edition
from shailoo.law.observation import accreditation as abroad
from shailoo.law.observation.conduct import RepresentativeKind
from shailoo.law.observation.conflicts import between
from shailoo.law.observation.media import MediaRequest, media
from shailoo.law.observation.observers import Level, ObserverKind, ObserverPaper, Observing, observer
from shailoo.law.observation.observers import Sender as LawSender
from shailoo.law.observation.people import Citizenship, Mandate, Office, Person
from shailoo.law.observation.representatives import (
    Appointment,
    Principal,
    PrincipalKind,
    RepresentativePaper,
    representative,
)
from shailoo.law.observation.representatives import Election as LawElection
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity
from shailoo.observation import dossier
from shailoo.observation.elsewhere import Elsewhere, Surroundings
from shailoo.observation.intake.reading import COMMISSION_MEMBER, NORMS, STATELESS, born_wrongly
from shailoo.observation.models import Applicant, Application, Paper, Sender
from shailoo.observation.occasion import Scene, scene_of

HOME = "KG"
IDENTITY_COPY = abroad.ApplicationPaper.IDENTITY_COPIES.value
CERTIFICATE_NORMS: Mapping[str, NormId] = MappingProxyType(
    {
        Application.Kind.INTERNATIONAL: "R3.5",
        Application.Kind.CITIZEN: "L10-1.3.a1",
        Application.Kind.OBSERVER: "L9.2.a3",
        Application.Kind.REPRESENTATIVE: "L17.7",
        Application.Kind.MEDIA: "L11.1",
    }
)
"""By what a person gets a card, for which the photograph is needed."""
IDENTITY_NORMS: Mapping[str, NormId] = MappingProxyType(
    {
        Application.Kind.INTERNATIONAL: "R3.1.c",
        Application.Kind.CITIZEN: "L10-1.2.a3",
        Application.Kind.OBSERVER: "L9.2.a3",
        Application.Kind.REPRESENTATIVE: "L17.1.a2",
        Application.Kind.MEDIA: "L11.1",
    }
)
"""What asks for the document that shows who a person is."""
_ORGANIZATIONS: Mapping[str, abroad.Organization] = MappingProxyType(
    {
        "central_election_body": abroad.Organization.FOREIGN_ELECTORAL_BODY,
        "subnational_election_body": abroad.Organization.FOREIGN_ELECTORAL_BODY,
        "association_of_election_bodies": abroad.Organization.ELECTION_OFFICIALS_ASSOCIATION,
        "inter_parliamentary_body": abroad.Organization.OTHER_INTERNATIONAL,
    }
)
_INTERNATIONAL = frozenset({"international_organization", "international_organization_field_mission"})
_SPECIALIZED = frozenset({"electoral_legislation_and_elections", "human_rights"})
_SENDERS: Mapping[str, LawSender] = MappingProxyType(
    {
        Sender.Kind.CANDIDATE: LawSender.CANDIDATE,
        Sender.Kind.PARTY: LawSender.PARTY_WITH_LIST,
        Sender.Kind.NGO: LawSender.NGO,
        Sender.Kind.FOREIGN_ORGANIZATION: LawSender.FOREIGN_ORGANIZATION,
        Sender.Kind.INTERNATIONAL_ORGANIZATION: LawSender.INTERNATIONAL_ORGANIZATION,
        Sender.Kind.MEDIA: LawSender.NOBODY,
    }
)


@dataclass(frozen=True, slots=True)
class Known:
    """A person on an application with what is known of them: the dossier (None: erased), papers, other mandates."""

    applicant: Applicant
    data: dossier.Dossier | None
    papers: frozenset[str]
    elsewhere: Elsewhere

    @property
    def told(self) -> dossier.Dossier:
        return self.data or dossier.EMPTY


@dataclass(frozen=True, slots=True)
class Case:
    """An application with everything that its examination needs; the people are those who were not withdrawn."""

    application: Application
    scene: Scene
    at: datetime
    papers: frozenset[str]
    people: tuple[Known, ...]

    @property
    def kind(self) -> str:
        return self.application.kind

    @property
    def edition(self) -> Edition:
        return self.scene.election.edition

    @property
    def filed_at(self) -> datetime:
        """When the commission received it; of a draft the instant asked about."""
        return self.application.filed_at or self.at


def findings_of(application: Application, at: datetime) -> Mapping[int | None, Outcome[bool]]:
    """What the law says at the instant `at`: of each person by key, and of the application as a whole (None).

    The value of an outcome says that nothing found bars the person, or the whole. `findings` of a person are without
    the name; `named` puts it in.
    """
    case = gathered(application, at)
    found: dict[int | None, Outcome[bool]] = {None: _told(_whole(case))}
    found |= {known.applicant.pk: _told(told) for known, told in zip(case.people, _each(case), strict=True)}
    return found


def whole_of(application: Application, at: datetime) -> Outcome[bool]:
    """What the law says of the application without its people: invitation, organization, papers, term."""
    people = application.applicants.filter(withdrawal__isnull=True).exists()
    case = Case(application, scene_of(application.election), at, _papers_of(application), ())
    outcome = _told(_whole(case))
    left = tuple(each for each in outcome.findings if not (people and _of_people(each)))
    return replace(outcome, value=not _bars(left), findings=left)


def _of_people(found: Finding) -> bool:
    """Whether a finding about the whole only says that its people were not looked at."""
    empty = found.code in ("accreditation_list_empty", "application_names_nobody")
    return empty or found.facts.get("mandate_paper") == IDENTITY_COPY


def named(found: Finding, applicant: Applicant) -> Finding:
    """The finding with the person's name put in, for a page that may show it."""
    return replace(found, facts={**found.facts, "person": applicant.name})


def gathered(application: Application, at: datetime) -> Case:
    """Everything that is known of an application, in a number of queries that does not grow with its people."""
    people = list(
        application.applicants.filter(withdrawal__isnull=True).select_related("dossier", "commission").order_by("row")
    )
    papers: dict[int, set[str]] = {}
    held = Paper.objects.filter(application=application, applicant__isnull=False)
    for applicant, kind in held.values_list("applicant_id", "kind"):
        papers.setdefault(int(applicant or 0), set()).add(kind)
    around = Surroundings.of_application(application, people, at)
    known = tuple(Known(each, _opened(each), frozenset(papers.get(each.pk, ())), around.of(each)) for each in people)
    return Case(application, scene_of(application.election), at, _papers_of(application), known)


def _papers_of(application: Application) -> frozenset[str]:
    held = Paper.objects.filter(application=application, applicant__isnull=True)
    return frozenset(held.values_list("kind", flat=True).distinct())


def _opened(applicant: Applicant) -> dossier.Dossier | None:
    try:
        return dossier.of(applicant)
    except ErasedError:
        return None


def _told(findings: Iterable[Finding]) -> Outcome[bool]:
    kept = tuple(dict.fromkeys(map(_hashable, findings)))
    told = tuple(each.finding for each in kept)
    return Outcome(not _bars(told), (), told)


@dataclass(frozen=True, slots=True)
class _Distinct:
    """A finding by what makes it another one."""

    key: tuple[object, ...]
    finding: Finding

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Distinct) and self.key == other.key


def _hashable(found: Finding) -> _Distinct:
    facts = {name: value for name, value in found.facts.items() if name != "person"}
    return _Distinct((found.norm, found.code, tuple(sorted(facts.items(), key=str))), replace(found, facts=facts))


def _bars(findings: Sequence[Finding]) -> bool:
    return any(each.severity is Severity.ERROR for each in findings)


# ------------------------------------------------------------------------------------- the whole


def _whole(case: Case) -> Iterator[Finding]:
    match case.kind:
        case Application.Kind.INTERNATIONAL:
            outcome = abroad.accreditation(_accreditation(case), case.edition)
            yield from (each for each in outcome.findings if _place(each) is None)
        case Application.Kind.MEDIA:
            day = local_day(case.filed_at)
            yield from media(MediaRequest(written=True, requested_on=day, on=day), case.edition).findings
    if case.kind != Application.Kind.INTERNATIONAL and not case.people:
        yield Finding(NORMS[case.kind], "application_names_nobody", Severity.ERROR, fields=("people",))


def _accreditation(case: Case) -> abroad.Application:
    """The application as the rule of Art. 10 sees it; what is entered here is the application and its list (R3.1)."""
    application, scene = case.application, case.scene
    papers = {abroad.ApplicationPaper.APPLICATION, abroad.ApplicationPaper.LIST}
    if any(IDENTITY_COPY in known.papers for known in case.people) or IDENTITY_COPY in case.papers:
        papers.add(abroad.ApplicationPaper.IDENTITY_COPIES)
    organization = application.sender.organization
    return abroad.Application(
        kind=scene.occasion.kind,
        election_day=scene.voting.day,
        calling=scene.election.called_on,
        organization=_organization(application.sender),
        form=abroad.Form(application.form),
        invitation=_invitation(case),
        filed_at=case.filed_at,
        delegates=tuple(_delegate(known, case) for known in case.people),
        papers=frozenset(papers),
        has_legal_capacity=organization is None or organization.legal_capacity_confirmed is not False,
        sent_to_ministry=application.route == Application.Route.MINISTRY,
        ministry_checked=hasattr(application, "review") or application.state == "draft",
    )


def _organization(sender: Sender) -> abroad.Organization:
    found = sender.organization
    if found is None:
        return abroad.Organization.NATIONAL
    if found.kind in _INTERNATIONAL:
        special = found.specialization in _SPECIALIZED or not found.specialization
        kinds = abroad.Organization
        return kinds.INTERNATIONAL_ELECTION_ORGANIZATION if special else kinds.OTHER_INTERNATIONAL
    if found.kind in _ORGANIZATIONS:
        return _ORGANIZATIONS[found.kind]
    at_home = found.country == HOME and sender.kind not in Sender.ABROAD
    return abroad.Organization.NATIONAL if at_home else abroad.Organization.OTHER_FOREIGN


def _invitation(case: Case) -> abroad.Invitation | None:
    given = case.application.invitation
    if given is None or given.withdrawn_at is not None:
        return None
    body = abroad.InvitingBody(given.inviting_body) if given.inviting_body else abroad.InvitingBody.ANOTHER_BODY
    return abroad.Invitation(body, given.sent_at, case.scene.published, through_ministry=given.channel != "direct")


def _delegate(known: Known, case: Case) -> abroad.Delegate:
    shown = IDENTITY_COPY in known.papers or IDENTITY_COPY in case.papers
    return abroad.Delegate(
        name=str(known.applicant.row),
        citizenship=citizenship(known.applicant),
        identity_copy=shown,
        name_agrees=bool(known.told.document_number) or known.data is None,
        deprived_grossly=known.elsewhere.deprived,
        accredited=known.elsewhere.accredited_here,
    )


def citizenship(applicant: Applicant) -> Citizenship | None:
    """Whose citizen the person is by the list; a citizen of Kyrgyzstan also with another citizenship (L10.1.b)."""
    found = set(applicant.citizenships)
    if HOME in found:
        return Citizenship.KYRGYZ
    if found == {STATELESS}:
        return Citizenship.STATELESS
    return Citizenship.FOREIGN if found else None


# ------------------------------------------------------------------------------------- the people


def _each(case: Case) -> Iterator[list[Finding]]:
    """The findings of each person, in the order of the list."""
    by_law = _by_law(case)
    within = _Within(case)
    for place, known in enumerate(case.people):
        yield [*by_law[place], *_everywhere(known, case), *within.of(known)]


def _by_law(case: Case) -> list[list[Finding]]:
    if case.kind == Application.Kind.INTERNATIONAL:
        found: list[list[Finding]] = [[] for _ in case.people]
        for each in abroad.accreditation(_accreditation(case), case.edition).findings:
            if (place := _place(each)) is not None:
                found[place].append(replace(each, fields=tuple(field.split(".", 2)[2] for field in each.fields)))
        return found
    if case.kind == Application.Kind.REPRESENTATIVE:
        return [_representative(known, case) for known in case.people]
    if case.kind == Application.Kind.MEDIA:
        return [[] for _ in case.people]
    return [_observer(known, case) for known in case.people]


def _place(found: Finding) -> int | None:
    """The place of the person that a finding of Art. 10 is about; None for one about the whole."""
    parts = found.fields[0].split(".") if found.fields else [""]
    return int(parts[1]) if parts[0] == "delegates" and len(parts) > 1 else None


_WAITS = frozenset({"citizen_observer_accreditation_unregulated", "mandate_right_to_vote_not_asked"})
"""What the rules say of a day after the accreditation, or of what the form asks anyway: nothing for a list."""


def _observer(known: Known, case: Case) -> list[Finding]:
    commission = known.applicant.commission
    facts = Observing(
        kind=ObserverKind(case.kind),
        person=_person(known),
        sender=_SENDERS[case.application.sender.kind],
        commission=Level(commission.kind) if commission and commission.kind in set(Level) else Level.PEC,
        on=local_day(case.filed_at),
        papers=_observer_papers(known, case),
        names_agree=bool(known.told.document_number) or None,
        sender_registered=case.scene.takes_part(case.application.sender),
        others_of_sender=known.elsewhere.others_of_sender,
        accreditation_rules=True,
    )
    return [_plain(each) for each in observer(facts, case.edition).findings if each.code not in _WAITS]


def _observer_papers(known: Known, case: Case) -> frozenset[ObserverPaper]:
    """What the list, the papers and the application show; no patronymic on the list is the entry that there is none."""
    applicant, data, asked = known.applicant, known.told, ObserverPaper
    held = {
        asked.FIRST_NAME: bool(applicant.given_names),
        asked.LAST_NAME: bool(applicant.surname),
        asked.PATRONYMIC: True,
        asked.ADDRESS: bool(data.address),
        asked.POLLING_STATION: applicant.commission_id is not None,
        asked.COMMISSIONS: applicant.commission_id is not None,
        asked.NO_RESTRICTIONS_NOTE: data.unrestricted is True,
        asked.IDENTITY_DOCUMENT: bool(data.document_number),
        asked.NGO_DECISION: case.application.decided_on is not None,
        asked.NGO_STAMP: bool({"ngo_stamp", "application"} & case.papers),
        asked.NGO_DECISION_COPY: "ngo_decision_copy" in case.papers,
    }
    return frozenset(each for each, shown in held.items() if shown)


def _representative(known: Known, case: Case) -> list[Finding]:
    scene, sender, data = case.scene, case.application.sender, known.told
    day, asked = local_day(case.filed_at), RepresentativePaper
    held = {
        asked.IDENTITY_DOCUMENT: bool(data.document_number),
        asked.JOB_OR_OCCUPATION: bool(data.occupation),
        asked.PERMANENT_ADDRESS: bool(data.address),
        asked.CONTACTS: bool(data.phone or data.email),
    }
    kind = PrincipalKind.CANDIDATE if sender.kind == Sender.Kind.CANDIDATE else PrincipalKind.PARTY
    facts = Appointment(
        kind=RepresentativeKind.COMMISSION,
        election=LawElection(scene.occasion.kind, scene.voting.day, scene.election.called_on),
        principal=Principal(kind, registered_on=day if scene.takes_part(sender) else None),
        person=_person(known),
        on=day,
        papers=frozenset(each for each, shown in held.items() if shown),
        others_of_principal=known.elsewhere.others_of_sender,
        other_commissions=known.elsewhere.other_commissions,
    )
    return [_plain(each) for each in representative(facts, case.edition).findings]


def _person(known: Known) -> Person:
    data = known.told
    offices = frozenset(Office(each) for each in data.offices if each != COMMISSION_MEMBER)
    own = {Mandate.COMMISSION_MEMBER} if COMMISSION_MEMBER in data.offices else set()
    return Person(
        citizenship=citizenship(known.applicant),
        born=data.born,
        has_right_to_vote=data.votes,
        lives_permanently_in_country=data.resides,
        has_uncancelled_conviction=data.convicted,
        offices=offices,
        mandates=frozenset(own) | known.elsewhere.mandates,
    )


def _plain(found: Finding) -> Finding:
    """Without days that follow from the date of birth, which stands in the sealed dossier alone."""
    if found.code == "mandate_age_not_reached":
        facts: dict[str, Fact] = {"years": found.facts["years"], "day": found.facts["day"]}
        return Finding(found.norm, "applicant_too_young", found.severity, facts, found.fields)
    return found


# ------------------------------------------------------------------------------------- whatever the kind


def _everywhere(known: Known, case: Case) -> Iterator[Finding]:
    """What is asked of everybody: a document that lasts until election day, no second sender, no seat, a photograph."""
    data, around, norm = known.told, known.elsewhere, NORMS[case.kind]
    if data.document_expires_on is not None and data.document_expires_on < case.scene.voting.day:
        where = ("document_expires_on",)
        facts: dict[str, Fact] = {"day": case.scene.voting.day}
        yield Finding(IDENTITY_NORMS[case.kind], "applicant_document_expired", Severity.ERROR, facts, where)
    if data.born is not None and born_wrongly(data.born, local_day(case.at)):
        yield Finding(norm, "applicant_born_impossibly", Severity.ERROR, fields=("born",))
    if around.other_sender:
        yield Finding(norm, "applicant_of_another_sender", Severity.ERROR, fields=("document_number",))
    elif around.sent_before:
        yield Finding(norm, "applicant_sent_before", Severity.ERROR, fields=("document_number",))
    mandate = Mandate(case.kind)
    if around.namesake_in_commission and (line := between(mandate, Mandate.COMMISSION_MEMBER)) is not None:
        told: dict[str, Fact] = {"mandate": mandate.value}
        yield Finding(line.norm, "applicant_named_like_a_member", Severity.WARNING, told, ("surname",))
    if known.applicant.photo_id is None:
        yield Finding(CERTIFICATE_NORMS[case.kind], "applicant_without_photo", Severity.WARNING, fields=("photo",))


class _Within:
    """Whoever stands twice on one list."""

    def __init__(self, case: Case) -> None:
        people = [known.applicant for known in case.people]
        self._norm = NORMS[case.kind]
        self._documents = Counter(each.identity_mark for each in people if each.identity_mark)
        self._persons = Counter(each.person_mark for each in people if each.person_mark)

    def of(self, known: Known) -> Iterator[Finding]:
        applicant = known.applicant
        if self._persons[applicant.person_mark] > 1:
            yield Finding(self._norm, "applicant_twice_on_the_list", Severity.ERROR, fields=("surname",))
        elif self._documents[applicant.identity_mark] > 1:
            yield Finding(self._norm, "applicant_document_of_two_people", Severity.ERROR, fields=("document_number",))
