"""The case of one protocol: what is done, what is next, what was found, its papers and its history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.views.decorators.http import require_GET, require_POST

from shailoo.accounts.roles import MAY, Role
from shailoo.accounts.web import acting, rule
from shailoo.counting import actions, queries, words
from shailoo.counting.fields import NOT_TYPED, flat, pages
from shailoo.counting.models import Entry, Protocol
from shailoo.counting.states import BEING_ENTERED, Act, State
from shailoo.counting.values import Value
from shailoo.counting.views.found import in_words, marked
from shailoo.counting.views.place import clock, protocol_of, to_case, told
from shailoo.elections.queries import Ballot, ballot
from shailoo.law.outcome import Refused
from shailoo.law.protocol import line

WRITTEN_DECISIONS = (Act.EXPLAIN, Act.ACCEPT_WITH_ACT, Act.RETURN_TO_PEC, Act.ENTER_AGAIN)
OWN_PAGE = (Act.CLAIM, Act.SETTLE, Act.REPLACE)


@dataclass(frozen=True, slots=True)
class Offer:
    """An act that this office may do now: its words, its address, and whether it needs a page of its own."""

    label: Promise
    href: str
    at_once: bool


@rule("counting.read")
@require_GET
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """For whoever works on the protocol: one page from the paper to the sums."""
    protocol = protocol_of(request, pk)
    found = queries.case(protocol)
    printed = ballot(protocol.voting)
    return render(
        request,
        "counting/case.html",
        {
            "election": protocol.voting.election,
            "protocol": protocol,
            "case": found,
            "state": words.STATES[State(protocol.state)],
            "colour": words.COLOURS[State(protocol.state)],
            "offers": _offers(request, protocol),
            "may_scan": Role(acting(request).role) in MAY["counting.scan"],
            "may_release": _may_release(request, protocol),
            "findings": in_words(found.findings, printed),
            "not_made": [
                (each.code, words.correlation(each.code), ", ".join(marked(name, printed) for name in each.missing))
                for each in found.not_made
            ],
            "versions": [(each, words.STATES[State(each.state)]) for each in found.versions],
            "mismatch": [
                (words.field(f"votes.{each.code}" if each.code != queries.AGAINST_ALL else each.code, printed), each)
                for each in (found.mismatch.options if found.mismatch else ())
            ],
            "figures": _figures(found.figures.lines, printed) if found.figures else [],
            "history": [(act, words.act_done(act.name), words.cited(act.grounds)) for act in found.history],
        },
    )


@rule("counting.enter")
@require_POST
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """A clerk claims the next entry and goes on to its first page that is not saved."""
    protocol = protocol_of(request, pk)
    answer = actions.claim(protocol, by=acting(request), at=clock(protocol.voting))
    if isinstance(answer, Refused):
        told(request, answer)
        return to_case(pk)
    return redirect("counting:entry", pk=answer.pk)


@rule("counting.enter", "counting.release_other")
@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """The open entry of a protocol is given back, by its holder or by the chairperson."""
    protocol = protocol_of(request, pk)
    entry = Entry.objects.filter(protocol=protocol, round=protocol.round, finished_at=None, released_at=None).first()
    if entry is None:
        return to_case(pk)
    answer = actions.release(entry, by=acting(request), at=clock(protocol.voting))
    if isinstance(answer, Refused):
        told(request, answer)
    return to_case(pk)


def _offers(request: HttpRequest, protocol: Protocol) -> list[Offer]:
    own = acting(request)
    found: list[Offer] = []
    for act in queries.acts_for(own, protocol):
        if act in OWN_PAGE:
            address = reverse(f"counting:{act.value}", args=[protocol.pk])
            found.append(Offer(words.ACTS[act], address, at_once=act is Act.CLAIM))
        elif act is Act.FINISH:
            entry = protocol.entries.get(round=protocol.round, finished_at=None, released_at=None)
            found.append(Offer(words.ACTS[act], reverse("counting:entry", args=[entry.pk]), at_once=False))
        elif act in WRITTEN_DECISIONS:
            address = reverse("counting:decide", args=[protocol.pk, act.value])
            found.append(Offer(words.ACTS[act], address, at_once=False))
    return found


def _may_release(request: HttpRequest, protocol: Protocol) -> bool:
    own = acting(request)
    if State(protocol.state) not in BEING_ENTERED:
        return False
    mine = protocol.entries.filter(round=protocol.round, finished_at=None, released_at=None, person_id=own.person_id)
    return own.role == Role.TEC_CHAIR or mine.exists()


def _figures(lines: Mapping[str, Value], printed: Ballot) -> list[tuple[object, list[tuple[str, str]]]]:
    """The agreed figures by pages of the form, and what came beside them."""
    values = flat(lines)
    found: list[tuple[object, list[tuple[str, str]]]] = []
    for page, fields in pages(printed.codes).items():
        found_here = [f for f in fields if f.path in values]
        rows = [(words.field(f.path, printed), words.value(values[f.path], f.kind)) for f in found_here]
        if rows:
            found.append((words.PAGES.get(page, page), rows))
    beside = [(words.line(name), words.value(lines[name], line(name).type)) for name in lines if name in NOT_TYPED]
    return [*found, ("", beside)] if beside else found
