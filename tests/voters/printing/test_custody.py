"""Paper on its way: bound and sealed, handed over by an act, received; what is late by the law."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from shailoo.commissions.models import Commission
from shailoo.documents.models import Document
from shailoo.documents.queries import content
from shailoo.law.outcome import Refused
from shailoo.ledger.models import Act
from shailoo.voters.lists.columns import Copy
from shailoo.voters.printing import queries
from shailoo.voters.printing.actions import bind, hand_over, hand_over_all, print_again, receive
from shailoo.voters.printing.models import Binding, HandedCopy, Handover, PrintedList, Receipt
from shailoo.voters.printing.queries import Lateness
from shailoo.voters.printing.states import ARCS, State, leads, sources
from shailoo.voters.printing.states import Act as PrintAct
from tests.commissions.sittings import done
from tests.voters.lists.scene import A_DAY, COMPILED, FIRST, SECOND
from tests.voters.printing.scene import FINAL, Press
from tests.voters.printing.test_printing import codes, guarantee
from tests.voters.scene import AN_HOUR, AT

LATER = FINAL + 3 * AN_HOUR


def bound(paper: Press, number: str = FIRST, *, at: datetime = LATER) -> Binding:
    """The first copy of a precinct, bound."""
    printed = paper.printed(Copy.FULL, number)
    return done(bind(printed, printed.pages, "0417", by=paper.operator, at=at))


def handed(paper: Press, number: str = FIRST, *, at: datetime = LATER) -> Handover:
    """Both final copies of a precinct, handed over."""
    bound(paper, number, at=at)
    return done(hand_over(paper.final, paper.land.precincts[number], by=paper.operator, at=at))


# ------------------------------------------------------------------------------------- the way of a copy


@pytest.mark.norm("L15.5.b1")
def test_the_copy_that_is_signed_goes_only_once_it_is_bound_and_the_others_at_once(paper: Press) -> None:
    full, second = paper.printed(Copy.FULL), paper.printed(Copy.SECOND)
    assert (queries.state_of(full), queries.state_of(second)) == (State.PRINTED, State.PRINTED)
    ready = queries.ready(paper.final, paper.land.precincts[FIRST])
    assert [each.copy for each in ready] == ["second"]
    bound(paper)
    assert queries.state_of(full) is State.BOUND
    act = done(hand_over(paper.final, paper.land.precincts[FIRST], by=paper.operator, at=LATER))
    assert sorted(act.copies.values_list("printed__copy", flat=True)) == ["full", "second"]
    assert queries.state_of(full) is queries.state_of(second) is State.HANDED
    answer = hand_over(paper.final, paper.land.precincts[FIRST], by=paper.operator, at=LATER)
    assert codes(answer) == ("handover_of_nothing",)
    done(receive(act, "", by=paper.pec, at=LATER + AN_HOUR))
    assert queries.state_of(full) is queries.state_of(second) is State.RECEIVED


def test_a_copy_is_bound_with_all_its_sheets_and_a_seal_once(paper: Press) -> None:
    printed = paper.printed(Copy.FULL)
    by = paper.operator
    assert codes(bind(printed, printed.pages + 1, "1", by=by, at=LATER)) == ("binding_sheets_differ",)
    assert codes(bind(printed, printed.pages, " ", by=by, at=LATER)) == ("binding_seal_needed",)
    assert codes(bind(printed, printed.pages, "1", by=paper.pec, at=LATER)) == ("office_may_not",)
    assert done(bind(printed, (printed.pages + 1) // 2, "1", by=by, at=LATER)).sheets == 1
    assert codes(bind(printed, printed.pages, "1", by=by, at=LATER)) == ("printed_copy_stands_elsewhere",)
    assert codes(bind(paper.printed(Copy.SECOND), 2, "1", by=by, at=LATER)) == ("printed_copy_stands_elsewhere",)


def test_a_void_copy_goes_nowhere_and_the_new_one_is_bound_anew(paper: Press) -> None:
    bound(paper)
    first = paper.printed(Copy.FULL)
    again = done(print_again(first, "Мөөр бузулган", by=paper.operator, at=LATER))
    assert queries.state_of(again) is State.PRINTED
    assert codes(bind(first, first.pages, "2", by=paper.operator, at=LATER)) == ("printed_copy_stands_elsewhere",)
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        Binding.objects.create(printed=first, sheets=1, seal="2", office=paper.operator, at=LATER, act="0" * 64)
    assert guarantee(broken.value) == "only_a_printed_copy_that_is_signed_is_bound"


def test_the_database_lets_no_copy_past_the_table_and_none_to_another_precinct(paper: Press) -> None:
    act = handed(paper, SECOND)
    for printed, name in (
        (paper.printed(Copy.FULL), "a_copy_goes_once_it_is_ready"),  # not bound
        (paper.printed(Copy.SECOND), "a_copy_goes_to_its_own_precinct"),
        (paper.printed(Copy.POSTED), "a_copy_goes_to_its_own_precinct"),  # and of another edition
    ):
        with pytest.raises(IntegrityError) as broken, transaction.atomic():
            HandedCopy.objects.create(handover=act, printed=printed)
        assert guarantee(broken.value) == name
    printed = paper.printed(Copy.SECOND)
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        Binding.objects.create(printed=printed, sheets=1, seal="1", office=paper.operator, at=LATER, act="0" * 64)
    assert guarantee(broken.value) == "only_a_printed_copy_that_is_signed_is_bound"
    done(receive(act, "", by=paper.land.secretary(SECOND), at=LATER))
    again = done(print_again(paper.printed(Copy.SECOND, SECOND), "Жыртылган", by=paper.operator, at=LATER))
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        HandedCopy.objects.create(handover=act, printed=again)
    assert guarantee(broken.value) == "a_received_act_takes_no_copy"


def test_every_arc_of_the_table_leads_somewhere_and_nothing_else_does() -> None:
    for state in State:
        for act in PrintAct:
            for signed in (True, False):
                found = [arc for arc in ARCS if (arc.source, arc.act) == (state, act) and signed in arc.signed]
                assert leads(state, act, signed=signed) == (found[0].target if found else None)
                assert (state in sources(act, signed=signed)) == bool(found)
    assert not any(leads(State.REPLACED, act, signed=signed) for act in PrintAct for signed in (True, False))


# ------------------------------------------------------------------------------------- the act


def test_the_act_is_one_numbered_document_in_the_languages_of_the_commissions_and_names_nobody(paper: Press) -> None:
    act = handed(paper)
    papers = Document.objects.filter(number=act.number)
    assert sorted(papers.values_list("language", flat=True)) == ["ky", "ru"]
    assert act.number == "rehearsal/list-handover/CEC/2020/1"
    full = paper.printed(Copy.FULL)
    for document in papers:
        assert content(document.file)[:4] == b"%PDF"
        rows = document.data["rows"]
        assert [(row["number"], row["pages"], row["seal"]) for row in rows] == [
            (full.list.number, full.pages, "0417"),
            (full.list.number, paper.printed(Copy.SECOND).pages, ""),
        ]
        assert rows[0]["sha256"] == full.sha256
        assert "Өмүрова" not in str(document.data)
    assert handed(paper, SECOND).number.endswith("/2")


def test_a_tec_s_precincts_are_handed_over_together_or_not_at_all(paper: Press) -> None:
    both = [paper.land.precincts[number] for number in (FIRST, SECOND)]
    made = done(hand_over_all(paper.preliminary, both, by=paper.operator, at=LATER))
    assert [act.to.code for act in made] == ["PEC-1001", "PEC-1002"]
    third = paper.land.precincts["1003"]
    answer = hand_over_all(paper.preliminary, [third, both[0]], by=paper.operator, at=LATER)
    assert codes(answer) == ("handover_of_nothing",)
    assert not Handover.objects.filter(precinct=third).exists()
    assert not Document.objects.filter(number__endswith="/3").exists()


def test_a_commission_receives_what_was_handed_to_it_once_and_tells_what_is_wrong(paper: Press) -> None:
    act = handed(paper)
    assert codes(receive(act, "", by=paper.land.secretary(SECOND), at=LATER)) == ("other_territory",)
    assert codes(receive(act, "", by=paper.operator, at=LATER)) == ("office_may_not",)
    found = done(receive(act, " Мөөр бузулган ", by=paper.pec, at=LATER))
    assert found.remark == "Мөөр бузулган"
    assert codes(receive(act, "", by=paper.pec, at=LATER)) == ("handover_received_before",)
    assert Receipt.objects.count() == 1
    payload = Act.objects.get(name="voters.lists_received").payload
    assert "бузулган" not in str(payload), "a remark is for the commissions"


def test_who_may_not_hand_over_does_not_and_no_number_is_lost(paper: Press) -> None:
    precinct = paper.land.precincts[FIRST]
    for by in (paper.pec, paper.land.tec_secretary, paper.land.scene.service):
        assert codes(hand_over(paper.preliminary, precinct, by=by, at=LATER)) == ("office_may_not",)
    Commission.objects.filter(precinct=precinct).delete()
    answer = hand_over(paper.preliminary, precinct, by=paper.operator, at=LATER)
    assert codes(answer) == ("handover_without_commission",)


# ------------------------------------------------------------------------------------- what is late


def late(paper: Press, printed: PrintedList | None, at: datetime, *, final: bool = False) -> list[tuple[str, str]]:
    edition = paper.final if final else paper.preliminary
    fresh = queries.copy(printed.pk) if printed else None
    return [(each.norm, each.code) for each in Lateness(edition, at).of(fresh)]


@pytest.mark.norm("L14.7.b")
def test_preliminary_lists_are_handed_over_on_the_day_after_they_came_at_the_latest(paper: Press) -> None:
    printed = paper.printed(Copy.POSTED)
    assert late(paper, None, AT) == late(paper, printed, AT) == []
    assert late(paper, printed, AT + 5 * A_DAY) == [("L14.7.b", "polling_term_not_reported")]
    assert late(paper, None, AT + 5 * A_DAY) == [("L14.7.b", "polling_term_not_reported")]
    done(hand_over(paper.preliminary, paper.land.precincts[FIRST], by=paper.operator, at=COMPILED + AN_HOUR))
    assert late(paper, printed, AT + 5 * A_DAY) == []
    at = COMPILED + 6 * A_DAY
    done(hand_over(paper.preliminary, paper.land.precincts[SECOND], by=paper.operator, at=at))
    assert late(paper, paper.printed(Copy.POSTED, SECOND), at) == [("L14.7.b", "polling_term_missed")]


@pytest.mark.norm("L15.5.b1")
def test_final_lists_go_at_once_and_bound(paper: Press) -> None:
    full = paper.printed(Copy.FULL)
    assert late(paper, full, FINAL, final=True) == []
    assert late(paper, full, FINAL + 4 * A_DAY, final=True) == [("L15.5.b1", "polling_term_not_reported")]
    assert late(paper, paper.printed(Copy.SECOND), FINAL + 4 * A_DAY, final=True) == []
    handed(paper)
    assert late(paper, full, FINAL + 4 * A_DAY, final=True) == []
    handed(paper, SECOND, at=FINAL + timedelta(days=4))
    assert late(paper, paper.printed(Copy.FULL, SECOND), FINAL + 4 * A_DAY, final=True) == [
        ("L15.5.b1", "polling_term_missed")
    ]


def test_a_refusal_leaves_nothing_behind(paper: Press) -> None:
    before = Act.objects.count(), Handover.objects.count(), Document.objects.count()
    answer = hand_over(paper.final, paper.land.precincts[FIRST], by=paper.pec, at=LATER)
    assert isinstance(answer, Refused)
    assert (Act.objects.count(), Handover.objects.count(), Document.objects.count()) == before
