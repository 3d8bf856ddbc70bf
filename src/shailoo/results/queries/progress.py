"""How far the count is: completeness, turnout, and the hours in which protocols were accepted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.db import connection

from shailoo.elections.models import Voting
from shailoo.results.tabulation import Sums


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour of the count: protocols whose figures were made in it, and protocols and valid ballots up to its end."""

    begins: datetime
    accepted: int
    accepted_so_far: int
    valid_so_far: int


def completeness(sums: Sums) -> Fraction:
    """The part of the expected precincts that is decided upon: summed, or invalid by decision. 1 where none votes."""
    return Fraction(sums.summed + sums.invalidated, sums.expected) if sums.expected else Fraction(1)


def turnout(sums: Sums) -> Fraction | None:
    """Voters who took part, of the voters listed at the summed precincts; None where either is not known (L37.3.b)."""
    if sums.participated is None or not sums.voters_listed:
        return None
    return Fraction(sums.participated, sums.voters_listed)


def history(voting: Voting) -> tuple[Hour, ...]:
    """The accepted protocols by the hour (UTC) in which their figures were made; hours without any are left out.

    One query over what is in the sums now: a protocol that was replaced leaves the hour it stood in.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT hour, accepted, sum(accepted) OVER up_to, sum(valid) OVER up_to
            FROM (
                SELECT date_trunc('hour', f.made_at) AS hour, count(*) AS accepted, sum(f.valid) AS valid
                FROM counting_protocol p
                JOIN counting_figures f ON f.protocol_id = p.id AND f.round = p.round
                WHERE p.voting_id = %s AND p.state = 'accepted'
                  AND NOT EXISTS (
                      SELECT 1 FROM results_invalidation i
                      WHERE i.voting_id = p.voting_id AND i.precinct_id = p.precinct_id AND i.lifts_id IS NULL
                        AND NOT EXISTS (SELECT 1 FROM results_invalidation l WHERE l.lifts_id = i.id))
                GROUP BY 1
            ) AS hours
            WINDOW up_to AS (ORDER BY hour)
            ORDER BY hour
            """,
            [voting.pk],
        )
        return tuple(Hour(hour, count, int(all_), int(valid)) for hour, count, all_, valid in cursor.fetchall())
