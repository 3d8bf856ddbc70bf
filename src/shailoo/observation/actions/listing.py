"""Drawing up the answers that are put to a commission for decision, and giving such a list up again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Body, Office
from shailoo.commissions.models import Commission
from shailoo.documents.numbering import next_number
from shailoo.elections.clock import local
from shailoo.elections.models import Election
from shailoo.law.observation.accreditation import GROUND_OF
from shailoo.law.observation.answers import Refusing, places, refusing
from shailoo.law.observation.observers import Level
from shailoo.law.observation.people import Mandate
from shailoo.law.outcome import Fact, Finding, NormId, Refused, Severity
from shailoo.ledger.actions import record
from shailoo.ledger.canonical import canonical, sha256
from shailoo.observation.checking import findings_of
from shailoo.observation.models import (
    Accreditation,
    AnswerList,
    Applicant,
    Application,
    ListedAnswer,
    ListGivenUp,
)
from shailoo.observation.states import State

REGISTER = "answer_list"
DECIDED = frozenset({Application.Kind.INTERNATIONAL, Application.Kind.CITIZEN, Application.Kind.MEDIA})
"""The kinds whose answers a commission decides on; of the others a notice is in force when it is handed in."""
NORMS: Mapping[str, NormId] = {
    Application.Kind.INTERNATIONAL: "R3.4.a1",
    Application.Kind.CITIZEN: "L10-1.3.a1",
    Application.Kind.MEDIA: "L11.1",
    Application.Kind.OBSERVER: "L9.2.a4",
    Application.Kind.REPRESENTATIVE: "L17.2",
}
"""The norm by which people of a kind are answered."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """What is to be answered to one person; a refusal has a ground and a reason."""

    applicant: int
    accredited: bool = True
    ground: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Answers of one commission to people of one kind at one election."""

    commission: Body
    election: Election
    kind: Application.Kind
    rows: tuple[Proposed, ...]


@dataclass(frozen=True, slots=True)
class Weighed:
    """An answer with the person and the norm that it rests on ("" where the person is accredited)."""

    person: Applicant
    proposed: Proposed
    norm: NormId


@transaction.atomic
def draw_up(sheet: Sheet, *, by: Office, at: datetime) -> AnswerList | Refused:
    """Freeze the answers to be decided on, under their number and hash (R3.4.a1, L10-1.3, L11.1).

    Everybody on the list is waiting for an answer of this commission and stands on no other list that is open. Whoever
    is to be accredited is barred by nothing that the law finds now; whoever is to be refused, on a ground of the law.
    """
    if denied := refusal(by, may="observation.answer", at=at, of=sheet.commission, election=sheet.election.slug):
        return denied
    if sheet.kind not in DECIDED:
        return Refused.because(NORMS[sheet.kind], "answer_needs_no_decision")
    hold(sheet.election)
    weighed = weigh(sheet, at)
    if isinstance(weighed, Refused):
        return weighed
    if taken := _on_another_list(weighed):
        return Refused(taken)
    found = _frozen(sheet, weighed, by, at)
    told = {"kind": sheet.kind.value, "election": sheet.election.slug, "people": len(weighed), "sha256": found.digest}
    told |= {"accredited": sum(each.proposed.accredited for each in weighed), "list": found.label}
    record("answer_list.drawn_up", subject=found.subject, by=by, at=at, grounds=[NORMS[sheet.kind]], payload=told)
    return found


@transaction.atomic
def give_up(found: AnswerList, reason: str, *, by: Office, at: datetime) -> ListGivenUp | Refused:
    """Give up a list that is not carried out: the commission decided otherwise, or it was drawn up wrongly."""
    norm = NORMS[found.kind]
    if denied := refusal(by, may="observation.answer", at=at, of=found.commission, election=found.election.slug):
        return denied
    hold(found.election)
    if is_closed(found):
        return Refused.because(norm, "answer_list_is_closed", list=found.label)
    if not reason.strip():
        return Refused.because(norm, "answer_list_given_up_without_reason", fields=("reason",))
    given_up = ListGivenUp.objects.create(list=found, reason=reason.strip(), office=by, at=at)
    record("answer_list.given_up", subject=found.subject, by=by, at=at, grounds=[norm], payload={"list": found.label})
    return given_up


