"""Entering a protocol: one page at a time, each kept as it is left; check the answers; finish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BoundField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shailoo.accounts.web import acting, rule
from shailoo.counting import actions, words
from shailoo.counting.fields import Field, flat
from shailoo.counting.forms import EntryForm
from shailoo.counting.models import Entry
from shailoo.counting.states import State
from shailoo.counting.views.place import NOT_DONE, clock, to_case
from shailoo.elections.queries import Ballot, ballot
from shailoo.law.outcome import Refused


@dataclass(frozen=True, slots=True)
class Block:
    """Fields that stand together, each with a label of its own or ""; those of a mobile box under its number."""

    title: str
    fields: tuple[tuple[BoundField, str], ...]
    unfolded: bool


@rule("counting.enter")
@require_GET
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """On to the first page that is not saved: after a crash, a break, or at another machine."""
    entry, asked, _printed = _own(request, pk)
    waiting = [page for page in asked if page not in entry.pages_saved]
    if not waiting:
        return redirect("counting:check", pk=pk)
    return redirect("counting:page", pk=pk, page=waiting[0])


@rule("counting.enter")
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, pk: int, page: str) -> HttpResponse:
    """One page of the form. Leaving it keeps it."""
    entry, asked, printed = _own(request, pk)
    if page not in asked:
        raise Http404(page)
    if request.method == "GET":
        form = EntryForm(asked[page], printed, flat(entry.lines), posted=False)
        return _shown(request, entry, asked, page, form, ())
    answer = actions.save_page(entry, page, request.POST, by=acting(request), at=clock(entry.protocol.voting))
    if isinstance(answer, Refused):
        form = EntryForm(asked[page], printed, request.POST, posted=True)
        form.refuse({path: str(why) for path, why in _unreadable(answer).items()})
        return _shown(request, entry, asked, page, form, words.refusal(answer), status=NOT_DONE)
    if request.POST.get("then") == "stop":
        messages.success(request, _("Saved. You can go on later, here or at another machine."))
        return to_case(entry.protocol_id)
    later = _next(asked, page)
    return redirect("counting:page", pk=pk, page=later) if later else redirect("counting:check", pk=pk)


@rule("counting.enter")
@require_POST
def draft(request: HttpRequest, pk: int, page: str) -> HttpResponse:
    """What htmx sends while a page is typed: whatever can be read is kept."""
    entry, asked, _printed = _own(request, pk)
    if page not in asked:
        raise Http404(page)
    at = clock(entry.protocol.voting)
    answer = actions.keep_draft(entry, page, request.POST, by=acting(request), at=at)
    if isinstance(answer, Refused):
        return render(request, "counting/draft.html", {"errors": words.refusal(answer)}, status=NOT_DONE)
    return render(request, "counting/draft.html", {"at": at, "unread": len(answer.unreadable)})


@rule("counting.enter")
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Check your answers against the paper, then finish. Nothing is said of the other entry."""
    entry, asked, printed = _own(request, pk)
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        answer = actions.finish(entry, by=acting(request), at=clock(entry.protocol.voting))
        if not isinstance(answer, Refused):
            messages.success(request, _after(answer.state))
            return to_case(entry.protocol_id)
        errors = words.refusal(answer)
    values = flat(entry.lines)
    groups = [
        (name, words.PAGES.get(name, name), name in entry.pages_saved, _answers(fields, printed, values))
        for name, fields in asked.items()
    ]
    context = {"election": entry.protocol.voting.election, "entry": entry, "groups": groups, "errors": errors}
    return render(request, "counting/check.html", context, status=NOT_DONE if errors else 200)


def _own(request: HttpRequest, pk: int) -> tuple[Entry, dict[str, tuple[Field, ...]], Ballot]:
    """The person's own open entry; another's is forbidden, a finished one leads nowhere (404)."""
    related = ("protocol__voting__election__clock", "protocol__tec__body", "protocol__precinct")
    entry = get_object_or_404(Entry.objects.select_related(*related), pk=pk)
    if entry.person_id != acting(request).person_id:
        raise PermissionDenied
    if request.method == "GET" and (entry.finished_at is not None or entry.released_at is not None):
        raise Http404
    printed = ballot(entry.protocol.voting)
    return entry, actions.fields_to_enter(entry, printed.codes), printed


def _shown(
    request: HttpRequest,
    entry: Entry,
    asked: dict[str, tuple[Field, ...]],
    page: str,
    form: EntryForm,
    errors: object,
    status: int = 200,
) -> HttpResponse:
    steps = [(name, words.PAGES.get(name, name), name in entry.pages_saved, name == page) for name in asked]
    context = {
        "election": entry.protocol.voting.election,
        "entry": entry,
        "page_name": page,
        "title": words.PAGES.get(page, page),
        "place": list(asked).index(page) + 1,
        "of": len(asked),
        "steps": steps,
        "form": form,
        "errors": errors if not form.errors else (),
        "main": _blocks(form, [field for field in asked[page] if not field.is_support]),
        "support": _blocks(form, [field for field in asked[page] if field.is_support]),
        "open_support": any(path in form.errors for path in form.support),
    }
    return render(request, "counting/entry.html", context, status=status)


def _blocks(form: EntryForm, fields: list[Field]) -> list[Block]:
    """The fields in their order; those of one mobile box together."""
    found = []
    for (_line, row), group in groupby(
        fields, key=lambda field: (field.line.id if field.row is not None else "", field.row)
    ):
        own = list(group)
        bound = [form[field.path] for field in own]
        title = "" if row is None else _("Box %(number)s") % {"number": row + 1}
        begun = any(each.errors or each.value() for each in bound)
        labels = ["" if row is None else words.part(field.path) for field in own]
        found.append(Block(title, tuple(zip(bound, labels, strict=True)), unfolded=not row or begun))
    return found


def _next(asked: dict[str, tuple[Field, ...]], page: str) -> str:
    names = list(asked)
    return next(iter(names[names.index(page) + 1 :]), "")


def _answers(fields: tuple[Field, ...], printed: Ballot, values: Mapping[str, object]) -> list[tuple[str, str, bool]]:
    """Label, value, and whether a line of the protocol was left blank."""
    rows = []
    for field in fields:
        value = values.get(field.path)
        blank = value is None and not field.is_support and field.line.required and field.row is None
        if value is not None or blank:
            rows.append((words.field(field.path, printed), words.value(value, field.kind), blank))
    return rows


def _unreadable(refused: Refused) -> dict[str, object]:
    """Field path -> why, of a page that could not be read."""
    return {
        path: found.facts.get(path.replace(".", "_"), found.code) for found in refused.findings for path in found.fields
    }


def _after(state: State) -> str:
    """What the clerk is told; nothing of the other entry's values."""
    if state in (State.FIRST_ENTERED, State.FIRST_REENTERED):
        return _("Finished. Another person now enters the same protocol.")
    if state is State.DIFFERENT:
        return _("Finished. The two entries differ; the differing fields are entered again by two people.")
    if state is State.CONFLICTING:
        return _("Finished. The entries still differ; a third person decides.")
    if state is State.ACCEPTED:
        return _("Finished. Both entries are equal and the protocol is accepted.")
    if state is State.TO_EXPLAIN:
        return _("Finished. Both entries are equal; some relations do not hold and are to be explained in writing.")
    return _("Finished. Both entries are equal; the protocol has errors and waits for the chairperson.")
