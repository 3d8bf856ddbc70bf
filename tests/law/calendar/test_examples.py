"""The calendar against worked examples, against what commissions did, and against days they announced."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import yaml

from shailoo.law.calendar import BISHKEK, Entry, Kind, Occasion, end_of, when
from shailoo.law.calendar.calling import deemed_day, regular_day
from shailoo.law.calendar.terms import reduced
from shailoo.law.editions import edition

HERE = Path(__file__).parent
LAW = edition("2020-06-30")


def rows() -> Iterator[Any]:  # Any: pytest's own type of a set of parameters
    for example in yaml.safe_load((HERE / "examples.yaml").read_text(encoding="utf-8")):
        for row in example["rows"]:
            yield pytest.param(example["election"], row, id=f"{example['election']['election_day']}-{row['event']}")


def occasion_of(election: dict[str, Any], row: dict[str, Any]) -> Occasion:
    known = election.get("known", {}) | row.get("known", {})
    return Occasion(Kind(election["kind"]), election["election_day"], election["calling"], known)


@pytest.mark.norm("L48.2.c", "L59.4.c", "L63.2.b")
@pytest.mark.parametrize(("election", "row"), list(rows()))
def test_every_worked_example(election: dict[str, Any], row: dict[str, Any]) -> None:
    found = when(row["event"], occasion_of(election, row), LAW)
    if "day" in row:
        assert row["day"] in (found.first, found.last)
    for side in ("first", "last", "last_inclusive"):
        if side in row:
            assert getattr(found, side) == row[side], side
    if "time" in row:
        assert found.time == time.fromisoformat(row["time"])
    assert found.due_on_calling == ("computed" in row)
    if "computed" in row:
        plain = when(row["event"], occasion_of(election, row), LAW.with_readings(term_before_calling="as_computed"))
        assert plain.last == row["computed"]


@pytest.mark.norm("L48.2.c", "L59.4.c", "L63.2.b")
@pytest.mark.parametrize(
    ("statutory", "quarter", "third"), yaml.safe_load((HERE / "reductions.yaml").read_text(encoding="utf-8"))
)
def test_every_shortened_term(statutory: int, quarter: int, third: int) -> None:
    assert reduced(statutory, LAW.early_reduction_president, LAW) == quarter
    assert reduced(statutory, LAW.early_reduction_jogorku_kenesh, LAW) == third


# ------------------------------------------------------------------------------------- what commissions did

JK_2020 = Occasion(Kind.JK, date(2020, 10, 4), date(2020, 7, 3))
PRESIDENT_2017 = Occasion(Kind.PRESIDENTIAL, date(2017, 10, 15), date(2017, 6, 14))
PRESIDENT_2021 = Occasion(
    Kind.PRESIDENTIAL_EARLY, date(2021, 1, 10), date(2020, 10, 24), {"powers_termination": date(2020, 10, 16)}
)
JK_2021 = Occasion(Kind.JK, date(2021, 11, 28))
JK_2025 = Occasion(Kind.JK_EARLY, date(2025, 11, 30))  # under another text, the same terms less a third


@pytest.mark.parametrize(
    ("occasion", "event", "day", "hour"),
    [
        (JK_2021, "registration_documents_jk", date(2021, 10, 18), time(18)),
        (JK_2020, "registration_documents_jk", date(2020, 8, 24), time(18)),
        (JK_2020, "registration_end_jk", date(2020, 9, 3), None),
        (JK_2020, "campaign_start", date(2020, 9, 4), None),
        (PRESIDENT_2017, "nomination_end_presidential", date(2017, 7, 31), None),
        (PRESIDENT_2017, "registration_end_presidential", date(2017, 9, 9), None),
        (PRESIDENT_2017, "calling_deadline_presidential", date(2017, 6, 14), None),
        (PRESIDENT_2021, "signature_lists_submitted", date(2020, 12, 3), None),
        (PRESIDENT_2021, "nomination_end_presidential", date(2020, 11, 14), None),
        (PRESIDENT_2021, "registration_documents_presidential", date(2020, 12, 6), None),
        (PRESIDENT_2021, "campaign_start", date(2020, 12, 15), None),
        (PRESIDENT_2021, "campaign_end", date(2021, 1, 9), time(8)),
        (PRESIDENT_2021, "registration_end_presidential", date(2020, 12, 14), None),
        (PRESIDENT_2021, "determination_of_results", date(2021, 1, 30), None),
        (PRESIDENT_2021, "oath", date(2021, 3, 1), None),
        (PRESIDENT_2021, "election_day_limit_early_presidential", date(2021, 1, 16), None),
        (JK_2025, "nomination_end_jk", date(2025, 10, 30), None),
        (JK_2025, "registration_documents_jk", date(2025, 11, 2), time(18)),
        (JK_2025, "registration_end_jk", date(2025, 11, 9), None),
        (JK_2025, "campaign_start", date(2025, 11, 10), None),
        (JK_2025, "campaign_end", date(2025, 11, 29), time(8)),
        (JK_2025, "mobile_voting_applications_end", date(2025, 11, 27), None),
    ],
    ids=lambda value: value.kind if isinstance(value, Occasion) else str(value),
)
def test_days_that_commissions_kept(occasion: Occasion, event: str, day: date, hour: time | None) -> None:
    found = when(event, occasion, LAW)
    assert (found.last or found.first) == day
    assert hour is None or found.time == hour


def test_certificates_and_silence_were_not_shortened_in_2021() -> None:
    certificates = when("candidate_certificates", PRESIDENT_2021.knowing(registration=date(2020, 12, 14)), LAW)
    assert (certificates.last, certificates.reduced_from) == (date(2020, 12, 16), None)
    check = when("signature_check_completed", PRESIDENT_2021.knowing(signature_lists_receipt=date(2020, 12, 3)), LAW)
    assert (check.last, check.reduced_from) == (date(2020, 12, 10), 10)  # seven days


def test_withdrawal_until_the_eighth_of_january_was_said_of_the_border_of_the_term() -> None:
    found = when("withdrawal_presidential_candidate", PRESIDENT_2021, LAW)
    assert found.closes == datetime(2021, 1, 8, tzinfo=BISHKEK)
    assert (found.last, found.last_inclusive, found.reduced_from) == (date(2021, 1, 7), date(2021, 1, 8), 3)


def test_the_twentieth_of_august_2020_fits_both_countings_and_both_days_are_shown() -> None:
    found = when("nomination_end_jk", JK_2020, LAW)
    assert (found.last, found.last_inclusive) == (date(2020, 8, 19), date(2020, 8, 20))


@pytest.mark.norm("L48.3.a", "L48.3.b")
def test_the_election_of_january_2021_counted_as_called_the_day_after_the_week_ran_out() -> None:
    assert deemed_day(PRESIDENT_2021, LAW) == date(2020, 10, 24)


@pytest.mark.norm("L48.1.a", "L59.3.b")
def test_regular_days() -> None:
    assert regular_day(Kind.PRESIDENTIAL, date(2017, 12, 1)) == date(2017, 10, 15)
    assert regular_day(Kind.JK, date(2020, 10, 4)) == date(2020, 10, 4)
    assert regular_day(Kind.JK, date(2020, 10, 31)) == date(2020, 10, 4)


def test_results_of_2025_came_within_the_term_shortened_by_the_other_reading() -> None:
    found = when("determination_of_results", JK_2025, LAW)
    assert found.last == date(2025, 12, 20)
    short = when("determination_of_results", JK_2025, LAW.with_readings(reduction_scope="also_post_election_terms"))
    assert (short.last, short.reduced_from) == (date(2025, 12, 13), 20)


# ------------------------------------------------------------------------------------- complaints, by the clock


def received(day: int, hour: int = 12) -> Occasion:
    return JK_2020.knowing(complaint_receipt=datetime(2020, 9, day, hour, tzinfo=BISHKEK))


@pytest.mark.parametrize(
    ("event", "last"),
    [
        ("complaint_decided", date(2020, 9, 15)),
        ("complaint_decided_verification", date(2020, 9, 17)),
        ("complaint_decided_prosecutor", date(2020, 9, 14)),
        ("complaint_decided_prosecutor_investigation", date(2020, 9, 15)),
    ],
)
def test_terms_of_complaints_run_from_their_receipt(event: str, last: date) -> None:
    assert when(event, received(12), LAW).last == last


def test_hours_run_from_the_minute() -> None:
    at = datetime(2020, 8, 24, 17, 59, tzinfo=BISHKEK)
    notice = when("inconsistency_notice", JK_2020.knowing(document_receipt=at), LAW)
    assert notice.closes == datetime(2020, 8, 25, 17, 59, tzinfo=BISHKEK)
    assert notice.in_time(datetime(2020, 8, 25, 17, 58, 59, tzinfo=BISHKEK))
    assert not notice.in_time(datetime(2020, 8, 25, 17, 59, tzinfo=BISHKEK))
    cure = when("corrections_submitted", JK_2020.knowing(inconsistency_notice_receipt=at), LAW)
    assert cure.closes == datetime(2020, 8, 26, 17, 59, tzinfo=BISHKEK)


def test_at_once_is_late_only_when_the_day_is_over() -> None:
    at = datetime(2020, 10, 4, 23, 10, tzinfo=BISHKEK)
    entry = when("pec_protocol_delivered", JK_2020.knowing(pec_protocol_signing=at), LAW)
    assert (entry.opens, entry.closes) == (at, end_of(date(2020, 10, 4)))


def test_what_waits_for_a_paper_has_no_days_and_says_so() -> None:
    found = when("complaint_decided", JK_2020, LAW)
    assert (found.first, found.last, found.waits_for) == (None, None, "complaint_receipt")
    with pytest.raises(ValueError, match="complaint_decided waits for complaint_receipt"):
        found.in_time(datetime(2020, 9, 1, tzinfo=BISHKEK))


def borders(found: Entry) -> tuple[datetime | None, datetime | None]:
    return found.opens, found.closes


def test_a_term_is_half_open() -> None:
    found = when("registration_end_jk", JK_2020, LAW)
    assert borders(found) == (None, datetime(2020, 9, 4, tzinfo=BISHKEK))
    assert found.in_time(datetime(2020, 9, 3, 23, 59, 59, 999999, tzinfo=BISHKEK))
    assert not found.in_time(datetime(2020, 9, 4, tzinfo=BISHKEK))
    opens = when("nomination_start_jk", JK_2020, LAW)
    assert not opens.in_time(datetime(2020, 7, 2, 23, 59, 59, tzinfo=BISHKEK))
    assert opens.in_time(datetime(2020, 7, 3, tzinfo=BISHKEK))