def hold(election: Election) -> None:
    """Let one answer at a time be given in an election: two commissions, or two parties, wait for each other.

    Numbers of observers and a person's mandates are counted over what stands; nobody may add to it meanwhile.
    """
    Election.objects.select_for_update(no_key=True).get(pk=election.pk)


def is_closed(found: AnswerList) -> bool:
    """Whether the list was carried out or given up."""
    return AnswerList.objects.filter(pk=found.pk, answering__isnull=False).exists() or (
        ListGivenUp.objects.filter(list=found).exists()
    )


# ------------------------------------------------------------------------------------- what the law says


def weigh(sheet: Sheet, at: datetime) -> list[Weighed] | Refused:
    """The answers with their norms, in the order of the list; else everything that stands against them."""
    people = _people(sheet)
    if faults := list(_unfit(sheet, people)):
        return Refused(tuple(faults))
    barred = barring(people.values(), at)
    weighed, faults = [], []
    for each in sheet.rows:
        person = people[each.applicant]
        found = barred[each.applicant]
        if each.accredited:
            faults += [_of(person, finding) for finding in found]
            weighed.append(Weighed(person, each, ""))
            continue
        outcome = refusing(_refusal(sheet, each, found), sheet.election.edition)
        faults += [_of(person, finding) for finding in outcome.errors]
        weighed.append(Weighed(person, each, outcome.value or ""))
    faults += _too_many(sheet, [each.person for each in weighed if each.proposed.accredited])
    once = {(each.fields, each.code, each.norm): each for each in faults}
    return Refused(tuple(once.values())) if once else weighed


def barring(people: Iterable[Applicant], at: datetime) -> dict[int, list[Finding]]:
    """Person -> what bars the person now, what bars the whole application included. A few queries an application."""
    by_application: dict[int, list[Applicant]] = {}
    for person in people:
        by_application.setdefault(person.application_id, []).append(person)
    found: dict[int, list[Finding]] = {}
    for rows in by_application.values():
        told = findings_of(rows[0].application, at)
        whole = list(told[None].errors) if None in told else []
        for person in rows:
            own = told.get(person.pk)
            found[person.pk] = [*whole, *(_placed(person, each) for each in (own.errors if own else ()))]
    return found


def _people(sheet: Sheet) -> dict[int, Applicant]:
    """The people of the list; their applications are held, so that nobody is withdrawn while being answered."""
    asked = [each.applicant for each in sheet.rows]
    theirs = Applicant.objects.filter(pk__in=asked).values("application_id")
    list(Application.objects.select_for_update(no_key=True).filter(pk__in=theirs).order_by("pk").values_list("pk"))
    wanted = Applicant.objects.filter(pk__in=asked)
    related = wanted.select_related("application__sender__body", "application__election", "commission")
    return {each.pk: each for each in related.select_related("answer", "withdrawal", "photo")}


def _unfit(sheet: Sheet, people: Mapping[int, Applicant]) -> Iterator[Finding]:
    """Who cannot be answered here at all."""
    norm = NORMS[sheet.kind]
    if not sheet.rows:
        yield Finding(norm, "answer_list_is_empty", Severity.ERROR, {}, ("rows",))
    times = Counter(each.applicant for each in sheet.rows)
    for pk, many in times.items():
        person = people.get(pk)
        if person is None or not _belongs(person, sheet):
            yield Finding(norm, "answer_to_somebody_else", Severity.ERROR, {"applicant": pk})
        elif many > 1 or hasattr(person, "answer"):
            yield Finding(norm, "answered_already", Severity.ERROR, _place(person), _field(person))
        elif hasattr(person, "withdrawal"):
            yield Finding(norm, "answer_to_withdrawn_person", Severity.ERROR, _place(person), _field(person))
        elif person.application.state != State.FILED.value:
            yield Finding(norm, "answer_before_filing", Severity.ERROR, _place(person), _field(person))


