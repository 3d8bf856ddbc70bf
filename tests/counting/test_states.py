"""Every state x act x role, against the table; and the diagram of the documentation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shailoo.accounts.models import Office
from shailoo.accounts.roles import MAY, Role
from shailoo.commissions.models import Decision
from shailoo.counting import actions, matters
from shailoo.counting.models import Entry, Protocol
from shailoo.counting.states import ARCS, Act, State, acts_open_to, arcs, mermaid
from shailoo.law.outcome import Refused
from tests.counting.browser import snapshot
from tests.counting.scene import AT, Scene, decision_on, done, entered, office, paper, taken_over, write

DIFFERENT = {"against_all": 21}
WRONG = {"ballots_given_mobile": 31}


def _claimed(scene: Scene, protocol: Protocol, by: Office) -> None:
    done(actions.claim(protocol, by=by, at=AT), Entry)


def stage(scene: Scene, state: State) -> Protocol:
    """A protocol brought to a state by the acts that lead there."""
    protocol = taken_over(scene)
    first, second = scene.clerk, scene.other
    if state is State.RECEIVED:
        return protocol
    if state is State.FIRST_ENTRY:
        _claimed(scene, protocol, first)
        return protocol
    changes = {State.TO_EXPLAIN: {"voters_listed_electronic": 1999}, State.PARKED: WRONG, State.RETURNED: WRONG}
    lines = paper(**changes.get(state, {}))
    entered(protocol, first, lines)
    if state is State.FIRST_ENTERED:
        return protocol
    if state is State.SECOND_ENTRY:
        _claimed(scene, protocol, second)
        return protocol
    reentered = (State.DIFFERENT, State.FIRST_REENTRY, State.FIRST_REENTERED, State.SECOND_REENTRY, State.CONFLICTING)
    entered(protocol, second, paper(**DIFFERENT) if state in reentered else lines)
    if state in reentered:
        return _again(scene, protocol, state)
    if state is State.RETURNED:
        done(actions.return_to_pec(protocol, "reason", by=scene.chair, at=AT), Protocol)
    if state is State.REPLACED:
        new = done(actions.replace(protocol, "reason", decision_on(protocol), by=scene.chair, at=AT), Protocol)
        entered(new, first, paper())
        entered(new, second, paper())
    return protocol


def _again(scene: Scene, protocol: Protocol, state: State) -> Protocol:
    if state is State.DIFFERENT:
        return protocol
    if state is State.FIRST_REENTRY:
        _claimed(scene, protocol, scene.clerk)
        return protocol
    entered(protocol, scene.clerk, paper())
    if state is State.FIRST_REENTERED:
        return protocol
    if state is State.SECOND_REENTRY:
        _claimed(scene, protocol, scene.other)
        return protocol
    entered(protocol, scene.other, paper(**DIFFERENT))
    return protocol


def attempt(act: Act, scene: Scene, protocol: Protocol, by: Office) -> Any:
    """Try the act with what it needs."""
    entry = protocol.entries.order_by("-pk").first()
    if act in (Act.RELEASE, Act.FINISH) and entry is None:
        entry = Entry(protocol=protocol, person=by.person, office=by, slot=1, round=1)
    assert entry is not None or act not in (Act.RELEASE, Act.FINISH)
    tries: dict[Act, Callable[[], Any]] = {
        Act.TAKE_OVER: lambda: actions.take_over(scene.expected[0], by=by, at=AT),
        Act.CLAIM: lambda: actions.claim(protocol, by=by, at=AT),
        Act.RELEASE: lambda: actions.release(entry, by=by, at=AT) if entry else None,
        Act.FINISH: lambda: actions.finish(entry, by=by, at=AT) if entry else None,
        Act.SETTLE: lambda: actions.settle(protocol, {"against_all": 1}, "why", by=by, at=AT),
        Act.ENTER_AGAIN: lambda: actions.enter_again(protocol, "why", by=by, at=AT),
        Act.EXPLAIN: lambda: actions.explain(protocol, "why", by=by, at=AT),
        Act.ACCEPT_WITH_ACT: lambda: actions.accept_with_act(protocol, "1", "why", by=by, at=AT),
        Act.RETURN_TO_PEC: lambda: actions.return_to_pec(protocol, "why", by=by, at=AT),
        Act.REPLACE: lambda: actions.replace(protocol, "why", decided_before(protocol), by=by, at=AT),
    }
    return tries[act]()


def decided_before(protocol: Protocol) -> Decision | None:
    """The decision on a recount that waits to be carried out."""
    return matters.decisions(protocol).first()


STAGED = [state for state in State if state is not State.EXPECTED]
TRIED = [act for act in Act if act is not Act.IMPORT]


@pytest.mark.parametrize("state", STAGED)
def test_no_role_does_an_act_that_the_table_does_not_open(scene: Scene, state: State) -> None:
    protocol = stage(scene, state)
    assert Protocol.objects.get(pk=protocol.pk).state == state
    fourth = office("kanykei", scene.clerk.body, Role.TEC_OPERATOR)
    decision_on(protocol)
    offices = scene.offices | {Role.TEC_OPERATOR: fourth}
    before = snapshot()
    refused = 0
    for act in TRIED:
        for role, by in offices.items():
            allowed = act in acts_open_to(role, state) and act not in (Act.FINISH,)
            released = act is Act.RELEASE and role is Role.TEC_CHAIR and arcs(state, act)
            if allowed or released:
                continue
            answer = attempt(act, scene, protocol, by)
            assert isinstance(answer, Refused), (act, role)
            refused += 1
    assert refused > 50
    assert snapshot() == before


@pytest.mark.parametrize(
    ("state", "act"),
    [(arc.source, arc.act) for arc in dict.fromkeys(ARCS) if arc.source is not State.EXPECTED],
)
def test_the_act_that_the_table_opens_is_done_by_who_may(scene: Scene, state: State, act: Act) -> None:
    protocol = stage(scene, state)
    may = arcs(state, act)[0].may
    by = next(each for role, each in scene.offices.items() if role in MAY[may])
    if act in (Act.RELEASE, Act.FINISH):
        entry = protocol.entries.order_by("-pk")[0]
        by = scene.clerk if entry.person_id == scene.clerk.person_id else scene.other
        if act is Act.FINISH:
            write(entry, by, paper())
    elif act is Act.CLAIM:
        by = scene.third
    decision_on(protocol)
    answer = attempt(act, scene, protocol, by)
    assert not isinstance(answer, Refused), answer
    if act is Act.REPLACE:
        assert Protocol.objects.get(pk=answer.pk).version == 2
    else:
        assert State(Protocol.objects.get(pk=protocol.pk).state) in {arc.target for arc in arcs(state, act)}


def test_every_permission_of_the_table_is_known_and_every_state_is_reached() -> None:
    assert {arc.may for arc in ARCS} <= MAY.keys()
    assert {arc.target for arc in ARCS} | {State.EXPECTED} == set(State)


def test_the_documented_diagram_is_the_table() -> None:
    page = Path(__file__).parents[2] / "docs" / "counting.md"
    assert f"```mermaid\n{mermaid()}\n```" in page.read_text(encoding="utf-8")
