"""Making the lists in the database: every precinct's list in one statement, in the order of the Kyrgyz alphabet.

Words are ranked by the alphabet once each (a country has millions of voters and some hundred thousand different
names), so that the voters themselves are sorted by numbers. Nothing of a voter comes to this process.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection

from shailoo.voters.lists.canonical import HASH, LINE

MEMORY = "SET LOCAL work_mem = '256MB'"
WORDS, MADE = "voter_lists_words", "voter_lists_made"

_RANKED = f"""
CREATE TEMP TABLE {WORDS} ON COMMIT DROP AS
SELECT word, (dense_rank() OVER (ORDER BY ky_sort(word) COLLATE "C"))::integer AS place
FROM (SELECT surname AS word FROM voters_entry WHERE register_id = %(register)s AND until IS NULL
      UNION SELECT name FROM voters_entry WHERE register_id = %(register)s AND until IS NULL
      UNION SELECT patronymic FROM voters_entry WHERE register_id = %(register)s AND until IS NULL) w
"""  # noqa: S608  # names of ours

_ORDER = "ORDER BY s.place, n.place, p.place, e.pin"
_HEAD = "%(election)s || ' ' || %(stage)s || ' ' || %(number)s || ' ' || a.number || ' ' || coalesce(m.voters, 0)"
_GATHERED = f"""
CREATE TEMP TABLE {MADE} ON COMMIT DROP AS
SELECT v.precinct_id, v.region_id, %(letter)s || '-' || a.number AS number,
       coalesce(m.voters, 0) AS voters, coalesce(m.entries, ARRAY[]::bigint[]) AS entries,
       {HASH.format(head=f"({_HEAD})", lines="m.lines")} AS sha256
FROM elections_votingprecinct v
JOIN territory_precinct a ON a.id = v.precinct_id
LEFT JOIN (
    SELECT e.precinct_id, count(*)::integer AS voters, array_agg(e.id {_ORDER}) AS entries,
           string_agg({LINE}, chr(10) {_ORDER}) AS lines
    FROM voters_entry e
    JOIN {WORDS} s ON s.word = e.surname
    JOIN {WORDS} n ON n.word = e.name
    JOIN {WORDS} p ON p.word = e.patronymic
    WHERE e.register_id = %(register)s AND e.until IS NULL
    GROUP BY e.precinct_id
) m ON m.precinct_id = v.precinct_id
WHERE v.voting_id = %(voting)s
"""  # noqa: S608  # as above

_TOTALS = f"""
SELECT count(*), coalesce(sum(voters), 0),
       encode(sha256(convert_to(coalesce(string_agg(number || ' ' || sha256 || chr(10), '' ORDER BY number
              COLLATE "C"), ''), 'UTF8')), 'hex')
FROM {MADE}
"""  # noqa: S608  # as above

_KEPT = f"""
INSERT INTO voter_lists_voterlist (edition_id, precinct_id, region_id, number, voters, entries, sha256)
SELECT %(edition)s, precinct_id, region_id, number, voters, entries, sha256 FROM {MADE}
"""  # noqa: S608  # as above

# Entries that stand in both editions in the same place are the same version of the same person: they cancel out, and
# only the rest is looked up. Lists of one precinct are compared first; who is left may have moved.
COMPARED = """
WITH old AS (SELECT l.precinct_id, u.id FROM voter_lists_voterlist l, LATERAL unnest(l.entries) u(id)
             WHERE l.edition_id = %(against)s),
     new AS (SELECT l.precinct_id, u.id FROM voter_lists_voterlist l, LATERAL unnest(l.entries) u(id)
             WHERE l.edition_id = %(edition)s),
     rest AS (SELECT id, old.precinct_id AS was, new.precinct_id AS now FROM old FULL JOIN new USING (id)
              WHERE old.precinct_id IS NULL OR new.precinct_id IS NULL),
     people AS (SELECT e.pin, max(r.was) AS was, max(r.now) AS now FROM rest r JOIN voters_entry e ON e.id = r.id
                GROUP BY e.pin),
     told AS (SELECT now AS precinct_id, CASE WHEN was IS NULL THEN 'new' WHEN was = now THEN 'changed'
                                              ELSE 'moved_in' END AS what FROM people WHERE now IS NOT NULL
              UNION ALL
              SELECT was, CASE WHEN now IS NULL THEN 'gone' ELSE 'moved_out' END FROM people
              WHERE was IS NOT NULL AND was IS DISTINCT FROM now)
SELECT l.precinct_id, l.region_id, {counts}
FROM voter_lists_voterlist l
LEFT JOIN (SELECT precinct_id, {sums} FROM told GROUP BY precinct_id) t ON t.precinct_id = l.precinct_id
WHERE l.edition_id = %(edition)s
"""
KINDS = ("new", "gone", "moved_in", "moved_out", "changed")
COMPARISON = COMPARED.format(
    counts=", ".join(f"coalesce(t.{kind}, 0)" for kind in KINDS),
    sums=", ".join(f"count(*) FILTER (WHERE what = '{kind}') AS {kind}" for kind in KINDS),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Of what the lists are made: the register and its voting, and what the edition is called."""

    register: int
    voting: int
    election: str
    stage: str
    number: int

    @property
    def letter(self) -> str:
        """How numbers of its lists begin: "F1"."""
        return f"{self.stage[0].upper()}{self.number}"


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: how many lists with how many voters, and one hash over the hashes of all lists."""

    precincts: int
    voters: int
    digest: str


def make(asked: Asked) -> Made:
    """Make every list in a table of this transaction; `keep` writes them down for good."""
    known: Mapping[str, str | int] = {
        "register": asked.register,
        "voting": asked.voting,
        "election": asked.election,
        "stage": asked.stage,
        "number": str(asked.number),
        "letter": asked.letter,
    }
    with connection.cursor() as cursor:
        cursor.execute(MEMORY)
        cursor.execute(f"DROP TABLE IF EXISTS {WORDS}, {MADE}")
        cursor.execute(_RANKED, known)
        cursor.execute(f"ANALYZE {WORDS}")
        cursor.execute(_GATHERED, known)
        cursor.execute(_TOTALS)
        precincts, voters, digest = cursor.fetchone()
    return Made(int(precincts), int(voters), str(digest))


def precincts_and_filled() -> tuple[list[str], list[str]]:
    """The numbers of all precincts with a list, and of those whose list names somebody."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT a.number, m.voters FROM {MADE} m JOIN territory_precinct a ON a.id = m.precinct_id"  # noqa: S608  # a name of ours
        )
        rows = cursor.fetchall()
    return sorted(number for number, _ in rows), sorted(number for number, voters in rows if voters)


def keep(edition: int) -> None:
    """Write the lists down: one statement, which the database checks as a whole."""
    with connection.cursor() as cursor:
        cursor.execute(_KEPT, {"edition": edition})


def keep_difference(edition: int, against: int) -> None:
    """Write what the edition changes in each precinct against an earlier one."""
    with connection.cursor() as cursor:
        cursor.execute(MEMORY)
        cursor.execute(
            f"""
            INSERT INTO voter_lists_difference (edition_id, against_id, precinct_id, region_id, {", ".join(KINDS)})
            SELECT %(edition)s, %(against)s, * FROM ({COMPARISON}) c
            """,  # noqa: S608  # as above
            {"edition": edition, "against": against},
        )
