"""Reading the register: lists, one organization with all that concerns it, what is due, who was invited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeAlias, TypedDict

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from shailoo.accounts.models import Office
from shailoo.cooperation import countries, naming
from shailoo.cooperation.dating import Dated, dated
from shailoo.cooperation.fields import As
from shailoo.cooperation.models import (
    Agreement,
    Delegate,
    Invitation,
    Letter,
    Mission,
    Organization,
    Proposal,
    Record,
)
from shailoo.cooperation.sorts import AGREEMENT, EVENT, KEPT, MISSION, ORGANIZATION, VISIT, Rows, Sort

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class _Answered(TypedDict):
    is_answered: bool


Letters: TypeAlias = "QuerySet[WithAnnotations[Letter, _Answered]]"
SOON = timedelta(days=90)  # a term that ends within this time is due, also where nobody set a reminder


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is asked for: a text, a country, a year, a kind; empty where it is not asked."""

    q: str = ""
    country: str = ""
    year: int | None = None
    kind: str = ""


# ------------------------------------------------------------------------------------- records


def public(sort: Sort, commission: Organization | None = None) -> Rows:
    """The records that everyone sees: of one commission, or of all."""
    rows = sort.rows().filter(struck_at=None)
    if not sort.of_commission:
        return rows
    rows = rows.filter(published_at__isnull=False)
    return rows.filter(commission=commission) if commission is not None else rows


def kept(sort: Sort, commission: Organization) -> Rows:
    """Every record of a register, those struck out too; of organizations all that there are."""
    rows = sort.rows()
    return rows.filter(commission=commission) if sort.of_commission else rows


def narrowed(sort: Sort, rows: Rows, asked: Asked) -> Rows:
    """The rows that answer what was asked; what this sort does not have is not asked of it."""
    if asked.q:
        wanted = Q(code__iexact=asked.q)
        for each in sort.text:
            wanted |= Q(**{f"{each}__icontains": asked.q})
        if sort is ORGANIZATION and (key := naming.key(asked.q)):
            wanted |= Q(names__contains=[key])
        rows = rows.filter(wanted | _in_countries(sort, countries.matching(asked.q)))
    if asked.country and sort.at:
        rows = rows.filter(_in_countries(sort, [asked.country]))
    if asked.year is not None and sort.date:
        rows = rows.filter(**{f"{_column(sort)}__year": asked.year})
    if asked.kind and sort.kind:
        rows = rows.filter(**{sort.kind: asked.kind})
    return rows


def _in_countries(sort: Sort, codes: Sequence[str]) -> Q:
    wanted = Q(pk__in=[])
    for look_up in sort.at:
        for code in codes:
            wanted |= Q(**{look_up: [code]} if look_up.endswith("__contains") else {look_up: code})
    return wanted


def _column(sort: Sort) -> str:
    """The column of the date of a sort."""
    return f"{sort.date}_on" if sort.field(sort.date).as_ is As.DATED else sort.date


def years(sort: Sort, rows: Rows) -> list[int]:
    """The years in which the rows are dated, the latest first."""
    if not sort.date:
        return []
    found = rows.order_by().values_list(f"{_column(sort)}__year", flat=True).distinct()
    return sorted((year for year in found if year is not None), reverse=True)


def by_code(sort: Sort, code: str) -> Record | Organization | None:
    """The record of that code; None where there is none."""
    return sort.rows().filter(code=code).first()


# ------------------------------------------------------------------------------------- commissions


def commissions() -> list[tuple[Organization, int]]:
    """The commissions with public records, each with how many, in the order of their names; the own one first."""
    counted: Counter[int] = Counter()
    for sort in KEPT:
        rows = public(sort).order_by().values_list("commission_id", flat=True)
        counted.update(rows)
    found = Organization.objects.filter(pk__in=counted).order_by(F("body").asc(nulls_last=True), "name")
    return [(each, counted[each.pk]) for each in found]


def own() -> Organization | None:
    """The commission whose system this is."""
    return Organization.objects.filter(body__code="CEC").first()


def register_of(office: Office) -> Organization | None:
    """The organization in whose register the office writes; None where its body has none yet."""
    return Organization.objects.filter(body_id=office.body_id).select_related("body").first()


