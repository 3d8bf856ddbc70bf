"""Taking the snapshot of a voting from the database, and building the publication from it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection

from shailoo.elections.models import Option, Voting
from shailoo.keys import signing_key
from shailoo.law.protocol.summed import SUMMED_LINES
from shailoo.ledger.canonical import canonical
from shailoo.results.models import Determination
from shailoo.results.publication import bundle
from shailoo.results.publication.claims import claims
from shailoo.results.publication.snapshot import Heading, PrecinctRow, Snapshot, Status
from shailoo.results.tabulation import Tabulation


@dataclass(frozen=True, slots=True)
class Built:
    """A publication ready to be kept: manifest and signature as text, the bundle's bytes, the claims as data."""

    manifest: str
    signature: str
    bundle: bytes
    summary: dict[str, object]


def build(
    voting: Voting,
    *,
    tabulation: Tabulation,
    kind: str,
    version: int,
    determination: Determination | None,
    at: datetime,
) -> Built:
    """Sign and pack the state of a voting. `tabulation` is what the database summed; rows are read here once more."""
    snapshot = take(voting, tabulation=tabulation, kind=kind, version=version, determination=determination, at=at)
    made = bundle.make(snapshot, signing_key(settings.DATA))
    summary = json.loads(canonical(claims(snapshot)))  # as the bundle writes them: shares as "p/q"
    return Built(made.manifest, made.signature, made.content, summary)


def take(
    voting: Voting,
    *,
    tabulation: Tabulation,
    kind: str,
    version: int,
    determination: Determination | None,
    at: datetime,
) -> Snapshot:
    """The snapshot of a voting as of `at`."""
    election = voting.election
    heading = Heading(
        slug=election.slug,
        kind=election.kind,
        occasion=election.occasion,
        name_ky=election.name_ky,
        name_ru=election.name_ru,
        name_en=election.name_en,
        origin=election.origin,
        voting=voting.kind,
        day=voting.day.isoformat(),
        edition=election.edition_id,
        readings=dict(election.readings),
        version=version,
        publication=kind,
        as_of=at.isoformat(timespec="seconds"),
        decision=determination.decision if determination else "",
        rehearsal=election.rehearsal,
    )
    withdrawn = Option.objects.filter(voting=voting, withdrawn=True).order_by("position").values_list("code", flat=True)
    return Snapshot(
        heading=heading,
        options=tabulation.options,
        withdrawn=tuple(withdrawn),
        precincts=rows(voting),
        national=tabulation.national,
        regions=tabulation.regions,
        tecs=tabulation.tecs,
        determined=_determined(determination),
    )


def _determined(made: Determination | None) -> dict[str, object] | None:
    """What the CEC determined, as published: the steps are not repeated, since they follow from the figures."""
    if made is None:
        return None
    return {
        "version": made.version,
        "decision": made.decision,
        "at": made.at.isoformat(timespec="seconds"),
        "outcome": made.outcome,
        "value": made.value,
        "settles": made.settles,
    }


_LINES = ", ".join(f"f.{line}" for line in SUMMED_LINES)
_ROWS = f"""
    WITH latest AS (
        SELECT DISTINCT ON (precinct_id) precinct_id, lifts_id FROM results_invalidation
        WHERE voting_id = %(voting)s ORDER BY precinct_id, version DESC
    ),
    current AS (
        SELECT DISTINCT ON (precinct_id) * FROM counting_protocol
        WHERE voting_id = %(voting)s AND state <> 'replaced'
        ORDER BY precinct_id, (state = 'accepted') DESC, version DESC
    )
    SELECT p.number, p.kind, p.numbering, region.code, area.code, tec.code,
           c.state, i.precinct_id IS NOT NULL AND i.lifts_id IS NULL, c.version, coalesce(c.occasion, ''),
           f.votes, {_LINES}
    FROM elections_votingprecinct v
    JOIN territory_precinct p ON p.id = v.precinct_id
    JOIN territory_area region ON region.id = v.region_id
    JOIN territory_area area ON area.id = p.area_id
    JOIN accounts_body tec ON tec.id = v.tec_id
    LEFT JOIN current c ON c.precinct_id = v.precinct_id
    LEFT JOIN counting_figures f ON f.protocol_id = c.id AND f.round = c.round
    LEFT JOIN latest i ON i.precinct_id = v.precinct_id
    WHERE v.voting_id = %(voting)s
    ORDER BY p.number COLLATE "C"
"""  # noqa: S608  (the column names are our own list)
_WITH_FIGURES_BESIDE = ("to_explain", "parked", "returned")


def rows(voting: Voting) -> tuple[PrecinctRow, ...]:
    """One row per precinct that votes, in the order of numbers: one query."""
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, {"voting": voting.pk})
        return tuple(_row(found) for found in cursor.fetchall())


def _row(found: tuple[Any, ...]) -> PrecinctRow:
    number, kind, numbering, region, area, tec, state, invalidated, version, occasion, votes, *lines = found
    status = _status(state, figures=votes is not None, invalidated=bool(invalidated))
    known = status is not Status.MISSING
    return PrecinctRow(
        number=number,
        kind=kind,
        numbering=numbering,
        region=region,
        area=area,
        tec=tec,
        status=status,
        version=version if known else None,
        occasion=occasion if known else "",
        lines=dict(zip(SUMMED_LINES, lines, strict=True)) if known else None,
        votes=tuple(votes) if known else None,
    )


def _status(state: str | None, *, figures: bool, invalidated: bool) -> Status:
    if not figures or state is None:
        return Status.MISSING
    if state == "accepted":
        return Status.INVALIDATED if invalidated else Status.SUMMED
    return Status.QUARANTINED if state in _WITH_FIGURES_BESIDE else Status.MISSING
