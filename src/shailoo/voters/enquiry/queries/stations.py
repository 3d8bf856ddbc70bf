"""Finding precincts by the words that people know: a village, a street, a school, the number on a notice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, QuerySet

from shailoo.elections.models import Voting, VotingPrecinct
from shailoo.territory.models import Precinct
from shailoo.voters.enquiry import folding
from shailoo.voters.enquiry.models import StationAccess
from shailoo.voters.lists.models import Edition, VoterList

MOST_FOUND = 30
MOST_LINES = 400
MOST_LABELS = 3
MOST_HOUSE = 99_999

# A word is understood as itself, as the beginning of another, or as one that shares enough threes of letters.
_UNDERSTOOD = """
SELECT asked.word, near.word, near.weight
FROM unnest(%(words)s::text[]) AS asked(word) CROSS JOIN LATERAL (
    SELECT w.word, CASE WHEN w.word = asked.word THEN 3 WHEN w.word LIKE asked.word || '%%' THEN 2
                        ELSE similarity(w.word, asked.word) END::float8 AS weight
    FROM voter_enquiry_placeword w
    WHERE w.voting_id = %(voting)s AND (w.word LIKE asked.word || '%%' OR w.word %% asked.word)
    ORDER BY 2 DESC, 1 LIMIT 24
) near
"""
_STRICT = 2.0
_LINES = """
SELECT l.id, l.precinct_id, l.label FROM voter_enquiry_placeline l JOIN territory_precinct p ON p.id = l.precinct_id
WHERE l.voting_id = %(voting)s AND {every}
      AND (%(house)s IS NULL OR l.house_from IS NULL
           OR (%(house)s BETWEEN l.house_from AND l.house_to
               AND l.side = ANY (ARRAY['all', CASE WHEN %(house)s %% 2 = 0 THEN 'even' ELSE 'odd' END])))
ORDER BY {nearest} DESC, (l.house_from IS NOT NULL AND %(house)s IS NOT NULL) DESC, l.kind = 'station' DESC,
         length(p.number), p.number, l.label
LIMIT {most}
"""


@dataclass(frozen=True, slots=True)
class Station:
    """A precinct with what a voter wants to know of it. `voters`: in its list; None where there is no list yet."""

    precinct: Precinct
    labels: tuple[str, ...]  # the streets by which it was found
    voters: int | None
    access: StationAccess | None


@dataclass(frozen=True, slots=True)
class Search:
    """What was found; `whole` says that every word of the question was understood in each place."""

    stations: tuple[Station, ...]
    whole: bool
    more: bool


@dataclass(frozen=True, slots=True)
class _Question:
    """The words of a question, and the number in it: of a house, or of a station."""

    voting: int
    words: list[str]
    number: str

    @property
    def house(self) -> int | None:
        return int(self.number) if self.words and self.number and int(self.number) <= MOST_HOUSE else None


@dataclass(frozen=True, slots=True)
class _Lines:
    """(precinct, label) of the lines that fit, by which words they do, and whether by every word of the question."""

    rows: tuple[tuple[int, str], ...] = ()
    meant: frozenset[str] = frozenset()
    whole: bool = True


def search(voting: Voting, edition: Edition | None, text: str) -> Search:
    """The precincts of a voting that a text may mean, the likeliest first; at most `MOST_FOUND`."""
    asked = folding.asked(text)
    words, numbers = [each for each in asked if not each.isdigit()], [each for each in asked if each.isdigit()]
    question = _Question(voting.pk, words, numbers[0][:9] if numbers else "")
    named = _by_number(voting, question.number) if question.number else []
    lines = _lines(question) if words else _Lines()
    labels: dict[int, list[str]] = {pk: [] for pk in named if not words}
    for precinct, label in lines.rows:
        known = labels.setdefault(precinct, [])
        if label not in known and not lines.meant.isdisjoint(folding.words(label)):
            known.append(label)
    first = dict(list(labels.items())[:MOST_FOUND])
    return Search(tuple(_stations(first, edition)), lines.whole, len(labels) > len(first))


def station(voting: Voting, edition: Edition | None, number: str) -> Station | None:
    """One precinct of a voting by its number."""
    rows = VotingPrecinct.objects.filter(voting=voting, precinct__number=number)
    found = rows.values_list("precinct_id", flat=True).first()
    return None if found is None else next(iter(_stations({found: []}, edition)), None)


def precinct(key: int) -> Precinct:
    """A precinct with the areas that a page names."""
    return Precinct.objects.select_related("area", "region").get(pk=key)


def access_of(precincts: Iterable[int]) -> Mapping[int, StationAccess]:
    """The last that was told of the way into each station, by the key of its precinct."""
    rows = StationAccess.objects.filter(precinct__in=list(precincts)).select_related("office__body")
    return {each.precinct_id: each for each in rows.order_by("precinct", "-version").distinct("precinct")}


def versions(precinct: Precinct) -> QuerySet[StationAccess]:
    """Everything that was told of a station, the last first."""
    return StationAccess.objects.filter(precinct=precinct).select_related("office__body").order_by("-version")


def kept_by(body: int) -> QuerySet[Precinct]:
    """The precincts of which a body may tell: a precinct commission's own, those that vote under a territorial one."""
    own, under = Q(commission__body_id=body), Q(votings__tec__body_id=body)
    return Precinct.objects.filter(own | under).distinct().order_by("number")


