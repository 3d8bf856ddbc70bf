"""The lists go on the site, names and numbers only, and off it when their time is over (L14.8.a1, L15.5.b3)."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.documents.sealed.actions import erase
from shailoo.documents.sealed.models import SealedFile
from shailoo.law.outcome import Refused, records
from shailoo.ledger.actions import record
from shailoo.voters.actions.act import act, held
from shailoo.voters.lists import folding, queries
from shailoo.voters.lists.columns import Copy, released
from shailoo.voters.lists.models import Edition, Posting, Publication, PublishedName, Stage, TakingDown

NORMS = {Stage.PRELIMINARY: "L14.8.a1", Stage.CONTROL: "L15.3.e2", Stage.FINAL: "L15.5.b3"}
_WHOLE = "concat_ws(' ', nullif(e.surname, ''), nullif(e.name, ''), nullif(e.patronymic, ''))"
_NAMES = f"""
INSERT INTO voter_lists_publishedname (publication_id, list_id, number, surname, name, patronymic, folded)
SELECT %s, l.id, u.number, e.surname, e.name, e.patronymic, {folding.SQL.format(_WHOLE)}
FROM voter_lists_voterlist l
CROSS JOIN LATERAL unnest(l.entries) WITH ORDINALITY AS u(id, number)
JOIN voters_entry e ON e.id = u.id
WHERE l.edition_id = %s
"""  # noqa: S608  # expressions of ours


@records("L14.8.a1", "L14.8.a3", "L15.5.b3")
@act
def publish_edition(edition: Edition, *, by: Office, at: datetime) -> Publication | Refused:
    """Put the names of all lists of an edition on the site; those of the edition that stood there go off it."""
    register = edition.register
    if refused := refusal(by, may="voters.lists.publish", election=register.election.slug, at=at):
        return refused
    held(register)
    if refused := not_to_publish(edition, by=by, at=at):
        return refused
    before = Publication.objects.filter(edition__register=register, taking_down=None).first()
    if before is not None:
        _taken_down(before, TakingDown.Ground.REPLACED, by=by, at=at)
    payload = {"stage": edition.stage, "number": edition.number} | {
        "precincts": edition.precincts,
        "names": edition.voters,
    }
    norm = NORMS[Stage(edition.stage)]
    act_hash = record("voters.lists_published", subject=subject(edition), by=by, at=at, grounds=[norm], payload=payload)
    made = Publication.objects.create(edition=edition, names=edition.voters, office=by, at=at, act=act_hash)
    with connection.cursor() as cursor:
        cursor.execute(_NAMES, [made.pk, edition.pk])
        if cursor.rowcount != edition.voters:
            raise RuntimeError("the site does not show as many names as the lists have")
    return made


@act
def take_down(publication: Publication, *, by: Office, at: datetime) -> TakingDown | Refused:
    """Erase the names from the site once the results are officially published, and the photographs of the postings."""
    register = publication.edition.register
    if refused := refusal(by, may="voters.lists.publish", election=register.election.slug, at=at):
        return refused
    held(register)
    if refused := not_to_take_down(publication, by=by, at=at):
        return refused
    photographs = SealedFile.objects.filter(
        pk__in=Posting.objects.filter(list__edition__register=register).values("photograph"), ciphertext__isnull=False
    )
    erase(list(photographs), ground="voter_lists_over", by=by, at=at)
    return _taken_down(publication, TakingDown.Ground.OVER, by=by, at=at)


def subject(edition: Edition) -> str:
    """The edition's name in the ledger."""
    return f"voter_lists_edition:{edition.pk}"


def not_to_publish(edition: Edition, *, by: Office, at: datetime) -> Refused | None:
    """Why the office does not publish this edition now; None where it does. Asked before the work is begun, too."""
    register, stage = edition.register, Stage(edition.stage)
    if refused := refusal(by, may="voters.lists.publish", election=register.election.slug, at=at):
        return refused
    if stage is Stage.CONTROL:
        return Refused.because(NORMS[stage], "voter_lists_not_for_the_site")
    if queries.results_published(register, at):
        return Refused.because(NORMS[stage], "voter_lists_over")
    if Publication.objects.filter(edition=edition).exists():
        return Refused.because(NORMS[stage], "voter_lists_published_before")
    later = register.editions.filter(at__gt=edition.at).exclude(stage=Stage.CONTROL)
    if later.exists():
        return Refused.because(NORMS[stage], "voter_list_of_old_edition")
    return released(stage, Copy.WEB, register.election.edition)


def not_to_take_down(publication: Publication, *, by: Office, at: datetime) -> Refused | None:
    """Why the office does not take the names off the site now; None where it does."""
    register = publication.edition.register
    if refused := refusal(by, may="voters.lists.publish", election=register.election.slug, at=at):
        return refused
    if TakingDown.objects.filter(publication=publication).exists():
        return Refused.because("L14.8.a1", "voter_lists_not_published")
    if not queries.results_published(register, at):
        return Refused.because("L14.8.a1", "voter_lists_shown_until_results")
    return None


def _taken_down(found: Publication, ground: TakingDown.Ground, *, by: Office, at: datetime) -> TakingDown:
    payload = {"stage": found.edition.stage, "number": found.edition.number, "ground": ground.value}
    grounds = [NORMS[Stage(found.edition.stage)]]
    act_hash = record(
        "voters.lists_taken_down", subject=subject(found.edition), by=by, at=at, grounds=grounds, payload=payload
    )
    made = TakingDown.objects.create(publication=found, ground=ground, office=by, at=at, act=act_hash)
    PublishedName.objects.filter(publication=found).delete()
    return made
