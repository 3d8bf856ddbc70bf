"""The queue of a TEC: every precinct, where its protocol stands, what waits for this office."""

from __future__ import annotations

import re

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from shailoo.accounts.roles import MAY, Role
from shailoo.accounts.web import acting, require_election, rule
from shailoo.commissions.models import Commission
from shailoo.counting import actions, queries, words
from shailoo.counting.states import State
from shailoo.counting.views.place import clock, expected_of, to_case, told
from shailoo.elections.queries import featured
from shailoo.law.outcome import Refused

PAGE_SIZE = 50
ORDERS = {"precinct": "precinct__number", "state": "state", "received": "received_at", "tec": "tec__body__code"}
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@rule("counting.read")
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """For a TEC operator at three in the morning: what waits for me, and where every precinct stands."""
    voting = featured()
    if voting is None:
        return render(request, "counting/no_voting.html")
    require_election(request, voting.election.slug)
    tec = _own_tec(request)
    rows = queries.queue(voting, tec)
    state, search, order = _asked(request)
    if state:
        rows = rows.filter(state=state)
    if search:
        rows = rows.filter(precinct__number__icontains=search)
    column = ORDERS[order.removeprefix("-")]
    rows = rows.order_by(f"-{column}" if order.startswith("-") else column, "precinct__number")
    paginator = Paginator(rows, PAGE_SIZE)
    number = request.GET.get("page", "1")
    if not re.fullmatch(r"[1-9][0-9]{0,5}", number, re.ASCII) or int(number) > paginator.num_pages:
        raise Http404("page")
    page, progress = paginator.page(int(number)), queries.progress(voting, tec)
    return render(
        request,
        "counting/queue.html",
        {
            "election": voting.election,
            "voting": voting,
            "progress": progress,
            "page_of_rows": page,
            "rows": [
                (row, words.STATES[known], words.COLOURS[known]) for row in page for known in (queries.state_of(row),)
            ],
            "states": [(known.value, words.STATES[known]) for known in State if known is not State.REPLACED],
            "counts": _counts(progress),
            "due": [
                (words.ACTS[each.act], words.STATES[each.state], each.count, each.state.value)
                for each in queries.due(acting(request), voting)
            ],
            "chosen_state": state,
            "may_take_over": Role(acting(request).role) in MAY["counting.take_over"],
            "may_report": Role(acting(request).role) in MAY["counting.scanner_report"],
            "may_import": Role(acting(request).role) in MAY["counting.import"],
            "search": search,
            "every_tec": tec is None,
        },
    )


@rule("counting.take_over")
@require_POST
def take_over(request: HttpRequest, pk: int) -> HttpResponse:
    """The TEC takes over a precinct's signed paper."""
    expected = expected_of(request, pk)
    answer = actions.take_over(expected, by=acting(request), at=clock(expected.voting))
    if isinstance(answer, Refused):
        told(request, answer)
        return redirect("counting:queue")
    return to_case(answer.pk)


def _counts(progress: queries.Progress) -> list[tuple[str, object, str, int]]:
    """Each state in which a protocol stands: its value, words and colour, and how many."""
    return [
        (state.value, words.STATES[state], words.COLOURS[state], progress.states.get(state, 0))
        for state in State
        if progress.states.get(state, 0)
    ]


def _own_tec(request: HttpRequest) -> Commission | None:
    """The TEC of the office; None for the CEC, which sees all."""
    return Commission.objects.filter(pk=acting(request).body_id, level=Commission.Level.TEC).first()


def _asked(request: HttpRequest) -> tuple[str, str, str]:
    """State, search and order of the address; 404 for what is none."""
    state, order = request.GET.get("state", ""), request.GET.get("sort", "precinct")
    search = _CONTROL.sub("", request.GET.get("q", "")).strip()[:40]
    if (state and state not in list(State)) or order.removeprefix("-") not in ORDERS:
        raise Http404
    return state, search, order
