"""Accreditation of international observers: who invites, what an organization hands in, until when (Art. 10, R1 to R3).

The Commission decides by decree. What bars a person or an application (citizenship, no invitation, papers, lateness)
is told apart from the grounds on which it may refuse and need not (R3.10).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.calendar import Entry, Kind, Occasion, start_of, when
from shailoo.law.editions import Edition
from shailoo.law.editions.chapters.observation import AccreditationOpens, AccreditationTerm
from shailoo.law.observation.people import Citizenship
from shailoo.law.outcome import Finding, NormId, Outcome, Severity, Step, Unsettled, applies


class InvitingBody(StrEnum):
    """Who sent the invitation."""

    PRESIDENT = "president"
    JOGORKU_KENESH = "jogorku_kenesh"
    GOVERNMENT = "government"
    CABINET_OF_MINISTERS = "cabinet_of_ministers"  # in the Government's place in the Regulation and the text of 2021
    CEC = "cec"
    MINISTRY_OF_FOREIGN_AFFAIRS = "ministry_of_foreign_affairs"  # dispatches invitations, and invites nobody itself
    ANOTHER_BODY = "another_body"


INVITING: Mapping[InvitingBody, NormId] = MappingProxyType(
    {
        InvitingBody.PRESIDENT: "L10.1.a1",
        InvitingBody.JOGORKU_KENESH: "L10.1.a1",
        InvitingBody.GOVERNMENT: "L10.1.a1",
        InvitingBody.CEC: "L10.1.a1",
        InvitingBody.CABINET_OF_MINISTERS: "R2.2.a1",
    }
)
"""The bodies that may invite, each with its norm."""


class Organization(StrEnum):
    """Whom the invitation went to."""

    FOREIGN_ELECTORAL_BODY = "foreign_electoral_body"  # central electoral body of a foreign state
    INTERNATIONAL_ELECTION_ORGANIZATION = "international_election_organization"  # specialized in elections, rights
    ELECTION_OFFICIALS_ASSOCIATION = "election_officials_association"
    OTHER_INTERNATIONAL = "other_international"
    OTHER_FOREIGN = "other_foreign"  # also a diplomatic mission
    NATIONAL = "national"  # of Kyrgyzstan


CEC_INVITES = frozenset(
    {
        Organization.FOREIGN_ELECTORAL_BODY,
        Organization.INTERNATIONAL_ELECTION_ORGANIZATION,
        Organization.ELECTION_OFFICIALS_ASSOCIATION,
    }
)  # R2.4


class Specialization(StrEnum):
    """What an NGO that proposed the invitation is specialized in."""

    ELECTIONS = "elections"
    HUMAN_RIGHTS = "human_rights"
    OTHER = "other"


class Form(StrEnum):
    """How international observers come (R1.1)."""

    INDIVIDUAL = "individual"
    GROUP = "group"
    MISSION = "mission"


class ApplicationPaper(StrEnum):
    """What the invited organization hands in (R3.1)."""

    APPLICATION = "application"
    LIST = "representatives_list"
    IDENTITY_COPIES = "identity_copies"


DOCUMENTS: Mapping[ApplicationPaper, NormId] = MappingProxyType(
    {
        ApplicationPaper.APPLICATION: "R3.1.a",
        ApplicationPaper.LIST: "R3.1.b",
        ApplicationPaper.IDENTITY_COPIES: "R3.1.c",
    }
)
"""The documents of R3.1, each with its item."""


class RefusalGround(StrEnum):
    """On what an accreditation is refused: the four grounds of R3.10, and what bars it without being among them."""

    NO_LEGAL_CAPACITY = "no_legal_capacity"  # R3.10.a
    DOCUMENTS = "documents"  # R3.10.b
    CONTRARY_AIMS = "contrary_aims"  # R3.10.c
    EARLIER_DEPRIVED = "earlier_deprived"  # R3.10.d
    CITIZENSHIP = "citizenship"  # L10.1.b
    NO_INVITATION = "no_invitation"  # L10.1.a1, R2.1.a2
    LATE = "late"  # R3.7
    NOT_FOREIGN = "not_foreign"  # R1.4


@dataclass(frozen=True, slots=True)
class Invitation:
    """Who invited, when it was sent, when the calling was officially published; None: not known.

    `proposed_by` is the specialization of the NGO that proposed whom to invite, None where none did. The Ministry of
    Foreign Affairs dispatches invitations; some go directly (`through_ministry`).
    """

    body: InvitingBody
    sent_at: datetime | None
    calling_published: datetime | None
    through_ministry: bool = True
    proposed_by: Specialization | None = None


@dataclass(frozen=True, slots=True)
class Delegate:
    """A person on the list of the organization.

    `name_agrees`: with the identity copy. `deprived_grossly`: an earlier accreditation was taken away for gross
    violations, None where the register was not asked. `accredited`: already for this election.
    """

    name: str
    citizenship: Citizenship | None
    identity_copy: bool = True
    name_agrees: bool | None = True
    deprived_grossly: bool | None = False
    accredited: bool = False


@dataclass(frozen=True, slots=True)
class Application:
    """An organization's application for its observers.

    `filed_at` is its receipt by the Commission, `decree_at` the instant of the decree, None before it.
    `has_legal_capacity` and `aims_are_lawful` are what the Commission found, None where it has not examined them. Of an
    that came through the Ministry (`sent_to_ministry`), `ministry_checked` says whether it was checked there.
    Raises ValueError where a decree comes before the application.
    """

    kind: Kind
    election_day: date
    calling: date
    organization: Organization
    form: Form
    invitation: Invitation | None
    filed_at: datetime
    delegates: tuple[Delegate, ...]
    papers: frozenset[ApplicationPaper] = frozenset()
    decree_at: datetime | None = None
    has_legal_capacity: bool | None = True
    aims_are_lawful: bool | None = True
    sent_to_ministry: bool = False
    ministry_checked: bool | None = None

    def __post_init__(self) -> None:
        if self.decree_at is not None and self.decree_at < self.filed_at:
            raise ValueError("a decree cannot come before the application")

    def entry(self, event: str, edition: Edition) -> Entry:
        """A term of this election."""
        occasion = Occasion(self.kind, self.election_day, self.calling)
        published = None if self.invitation is None else self.invitation.calling_published
        known = occasion if published is None else occasion.knowing(official_publication_of_calling=published)
        return when(event, known, edition)


class Answer(StrEnum):
    """What the applicant gets (R3.5)."""

    CERTIFICATE = "certificate"
    REASONED_REFUSAL = "reasoned_refusal"
    OPEN = "open"  # the Commission may refuse and need not


@dataclass(frozen=True, slots=True)
class Accreditation:
    """The answer to the application as a whole, every ground of a refusal, and the persons who can be accredited."""

    answer: Answer
    grounds: tuple[RefusalGround, ...]
    persons: tuple[str, ...]


GROUND_OF: Mapping[str, RefusalGround] = MappingProxyType(
    {
        "accreditation_without_invitation": RefusalGround.NO_INVITATION,
        "accreditation_invited_by_another_body": RefusalGround.NO_INVITATION,
        "accreditation_invited_before_publication": RefusalGround.NO_INVITATION,
        "accreditation_invitation_day_unknown": RefusalGround.NO_INVITATION,
        "accreditation_of_national_organization": RefusalGround.NOT_FOREIGN,
        "accreditation_document_missing": RefusalGround.DOCUMENTS,
        "accreditation_list_empty": RefusalGround.DOCUMENTS,
        "accreditation_applied_too_early": RefusalGround.LATE,
        "accreditation_applied_too_late": RefusalGround.LATE,
        "accreditation_decided_too_late": RefusalGround.LATE,
        "accreditation_without_legal_capacity": RefusalGround.NO_LEGAL_CAPACITY,
        "accreditation_contrary_aims": RefusalGround.CONTRARY_AIMS,
        "accreditation_earlier_deprived": RefusalGround.EARLIER_DEPRIVED,
        "accreditation_of_citizen": RefusalGround.CITIZENSHIP,
        "accreditation_citizenship_not_shown": RefusalGround.DOCUMENTS,
        "accreditation_identity_not_shown": RefusalGround.DOCUMENTS,
    }
)
"""The ground of a refusal that each finding is."""


@applies(
    "L10.1.a1", "L10.1.a2", "L10.1.a3", "L10.1.b",
    "R1.1", "R1.4", "R2.1.a2", "R2.2.a1", "R2.2.a2", "R2.3", "R2.4", "R2.5", "R3.1", "R3.2", "R3.4.a1", "R3.5",
    "R3.7.a1", "R3.7.a2", "R3.8.b1", "R3.10", "E10.1.a1", "E10.1.a3", "E10.1.b",
)  # fmt: skip
def accreditation(facts: Application, edition: Edition) -> Outcome[Accreditation]:
    """Whether the Commission can accredit the observers of an invited organization, and on what it may refuse.

    What the law bars stops the decree; a ground of R3.10 that leaves the Commission a choice leaves it open.
    """
    whole = [*_invitation(facts, edition), *_organization(facts), *_documents(facts), *_term(facts, edition)]
    single = [list(_delegate(each, number, facts.kind)) for number, each in enumerate(facts.delegates)]
    found = [*whole, *(each for one in single for each in one)]
    findings = tuple(each for each in found if isinstance(each, Finding))
    steps = [each for each in found if isinstance(each, Step)]
    fit = (
        ()
        if _barred(whole)
        else tuple(each.name for each, told in zip(facts.delegates, single, strict=True) if not _barred(told))
    )
    grounds = tuple(dict.fromkeys(GROUND_OF[each.code] for each in findings if each.code in GROUND_OF))
    if not fit:
        steps.append(Step("R3.5", "accreditation_reasoned_refusal", {"grounds": len(grounds)}))
        return Outcome(Accreditation(Answer.REASONED_REFUSAL, grounds, ()), tuple(steps), findings)
    asked = _choice(facts, findings)
    if asked is not None:
        return Outcome(Accreditation(Answer.OPEN, grounds, fit), tuple(steps), findings, asked)
    steps.append(Step("R3.4.a1", "accreditation_by_decree", {"persons": len(fit)}))
    return Outcome(Accreditation(Answer.CERTIFICATE, grounds, fit), tuple(steps), findings)


def _barred(found: list[Step | Finding]) -> bool:
    return any(isinstance(each, Finding) and each.severity is Severity.ERROR for each in found)


_MAY_REFUSE = frozenset({"R3.10.a", "R3.10.c", "R3.10.d"})


def _choice(facts: Application, findings: tuple[Finding, ...]) -> Unsettled | None:
    """What the Commission decides by its own judgement: a ground of R3.10, or an accreditation for a repeat voting."""
    optional = tuple(dict.fromkeys(each.norm for each in findings if each.norm in _MAY_REFUSE))
    if optional:
        return Unsettled("accreditation_may_be_refused", optional, ("accreditation_give", "accreditation_refuse"))
    if facts.kind is Kind.REPEAT_VOTING and not all(each.accredited for each in facts.delegates):
        options = ("accreditation_give", "accreditation_refuse")
        return Unsettled("accreditation_for_repeat_voting_alone", ("R3.8.b1", "R3.7.a2"), options)
    return None


# ------------------------------------------------------------------------------------- invitation, organization


def _invitation(facts: Application, edition: Edition) -> Iterator[Step | Finding]:
    given = facts.invitation
    if given is None:
        yield Finding("R2.1.a2", "accreditation_without_invitation", Severity.ERROR, fields=("invitation",))
        return
    named = {"inviting_body": given.body.value}
    if given.body in INVITING:
        yield Step(INVITING[given.body], "accreditation_invited", named)
    else:
        code = "accreditation_invited_by_another_body"
        yield Finding("R2.2.a1", code, Severity.ERROR, named, ("invitation.body",))
    yield from _invited_in_time(facts, given, edition)
    if given.proposed_by is Specialization.OTHER:
        where = ("invitation.proposed_by",)
        yield Finding("L10.1.a3", "accreditation_proposed_by_unspecialized_ngo", Severity.WARNING, fields=where)
    elif given.proposed_by is not None:
        yield from (Step(norm, "accreditation_proposed_by_ngo") for norm in ("L10.1.a3", "R2.3"))
    if given.body is InvitingBody.CEC and facts.organization not in CEC_INVITES:
        yield Finding("R2.4", "accreditation_cec_invited_another_kind", Severity.WARNING, fields=("organization",))
    if not given.through_ministry:
        yield Step("R2.5", "accreditation_invited_directly")


def _invited_in_time(facts: Application, given: Invitation, edition: Edition) -> Iterator[Step | Finding]:
    """Invitations go out only after official publication of the calling: on its day, from that minute."""
    if given.sent_at is None or given.calling_published is None or facts.kind is Kind.REPEAT_VOTING:
        if facts.kind is not Kind.REPEAT_VOTING:
            where = ("invitation.sent_at", "invitation.calling_published")
            yield Finding("R2.2.a2", "accreditation_invitation_day_unknown", Severity.ERROR, fields=where)
        return
    named = {"sent": given.sent_at, "published": given.calling_published}
    term = facts.entry("international_observer_invitations", edition)
    if term.in_time(given.sent_at) and given.sent_at >= given.calling_published:
        yield Step("L10.1.a2", "accreditation_invited_after_publication", named)
    else:
        code = "accreditation_invited_before_publication"
        yield Finding("L10.1.a2", code, Severity.ERROR, named, ("invitation.sent_at",))


def _organization(facts: Application) -> Iterator[Step | Finding]:
    if facts.organization is Organization.NATIONAL:
        yield Finding("R1.4", "accreditation_of_national_organization", Severity.ERROR, fields=("organization",))
    if facts.has_legal_capacity is not True:
        where = ("has_legal_capacity",)
        yield Finding("R3.10.a", "accreditation_without_legal_capacity", Severity.WARNING, fields=where)
    if facts.aims_are_lawful is not True:
        yield Finding("R3.10.c", "accreditation_contrary_aims", Severity.WARNING, fields=("aims_are_lawful",))


# ------------------------------------------------------------------------------------- documents, persons


def _documents(facts: Application) -> Iterator[Step | Finding]:
    for paper, norm in DOCUMENTS.items():
        if paper not in facts.papers:
            named = {"mandate_paper": paper.value}
            yield Finding(norm, "accreditation_document_missing", Severity.ERROR, named, ("papers",))
    if not facts.delegates:
        yield Finding("R3.1.b", "accreditation_list_empty", Severity.ERROR, fields=("delegates",))
    elif facts.papers >= DOCUMENTS.keys():
        yield Step("R3.1", "accreditation_documents_complete", {"persons": len(facts.delegates)})
    if facts.form is Form.INDIVIDUAL and len(facts.delegates) > 1:
        named_persons = {"persons": len(facts.delegates)}
        where = ("form", "delegates")
        yield Finding("R1.1", "accreditation_several_persons_singly", Severity.WARNING, named_persons, where)
    if facts.sent_to_ministry:
        if facts.ministry_checked:
            yield Step("R3.2", "accreditation_checked_by_ministry")
        else:
            yield Finding(
                "R3.2", "accreditation_not_checked_by_ministry", Severity.WARNING, fields=("ministry_checked",)
            )


def _delegate(each: Delegate, number: int, kind: Kind) -> Iterator[Step | Finding]:
    named, place = {"person": each.name}, f"delegates.{number}"
    if each.citizenship is Citizenship.KYRGYZ:
        yield Finding("L10.1.b", "accreditation_of_citizen", Severity.ERROR, named, (f"{place}.citizenship",))
    elif each.citizenship is None:
        unknown = (f"{place}.citizenship",)
        yield Finding("R1.4", "accreditation_citizenship_not_shown", Severity.ERROR, named, unknown)
    if not each.identity_copy or each.name_agrees is not True:
        both = (f"{place}.identity_copy", f"{place}.name_agrees")
        yield Finding("R3.10.b", "accreditation_identity_not_shown", Severity.ERROR, named, both)
    if each.deprived_grossly is not False:
        register = (f"{place}.deprived_grossly",)
        yield Finding("R3.10.d", "accreditation_earlier_deprived", Severity.WARNING, named, register)
    if each.accredited and kind is Kind.REPEAT_VOTING:
        yield Step("R3.8.b1", "accreditation_not_needed_again", named)


# ------------------------------------------------------------------------------------- term


def _term(facts: Application, edition: Edition) -> Iterator[Step | Finding]:
    """When accreditation opens and closes; for a repeat voting alone the Regulation sets no term."""
    if facts.kind is Kind.REPEAT_VOTING:
        yield Step("R3.8.b1", "accreditation_term_not_set_for_repeat_voting")
        return
    opens, closes = _opens(facts, edition), facts.entry("observer_accreditation_ends", edition)
    if facts.filed_at < opens:
        named = {"filed": facts.filed_at, "opens": opens}
        yield Finding("R3.7.a1", "accreditation_applied_too_early", Severity.ERROR, named, ("filed_at",))
    yield from _closing(facts, closes, edition)


def _opens(facts: Application, edition: Edition) -> datetime:
    """From when applications are taken; without an official publication known, from the calling."""
    entry = facts.entry("observer_accreditation_starts", edition)
    if edition.accreditation_opens is AccreditationOpens.CALLING or entry.opens is None:
        return start_of(facts.calling)
    return entry.opens


def _closing(facts: Application, closes: Entry, edition: Edition) -> Iterator[Step | Finding]:
    """The application, and by the reading `accreditation_term` the decree too, within the term."""
    last = closes.last or facts.election_day
    named = {"filed": facts.filed_at, "last": last}
    if closes.in_time(facts.filed_at):
        yield Step("R3.7.a2", "accreditation_applied_in_time", named)
    else:
        yield Finding("R3.7.a2", "accreditation_applied_too_late", Severity.ERROR, named, ("filed_at",))
    if edition.accreditation_term is AccreditationTerm.FILING or facts.decree_at is None:
        return
    decided = {"decided": facts.decree_at, "last": last}
    if closes.in_time(facts.decree_at):
        yield Step("R3.7.a2", "accreditation_decided_in_time", decided)
    else:
        yield Finding("R3.7.a2", "accreditation_decided_too_late", Severity.ERROR, decided, ("decree_at",))
