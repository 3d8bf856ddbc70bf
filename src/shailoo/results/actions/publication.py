"""Publishing: a numbered, signed version of everything, as it was at one instant (L37-1.1, L39.1, L39.3, L64.8)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shailoo.accounts import access
from shailoo.accounts.models import Office
from shailoo.documents.actions import store
from shailoo.elections.actions import happened
from shailoo.elections.models import Election, Voting
from shailoo.law.outcome import NormId, Refused
from shailoo.ledger import actions as ledger
from shailoo.ledger.canonical import sha256
from shailoo.results.models import Determination, Publication
from shailoo.results.publication.taking import build
from shailoo.results.queries.outcome import current_determination, rests_on
from shailoo.results.queries.revision import revision
from shailoo.results.queries.tabulating import tabulate
from shailoo.results.tabulation import Tabulation

MEDIA_TYPE = "application/zip"


@transaction.atomic
def publish(voting: Voting, *, kind: Publication.Kind, by: Office, at: datetime) -> Publication | Refused:
    """Publish the present figures under the next number; every earlier publication stays readable.

    A preliminary publication has no legal significance (L39.1.b2). An official one (L39.3, L58.2, L64.8) follows a
    determination and holds the very figures that were determined. Refused where figures change while it is made.
    With it a signed head of the ledger is published, in which every act up to this one stands.
    """
    norm = _norm(voting, kind)
    if refused := access.refusal(by, may="results.publish", at=at, election=voting.election.slug):
        return refused
    Voting.objects.select_for_update(no_key=True).get(pk=voting.pk)
    seen = revision(voting)
    voting = Voting.objects.select_related("election").get(pk=voting.pk)  # readings taken since the page was opened
    tabulation = tabulate(voting)
    determination = current_determination(voting) if kind is Publication.Kind.OFFICIAL else None
    if kind is Publication.Kind.OFFICIAL and (refused := _not_official(voting, tabulation, determination, at, norm)):
        return refused
    number = Publication.objects.filter(voting=voting).count() + 1
    built = build(voting, tabulation=tabulation, kind=kind.value, version=number, determination=determination, at=at)
    if not seen == tabulation.revision == revision(voting):
        return Refused.because(norm, "figures_changed_meanwhile")
    made = Publication.objects.create(
        voting=voting,
        version=number,
        kind=kind,
        determination=determination,
        manifest=built.manifest,
        signature=built.signature,
        bundle=store(built.bundle, MEDIA_TYPE, at),
        summary=built.summary,
        office=by,
        at=at,
    )
    act = ledger.record(
        "result.published",
        subject=f"voting:{voting.pk}",
        by=by,
        at=at,
        grounds=(norm,),
        payload={
            "version": number,
            "kind": kind.value,
            "determination": determination.version if determination else None,
            "manifest_sha256": sha256(built.manifest),
            "bundle_sha256": made.bundle_id,
            **({"rehearsal": True} if voting.election.rehearsal else {}),
        },
    )
    if kind is Publication.Kind.OFFICIAL:
        happened(voting, "publication_of_results", at, by=by, at=at, act=act)
    ledger.publish_head(at=at)
    return made


def _norm(voting: Voting, kind: Publication.Kind) -> NormId:
    if kind is Publication.Kind.PRELIMINARY:
        return "L39.1.b1"
    return "L58.2" if voting.election.kind == Election.Kind.PRESIDENTIAL else "L64.8"


def _not_official(
    voting: Voting, tabulation: Tabulation, determination: Determination | None, at: datetime, norm: NormId
) -> Refused | None:
    """Why nothing can be published officially: no determination, or one of other figures, readings or ballot."""
    if determination is None or at < determination.at:
        return Refused.because(norm, "not_determined")
    if not rests_on(determination, voting, tabulation):
        return Refused.because(norm, "determined_on_other_figures", version=determination.version)
    return None
