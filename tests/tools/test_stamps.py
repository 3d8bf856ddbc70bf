"""Set-up does each piece of work once for its inputs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import stamps
from stamps import Step, files_under


class Work:
    """A piece of set-up that counts how often it was done."""

    def __init__(self, product: Path) -> None:
        self.product = product
        self.times = 0

    def __call__(self) -> None:
        self.times += 1
        self.product.write_text("made")


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Work:
    monkeypatch.setattr(stamps, "ROOT", tmp_path)
    (tmp_path / "input").write_text("one")
    return Work(tmp_path / "product")


@pytest.fixture
def step(work: Work, tmp_path: Path) -> Step:
    return Step("a step", tmp_path / ".stamps" / "step", work, (tmp_path / "input",), (work.product,))


def test_nothing_is_done_twice_for_the_same_inputs(step: Step, work: Work) -> None:
    step.run()
    step.run()
    assert work.times == 1


def test_a_changed_input_is_work_again(step: Step, work: Work, tmp_path: Path) -> None:
    step.run()
    (tmp_path / "input").write_text("two")
    step.run()
    assert work.times == 2


def test_a_changed_fact_is_work_again(step: Step, work: Work) -> None:
    step.run()
    replace(step, facts=("another Python",)).run()
    assert work.times == 2


def test_a_lost_product_is_made_again(step: Step, work: Work) -> None:
    step.run()
    work.product.unlink()
    step.run()
    assert work.times == 2


def test_an_emptied_input_differs_from_a_missing_one(step: Step, work: Work, tmp_path: Path) -> None:
    (tmp_path / "input").write_text("")
    step.run()
    (tmp_path / "input").unlink()
    step.run()
    assert work.times == 2


def test_work_that_failed_leaves_no_stamp(step: Step, work: Work) -> None:
    step.run()

    def fails() -> None:
        raise OSError("no network")

    with pytest.raises(OSError, match="no network"):
        replace(step, work=fails, facts=("new",)).run()
    step.run()
    assert work.times == 2


def test_files_are_listed_in_a_stable_order_without_folders(tmp_path: Path) -> None:
    for name in ("b.po", "a/c.po", "a/d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    assert files_under(tmp_path, "*.po") == (tmp_path / "a/c.po", tmp_path / "b.po")
