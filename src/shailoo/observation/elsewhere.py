"""What the people of an application are elsewhere: with other senders, in commissions, at earlier elections.

People are known again by marks of their documents and of their names with dates of birth. Members of commissions have
accounts without either, so there a name alone is compared, and says no more than that somebody is called the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from shailoo.accounts.models import Office
from shailoo.accounts.roles import MEMBERS
from shailoo.law.observation.people import Mandate
from shailoo.observation.dossier import folded
from shailoo.observation.models import Accreditation, Applicant, Application, Ending
from shailoo.observation.states import State

OPEN = (State.AT_MINISTRY.value, State.FILED.value, State.ANSWERED.value)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What one person is besides this application.

    `others_of_sender` counts whom the same sender has at the same commission, those before on this list included.
    """

    mandates: frozenset[Mandate] = frozenset()
    other_sender: bool = False
    sent_before: bool = False
    accredited_here: bool = False
    deprived: bool = False
    namesake_in_commission: bool = False
    others_of_sender: int = 0
    other_commissions: int = 0


@dataclass(frozen=True, slots=True)
class _Other:
    """A person of another application of the same election who was not refused, withdrawn or ended."""

    kind: str
    sender: int
    commission: int | None
    accredited: bool


class Surroundings:
    """Everything around the people of one application, read at once."""

    def __init__(
        self,
        application: Application,
        others: Mapping[str, Sequence[_Other]],
        deprived: frozenset[str],
        members: frozenset[frozenset[str]],
        at_commissions: Counter[int],
    ) -> None:
        self._application = application
        self._others = others
        self._deprived = deprived
        self._members = members
        self._at_commissions = at_commissions

    @classmethod
    def of_application(cls, application: Application, people: Sequence[Applicant], at: datetime) -> Surroundings:
        """What is around these people of the application; four queries."""
        marks = {mark for each in people for mark in (each.identity_mark, each.person_mark) if mark}
        return cls(
            application,
            _others(application, marks),
            _deprived(marks),
            _members(at),
            _at_commissions(application),
        )

    def of(self, applicant: Applicant) -> Elsewhere:
        """What one person is elsewhere. Asked in the order of the list: whoever comes first counts for the next."""
        own, application = (applicant.identity_mark, applicant.person_mark), self._application
        found = {each for mark in own if mark for each in self._others.get(mark, ())}
        same = [each for each in found if each.kind == application.kind]
        before = 0
        if applicant.commission_id is not None:
            before = self._at_commissions[applicant.commission_id]
            self._at_commissions[applicant.commission_id] += 1
        return Elsewhere(
            mandates=frozenset(Mandate(each.kind) for each in found if each.kind != application.kind),
            other_sender=any(each.sender != application.sender_id for each in same),
            sent_before=any(each.sender == application.sender_id for each in same),
            accredited_here=any(each.accredited for each in same),
            deprived=any(mark in self._deprived for mark in own if mark),
            namesake_in_commission=_words(applicant.name) in self._members,
            others_of_sender=before,
            other_commissions=len({each.commission for each in same} - {applicant.commission_id}),
        )


def _others(application: Application, marks: Iterable[str]) -> Mapping[str, list[_Other]]:
    """The same people in other applications of the election, by each of their marks."""
    wanted = list(marks)
    rows = (
        Applicant.objects.filter(Q(identity_mark__in=wanted) | Q(person_mark__in=wanted))
        .filter(application__election=application.election_id, application__state__in=OPEN, withdrawal__isnull=True)
        .filter(Q(answer__isnull=True) | Q(answer__accredited=True), accreditation__ending__isnull=True)
        .exclude(application=application.pk)
        .values_list(
            "identity_mark",
            "person_mark",
            "application__kind",
            "application__sender_id",
            "commission_id",
            "accreditation__id",
        )
    )
    found: dict[str, list[_Other]] = defaultdict(list)
    for identity, person, kind, sender, commission, accreditation in rows:
        other = _Other(kind, sender, commission, accreditation is not None)
        for mark in {identity, person} - {""}:
            found[mark].append(other)
    return found


def _deprived(marks: Iterable[str]) -> frozenset[str]:
    """The marks of those whose earlier accreditation was taken away for gross violations (R3.10.d)."""
    rows = Ending.objects.filter(gross=True).values_list(
        "accreditation__applicant__identity_mark", "accreditation__applicant__person_mark"
    )
    return frozenset(mark for row in rows for mark in row if mark) & frozenset(marks)


def _members(at: datetime) -> frozenset[frozenset[str]]:
    """The names of the members of all commissions, each as the set of its words."""
    held = Office.objects.filter(Q(until__isnull=True) | Q(until__gt=at), since__lte=at, role__in=MEMBERS)
    return frozenset(_words(name) for name in held.values_list("person__name", flat=True).distinct())


def _words(name: str) -> frozenset[str]:
    return frozenset(folded(name).split())


def _at_commissions(application: Application) -> Counter[int]:
    """Commission -> how many of this kind the same sender has there already: accredited, or waiting for an answer."""
    of_sender = {"election": application.election_id, "kind": application.kind, "sender": application.sender_id}
    standing = Accreditation.objects.filter(**of_sender, ending__isnull=True).exclude(
        applicant__application=application.pk
    )
    waiting = Applicant.objects.filter(
        application__election=application.election_id,
        application__kind=application.kind,
        application__sender=application.sender_id,
        application__state__in=(State.AT_MINISTRY.value, State.FILED.value),
        answer__isnull=True,
        withdrawal__isnull=True,
        commission__isnull=False,
    ).exclude(application=application.pk)
    found = Counter(standing.values_list("commission_id", flat=True))
    found.update(int(each) for each in waiting.values_list("commission_id", flat=True) if each is not None)
    return found
