"""In whose right work runs in the background, and the start-up check that no job lacks it.

    @by_the_installation                 what no person asks for, such as reminders
    @in_the_right_of("counting.import")  what an office asked for: the job is given the office, and its act asks again

The mark stands on the plain function, below `@app.task`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.checks import CheckMessage, Error, Tags, register

from shailoo.accounts.roles import MAY

RIGHT = "right_of_the_job"
INSTALLATION = "the installation"
OWN_TASKS = "procrastinate.builtin_tasks"  # of the queue itself: they touch no table but its own
Work = TypeVar("Work", bound=Callable[..., Any])  # a job keeps its own signature


def by_the_installation(work: Work) -> Work:
    """The job runs of itself; its acts carry no office."""
    setattr(work, RIGHT, INSTALLATION)
    return work


def in_the_right_of(act: str) -> Callable[[Work], Work]:
    """The job carries out `act` of accounts.roles.MAY for the office that asked for it; KeyError for an unknown act."""
    MAY[act]

    def mark(work: Work) -> Work:
        setattr(work, RIGHT, act)
        return work

    return mark


def jobs() -> dict[str, str | None]:
    """Name of every task -> the right in which it runs; None where that is not said."""
    from procrastinate.contrib.django import app

    return {
        name: getattr(task.func, RIGHT, None)
        for name, task in sorted(app.tasks.items())
        if task.func.__module__ != OWN_TASKS
    }


@register(Tags.security)
def every_job_says_in_whose_right_it_runs(**_: object) -> list[CheckMessage]:
    """Refuse to start while a task of the queue does not say in whose right it runs."""
    hint = "Mark the function with @by_the_installation or @in_the_right_of(...)."
    return [
        Error(f"the job {name} does not say in whose right it runs", hint=hint, id="shailoo.E003")
        for name, right in jobs().items()
        if right is None
    ]
