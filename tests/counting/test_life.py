"""The life of a protocol: entered twice, compared, checked, decided, replaced."""

from __future__ import annotations

import pytest

from shailoo.counting import actions
from shailoo.counting.models import Discrepancy, Entry, Explanation, Figures, Protocol, ProtocolFinding, Settlement
from shailoo.counting.queries import protocol_versions
from shailoo.counting.states import State
from shailoo.law.outcome import Refused
from shailoo.ledger.queries import acts_on, breaks
from tests.counting.scene import AT, LISTS, Scene, decision_on, done, entered, paper, taken_over, typed, write

WARNED = {"voters_listed_electronic": 1999}  # CR1 and nothing else
LOST = {"ballots_given_mobile": 31}  # CR12: accounting
WRONG_SUM = {"participated": 1204}  # CR3: definition


def stand(protocol: Protocol) -> State:
    return State(Protocol.objects.get(pk=protocol.pk).state)


def to_conflict(scene: Scene) -> Protocol:
    """Two people enter different votes, twice."""
    protocol = taken_over(scene)
    for _ in range(2):
        entered(protocol, scene.clerk, paper())
        entered(protocol, scene.other, paper(against_all=21))
    return protocol


@pytest.mark.norm("L36.2")
def test_two_equal_entries_of_a_paper_that_adds_up_are_accepted(scene: Scene) -> None:
    protocol = taken_over(scene)
    assert entered(protocol, scene.clerk, paper()).state is State.FIRST_ENTERED
    finished = entered(protocol, scene.other, paper())
    found = list(ProtocolFinding.objects.values_list("code", "formula"))
    assert (finished.state, found) == (State.ACCEPTED, [])
    figures = Figures.objects.get(protocol=protocol)
    assert (figures.participated, figures.votes[:2], figures.against_all) == (1203, [300, 250], 22)
    assert breaks() == []


def test_equal_entries_match_however_they_are_typed(scene: Scene) -> None:
    protocol = taken_over(scene)
    entered(protocol, scene.clerk, paper())
    entry = done(actions.claim(protocol, by=scene.other, at=AT), Entry)
    otherwise = typed(paper()) | {"participated": " 1 203 ", "votes.list_01": "0300", "closed_at": "20.00"}
    for page in actions.fields_to_enter(entry, LISTS):
        done(actions.save_page(entry, page, otherwise, by=scene.other, at=AT), actions.Saved)
    assert done(actions.finish(entry, by=scene.other, at=AT), actions.Finished).state is State.ACCEPTED


@pytest.mark.norm("L36.2")
def test_different_entries_are_entered_again_from_the_lines_that_agree(scene: Scene) -> None:
    protocol = taken_over(scene)
    entered(protocol, scene.clerk, paper())
    finished = entered(protocol, scene.other, paper(against_all=21, signed=6))
    assert finished.state is State.DIFFERENT
    assert Discrepancy.objects.get().fields == ["against_all", "signed"]
    again = done(actions.claim(protocol, by=scene.clerk, at=AT), Entry)
    assert "against_all" not in again.lines
    assert again.lines["participated"] == 1203
    assert {page: [f.path for f in fields] for page, fields in actions.fields_to_enter(again, LISTS).items()} == {
        "votes": ["against_all"],
        "signatures": ["signed"],
    }
    write(again, scene.clerk, paper())
    done(actions.finish(again, by=scene.clerk, at=AT), actions.Finished)
    assert entered(protocol, scene.other, paper()).state is State.ACCEPTED
    assert Entry.objects.filter(protocol=protocol).count() == 4


def test_a_single_option_is_entered_again_beside_the_agreed_ones(scene: Scene) -> None:
    protocol = taken_over(scene)
    votes = paper()["votes"]
    entered(protocol, scene.clerk, paper())
    entered(protocol, scene.other, paper(votes=votes | {"list_03": 181}))
    for person in (scene.third, scene.other):
        finished = entered(protocol, person, paper())
    assert finished.state is State.ACCEPTED
    assert Figures.objects.get().votes == list(votes.values())


@pytest.mark.norm("L36.2")
def test_a_third_person_decides_what_still_differs(scene: Scene) -> None:
    protocol = to_conflict(scene)
    assert stand(protocol) is State.CONFLICTING
    concluded = done(
        actions.settle(protocol, {"against_all": 1}, "read from the paper", by=scene.chair, at=AT), actions.Concluded
    )
    assert concluded.state is State.ACCEPTED
    assert Figures.objects.get().against_all == 22
    assert Settlement.objects.get().reason == "read from the paper"
    assert Discrepancy.objects.count() == 2


