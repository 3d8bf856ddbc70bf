"""Taking one figure: how long, with how much memory, against which aim; and the page that shows all of them together.

A figure and its bare minimum stand in one group: the bare minimum is the least that any program would have to do for
the same answer on the same machine in the same run, so that a slow machine cannot be taken for a slow program.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.machine import watched

T = TypeVar("T")
BARE = "bare_minimum"  # in the name of every yardstick


@dataclass(frozen=True, slots=True)
class Aim:
    """`seconds` is what the median round is held to. A round does its work `units` times (requests of a load)."""

    seconds: float | None = None
    units: int = 1


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the page: the median round in seconds; memory in MiB by whose it is; what else there is to know."""

    group: str
    name: str
    seconds: float
    aim: Aim
    memory: Mapping[str, int]
    notes: list[str] = field(default_factory=list)

    @property
    def each(self) -> float:
        """Seconds for one unit of the work."""
        return self.seconds / self.aim.units


NO_AIM = Aim()
TAKEN: list[Figure] = []
"""The figures of this run, in the order in which they were taken."""


def take(
    benchmark: BenchmarkFixture,
    group: str,
    work: Callable[[], T],
    *,
    rounds: int = 1,
    before: Callable[[], object] | None = None,
    aim: Aim = NO_AIM,
    memory: Callable[[], Mapping[str, int]] = dict,
) -> T:
    """Time `work`, with `before` each time outside the clock; returns what the last round gave. Fails above the aim.

    `memory` gives the peaks of other processes in MiB, asked for after the last round.
    """
    benchmark.group = group
    answers: list[T] = []

    def timed() -> None:
        answers[:] = [work()]

    def made_ready() -> None:
        if before is not None:
            before()

    with watched() as peaks:
        benchmark.pedantic(timed, setup=made_ready, rounds=rounds)  # type: ignore[no-untyped-call]  # the library's own
    figure = Figure(group, benchmark.name, _median(benchmark), aim, {**peaks.in_mib(), **memory()})
    if aim.units > 1:
        figure.notes.append(f"{1 / figure.each:,.0f} a second")
    benchmark.extra_info.update(memory_mib=dict(figure.memory), aim_seconds=aim.seconds, units=aim.units)
    TAKEN.append(figure)
    within = aim.seconds is None or figure.seconds <= aim.seconds
    assert within, f"{shown(figure.seconds)}, and the aim is {shown(aim.seconds or 0)}"
    return answers[0]


def _median(benchmark: BenchmarkFixture) -> float:
    assert benchmark.stats is not None
    return float(benchmark.stats.stats.median)


def page() -> Iterator[str]:
    """All figures by group, each with how many times its group's bare minimum it took."""
    for group in dict.fromkeys(figure.group for figure in TAKEN):
        figures = [figure for figure in TAKEN if figure.group == group]
        bare = min((figure.each for figure in figures if BARE in figure.name), default=None)
        yield group
        for figure in figures:
            yield f"  {figure.name.removeprefix('test_'):<60}{_columns(figure, bare)}".rstrip()


def _columns(figure: Figure, bare: float | None) -> str:
    times = f"{figure.each / bare:.1f} x" if bare else ""
    aim = f"aim {shown(figure.aim.seconds)}" if figure.aim.seconds is not None else ""
    memory = ", ".join(f"{whose} {size} MiB" for whose, size in figure.memory.items())
    return f"{shown(figure.seconds):>10}{times:>12}  {aim:<14}{'; '.join([memory, *figure.notes])}"


def shown(seconds: float) -> str:
    """Seconds, or milliseconds below one."""
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.2f} ms"
