"""The difference of two texts is whole: each text can be read back from it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shailoo.law.text import Change, Run, compare

WORDS = st.lists(st.sampled_from(["nine", "seven", "per", "cent", "of", "voters"]), max_size=12)


def read_back(runs: tuple[Run, ...], left_out: Change) -> list[str]:
    return " ".join(run.text for run in runs if run.change is not left_out).split()


@given(WORDS, WORDS)
def test_both_texts_can_be_read_back(before: list[str], after: list[str]) -> None:
    runs = compare(" ".join(before), " ".join(after))
    assert read_back(runs, Change.ADDED) == before
    assert read_back(runs, Change.REMOVED) == after


@given(WORDS)
def test_the_same_text_has_no_difference(words: list[str]) -> None:
    assert all(run.change is Change.SAME for run in compare(" ".join(words), " ".join(words)))


def test_what_was_removed_stands_before_what_was_added() -> None:
    assert compare("at least nine per cent", "at least seven per cent") == (
        Run(Change.SAME, "at least"),
        Run(Change.REMOVED, "nine"),
        Run(Change.ADDED, "seven"),
        Run(Change.SAME, "per cent"),
    )
