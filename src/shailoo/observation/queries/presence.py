"""Who is at which commission: people by their certificates, who is inside now, the log, and numbers by precinct."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import Q, QuerySet

from shailoo.accounts.models import Body, Office
from shailoo.commissions.models import Commission
from shailoo.documents.certificates.models import Certificate, Revocation
from shailoo.elections.models import Election, Moment, Voting
from shailoo.elections.queries import by_slug, next_voting
from shailoo.law.observation.observers import Level
from shailoo.observation.checkin.door import Comer, Days, Place, Who
from shailoo.observation.models import Accreditation, Ending, Interpreter, Passage, Renewal

PRESENT_WITHIN = timedelta(hours=36)
"""Who came in longer ago than that and was never noted as leaving is not taken to be inside still."""
PUBLICATION = "publication_of_results"


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who is inside: the name as on the badge, for whom, as what, since when."""

    comer: Comer
    name: str
    sender: Body
    since: datetime


@dataclass(frozen=True, slots=True)
class AtPrecinct:
    """How many people are inside at a commission, and how often people came in and were turned away."""

    commission: Body
    inside: int
    observers: int
    came: int
    turned_away: int
    doubtful: int


# ------------------------------------------------------------------------------------- who and where


def election_of(office: Office) -> Election | None:
    """The election at which an office checks people in: its own, else the one with the latest day of voting."""
    if office.election:
        return by_slug(office.election)
    voting = next_voting()
    return voting.election if voting else None


def place_of(commission: Body, election: Election) -> Place:
    """The commission's door, with the law and the days of the election. Two queries."""
    found = Commission.objects.get(pk=commission.pk)
    return Place(commission.pk, Level(found.level), election.edition, days_of(election))


def days_of(election: Election) -> Days:
    """When the results of the general and of a repeat voting were officially published, as the calendar knows it."""
    votings = {each.pk: each for each in election.votings.all()}
    published: dict[str, date] = {}
    for moment in Moment.objects.filter(voting__in=votings, anchor=PUBLICATION).order_by("pk"):
        published[votings[moment.voting_id].kind] = moment.day
    repeat = any(each.kind == Voting.Kind.REPEAT for each in votings.values())
    return Days(published.get(Voting.Kind.GENERAL), repeat, published.get(Voting.Kind.REPEAT))


def comers(numbers: Iterable[str], election: Election) -> dict[str, Comer]:
    """The people behind certificates of this election, by number. Three queries for any number of them."""
    wanted = Q(certificate__number__in=sorted(set(numbers)), certificate__election=election.slug)
    return {each.comer.number: each.comer for each in _people(wanted)}


def holders(certificates: Collection[int]) -> list[Comer]:
    """The people behind certificates. Three queries for any number of them, none for none."""
    return [each.comer for each in _people(Q(certificate__in=certificates))] if certificates else []


def _people(wanted: Q) -> Iterator[Present]:
    """Whoever holds such certificates; `since` is when the certificate was issued."""
    rows = Accreditation.objects.filter(wanted)
    for row in rows.select_related("certificate__revocation", "sender__body", "ending"):
        yield _person(row, row.certificate, Who(row.kind))
    again = Renewal.objects.filter(wanted)
    for renewal in again.select_related(
        "certificate__revocation", "accreditation__sender__body", "accreditation__ending"
    ):
        yield _person(renewal.accreditation, renewal.certificate, Who(renewal.accreditation.kind))
    told = Interpreter.objects.filter(wanted)
    for each in told.select_related("certificate__revocation", "accreditation__sender__body", "accreditation__ending"):
        yield _person(each.accreditation, each.certificate, Who.INTERPRETER)


def _person(accreditation: Accreditation, certificate: Certificate, who: Who) -> Present:
    ending: Ending | None = getattr(accreditation, "ending", None)
    revocation: Revocation | None = getattr(certificate, "revocation", None)
    comer = Comer(
        certificate=certificate.pk,
        number=certificate.number,
        who=who,
        sender=accreditation.sender_id,
        sender_kind=accreditation.sender.kind,
        commission=accreditation.commission_id,
        since=accreditation.since,
        valid_from=certificate.valid_from,
        valid_until=certificate.valid_until,
        revoked_at=revocation.at if revocation else None,
        ended_at=ending.at if ending else None,
        observer=accreditation.certificate_id if who is Who.INTERPRETER else None,
    )
    return Present(comer, certificate.holder, accreditation.sender.body, certificate.at)


# ------------------------------------------------------------------------------------- who is inside


