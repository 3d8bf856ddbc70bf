"""What everybody may know of observers: the accredited by name where the law publishes them, the others by number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, Count, Exists, F, Func, Max, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat

from shailoo.cooperation import countries
from shailoo.elections.models import Election
from shailoo.elections.queries import next_voting
from shailoo.observation.models import Accreditation, Application, Sender, Statement
from shailoo.observation.queries.scripts import spellings

NAMED = Application.Kind.INTERNATIONAL
"""The one kind whose list of names the law publishes (R3.4.a2)."""
MOST_WORDS = 5
BY_NAME = ("applicant__surname", "applicant__given_names", "pk")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader looks for; "" is everything. `organization` is the code of its body, `kind` of its record."""

    text: str = ""
    organization: str = ""
    country: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Sending:
    """An organization and its people of one kind at an election: how many, at how many commissions, how many ended."""

    sender: Sender
    kind: Application.Kind
    people: int
    commissions: int
    ended: int


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of the statistics, by the code of what is counted."""

    code: str
    people: int


def elections() -> QuerySet[Election]:
    """The elections at which anybody was accredited, the latest first."""
    anybody = Accreditation.objects.filter(election=OuterRef("pk"))
    return Election.objects.filter(Exists(anybody)).order_by("-called_on", "-pk")


def present_election() -> Election | None:
    """The election that a reader means who names none: the one with the latest day of voting."""
    voting = next_voting()
    return voting.election if voting else None


# ------------------------------------------------------------------------------------- people


def accredited(election: Election, asked: Asked = Asked()) -> QuerySet[Accreditation]:
    """The accredited international observers, by surname; those whose accreditation ended stand among them, marked.

    Plain rows: `whole` reads what a page shows of some of them.
    """
    found = Accreditation.objects.filter(election=election, kind=NAMED)
    if asked.organization:
        found = found.filter(sender__body__code=asked.organization)
    if asked.country:
        found = found.filter(applicant__citizenships__contains=[asked.country])
    if asked.kind:
        found = found.filter(sender__organization__kind=asked.kind)
    for word in asked.text.split()[:MOST_WORDS]:
        found = found.filter(_named(word))
    return found.order_by(*BY_NAME)


def in_order(election: Election, asked: Asked) -> Sequence[int] | QuerySet[Accreditation, int]:
    """The keys of `accredited`. Those of the whole list are kept, since nobody leaves it; those found by a name are
    read at once, so that a page and its count look through the names together.
    """
    if asked == Asked():
        return _everybody(election.pk, *_as_of(election))
    keys = accredited(election, asked).values_list("pk", flat=True)
    return list(keys) if asked.text else keys


@lru_cache(maxsize=8)
def _everybody(election: int, number: int, last: int) -> Sequence[int]:
    """The whole list of an election as long as nobody is added."""
    del number, last
    return tuple(_of(election).order_by(*BY_NAME).values_list("pk", flat=True))


def _of(election: int) -> QuerySet[Accreditation]:
    return Accreditation.objects.filter(election=election, kind=NAMED)


def _as_of(election: Election) -> tuple[int, int]:
    """How many are accredited, and the last of them. One that is committed late may have an earlier key: it counts."""
    found = _of(election.pk).aggregate(number=Count("pk"), last=Max("pk"))
    return found["number"], found["last"] or 0


def whole(keys: Sequence[int]) -> list[Accreditation]:
    """The accreditations of these keys, in their order, with everything that is shown of them. One query."""
    rows = Accreditation.objects.filter(pk__in=keys).select_related(
        "applicant",
        "sender__body",
        "sender__organization",
        "answer__decision__body",
        "answer__decision__publication",
        "ending",
    )
    known = {each.pk: each for each in rows}
    return [known[key] for key in keys]


def newest(election: Election, most: int) -> list[Accreditation]:
    """The international observers accredited last, the latest first."""
    rows = Accreditation.objects.filter(election=election, kind=NAMED).order_by("-at", "-pk")
    return list(rows.select_related("applicant", "sender__body", "answer__decision__body")[:most])


class _Said(Func):
    """Whether a text holds one of the patterns, whatever the case: `upper(text) LIKE ANY(patterns)`."""

    template = "UPPER(%(expressions)s)"
    arg_joiner = ") LIKE ANY("
    output_field = BooleanField()


def _named(word: str) -> Q:
    """A word of the name of a person or of the organization, in either script."""
    full = Concat("applicant__surname", Value(" "), "applicant__given_names", Value(" "), "applicant__patronymic")
    patterns = [f"%{_escaped(each.upper())}%" for each in spellings(word)]
    senders = list(Sender.objects.filter(_of_body(word, "body")).values_list("pk", flat=True))
    return Q(_Said(full, Value(patterns, output_field=ArrayField(TextField())))) | Q(sender__in=senders)


def _escaped(text: str) -> str:
    """The text as it stands in a pattern."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


# ------------------------------------------------------------------------------------- organizations


def organizations(election: Election, asked: Asked = Asked()) -> list[Sending]:
    """Who sent people of which kind, and how many: the most first. `asked.kind` is a kind of people here."""
    found = Accreditation.objects.filter(election=election)
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.country:
        found = found.filter(sender__organization__country=asked.country)
    if asked.organization:
        found = found.filter(sender__body__code=asked.organization)
    for word in asked.text.split()[:MOST_WORDS]:
        found = found.filter(_of_body(word, "sender__body"))
    rows = found.values("sender", "kind").annotate(
        people=Count("pk"), commissions=Count("commission", distinct=True), ended=Count("ending")
    )
    told = list(rows.order_by("-people", "sender"))
    senders = Sender.objects.select_related("body", "organization").in_bulk({row["sender"] for row in told})
    return [
        Sending(senders[row["sender"]], Application.Kind(row["kind"]), row["people"], row["commissions"], row["ended"])
        for row in told
    ]