def _by_number(voting: Voting, number: str) -> list[int]:
    """The precincts whose number is that, or begins with it, in the order of their numbers."""
    rows = VotingPrecinct.objects.filter(voting=voting, precinct__number__startswith=number)
    found = rows.values_list("precinct__number", "precinct_id")[:MOST_LINES]
    return [pk for _length, _number, pk in sorted((len(name), name, pk) for name, pk in found)]


def _lines(question: _Question) -> _Lines:
    """The lines that fit: every word strictly, else loosely, else any of the words."""
    understood = _understood(question)
    strict = {word: [near for near, weight in found if weight >= _STRICT] for word, found in understood.items()}
    loose = {word: [near for near, _weight in found] for word, found in understood.items()}
    for sets, joined in ((strict, " AND "), (loose, " AND "), (loose, " OR ")):
        wanted = [sets.get(word, []) for word in question.words]
        if joined == " AND " and not all(wanted):
            continue
        rows = _fitting(question, [each for each in wanted if each], joined)
        if rows:
            return _Lines(tuple(rows), frozenset(word for each in wanted for word in each), joined == " AND ")
    return _Lines()


def _understood(question: _Question) -> dict[str, list[tuple[str, float]]]:
    found: dict[str, list[tuple[str, float]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_UNDERSTOOD, {"words": question.words, "voting": question.voting})
        for word, near, weight in cursor.fetchall():
            found.setdefault(word, []).append((near, weight))
    return found


def _fitting(question: _Question, wanted: list[list[str]], joined: str) -> list[tuple[int, str]]:
    if not wanted:
        return []
    facts: dict[str, int | str | list[str] | None] = {"voting": question.voting, "house": question.house}
    facts |= {f"words{place}": words for place, words in enumerate(wanted)}
    facts |= {f"first{place}": words[0] for place, words in enumerate(wanted)}
    every = joined.join(f"l.words && %(words{place})s::text[]" for place in range(len(wanted)))
    nearest = " + ".join(f"(%(first{place})s = ANY (l.words))::int" for place in range(len(wanted)))
    with connection.cursor() as cursor:
        cursor.execute(_LINES.format(every=f"({every})", nearest=nearest, most=MOST_LINES), facts)
        return [(precinct, label) for _line, precinct, label in cursor.fetchall()]


def _stations(found: Mapping[int, list[str]], edition: Edition | None) -> Iterator[Station]:
    precincts = Precinct.objects.filter(pk__in=found).select_related("area", "region").in_bulk()
    lists = VoterList.objects.filter(edition=edition, precinct__in=found) if edition else VoterList.objects.none()
    voters = dict(lists.values_list("precinct_id", "voters"))
    access = access_of(found)
    for pk, labels in found.items():
        yield Station(precincts[pk], tuple(labels[:MOST_LABELS]), voters.get(pk), access.get(pk))
