"""Whether frozen lists still are what was frozen: every hash computed anew from the entries that a list names."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from django.db import connection

from shailoo.ledger.models import Act
from shailoo.voters.lists.canonical import HASH, LINE
from shailoo.voters.lists.models import Edition, VoterList

_HEAD = "%(election)s || ' ' || %(stage)s || ' ' || %(number)s || ' ' || a.number || ' ' || m.voters"
_CHANGED = f"""
SELECT l.number FROM voter_lists_voterlist l
JOIN territory_precinct a ON a.id = l.precinct_id
CROSS JOIN LATERAL (
    SELECT count(*) AS voters, string_agg({LINE}, chr(10) ORDER BY u.place) AS lines
    FROM unnest(l.entries) WITH ORDINALITY AS u(id, place) JOIN voters_entry e ON e.id = u.id
) m
WHERE l.edition_id = %(edition)s AND l.sha256 <> {HASH.format(head=f"({_HEAD})", lines="m.lines")}
ORDER BY l.number COLLATE "C"
"""  # noqa: S608  # expressions of ours


def digest(numbers_and_hashes: Iterator[tuple[str, str]]) -> str:
    """One hash over those of all lists of an edition, by their numbers: what the act of the edition names."""
    found = hashlib.sha256()
    for number, sha256 in sorted(numbers_and_hashes):
        found.update(f"{number} {sha256}\n".encode())
    return found.hexdigest()


def changed_lists(edition: Edition) -> list[str]:
    """The numbers of the lists whose entries no longer give the hash that was kept; none where all is as it was."""
    known: dict[str, str | int] = {
        "election": edition.register.election.slug,
        "stage": edition.stage,
        "number": str(edition.number),
        "edition": edition.pk,
    }
    with connection.cursor() as cursor:
        cursor.execute(_CHANGED, known)
        return [str(number) for (number,) in cursor.fetchall()]


def is_as_recorded(edition: Edition) -> bool:
    """Whether the hashes that are kept are those that the act of the edition names in the ledger."""
    act = Act.objects.filter(hash=edition.act).first()
    kept = VoterList.objects.filter(edition=edition).values_list("number", "sha256")
    return act is not None and bool(json.loads(act.payload).get("digest") == digest(kept.iterator()))