def counts(commission: Organization) -> dict[str, int]:
    """Sort -> number of public records in the register of the commission."""
    return {sort.name: public(sort, commission).count() for sort in KEPT}


# ------------------------------------------------------------------------------------- by country


@dataclass(frozen=True, slots=True)
class Partner:
    """A country with which the commission has to do, by sort of record how often."""

    country: str
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def partners(commission: Organization) -> list[Partner]:
    """The countries of agreements, missions, visits and events of a commission, without its own, by their names."""
    found: dict[str, Counter[str]] = {}

    def add(sort: Sort, codes: Iterable[str]) -> None:
        for code in codes:
            if countries.known(code) and code != commission.country:
                found.setdefault(code, Counter())[sort.name] += 1

    add(AGREEMENT, public(AGREEMENT, commission).order_by().values_list("counterpart__country", flat=True))
    add(EVENT, public(EVENT, commission).order_by().values_list("country", flat=True))
    for sort in (MISSION, VISIT):
        for each, partner in public(sort, commission).order_by().values_list("countries", "partner__country"):
            add(sort, {*each, partner} - {None, ""})
    made = [Partner(code, dict(counted)) for code, counted in found.items()]
    return sorted(made, key=lambda each: countries.place(countries.name(each.country)))


# ------------------------------------------------------------------------------------- timeline


@dataclass(frozen=True, slots=True)
class Moment:
    """A dated record of the timeline."""

    when: Dated
    sort: Sort
    record: Record | Organization


@dataclass(frozen=True, slots=True)
class Year:
    """The records of a year, the latest first; None: those whose date nobody knows."""

    year: int | None
    moments: Sequence[Moment] = field(default_factory=tuple)


def timeline(commission: Organization) -> list[Year]:
    """Every dated record of the register by years, the latest first, the undated last (C18)."""
    found: dict[int | None, list[Moment]] = {}
    for sort in KEPT:
        if not sort.date:
            continue
        for each in public(sort, commission):
            moment = Moment(_date_of(sort, each), sort, each)
            found.setdefault(moment.when.year, []).append(moment)
    ordered = sorted(found, key=lambda year: (year is None, -(year or 0)))
    return [Year(year, sorted(found[year], key=_latest_first)) for year in ordered]


def _date_of(sort: Sort, record: Record | Organization) -> Dated:
    if sort.field(sort.date).as_ is As.DATED:
        return dated(record, sort.date)
    value = getattr(record, sort.date)
    return Dated.of_day(value) if value is not None else Dated()


def _latest_first(moment: Moment) -> tuple[int, str]:
    return (-moment.when.on.toordinal() if moment.when.on else 0, moment.record.code)


# ------------------------------------------------------------------------------------- organizations


def organizations() -> QuerySet[Organization]:
    """Every organization that stands, by name."""
    return Organization.objects.filter(struck_at=None).order_by("name", "pk")


def organization_of(code: str) -> Organization | None:
    """The organization of that code, also one that was struck out."""
    return Organization.objects.select_related("body", "same_as").filter(code=code).first()


def concerning(organization: Organization) -> list[tuple[Sort, Sequence[Record]]]:
    """The public records that name the organization, by sort."""
    names = {
        "membership": ("association",),
        "role": ("membership__association",),
        "agreement": ("counterpart",),
        "event": ("host",),
        "mission": ("partner",),
        "visit": ("partner",),
        "relation": ("partner",),
    }
    found: list[tuple[Sort, Sequence[Record]]] = []
    for sort in KEPT:
        if sort.name not in names:
            continue
        wanted = Q()
        for name in names[sort.name]:
            wanted |= Q(**{name: organization})
        rows = list(public(sort).filter(wanted)[:MOST_CONCERNING])
        if rows:
            found.append((sort, rows))
    return found


MOST_CONCERNING = 50  # records of a sort on the page of one organization


# ------------------------------------------------------------------------------------- invitations


