"""Badges: what stands on the certificate of an accredited person, and printing it with the photograph.

A certificate is good until the last day that the term can have by the calendar (`queries.terms.bound_of`), since nobody
knows the day of official publication when it is printed; it is renewed where the term is continued, and is on the
revocation list where the accreditation ends early. The photograph stands on paper alone: no file with it is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Body, Office
from shailoo.accounts.roles import Kind as BodyKind
from shailoo.commissions.models import Commission, Decision
from shailoo.documents.certificates import cards
from shailoo.documents.certificates.actions import MOST_ON_SHEETS, Draft, print_sheets
from shailoo.documents.certificates.code import LONGEST_NAME, Kind, Reach, Scope
from shailoo.documents.certificates.models import Certificate
from shailoo.documents.certificates.scopes import body_names, election_names
from shailoo.documents.sealed.actions import ErasedError, opened
from shailoo.elections.models import Election
from shailoo.law.outcome import Finding, Refused, Severity
from shailoo.ledger.actions import record
from shailoo.ledger.canonical import sha256
from shailoo.observation.models import Accreditation, Applicant, Application
from shailoo.observation.queries.terms import Bound

CERTIFY = "observation.certify"
LONGEST_HOLDER = 200
KINDS: Mapping[str, Kind] = {
    Application.Kind.INTERNATIONAL: Kind.INTERNATIONAL_OBSERVER,
    Application.Kind.CITIZEN: Kind.CITIZEN_OBSERVER,
    Application.Kind.OBSERVER: Kind.OBSERVER,
    Application.Kind.REPRESENTATIVE: Kind.COMMISSION_REPRESENTATIVE,
    Application.Kind.MEDIA: Kind.MEDIA,
}
EVERYWHERE = frozenset({Application.Kind.INTERNATIONAL.value, Application.Kind.MEDIA.value})
"""Who may come to every commission (L10.3, L11.2); the others are for the one that answers them."""
NORMS: Mapping[str, str] = {
    Application.Kind.INTERNATIONAL: "R3.5",
    Application.Kind.CITIZEN: "L10-1.6.14",
    Application.Kind.OBSERVER: "L9.4.16",
    Application.Kind.REPRESENTATIVE: "L17.7",
    Application.Kind.MEDIA: "L11.1",
}
"""By what a person of a kind wears a badge."""


def draft_of(person: Applicant, bound: Bound, decision: Decision | None) -> Draft:
    """The certificate of a person who is accredited; its organization is the sender."""
    application = person.application
    scope, names = _scope(application.election, application.kind, person.commission)
    return Draft(
        kind=KINDS[application.kind],
        holder=person.name[:LONGEST_HOLDER],
        body=application.sender.body,
        valid_from=bound.since,
        valid_until=bound.until,
        scope=scope,
        names=names,
        subject=person.subject,
        ground=decision.ledger_name if decision else NORMS[application.kind],
    )


def _scope(election: Election, kind: str, commission: Body | None) -> tuple[Scope, Mapping[str, Mapping[str, str]]]:
    """Where the certificate is good for: everywhere, at a precinct, or at a commission."""
    names = {"election": dict(election_names().get(election.slug, {}))}
    if kind in EVERYWHERE or commission is None:
        return Scope(election.slug), names
    if commission.kind == BodyKind.PEC:
        precinct = Commission.objects.select_related("precinct").get(pk=commission.pk).precinct
        if precinct is not None:
            return Scope(election.slug, Reach.PRECINCT, precinct.number[:LONGEST_NAME]), names
    return Scope(election.slug, Reach.BODY, commission.code), {**names, "place": dict(body_names(commission))}


# ------------------------------------------------------------------------------------- printing


@transaction.atomic
def print_badges(
    accreditations: Sequence[Accreditation], *, language: str, by: Office, at: datetime
) -> bytes | Refused:
    """A4 sheets of four badges with photographs as one PDF, at most `MOST_ON_SHEETS` people; recorded, not kept.

    Only of accreditations that run. Refused where a photograph was erased after its retention had ended.
    """
    if refused := _refusal(accreditations, by, at):
        return refused
    faces = _faces(accreditations)
    return faces if isinstance(faces, Refused) else print_sheets(faces, language=language, by=by, at=at, may=CERTIFY)


@transaction.atomic
def print_badge(accreditation: Accreditation, *, language: str, by: Office, at: datetime) -> bytes | Refused:
    """One badge on A6 with its photograph; recorded with its hash, not kept."""
    if refused := _refusal([accreditation], by, at):
        return refused
    faces = _faces([accreditation])
    if isinstance(faces, Refused):
        return faces
    pdf = cards.card(faces[0], language)
    told = {"numbers": [faces[0].certificate.number], "language": language, "sha256": sha256(pdf)}
    record("certificates.printed", subject="certificates", by=by, at=at, payload=told)
    return pdf


def certificate_of(accreditation: Accreditation) -> Certificate:
    """The certificate that a person carries now: the last renewal's, else the first one."""
    latest = accreditation.renewals.select_related("certificate__body", "certificate__office__body").first()
    return latest.certificate if latest else accreditation.certificate


def _refusal(accreditations: Sequence[Accreditation], by: Office, at: datetime) -> Refused | None:
    if not 0 < len(accreditations) <= MOST_ON_SHEETS:
        return Refused.because("L12.1", "sheets_too_many_or_none", number=len(accreditations), most=MOST_ON_SHEETS)
    for election, commission in {(each.election, each.commission) for each in accreditations}:
        if denied := refusal(by, may="observation.answer", at=at, of=commission, election=election.slug):
            return denied
    ended = tuple(
        Finding(NORMS[each.kind], "badge_of_ended_accreditation", Severity.ERROR, {"row": each.applicant.row})
        for each in accreditations
        if hasattr(each, "ending")
    )
    return Refused(ended) if ended else None


def _faces(accreditations: Iterable[Accreditation]) -> list[cards.Face] | Refused:
    """What the cards show; the photographs are opened here and nowhere kept."""
    faces, gone = [], []
    for each in accreditations:
        photo = each.applicant.photo
        try:
            faces.append(cards.Face(certificate_of(each), opened(photo) if photo else b""))
        except ErasedError:
            facts = {"row": each.applicant.row}
            gone.append(Finding(NORMS[each.kind], "badge_photo_erased", Severity.ERROR, facts))
    return Refused(tuple(gone)) if gone else faces
