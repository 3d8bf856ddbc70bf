"""What certificates ask of elections: which there are, by what names, and what time it is in one of them."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import override

from shailoo.documents.certificates.lists import Names
from shailoo.documents.certificates.scopes import Elections, told_by
from shailoo.elections import queries
from shailoo.elections.models import Election
from shailoo.elections.sittings import now


def names() -> Mapping[str, Names]:
    """The names of the elections called, by slug; the latest first.

    What is no real election says so in its name: a card and the checker show it wherever they name the election.
    """
    return {each.slug: _names(each) for each in queries.called()}


def _names(election: Election) -> Names:
    given = {"ky": election.name_ky, "ru": election.name_ru, "en": election.name_en}
    return {language: f"{name}{_mark(election, language)}" for language, name in given.items()}


def _mark(election: Election, language: str) -> str:
    with override(language):
        if election.rehearsal:
            return f" — {_('rehearsal').upper()}"
        return f" — {_('generated data').upper()}" if election.origin == Election.Origin.GENERATED else ""


told_by(Elections(names, now))