def _belongs(person: Applicant, sheet: Sheet) -> bool:
    own = person.application
    return (
        person.commission_id == sheet.commission.pk and own.kind == sheet.kind and own.election_id == sheet.election.pk
    )


def _of(person: Applicant, found: Finding) -> Finding:
    """A finding that says whose it is, and is shown at the place of that person on the form."""
    return replace(found, facts={**_placed(person, found).facts, **_place(person)}, fields=_field(person))


def _place(person: Applicant) -> dict[str, Fact]:
    """Where a person stands: the application and the row."""
    return {"application": person.application.label, "row": person.row}


def _field(person: Applicant) -> tuple[str, ...]:
    return (f"person-{person.pk}",)


def _placed(person: Applicant, found: Finding) -> Finding:
    """A finding that names its person by the application and the place on it: it may stand in a public document."""
    return replace(found, facts={**found.facts, "person": f"{person.application.label}, {person.row}"})


def _refusal(sheet: Sheet, each: Proposed, found: Sequence[Finding]) -> Refusing:
    codes = {finding.code: finding.norm for finding in found}
    grounds = frozenset(ground for finding in found if (ground := GROUND_OF.get(finding.code)))
    return Refusing(Mandate(sheet.kind.value), each.ground, each.reason, codes, grounds)


def _too_many(sheet: Sheet, people: Sequence[Applicant]) -> Iterator[Finding]:
    """More people of one sender at this commission than the law lets it have, those accredited before included."""
    edition, level = sheet.election.edition, Level(Commission.objects.get(pk=sheet.commission.pk).level)
    standing = Accreditation.objects.filter(
        election=sheet.election, kind=sheet.kind, commission=sheet.commission, ending__isnull=True
    )
    taken = Counter(standing.values_list("sender", flat=True))
    for person in people:
        sender = person.application.sender_id
        found = places(Mandate(sheet.kind.value), level, taken[sender], edition)
        yield from (_of(person, finding) for finding in found.errors)
        taken[sender] += 1  # those of this list fill places too


# ------------------------------------------------------------------------------------- the list


def _on_another_list(weighed: Sequence[Weighed]) -> tuple[Finding, ...]:
    """Who stands on a list that is still open."""
    people = {each.person.pk: each.person for each in weighed}
    rows = ListedAnswer.objects.filter(
        applicant__in=people, list__answering__isnull=True, list__given_up__isnull=True
    ).select_related("list")
    return tuple(_twice(people[row.applicant_id], row.list) for row in rows)


def _twice(person: Applicant, other: AnswerList) -> Finding:
    facts = {**_place(person), "list": other.label}
    return Finding(NORMS[other.kind], "answer_on_another_list", Severity.ERROR, facts, _field(person))


def _frozen(sheet: Sheet, weighed: Sequence[Weighed], by: Office, at: datetime) -> AnswerList:
    year = local(at).year
    rows = [
        {"applicant": each.person.pk, "accredited": each.proposed.accredited, "ground": each.proposed.ground}
        | {"norm": each.norm, "reason": each.proposed.reason.strip()}
        for each in sorted(weighed, key=lambda each: each.person.pk)
    ]
    found = AnswerList.objects.create(
        commission=sheet.commission,
        election=sheet.election,
        kind=sheet.kind,
        year=year,
        number=next_number(REGISTER, sheet.commission, year),
        digest=sha256(canonical({"rows": rows})),
        office=by,
        at=at,
    )
    ListedAnswer.objects.bulk_create(
        ListedAnswer(
            list=found,
            applicant=each.person,
            accredited=each.proposed.accredited,
            ground=each.proposed.ground if not each.proposed.accredited else "",
            norm=each.norm,
            reason=each.proposed.reason.strip() if not each.proposed.accredited else "",
        )
        for each in weighed
    )
    return found
