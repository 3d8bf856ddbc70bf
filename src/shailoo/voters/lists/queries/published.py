"""What the site shows of the lists: names and numbers of one edition, and a search in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import QuerySet

from shailoo.voters.lists.folding import folded
from shailoo.voters.lists.models import Publication, PublishedName, VoterList
from shailoo.voters.lists.queries.ways import results_published
from shailoo.voters.models import Register

MOST = 200  # hits that a search counts and shows; whoever has more writes more of the name
SHORTEST = 2  # letters of the surname


@dataclass(frozen=True, slots=True)
class Hit:
    """A name in a published list."""

    list_id: int
    number: int
    surname: str
    name: str
    patronymic: str
    precinct: str


def on_site(register: Register, at: datetime) -> Publication | None:
    """What stands on the site; None before the first publication and from the official results on."""
    found = Publication.objects.select_related("edition__register__election").filter(
        edition__register=register, taking_down=None
    )
    publication = found.first()
    return None if publication is None or results_published(register, at) else publication


def published_list(publication: Publication, number: str) -> VoterList | None:
    """The list of a precinct in what stands on the site."""
    lists = VoterList.objects.filter(edition=publication.edition_id, precinct__number=number).defer("entries")
    return lists.select_related("precinct__area", "region", "edition__register__election").first()


def names(publication: Publication, found: VoterList) -> QuerySet[PublishedName]:
    """The names of a list by their numbers."""
    return PublishedName.objects.filter(publication=publication, list=found).order_by("number")


_SEARCH = """
SELECT n.list_id, n.number, n.surname, n.name, n.patronymic, p.number
FROM (SELECT list_id, number, surname, name, patronymic, folded FROM voter_lists_publishedname
      WHERE publication_id = %(publication)s AND folded >= %(from)s AND folded < %(to)s
      ORDER BY folded LIMIT %(most)s) n
JOIN voter_lists_voterlist l ON l.id = n.list_id
JOIN territory_precinct p ON p.id = l.precinct_id
ORDER BY n.folded, p.number, n.number
"""


def asked_for(text: str) -> str:
    """What a search looks for; empty where it is less than a surname and the first letter of a name."""
    words = folded(text)
    surname, _, rest = words.partition(" ")
    return words if len(surname) >= SHORTEST and rest else ""


def search(publication: Publication, text: str) -> list[Hit]:
    """Names that begin with the text, in which letters may be written the Russian way; at most MOST + 1 of them.

    Nothing is found by less than a surname and the first letter of a name (`asked_for`).
    """
    words = asked_for(text)
    if not words:
        return []
    with connection.cursor() as cursor:
        known: dict[str, str | int] = {
            "publication": publication.pk,
            "from": words,
            "to": _behind(words),
            "most": MOST + 1,
        }
        cursor.execute(_SEARCH, known)
        return [Hit(*row) for row in cursor.fetchall()]


def _behind(words: str) -> str:
    """The first text that does not begin with `words`, by code points."""
    return words + "\U0010ffff"
