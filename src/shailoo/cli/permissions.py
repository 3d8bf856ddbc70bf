"""`shailoo permissions`: who may open and do what, as a document made from the rules that the program itself asks."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence

HEAD = """# Who may do what

Made by `shailoo permissions` from the rules on the views, the operations of the API and the jobs, and from the tables
in `accounts/roles.py`; a test holds this page to them, and others ask every page and every operation with every role.
[offices.md](offices.md) tells what an office is.

- *everyone*: no sign-in. *signed in*: any person who has signed in, with or without an office.
- *here*: at the office's own body only. *own*: there and at those below it; *all*: everywhere.
- A page that names acts opens to the roles of one of them. Which protocol, precinct or commission it may be is asked
  again by the act itself, with the instant and the election: an office that is not held then, of another territory or
  of another election is refused, and nothing is written.
- *recorded*: the page shows personal data, and who was shown them is written down before they are shown.
- Every change needs a POST with the token of its page (a machine: its key). Reading runs in a read-only transaction.
"""
SAID = {"public": "everyone", "signed_in": "signed in"}


def permissions() -> int:
    """Print who may open and do what, as Markdown: docs/permissions.md is this page."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shailoo.settings")
    django.setup()
    print(document(), end="")
    return 0


def document() -> str:
    """The whole page. Django must be set up."""
    parts = (
        ("Acts", _acts()),
        ("Offices: who may give and end which", _offices()),
        ("Pages", _pages()),
        ("For machines", _operations()),
        ("In the background", _jobs()),
    )
    return "\n".join((HEAD, *(line for title, rows in parts for line in (f"## {title}", "", *_table(rows), ""))))


def _table(rows: Iterator[Sequence[str]]) -> Iterator[str]:
    head = next(rows)
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def _acts() -> Iterator[Sequence[str]]:
    from shailoo.accounts.roles import MAY, Reach

    words = {Reach.EVERYWHERE: "all", Reach.OWN: "own", Reach.HERE: "here"}
    yield ("act", *words.values())
    for act, open_to in MAY.items():
        yield (f"`{act}`", *(_named(role for role in open_to if open_to[role] is reach) for reach in words))


def _offices() -> Iterator[Sequence[str]]:
    from shailoo.accounts.roles import GIVEN_BY, MAY, ROLES_AT, STAFF, Role

    acts: Mapping[str, int] = {role: sum(role in open_to for open_to in MAY.values()) for role in Role}
    yield ("role", "at", "second factor", "acts", "given by")
    for role in Role:
        places = ", ".join(kind.value for kind, roles in ROLES_AT.items() if role in roles)
        yield (role.value, places, "yes" if role in STAFF else "", str(acts[role]), _named(GIVEN_BY[role]) or "nobody")


def _named(roles: Iterable[str]) -> str:
    """The roles in the order of the table of roles."""
    from shailoo.accounts.roles import Role

    given = set(roles)
    return ", ".join(role.value for role in Role if role in given)


def _pages() -> Iterator[Sequence[str]]:
    from django.utils import translation

    from shailoo.accounts.web import PERSONAL, RULE, views

    yield ("address", "opens to", "personal data")
    with translation.override("ky"):
        doors = list(views())
    for place, view in doors:
        if not place.startswith("api/"):
            rule = str(getattr(view, RULE))
            address = place.replace("|", "\\|")
            recorded = f"{found}, recorded" if (found := getattr(view, PERSONAL, "")) else ""
            yield (f"`/{address}`", SAID.get(rule) or _quoted(rule.split(", ")), recorded)


def _quoted(acts: Iterable[str]) -> str:
    return ", ".join(f"`{act}`" for act in acts)


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


def _jobs() -> Iterator[Sequence[str]]:
    from shailoo.accounts.background import INSTALLATION, jobs

    yield ("job", "in the right of")
    for name, right in jobs().items():
        yield (f"`{name}`", INSTALLATION if right == INSTALLATION else f"the office that asked for it: `{right}`")
