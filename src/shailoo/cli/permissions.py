"""`shailoo permissions`: who may open and do what, as a document made from the rules that the program itself asks."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

HEAD = """# Who may do what

Made by `shailoo permissions` from the rules on the views and the operations of the API and from the table
`accounts/roles.py`; a test holds this page to them, and another one walks every address with every role.

- *everyone*: no sign-in. *signed in*: any person who has signed in, with or without an office.
- *here*: at the office's own commission only. *own*: there and at those below it; *all*: everywhere.
- A page that names an act opens to the roles of that act. Which protocol or precinct it may be is asked again by the
  act itself, with the instant: an office that is not held then, or of another territory, is refused, nothing written.
- Every change needs a POST with the token of its page (a machine: its key). Reading runs in a read-only transaction.
"""


def permissions() -> int:
    """Print who may open and do what, as Markdown: docs/permissions.md is this page."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shailoo.settings")
    django.setup()
    print(document(), end="")
    return 0


def document() -> str:
    """The whole page. Django must be set up."""
    parts = (HEAD, "## Acts\n", *_table(_acts()), "\n## Pages\n", *_table(_pages()), "\n## For machines\n")
    return "\n".join((*parts, *_table(_operations()))) + "\n"


def _table(rows: Iterator[Sequence[str]]) -> Iterator[str]:
    head = next(rows)
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def _acts() -> Iterator[Sequence[str]]:
    from shailoo.accounts.roles import MAY, Reach, Role

    roles = [role for role in Role if any(role in open_to for open_to in MAY.values())]
    words = {Reach.HERE: "here", Reach.OWN: "own", Reach.EVERYWHERE: "all"}
    yield ("act", *(role.value for role in roles))
    for act, open_to in MAY.items():
        yield (f"`{act}`", *(words[open_to[role]] if role in open_to else "" for role in roles))


def _pages() -> Iterator[Sequence[str]]:
    from django.utils import translation

    from shailoo.accounts.web import RULE, views

    said = {"public": "everyone", "signed_in": "signed in"}
    yield ("address", "opens to")
    with translation.override("ky"):
        doors = list(views())
    for place, view in doors:
        if not place.startswith("api/"):
            rule = str(getattr(view, RULE))
            address = place.replace("|", "\\|")
            yield (f"`/{address}`", said.get(rule) or ", ".join(f"`{act}`" for act in rule.split(", ")))


def _operations() -> Iterator[Sequence[str]]:
    from shailoo.api.access import ACT
    from shailoo.api.urls import api

    yield ("operation", "method", "the key's office needs")
    for prefix, router in api._routers:  # ninja tells its operations nowhere else
        for path, view in router.path_operations.items():
            for operation in view.operations:
                act = getattr(operation.view_func, ACT)
                yield (f"`/api{prefix}{path}`", ", ".join(operation.methods), f"`{act}`")
    yield ("`/api/openapi.json`", "GET", "nothing: the description of the above")
