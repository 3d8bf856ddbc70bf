"""Batches: every list once under a number, sealed on disk, again only with a reason; what each copy shows."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from psycopg import errors
from pypdf import PdfReader

from shailoo.jobs.actions import cancel
from shailoo.jobs.models import Work
from shailoo.jobs.progress import StoppedError, Told, Unwatched
from shailoo.law.outcome import Refused
from shailoo.ledger.models import Act
from shailoo.voters.lists.columns import Copy
from shailoo.voters.lists.models import VoterList
from shailoo.voters.lists.queries import lines
from shailoo.voters.models import Entry
from shailoo.voters.printing import queries, vault
from shailoo.voters.printing.actions import print_again, print_rest
from shailoo.voters.printing.assembling import sheet_of
from shailoo.voters.printing.jobs import print_batch
from shailoo.voters.printing.models import Batch, PrintedList
from shailoo.voters.printing.sheets.drawing import draw
from shailoo.voters.printing.states import State
from tests.commissions.sittings import done
from tests.voters.lists.scene import NAMES
from tests.voters.printing.scene import FINAL, Press, ordered
from tests.voters.scene import AN_HOUR

LATER = FINAL + 2 * AN_HOUR
BORN = "01.01.1990"


def text_of(printed: PrintedList) -> str:
    reader = PdfReader(io.BytesIO(vault.opened(printed.sha256, printed.key)))
    return "\n".join(page.extract_text() for page in reader.pages)


def guarantee(broken: IntegrityError) -> str:
    """The name of what the database held."""
    assert isinstance(broken.__cause__, errors.Error)
    return broken.__cause__.diag.constraint_name or ""


def codes(answer: object) -> tuple[str, ...]:
    assert isinstance(answer, Refused)
    return tuple(answer.codes)


# ------------------------------------------------------------------------------------- batches


@pytest.mark.norm("L14.7.b", "L15.5.b1")
def test_a_batch_prints_every_list_of_its_edition_once(paper: Press) -> None:
    assert Batch.objects.count() == 3
    for batch in Batch.objects.all():
        found = PrintedList.objects.filter(batch=batch)
        assert sorted(found.values_list("list__precinct__number", flat=True)) == [
            "1001",
            "1002",
            "1003",
            "1004",
            "1005",
        ]
        assert sum(found.values_list("voters", flat=True)) == batch.edition.voters
        assert set(found.values_list("number", "reason")) == {(1, "")}
        answer = print_batch(Unwatched(), batch.pk)
        assert (answer["lists"], found.count()) == (5, 5), "what is printed is not printed again"
    acts = Act.objects.filter(name="voters.list_printed")
    assert acts.count() == PrintedList.objects.count() == 15


def test_a_batch_that_was_broken_off_goes_on_with_the_rest(paper: Press) -> None:
    batch = done(ordered(paper.control, Copy.POSTED, paper.operator, LATER)).batch
    with pytest.raises(StoppedError):
        print_batch(Told(stopping_at(2)), batch.pk)
    before = set(PrintedList.objects.filter(batch=batch).values_list("list", "sha256"))
    assert len(before) == 2
    (work,) = Work.objects.filter(subject=batch.subject)
    assert codes(print_rest(batch, by=paper.operator, at=LATER)) == ("work_is_under_way",)
    done(cancel(work, by=paper.operator, at=LATER))
    assert codes(print_rest(batch, by=paper.pec, at=LATER)) == ("office_may_not",)
    assert done(print_rest(batch, by=paper.operator, at=LATER)).arguments == {"batch": batch.pk}
    print_batch(Unwatched(), batch.pk)
    assert codes(print_rest(batch, by=paper.operator, at=LATER)) == ("printing_is_done",)
    assert before < set(PrintedList.objects.filter(batch=batch).values_list("list", "sha256"))
    assert PrintedList.objects.filter(batch=batch).count() == 5


def test_an_edition_is_printed_by_the_right_office_in_its_own_copies_once(paper: Press) -> None:
    secretary, pec = paper.operator, paper.pec
    assert codes(ordered(paper.final, Copy.FULL, pec, LATER)) == ("office_may_not",)
    assert codes(ordered(paper.final, Copy.FULL, secretary, LATER)) == ("printing_ordered_before",)
    assert codes(ordered(paper.final, Copy.WEB, secretary, LATER)) == ("printing_copy_not_made",)
    assert codes(ordered(paper.preliminary, Copy.FULL, secretary, LATER)) == ("printing_copy_not_made",)
    assert Batch.objects.count() == 3


def stopping_at(lists: int) -> Callable[[int, int | None, str], None]:
    """Somebody cancels the work once so many lists are printed."""

    def tell(done_by_now: int, _total: int | None, _message: str) -> None:
        if done_by_now == lists:
            raise StoppedError

    return tell


# ------------------------------------------------------------------------------------- what stands on paper


@pytest.mark.norm("L15.5.b2")
def test_the_first_copy_shows_birth_and_residence_and_the_second_only_names(paper: Press) -> None:
    full, second = (text_of(paper.printed(copy)) for copy in (Copy.FULL, Copy.SECOND))
    names = [" ".join(part for part in each if part) for each in NAMES]
    for said in (full, second):
        read = [found for found in names if re.search(rf"^\d+ {found}\b", said, re.MULTILINE)]
        assert read == names
        assert [said.index(f"{number} {found}") for number, found in enumerate(names, 1)] == sorted(
            said.index(f"{number} {found}") for number, found in enumerate(names, 1)
        )
    for told in (BORN, "Манас 1", "Шайлоочунун колу", "Серия, номер документа"):
        assert told in full
        assert told not in second


@pytest.mark.norm("L14.7.b")
def test_the_preliminary_list_on_paper_shows_what_voters_check(paper: Press) -> None:
    said = text_of(paper.printed(Copy.POSTED))
    assert BORN in said
    assert "Манас 1" in said
    assert "Шайлоочулардын алдын ала тизмеси" in said
    assert "Шайлоочунун колу" not in said


def test_no_copy_shows_a_pin(paper: Press) -> None:
    pins = [str(pin) for pin in Entry.objects.values_list("pin", flat=True)]
    for printed in PrintedList.objects.all():
        said = text_of(printed)
        assert not any(pin in said for pin in pins)
        assert printed.list.sha256 in said
        assert f"Число избирателей в списке / {printed.voters}" not in said
        assert f"Число избирателей в списке: {printed.voters}" in said


def test_people_who_are_made_up_are_marked_on_every_page(paper: Press) -> None:
    reader = PdfReader(io.BytesIO(vault.opened(paper.printed(Copy.FULL).sha256, paper.printed(Copy.FULL).key)))
    for page in reader.pages:
        assert "Машыгуу: чыныгы шайлоо эмес. Ойдон чыгарылган адамдар" in page.extract_text()


# ------------------------------------------------------------------------------------- the files


def test_a_file_lies_sealed_by_its_hash_and_opens_to_the_bytes_that_are_made_again(paper: Press) -> None:
    printed = paper.printed(Copy.FULL)
    found = VoterList.objects.select_related(
        "precinct__area", "edition__register__election", "edition__register__voting", "edition__change__delivery"
    ).get(pk=printed.list_id)
    again = draw(sheet_of(found, Copy.FULL, 1))
    place = vault.place(printed.sha256)
    assert vault.opened(printed.sha256, printed.key) == again.content
    assert (printed.bytes, printed.pages) == (len(again.content), again.pages)
    assert b"%PDF" not in place.read_bytes()
    assert place.stat().st_mode & 0o077 == 0
    assert len(lines(found, 1, 50)) == printed.voters


def test_a_file_that_was_changed_moved_or_taken_away_does_not_open(paper: Press) -> None:
    one, other = paper.printed(Copy.FULL), paper.printed(Copy.SECOND)
    place, kept = vault.place(one.sha256), vault.place(one.sha256).read_bytes()
    try:
        place.write_bytes(vault.place(other.sha256).read_bytes())
        with pytest.raises(vault.VaultDamagedError):
            vault.opened(one.sha256, one.key)
        place.write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))
        with pytest.raises(vault.VaultDamagedError):
            vault.opened(one.sha256, one.key)
        place.unlink()
        with pytest.raises(vault.VaultDamagedError):
            vault.opened(one.sha256, one.key)
    finally:
        place.write_bytes(kept)
    assert vault.opened(one.sha256, one.key)[:4] == b"%PDF"


# ------------------------------------------------------------------------------------- printed again


def test_a_list_is_printed_again_under_the_next_number_with_a_reason_and_the_copy_before_it_is_void(
    paper: Press,
) -> None:
    first = paper.printed(Copy.SECOND)
    assert codes(print_again(first, "  ", by=paper.operator, at=LATER)) == ("printing_reason_needed",)
    assert codes(print_again(first, "Lost", by=paper.pec, at=LATER)) == ("office_may_not",)
    again = done(print_again(first, "Суу тийди", by=paper.operator, at=LATER))
    assert (again.number, again.reason) == (2, "Суу тийди")
    assert again.sha256 != first.sha256
    assert "нуска № 2" in text_of(again)
    assert queries.state_of(first) is State.REPLACED
    assert queries.state_of(again) is State.PRINTED
    assert codes(print_again(first, "Lost", by=paper.operator, at=LATER)) == ("printing_replaced_before",)
    counts = next(each.counts for each in queries.made(paper.land.register) if each.copy is Copy.SECOND)
    assert (counts.lists, counts.printed) == (5, 5), "a void copy is not counted"


def test_the_database_takes_no_copy_out_of_turn_of_another_batch_or_without_a_reason(paper: Press) -> None:
    found = paper.printed(Copy.FULL)
    plain = {
        each.attname: getattr(found, each.attname) for each in PrintedList._meta.concrete_fields if each.name != "id"
    }
    other = paper.printed(Copy.SECOND)
    for changes, name in (
        ({"number": 3, "reason": "x"}, "printed_copies_come_without_gaps"),
        ({"number": 2, "reason": "x", "batch_id": other.batch_id}, "a_printed_copy_is_of_its_batch"),
        ({"number": 2, "reason": "x", "voters": 1}, "a_printed_copy_is_of_its_batch"),
        ({"number": 2}, "a_list_is_printed_again_with_a_reason"),
    ):
        with pytest.raises(IntegrityError) as broken, transaction.atomic():
            PrintedList.objects.create(**{**plain, **changes})
        assert guarantee(broken.value) == name
    for model, row in ((PrintedList, found.pk), (Batch, found.batch_id)):
        with pytest.raises(DatabaseError), transaction.atomic():
            model._default_manager.filter(pk=row).update(at=LATER)
        with pytest.raises(DatabaseError), transaction.atomic():
            model._default_manager.filter(pk=row).delete()


def test_the_record_of_printing_names_nobody(paper: Press) -> None:
    people = {str(pin) for pin in Entry.objects.values_list("pin", flat=True)} | {surname for surname, *_rest in NAMES}
    told = " ".join(str(payload) for payload in Act.objects.filter(name__startswith="voters.").values_list("payload"))
    assert "sha256" in told
    assert not [each for each in people if each in told]
