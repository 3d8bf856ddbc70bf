"""Long lists on a page: search, order and pages by the address alone, so that a link keeps what its reader saw.

Whatever stands in the address is a question to be answered or refused (404), never a fault.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.paginator import Page, Paginator
from django.http import Http404, QueryDict

Row = TypeVar("Row")
Key = Callable[[Row], Any]  # Any: a column's values can be compared with each other, whatever they are
PAGE_SIZE = 50
LONGEST_SEARCH = 80
_PAGE = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Listing(Generic[Row]):
    """One page of a list, what was searched for, and how many rows there are in all pages."""

    page: Page[Row]
    search: str

    @property
    def rows(self) -> Sequence[Row]:
        return list(self.page.object_list)

    @property
    def total(self) -> int:
        return self.page.paginator.count


def searched(query: QueryDict, name: str = "q") -> str:
    """What the reader typed, without control characters and at most 80 signs."""
    return _CONTROL.sub("", query.get(name, "")).strip()[:LONGEST_SEARCH]


def chosen(query: QueryDict, name: str, known: Iterable[str], default: str) -> str:
    """One of the known options of the address; another one is no page (404)."""
    found = query.get(name, default)
    if found not in known:
        raise Http404(name)
    return found


def listing(
    rows: Iterable[Row], query: QueryDict, *, keys: Mapping[str, Key[Row]], default: str, text: Callable[[Row], str]
) -> Listing[Row]:
    """Search `text` of the rows, order them by one of `keys` ("-key" descending), and cut one page out.

    A row whose key is None stands last in either order. Raises Http404 for an unknown order and a page that is not
    there.
    """
    search = searched(query)
    wanted = chosen(query, "sort", [*keys, *(f"-{key}" for key in keys)], default)
    found = [row for row in rows if search.casefold() in text(row).casefold()]
    return Listing(paged(_ordered(found, keys[wanted.removeprefix("-")], wanted), query), search)


def paged(rows: Sequence[Row], query: QueryDict) -> Page[Row]:
    """The page of the list that the address names; 404 where there is none."""
    paginator = Paginator(rows, PAGE_SIZE)
    asked = query.get("page", "1")
    if not _PAGE.fullmatch(asked) or int(asked) > paginator.num_pages:
        raise Http404("page")
    return paginator.page(int(asked))


def _ordered(rows: list[Row], key: Key[Row], wanted: str) -> list[Row]:
    known = [row for row in rows if key(row) is not None]
    unknown = [row for row in rows if key(row) is None]
    known.sort(key=key, reverse=wanted.startswith("-"))
    return known + unknown