def _of_body(word: str, body: str) -> Q:
    """A word of the name of a body, in either script."""
    wanted = Q()
    for spelling in spellings(word):
        for code in ("ky", "ru", "en"):
            wanted |= Q(**{f"{body}__name_{code}__icontains": spelling})
    return wanted


def sender_of(code: str) -> Sender | None:
    """The organization of that code, if anybody of it was ever accredited."""
    found = Sender.objects.select_related("body", "organization").filter(body__code=code, accreditations__isnull=False)
    return found.first()


def of_sender(sender: Sender) -> list[tuple[Election, Application.Kind, int]]:
    """How many people an organization had accredited at which election, the latest first."""
    rows = (
        Accreditation.objects.filter(sender=sender)
        .values("election", "kind")
        .annotate(people=Count("pk"))
        .order_by("-election__called_on", "-election", "kind")
    )
    known = Election.objects.in_bulk({row["election"] for row in rows})
    return [(known[row["election"]], Application.Kind(row["kind"]), row["people"]) for row in rows]


# ------------------------------------------------------------------------------------- numbers


def by_kind(election: Election) -> list[Counted]:
    """People by kind, as the law lists the kinds."""
    rows = dict(Accreditation.objects.filter(election=election).values_list("kind").annotate(Count("pk")))
    return [Counted(kind.value, rows.get(kind.value, 0)) for kind in Application.Kind]


def by_country(election: Election) -> list[Counted]:
    """International observers by the state whose citizens they are (the first one named), the most first."""
    rows = (
        Accreditation.objects.filter(election=election, kind=NAMED, applicant__citizenships__len__gt=0)
        .values(code=F("applicant__citizenships__0"))
        .annotate(people=Count("pk"))
        .order_by("-people", "code")
    )
    return [Counted(row["code"], row["people"]) for row in rows]


def by_sender(election: Election) -> list[tuple[Sender, int]]:
    """International observers by the organization that sent them, the most first."""
    people = Accreditation.objects.filter(election=election, kind=NAMED)
    rows = people.values_list("sender").annotate(people=Count("pk")).order_by("-people", "sender")
    told = list(rows)
    known = Sender.objects.select_related("body").in_bulk([sender for sender, _people in told])
    return [(known[sender], people) for sender, people in told]


def in_all(election: Election) -> int:
    """International observers accredited at an election."""
    return Accreditation.objects.filter(election=election, kind=NAMED).count()


def last_day(election: Election) -> date | None:
    """The day of the latest accreditation."""
    found = Accreditation.objects.filter(election=election).order_by("-at").values_list("since", flat=True)
    return found.first()


def by_election() -> list[tuple[Election, date, int]]:
    """International observers at every election of this system, with the first day of voting, the earliest first.

    Facts only: neither rehearsals nor what was generated for demonstration.
    """
    facts = Accreditation.objects.filter(kind=NAMED, election__rehearsal=False)
    real = facts.exclude(election__origin=Election.Origin.GENERATED)
    counted = {row["election"]: row["people"] for row in real.values("election").annotate(people=Count("pk"))}
    known = Election.objects.filter(pk__in=counted).prefetch_related("votings")
    days = {each.pk: min((voting.day for voting in each.votings.all()), default=each.called_on) for each in known}
    return sorted(((each, days[each.pk], counted[each.pk]) for each in known), key=lambda row: row[1])


def country_choices(election: Election) -> list[tuple[str, str]]:
    """The states whose citizens were accredited, by name."""
    found = _states(election.pk, *_as_of(election))
    return sorted(((code, countries.name(code)) for code in found), key=lambda each: each[1].casefold())


@lru_cache(maxsize=8)
def _states(election: int, number: int, last: int) -> frozenset[str]:
    """The states at an election as long as nobody is added."""
    del number, last
    rows = _of(election).values_list("applicant__citizenships", flat=True).order_by().distinct()
    return frozenset(code for codes in rows for code in codes)


def organization_choices(election: Election) -> list[tuple[Sender, str]]:
    """The organizations that sent international observers."""
    anybody = Accreditation.objects.filter(election=election, kind=NAMED, sender=OuterRef("pk"))
    found = Sender.objects.filter(Exists(anybody))
    return [(each, each.body.code) for each in found.select_related("body", "organization")]


def senders_from_abroad(election: Election) -> QuerySet[Sender]:
    """The organizations of the register of cooperation that sent people of any kind."""
    found = Sender.objects.filter(accreditations__election=election, organization__isnull=False).distinct()
    return found.select_related("organization")


# ------------------------------------------------------------------------------------- statements


def statements(
    *, election: Election | None = None, sender: Sender | None = None, kinds: Iterable[str] = ()
) -> QuerySet[Statement]:
    """What missions published, the latest first."""
    found = Statement.objects.select_related("sender__body", "election", "file").order_by("-at", "-pk")
    if election is not None:
        found = found.filter(election=election)
    if sender is not None:
        found = found.filter(sender=sender)
    wanted = list(kinds)
    return found.filter(kind__in=wanted) if wanted else found
