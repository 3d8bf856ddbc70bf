"""The editions of the law: what holds on which day, and which readings a commission may change."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date, time
from fractions import Fraction
from pathlib import Path

import pytest

from shailoo.law.editions import (
    CapSurplusRule,
    Edition,
    EditionError,
    ThresholdBase,
    edition,
    editions,
    in_force,
    reading_types,
    value_types,
)
from shailoo.law.editions.loading import FOLDER, read
from shailoo.law.norms import known

FIRST, SECOND = "2017-06-05", "2020-06-30"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the edition files, to break one thing in."""
    for path in (*FOLDER.glob("*.toml"), *FOLDER.glob("*/*.toml")):
        copy = tmp_path / path.relative_to(FOLDER)
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(path.read_bytes())
    return tmp_path


def break_line(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / f"{name}.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def load(folder: Path) -> None:
    read(sorted(folder.glob("*.toml")))


@pytest.mark.norm("L64.2.a")
def test_the_barrier_is_nine_per_cent_in_the_first_edition_and_seven_in_the_second() -> None:
    assert edition(FIRST).threshold == Fraction(9, 100)
    assert edition(SECOND).threshold == Fraction(7, 100)
    assert edition(SECOND).norm_of("threshold") == "L64.2.a"


def test_the_second_edition_changes_nothing_else() -> None:
    first, second = edition(FIRST), edition(SECOND)
    changed = {name for name in value_types() if first.values[name] != second.values[name]}
    assert changed == {"threshold"}
    assert [each.taken for each in first.readings] == [each.taken for each in second.readings]


@pytest.mark.norm(
    "L64.3.b", "L64.2.b", "L64.5", "L53.4.b", "L61.2.c", "L37.6.1", "L55.4", "L33.3.a1", "L30.1.a3", "L37.1.a", "L55.2"
)
def test_the_numbers_of_the_law_are_those_of_its_articles() -> None:
    law = edition(FIRST)
    assert (law.seats, law.cap, law.mobile_boxes, law.determination_days) == (120, 65, 3, 20)
    assert (law.regional_threshold, law.refund_threshold) == (Fraction(7, 1000), Fraction(5, 100))
    assert (law.null_share, law.majority, law.spare_ballots) == (Fraction(1, 3), Fraction(1, 2), Fraction(1, 1000))
    assert (law.voting_opens, law.voting_closes) == (time(8), time(20))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2020, 1, 1), FIRST),
        (date(2020, 6, 29), FIRST),
        (date(2020, 6, 30), SECOND),
        (date(2020, 10, 4), SECOND),
        (date(2999, 12, 31), SECOND),
    ],
)
def test_an_edition_is_in_force_from_its_first_to_its_last_day(day: date, name: str) -> None:
    assert in_force(day).id == name


def test_before_the_first_edition_nothing_is_guessed() -> None:
    with pytest.raises(KeyError, match="no edition is known for 2019-12-31"):
        in_force(date(2019, 12, 31))


def test_an_unknown_edition_is_refused_with_the_known_ones() -> None:
    with pytest.raises(KeyError, match=f"'2021'.*{FIRST}, {SECOND}"):
        edition("2021")


@pytest.mark.parametrize("law", editions(), ids=lambda law: law.id)
def test_every_value_and_reading_cites_norms_that_exist_and_is_in_force_all_the_time(law: Edition) -> None:
    for name in (*value_types(), *reading_types()):
        clause = law.clause(name)
        assert clause.norms
        assert all(known(norm) for norm in clause.norms), name
        assert clause.since <= law.since
        assert clause.until is None or (law.until is not None and law.until <= clause.until)


@pytest.mark.parametrize("name", [FIRST, SECOND])
def test_no_value_of_the_law_is_inexact(name: str) -> None:
    assert not [value for value in edition(name).values.values() if isinstance(value, float)]