def inside(commission: Body, election: Election, at: datetime) -> list[Present]:
    """Who is inside the premises at the instant `at`, whoever came first on top. Four queries."""
    since = still_inside(tracks(commission, election, at), at)
    found = _people(Q(certificate__in=since))
    return sorted((replace(each, since=since[each.comer.certificate]) for each in found), key=lambda each: each.since)


@dataclass(frozen=True, slots=True)
class Track:
    """One passage as far as the question goes who is inside."""

    at: datetime
    uid: str
    certificate: int
    way: str


def tracks(commission: Body, election: Election, at: datetime) -> list[Track]:
    """The passages at a commission that can still tell who is inside at `at`, in their order."""
    rows = of_commission(commission, election).filter(at__gt=at - PRESENT_WITHIN).order_by("at", "uid")
    return [
        Track(when, str(uid), pk, way) for when, uid, pk, way in rows.values_list("at", "uid", "certificate", "way")
    ]


def still_inside(passages: Iterable[Track], at: datetime) -> dict[int, datetime]:
    """Of passages in their order, the certificates of those inside at `at`, each with the instant of coming in."""
    found: dict[int, datetime] = {}
    for each in passages:
        if at - PRESENT_WITHIN < each.at <= at:
            moved(found, each)
    return found


def moved(present: dict[int, datetime], track: Track) -> dict[int, datetime]:
    """Those inside after one more passage; the same mapping, changed. Who is turned away moves nothing."""
    if track.way != Passage.Way.TURNED_AWAY:
        present.pop(track.certificate, None)
    if track.way == Passage.Way.IN:
        present[track.certificate] = track.at
    return present


def of_commission(commission: Body, election: Election) -> QuerySet[Passage]:
    """The passages at a commission in an election, the latest first."""
    found = Passage.objects.filter(commission=commission, certificate__election=election.slug)
    return found.order_by("-at", "-uid")


def log(commission: Body, election: Election) -> QuerySet[Passage]:
    """The log of a commission's door with certificates and who noted, the latest first."""
    return of_commission(commission, election).select_related("certificate", "office__person")


def senders_of(certificates: Sequence[int]) -> dict[int, Body]:
    """For whom the holders of certificates come: by certificate, the body that sent them. Three queries."""
    wanted = Q(certificate__in=certificates)
    return {each.comer.certificate: each.sender for each in _people(wanted)}


# ------------------------------------------------------------------------------------- numbers

_BY_COMMISSION = """
    WITH RECURSIVE below AS (
        SELECT id FROM accounts_body WHERE id = %(top)s
        UNION SELECT b.id FROM accounts_body b JOIN below ON b.superior_id = below.id
    ), noted AS (
        SELECT p.commission_id, p.certificate_id, p.way, p.at, p.uid, p.findings, c.kind
        FROM observation_passage p
        JOIN certificates_certificate c ON c.id = p.certificate_id AND c.election = %(election)s
        WHERE p.commission_id IN (SELECT id FROM below) AND p.at <= %(at)s
    ), last AS (
        SELECT DISTINCT ON (commission_id, certificate_id) commission_id, kind, way
        FROM noted WHERE way <> 'turned_away' AND at > %(since)s
        ORDER BY commission_id, certificate_id, at DESC, uid DESC
    ), now AS (
        SELECT commission_id, count(*) AS inside, count(*) FILTER (WHERE kind IN (1, 2, 3)) AS observers
        FROM last WHERE way = 'in' GROUP BY commission_id
    )
    SELECT n.commission_id, coalesce(max(now.inside), 0), coalesce(max(now.observers), 0),
           count(*) FILTER (WHERE n.way = 'in'), count(*) FILTER (WHERE n.way = 'turned_away'),
           count(*) FILTER (WHERE n.way = 'in' AND n.findings <> '[]'::jsonb)
    FROM noted n LEFT JOIN now USING (commission_id)
    GROUP BY n.commission_id
"""


def by_commission(top: Body, election: Election, at: datetime) -> list[AtPrecinct]:
    """The numbers of a commission and of those below it at which anybody passed, by code. Two queries."""
    asked: dict[str, int | str | datetime] = {
        "top": top.pk,
        "election": election.slug,
        "at": at,
        "since": at - PRESENT_WITHIN,
    }
    with connection.cursor() as cursor:
        cursor.execute(_BY_COMMISSION, asked)
        rows = {row[0]: row[1:] for row in cursor.fetchall()}
    bodies = Body.objects.filter(pk__in=rows).order_by("code")
    return [AtPrecinct(body, *(int(each) for each in rows[body.pk])) for body in bodies]