def test_nobody_gives_a_third_value_and_no_field_is_left_out(scene: Scene) -> None:
    protocol = to_conflict(scene)
    for choices in ({}, {"against_all": 3}, {"against_all": 1, "signed": 1}):
        answer = actions.settle(protocol, choices, "why", by=scene.chair, at=AT)
        assert isinstance(answer, Refused)
        assert answer.codes == ("choose_one_of_two",)
    assert isinstance(actions.settle(protocol, {"against_all": 1}, " ", by=scene.chair, at=AT), Refused)
    assert not Settlement.objects.exists()


def test_a_conflict_may_be_entered_again_as_a_new_round(scene: Scene) -> None:
    protocol = to_conflict(scene)
    done(actions.enter_again(protocol, "neither is on the paper", by=scene.secretary, at=AT), Protocol)
    entered(protocol, scene.other, paper())
    assert entered(protocol, scene.clerk, paper()).state is State.ACCEPTED
    assert list(Entry.objects.order_by("pk").values_list("round", flat=True)) == [1, 1, 1, 1, 2, 2]


@pytest.mark.norm("L35.15")
def test_warnings_are_explained_once_in_writing(scene: Scene) -> None:
    protocol = taken_over(scene)
    entered(protocol, scene.clerk, paper(**WARNED))
    assert entered(protocol, scene.other, paper(**WARNED)).state is State.TO_EXPLAIN
    assert isinstance(actions.explain(protocol, "  ", by=scene.secretary, at=AT), Refused)
    done(actions.explain(protocol, "one voter struck out by hand", by=scene.secretary, at=AT), Protocol)
    assert stand(protocol) is State.ACCEPTED
    assert isinstance(actions.explain(protocol, "again", by=scene.secretary, at=AT), Refused)
    assert Explanation.objects.count() == 1


@pytest.mark.norm("L36.7")
def test_paper_leads_a_difference_of_accounting_stands_with_an_act(scene: Scene) -> None:
    protocol = taken_over(scene)
    entered(protocol, scene.clerk, paper(**LOST))
    assert entered(protocol, scene.other, paper(**LOST)).state is State.PARKED
    done(actions.accept_with_act(protocol, "7", "one ballot was lost", by=scene.chair, at=AT), Protocol)
    assert stand(protocol) is State.ACCEPTED
    assert Figures.objects.get().ballots_given_mobile == 31


def test_an_act_covers_no_other_error(scene: Scene) -> None:
    protocol = taken_over(scene)
    entered(protocol, scene.clerk, paper(**WRONG_SUM))
    assert entered(protocol, scene.other, paper(**WRONG_SUM)).state is State.PARKED
    answer = actions.accept_with_act(protocol, "7", "it stands", by=scene.chair, at=AT)
    assert isinstance(answer, Refused)
    assert answer.codes == ("not_only_accounting",)
    done(actions.return_to_pec(protocol, "line 5 is not the sum", by=scene.chair, at=AT), Protocol)
    assert stand(protocol) is State.RETURNED


@pytest.mark.norm("L36.7")
def test_a_recount_takes_the_place_of_the_old_version_only_when_it_is_accepted(scene: Scene) -> None:
    old = taken_over(scene)
    entered(old, scene.clerk, paper())
    entered(old, scene.other, paper())
    new = done(actions.replace(old, "recount", decision_on(old), by=scene.chair, at=AT), Protocol)
    assert (stand(old), stand(new)) == (State.ACCEPTED, State.RECEIVED)
    again = actions.replace(old, "recount", decision_on(old), by=scene.chair, at=AT)
    assert isinstance(again, Refused)
    recounted = paper(against_all=23, invalid=22, invalid_will=14)
    entered(new, scene.clerk, recounted)
    assert stand(old) is State.ACCEPTED
    finished = entered(new, scene.other, recounted)
    if finished.state is State.TO_EXPLAIN:
        done(actions.explain(new, "recounted", by=scene.chair, at=AT), Protocol)
    elif finished.state is State.PARKED:
        done(actions.return_to_pec(new, "not the recount's figures", by=scene.chair, at=AT), Protocol)
        assert stand(old) is State.ACCEPTED
        new = done(actions.replace(new, "recount", decision_on(new), by=scene.chair, at=AT), Protocol)
        entered(new, scene.clerk, paper())
        assert entered(new, scene.other, paper()).state is State.ACCEPTED
    assert (stand(old), stand(new)) == (State.REPLACED, State.ACCEPTED)
    assert [each.version for each in protocol_versions(scene.voting, old.precinct)][-1] == 1
    assert [act.name for act in acts_on(f"protocol:{old.pk}")][-1] == "protocol.replaced"