def invitations(commission: Organization, election: str | None = None) -> QuerySet[Invitation]:
    """The invitations of a register, of one election (its slug) where one is named; those to the latest day first."""
    rows = Invitation.objects.filter(commission=commission).select_related("invitee", "proposal__proposer")
    if election is not None:
        rows = rows.filter(election=election)
    return rows.order_by(F("election_day").desc(nulls_last=True), "invitee__name", "pk")


def standing_invitations(commission: Organization) -> QuerySet[Invitation]:
    """Those that everyone sees: not taken back."""
    return invitations(commission).filter(withdrawn_at=None)


def proposals(commission: Organization, election: str) -> QuerySet[Proposal]:
    """The proposals for an election, the open ones first."""
    rows = Proposal.objects.filter(commission=commission, election=election)
    return rows.select_related("proposer", "proposed_invitee").order_by("-decided_at", "received_at", "pk")


def to_invite(commission: Organization, election: str, purpose: str) -> QuerySet[Organization]:
    """The organizations that were not invited to the election for this purpose, and can be."""
    there = Invitation.objects.filter(
        election=election, purpose=purpose, withdrawn_at=None, invitee=OuterRef("pk"), commission=commission
    )
    return organizations().filter(~Exists(there)).exclude(pk=commission.pk)


# ------------------------------------------------------------------------------------- correspondence


def letters(commission: Organization) -> Letters:
    """The correspondence of a commission, the latest first, each with whether it was answered or closed."""
    answered = Letter.objects.filter(answers=OuterRef("pk"))
    rows = Letter.objects.filter(commission=commission).select_related("correspondent", "answers", "closing")
    return rows.annotate(is_answered=Exists(answered)).order_by("-registered_at", "-pk")


def waiting(commission: Organization) -> Letters:
    """The letters whose answer is due and has not come, the longest overdue first."""
    rows = letters(commission).filter(answer_due_on__isnull=False, is_answered=False, closing__isnull=True)
    return rows.order_by("answer_due_on", "pk")


def is_open(letter: Letter) -> bool:
    """Whether an answer to the letter may still come or be written."""
    return not getattr(letter, "is_answered", False) and not hasattr(letter, "closing")


# ------------------------------------------------------------------------------------- what is due


def renewals(commission: Organization, today: date) -> list[Agreement]:
    """The agreements whose renewal is to be thought of, and those whose term is over unrenewed; the earliest first."""
    rows = Agreement.objects.filter(commission=commission, struck_at=None, terminated_on=None, renewed_by=None)
    due = Q(remind_on__lte=today) | Q(remind_on=None, until__lte=today + SOON)
    return list(rows.filter(due, until__isnull=False).select_related("counterpart").order_by("until", "pk"))


def delegations(commission: Organization) -> QuerySet[Mission]:
    """The missions with people in them, the latest first."""
    people = Delegate.objects.filter(mission=OuterRef("pk"))
    rows = Mission.objects.filter(commission=commission, struck_at=None).select_related("partner", "commission")
    return rows.filter(Exists(people)).order_by(F("observed_on").desc(nulls_last=True), "-pk")


def delegates_of(mission: Mission) -> QuerySet[Delegate]:
    """The people of a mission, its head first; who left it stands last."""
    rows = Delegate.objects.filter(mission=mission).select_related("passport", "mission__commission__body")
    return rows.order_by(F("left_at").asc(nulls_first=True), "role", "pk")


@dataclass(frozen=True, slots=True)
class Due:
    """What waits at the desk of cooperation."""

    answers: int
    overdue: int
    renewals: int
    passports: int


def due(commission: Organization, today: date) -> Due:
    """How many answers are due and overdue, terms end, and missions keep passports for longer than they may."""
    from shailoo.cooperation.actions.delegations import KEPT_FOR

    open_letters = waiting(commission)
    over = Delegate.objects.filter(mission__commission=commission, passport__ciphertext__isnull=False)
    late = over.filter(
        Q(mission__ends_on__lt=today - KEPT_FOR) | Q(mission__ends_on=None, mission__observed_on__lt=today - KEPT_FOR)
    )
    return Due(
        open_letters.count(),
        open_letters.filter(answer_due_on__lt=today).count(),
        len(renewals(commission, today)),
        late.values("mission").distinct().count(),
    )