def test_a_decision_changes_a_reading_for_one_election_only() -> None:
    law = edition(SECOND)
    changed = law.with_readings(threshold_base="valid_with_against_all", cap_surplus_rule="vacant")
    assert changed.threshold_base is ThresholdBase.VALID_WITH_AGAINST_ALL
    assert changed.cap_surplus_rule is CapSurplusRule.VACANT
    assert [each.name for each in changed.changed_readings] == ["threshold_base", "cap_surplus_rule"]
    assert changed.reading("threshold_base").default == "participated"
    assert law.threshold_base is ThresholdBase.PARTICIPATED
    assert law.changed_readings == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"threshold_base": "all_voters"}, "has no option 'all_voters'.*participated"),
        ({"threshold": "1/100"}, "no reading 'threshold'"),
        ({"since": "2000-01-01"}, "no reading 'since'"),
        ({"barrier": "participated"}, "no reading 'barrier'"),
    ],
)
def test_a_decision_can_take_no_reading_that_the_law_does_not_leave_open(change: dict[str, str], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        edition(FIRST).with_readings(**change)


def test_an_edition_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        edition(FIRST).cap = 120  # type: ignore[misc]  # the point of the test


def test_a_name_without_a_clause_is_refused() -> None:
    with pytest.raises(KeyError, match="no value or reading 'barrier'"):
        edition(FIRST).norm_of("barrier")


@pytest.mark.norm("L30.1.a3", "L30.9.a4")
@pytest.mark.parametrize(
    ("voters", "floor", "ceil"), [(999, 999, 1000), (1000, 1001, 1001), (2500, 2502, 2503), (0, 0, 0)]
)
def test_spare_ballots_are_a_thousandth_rounded_as_the_reading_says(voters: int, floor: int, ceil: int) -> None:
    law = edition(FIRST)
    assert law.ballot_limit(voters) == floor
    assert law.with_readings(spare_ballots_rounding="ceil").ballot_limit(voters) == ceil


@pytest.mark.norm("L37.1.a", "L55.2")
def test_a_term_after_an_event_leaves_out_the_day_of_the_event_unless_decided_otherwise() -> None:
    law = edition(SECOND)
    assert law.last_day_after(date(2020, 10, 4), law.determination_days) == date(2020, 10, 24)
    counted = law.with_readings(forward_counting="event_day_counted")
    assert counted.last_day_after(date(2020, 10, 4), law.determination_days) == date(2020, 10, 23)


def test_every_option_of_a_reading_is_obeyed_by_some_rule() -> None:
    package = FOLDER.parent.parent
    rules = [path.read_text(encoding="utf-8") for path in package.rglob("*.py") if path.name != "readings.py"]
    open_questions = [each.name for each in edition(FIRST).readings if len(each.options) > 1]
    assert [name for name in open_questions if not any(f".{name}" in rule for rule in rules)] == []


@pytest.mark.parametrize(
    ("until", "fault"),
    [("2020-06-30", "an overlap"), ("2020-06-28", "a gap"), ("2021-01-01", "an overlap")],
)
def test_a_gap_or_an_overlap_between_editions_is_an_error(folder: Path, until: str, fault: str) -> None:
    break_line(folder, FIRST, "until = 2020-06-29", f"until = {until}")
    with pytest.raises(EditionError, match=fault):
        load(folder)


def test_an_edition_without_an_end_before_a_later_one_is_an_overlap(folder: Path) -> None:
    break_line(folder, FIRST, "until = 2020-06-29", "")
    with pytest.raises(EditionError, match="an overlap"):
        load(folder)


def test_an_edition_that_ends_before_it_begins_is_an_error(folder: Path) -> None:
    break_line(folder, SECOND, "since = 2020-06-30", "since = 2020-06-30\nuntil = 2020-06-29")
    with pytest.raises(EditionError, match="before it begins"):
        load(folder)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[values.cap]", "[values.ceiling]", "'ceiling' is no value"),
        ("[readings.quotient]", "[readings.rounding]", "'rounding' is no reading"),
        ('norms = ["L64.5"]', "norms = []", "cap cites no norm"),
        ('value = "9/100"', "value = 0.09", "Expected `int | str`, got `float`"),
        ('value = "9/100"', 'value = "0.09"', "threshold = '0.09'"),
        ('value = "9/100"', 'value = "9/0"', "threshold = '9/0'"),
        ('value = "9/100"', 'value = "nine/100"', "threshold = 'nine/100'"),
        ("value = 65", "value = -65", "cap = -65"),
        ("value = 65", 'value = "65"', "cap = '65'"),
        ('value = "08:00"', 'value = "25:00"', "voting_opens = '25:00'"),
        ('value = "rerun"', 'value = "share"', "cap_surplus_rule has no option 'share'"),
        ('id = "2017-06-05"', 'id = "2017-06-06"', "the edition's id must be the file's name"),
        ('unit = "mandates of one party"', 'units = "mandates"', "unknown field `units`"),
        ("value = 65", "value = 65\nsince = 2020-03-01", "cap is not in force on every day"),
        ("value = 65", "value = 65\nuntil = 2020-03-01", "cap is not in force on every day"),
    ],
)
def test_a_file_that_contradicts_itself_is_refused_by_name(folder: Path, old: str, new: str, said: str) -> None:
    break_line(folder, FIRST, old, new)
    with pytest.raises(EditionError, match=said):
        load(folder)


def test_a_value_that_stands_in_two_files_of_an_edition_is_refused_by_name(folder: Path) -> None:
    path = folder / FIRST / "calendar.toml"
    path.write_text(path.read_text(encoding="utf-8") + '\n[values.cap]\nvalue = 65\nnorms = ["L64.5"]\n', "utf-8")
    with pytest.raises(EditionError, match=r"calendar\.toml: cap stands in another file"):
        load(folder)


def test_a_value_that_no_file_gives_is_missed_by_name(folder: Path) -> None:
    text = (folder / f"{FIRST}.toml").read_text(encoding="utf-8")
    start, end = text.index("[values.cap]"), text.index("# -----", text.index("[values.cap]"))
    (folder / f"{FIRST}.toml").write_text(text[:start] + text[end:], encoding="utf-8")
    with pytest.raises(EditionError, match="no entry for cap"):
        load(folder)


@pytest.mark.parametrize("parent", ["2011-07-02", SECOND])
def test_an_edition_inherits_only_from_another_known_one(folder: Path, parent: str) -> None:
    break_line(folder, SECOND, f'inherits = "{FIRST}"', f'inherits = "{parent}"')
    with pytest.raises(EditionError, match=f"inherits from '{parent}'"):
        load(folder)
