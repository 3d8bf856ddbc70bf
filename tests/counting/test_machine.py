"""The life of a protocol as anybody might lead it: people act in any order, and what must always hold always holds."""

from __future__ import annotations

from collections import defaultdict
from typing import TypeAlias

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from shailoo.commissions.models import Matter
from shailoo.counting import actions
from shailoo.counting.models import Discrepancy, Entry, Figures, Protocol, Settlement
from shailoo.counting.states import BEING_ENTERED, MOVES, STARTS, State
from shailoo.law.outcome import Refused
from shailoo.ledger.models import Act
from shailoo.ledger.queries import breaks
from tests.counting.scene import AT, LISTS, Scene, decision_on, paper, taken_over, typed

PAPERS = (
    paper(),
    paper(against_all=21),
    paper(voters_listed_electronic=1999),  # a warning
    paper(ballots_given_mobile=31),  # a difference of accounting
    paper(participated=1204),  # an error of the form
)
FILLED = frozenset(path for path, cell in typed(PAPERS[0]).items() if cell != "")
ENTERED = (State.RECEIVED, State.FIRST_ENTERED, State.DIFFERENT, State.FIRST_REENTERED)
Cells: TypeAlias = dict[str, set[tuple[int, object]]]  # field path -> (person, what was typed)

who = st.integers(0, 4)
which = st.sampled_from([0, 0, 1, 1, *range(2, len(PAPERS))])
written = st.sampled_from(["said in writing", "said in writing", " "])


