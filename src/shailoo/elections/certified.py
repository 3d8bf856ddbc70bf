"""What certificates ask of elections: which there are, by what names, and what time it is in one of them."""

from __future__ import annotations

from collections.abc import Mapping

from shailoo.documents.certificates.lists import Names
from shailoo.documents.certificates.scopes import Elections, told_by
from shailoo.elections import queries
from shailoo.elections.sittings import now


def names() -> Mapping[str, Names]:
    """The names of the elections called, by slug; the latest first."""
    return {each.slug: {"ky": each.name_ky, "ru": each.name_ru, "en": each.name_en} for each in queries.called()}


told_by(Elections(names, now))