def test_an_entry_is_taken_up_again_where_it_was_left(scene: Scene) -> None:
    protocol = taken_over(scene)
    entry = done(actions.claim(protocol, by=scene.clerk, at=AT), Entry)
    values = typed(paper())
    for page in ("identification", "voters"):
        done(actions.save_page(entry, page, values, by=scene.clerk, at=AT), actions.Saved)
    found = Entry.objects.select_related("protocol__tec__body", "protocol__voting__election").get(pk=entry.pk)
    assert (found.pages_saved, found.lines["participated"]) == (["identification", "voters"], 1203)
    answer = actions.finish(found, by=scene.clerk, at=AT)
    assert isinstance(answer, Refused)
    assert answer.codes == ("pages_not_saved",)
    write(found, scene.clerk, paper())
    assert done(actions.finish(found, by=scene.clerk, at=AT), actions.Finished).state is State.FIRST_ENTERED


def test_what_was_given_back_is_found_again_by_the_same_person_only(scene: Scene) -> None:
    protocol = taken_over(scene)
    entry = done(actions.claim(protocol, by=scene.clerk, at=AT), Entry)
    done(actions.save_page(entry, "voters", typed(paper()), by=scene.clerk, at=AT), actions.Saved)
    done(actions.release(entry, by=scene.chair, at=AT), Protocol)
    late = actions.save_page(entry, "cheques", typed(paper()), by=scene.clerk, at=AT)
    assert isinstance(late, Refused)
    blind = done(actions.claim(protocol, by=scene.other, at=AT), Entry)
    assert (blind.lines, blind.pages_saved) == ({}, [])
    done(actions.release(blind, by=scene.other, at=AT), Protocol)
    assert done(actions.claim(protocol, by=scene.clerk, at=AT), Entry).lines["participated"] == 1203


def test_an_unreadable_field_is_named_and_a_draft_keeps_the_rest(scene: Scene) -> None:
    protocol = taken_over(scene)
    entry = done(actions.claim(protocol, by=scene.clerk, at=AT), Entry)
    values = typed(paper()) | {"participated": "12o3", "signed_mobile": "-1"}
    answer = actions.save_page(entry, "voters", values, by=scene.clerk, at=AT)
    assert isinstance(answer, Refused)
    assert set(answer.findings[0].fields) == {"participated", "signed_mobile"}
    assert Entry.objects.get().lines == {}
    kept = done(actions.keep_draft(entry, "voters", values, by=scene.clerk, at=AT), actions.Saved)
    assert kept.unreadable == {"participated": "not_a_whole_number", "signed_mobile": "negative"}
    assert Entry.objects.get().lines["voters_listed"] == 2000
    assert Entry.objects.get().pages_saved == []


@pytest.mark.norm("L35.14")
def test_scanner_reports_are_checked_beside_the_manual_count_which_stands(scene: Scene) -> None:
    votes = dict.fromkeys(LISTS, 1)
    report = actions.Report("S-1", total=17, votes=votes, against_all=1, invalid=0)
    done(actions.record_scanner_report(scene.expected[0], report, by=scene.clerk, at=AT), object)
    protocol = taken_over(scene)
    entered(protocol, scene.clerk, paper())
    finished = entered(protocol, scene.other, paper())
    assert finished.concluded is not None
    codes = {breach.code for breach in finished.concluded.breaches}
    assert {"CR42", "CR43"} <= codes
    assert Figures.objects.get().votes[0] == 300


def test_votes_are_needed_and_a_blank_line_of_the_paper_parks_it(scene: Scene) -> None:
    protocol = taken_over(scene)
    entry = done(actions.claim(protocol, by=scene.clerk, at=AT), Entry)
    without = {code: n for code, n in paper()["votes"].items() if code != "list_05"}
    write(entry, scene.clerk, paper(votes=without))
    answer = actions.finish(entry, by=scene.clerk, at=AT)
    assert isinstance(answer, Refused)
    assert answer.findings[0].fields == ("votes.list_05",)
    write(entry, scene.clerk, {name: value for name, value in paper().items() if name != "signed"})
    done(actions.finish(entry, by=scene.clerk, at=AT), actions.Finished)
    finished = entered(protocol, scene.other, {name: value for name, value in paper().items() if name != "signed"})
    assert finished.state is State.PARKED
    assert "CR39" in ProtocolFinding.objects.values_list("code", flat=True)
