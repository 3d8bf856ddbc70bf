"""The numbered publications of a voting, and what changed from one to the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from shailoo.elections.models import Voting
from shailoo.results.models import Publication


@dataclass(frozen=True, slots=True)
class Change:
    """One published figure or text that is not what it was. `path` leads to it in the summary; None: not there."""

    path: tuple[str, ...]
    before: int | str | None
    after: int | str | None


def publications(voting: Voting) -> list[Publication]:
    """Every publication of a voting, the latest first."""
    found = Publication.objects.filter(voting=voting).select_related("determination", "bundle", "office__body")
    return list(found.order_by("-version"))


def publication(voting: Voting, version: int) -> Publication | None:
    """One publication by its number."""
    return (
        Publication.objects.filter(voting=voting, version=version)
        .select_related("determination", "bundle", "office__body")
        .first()
    )


def latest_publication(voting: Voting) -> Publication | None:
    return Publication.objects.filter(voting=voting).order_by("-version").first()


def earlier(found: Publication) -> Publication | None:
    """The publication before `found`."""
    return Publication.objects.filter(voting_id=found.voting_id, version=found.version - 1).first()


def difference(later: Publication, before: Publication) -> tuple[Change, ...]:
    """Every figure of the summary in which two publications differ, in the order of the later one."""
    new, old = dict(_leaves(later.summary, ())), dict(_leaves(before.summary, ()))
    paths = dict.fromkeys([*new, *old])
    return tuple(Change(path, old.get(path), new.get(path)) for path in paths if old.get(path) != new.get(path))


Leaf = int | str | None


def _leaves(value: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Leaf]]:
    """Every number and text of a summary with the way to it; entries of a list go by their code if they have one."""
    if isinstance(value, Mapping):
        for name, item in value.items():
            yield from _leaves(item, (*path, str(name)))
    elif isinstance(value, list):
        for place, item in enumerate(value):
            name = item.get("code") if isinstance(item, Mapping) else None
            yield from _leaves(item, (*path, str(name or place)))
    elif value is None or isinstance(value, int | str):
        yield path, value