class Life(RuleBasedStateMachine):
    """One precinct, three clerks, the chairperson and the secretary; `acknowledged` is what they were told was done."""

    scene: Scene
    reached: set[State]

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.people = (self.scene.clerk, self.scene.other, self.scene.third, self.scene.chair, self.scene.secretary)
        self.protocol = taken_over(self.scene)
        self.acknowledged = ["protocol.taken_over"]
        self.stood = {self.protocol.pk: State.RECEIVED}
        self.typed: dict[tuple[int, int], Cells] = defaultdict(lambda: defaultdict(set))

    def teardown(self) -> None:
        """Leave the scene as every example finds it."""
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @property
    def state(self) -> State:
        return State(Protocol.objects.values_list("state", flat=True).get(pk=self.protocol.pk))

    def told(self, answer: object, name: str) -> bool:
        """Note what was acknowledged."""
        if isinstance(answer, Refused):
            return False
        self.acknowledged.append(name)
        return True

    @rule(at=who)
    def claim(self, at: int) -> None:
        self.told(actions.claim(self.protocol, by=self.people[at], at=AT), "entry.claimed")

    @rule(at=who)
    def release(self, at: int) -> None:
        if entry := Entry.objects.filter(protocol=self.protocol).order_by("-pk").first():
            self.told(actions.release(entry, by=self.people[at], at=AT), "entry.released")

    @precondition(lambda self: self.state in BEING_ENTERED)
    @rule(choice=which)
    def finish(self, choice: int) -> None:
        entry = Entry.objects.get(protocol=self.protocol, finished_at=None, released_at=None)
        self.type(entry, PAPERS[choice])

    @precondition(lambda self: self.state in ENTERED)
    @rule(at=st.permutations(range(3)), choice=which)
    def enter(self, at: list[int], choice: int) -> None:
        self.type_next(at, PAPERS[choice])

    @precondition(lambda self: self.state in (State.RECEIVED, State.DIFFERENT))
    @rule(at=st.permutations(range(3)))
    def differ(self, at: list[int]) -> None:
        for choice in (0, 1):
            self.type_next(at, PAPERS[choice])

    def type_next(self, at: list[int], lines: dict[str, object]) -> None:
        """The first of these clerks to whom the next entry is open makes it."""
        for person in at:
            answer = actions.claim(self.protocol, by=self.people[person], at=AT)
            if self.told(answer, "entry.claimed"):
                assert isinstance(answer, Entry)
                self.states_move_along_the_table_one_act_at_a_time()
                self.type(answer, lines)
                return self.states_move_along_the_table_one_act_at_a_time()
        raise AssertionError("three clerks, and none may enter")

    def type(self, entry: Entry, lines: dict[str, object]) -> None:
        """Whoever holds the entry types the pages and finishes; others cannot."""
        holder = next(office for office in self.people if office.pk == entry.office_id)
        cells = typed(lines)
        for other in self.people:
            if other is not holder:
                assert isinstance(actions.save_page(entry, "voters", cells, by=other, at=AT), Refused)
        for page, fields in actions.fields_to_enter(entry, LISTS).items():
            assert isinstance(actions.save_page(entry, page, cells, by=holder, at=AT), actions.Saved)
            for field in fields:
                self.typed[entry.protocol_id, entry.round][field.path].add((holder.person_id, cells.get(field.path)))
        assert self.told(actions.finish(entry, by=holder, at=AT), "entry.finished")

    @precondition(lambda self: self.state in (State.CONFLICTING, State.ACCEPTED))
    @rule(at=who, choice=st.sampled_from([1, 2, 3]), reason=written)
    def settle(self, at: int, choice: int, reason: str) -> None:
        found = Discrepancy.objects.filter(protocol=self.protocol, again=True).order_by("-pk").first()
        choices = dict.fromkeys(found.fields if found else (), choice)
        answer = actions.settle(self.protocol, choices, reason, by=self.people[at], at=AT)
        assert self.told(answer, "protocol.settled") <= (choice in (1, 2) and bool(reason.strip()))

    @rule(at=who, reason=written)
    def enter_again(self, at: int, reason: str) -> None:
        answer = actions.enter_again(self.protocol, reason, by=self.people[at], at=AT)
        self.told(answer, "protocol.entered_again")

    @rule(at=who, text=written)
    def explain(self, at: int, text: str) -> None:
        self.told(actions.explain(self.protocol, text, by=self.people[at], at=AT), "protocol.explained")

    @rule(at=who, text=written)
    def accept_with_act(self, at: int, text: str) -> None:
        answer = actions.accept_with_act(self.protocol, "7", text, by=self.people[at], at=AT)
        self.told(answer, "protocol.accepted_with_act")

    @precondition(lambda self: self.state in (State.PARKED, State.FIRST_ENTERED))
    @rule(at=who, reason=written)
    def return_to_pec(self, at: int, reason: str) -> None:
        answer = actions.return_to_pec(self.protocol, reason, by=self.people[at], at=AT)
        self.told(answer, "protocol.returned")

    @precondition(lambda self: self.state in (State.ACCEPTED, State.RETURNED, State.PARKED))
    @rule(at=who, matter=st.sampled_from([Matter.RECOUNT, Matter.CORRECTION, None]))
    def replace(self, at: int, matter: Matter | None) -> None:
        decision = decision_on(self.protocol, matter) if matter else None
        answer = actions.replace(self.protocol, "a recount", decision, by=self.people[at], at=AT)
        assert matter or isinstance(answer, Refused)
        if self.told(answer, "protocol.taken_over"):
            assert isinstance(answer, Protocol)
            self.protocol = answer

    @invariant()
    def states_move_along_the_table_one_act_at_a_time(self) -> None:
        now = {pk: State(state) for pk, state in Protocol.objects.values_list("pk", "state")}
        for pk, state in now.items():
            before = self.stood.get(pk)
            assert state in STARTS if before is None else state is before or (before, state) in MOVES, (before, state)
        assert self.stood.keys() <= now.keys()
        assert sum(state is State.ACCEPTED for state in now.values()) <= 1
        self.reached.update(now.values())
        self.stood = now

    @invariant()
    def nobody_made_both_entries(self) -> None:
        seen = set()
        for entry in Entry.objects.filter(released_at=None):
            pair = (entry.protocol_id, entry.round, entry.again)
            for key in ((*pair, "slot", entry.slot), (*pair, "person", entry.person_id)):
                assert key not in seen, key
                seen.add(key)

    @invariant()
    def figures_are_what_two_people_typed_or_one_of_two_values(self) -> None:
        for figures in Figures.objects.all():
            settlement = Settlement.objects.filter(
                discrepancy__protocol_id=figures.protocol_id, discrepancy__round=figures.round
            ).first()
            cells = {path: cell for path, cell in typed(figures.lines).items() if cell != ""}
            assert cells.keys() == FILLED
            for path, cell in cells.items():
                given = self.typed[figures.protocol_id, figures.round][path]
                people = {person for person, value in given if value == cell}
                chosen = settlement is not None and path in settlement.choices
                assert len(people) >= (1 if chosen else 2), (path, cell, given)

    @invariant()
    def what_was_acknowledged_is_on_record_and_nothing_else(self) -> None:
        recorded = Act.objects.filter(subject__startswith="protocol:").order_by("pk").values_list("name", flat=True)
        assert [name for name in recorded if name != "protocol.replaced"] == self.acknowledged
        assert breaks() == []


def test_whatever_people_do_the_record_holds(scene: Scene) -> None:
    Life.scene, Life.reached = scene, set()
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=80,  # what is tried depends on the constants of every module loaded: enough for any set
            stateful_step_count=24,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert Life.reached >= {State.DIFFERENT, State.ACCEPTED, State.CONFLICTING}, Life.reached
