"""Django's `migrate`, which draws up no table anew whose columns stay as they are.

Most of our migrations add constraints, indexes and triggers. After each, Django builds the classes of the table and of
every table around it again, although no field and no relation has changed: five sixths of the time of an empty
database. Here such a change is written into the class that stands; whatever else changes is left to Django.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

from django.core.management.commands import migrate
from django.db.migrations.state import ModelState, ProjectState, StateApps
from django.db.models import Model

BESIDE_THE_COLUMNS = ("constraints", "indexes", "triggers")
Frame = tuple[tuple[tuple[str, object], ...], tuple[object, ...], tuple[object, ...], Mapping[str, object]]


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> str | None:
        with classes_that_stand():
            return super().handle(*args, **options)


@contextmanager
def classes_that_stand() -> Iterator[None]:
    """While it lasts, a change beside the columns builds no class of a migration's state anew."""
    build, rebuild = ModelState.render, ProjectState.reload_model
    made_of: WeakKeyDictionary[type[Model], Frame] = WeakKeyDictionary()

    def render(state: ModelState, apps: StateApps) -> type[Model]:
        made: type[Model] = build(state, apps)
        made_of[made] = _frame(state)
        return made

    def reload_model(project: ProjectState, app_label: str, model_name: str, delay: bool = False) -> None:  # noqa: FBT001, FBT002  (Django's)
        state = project.models[app_label, model_name.lower()]
        stands = _standing(project, app_label, model_name)
        if stands is None or not _alike(made_of.get(stands), _frame(state)):
            rebuild(project, app_label, model_name, delay)
            return
        for option in BESIDE_THE_COLUMNS:
            setattr(stands._meta, option, list(state.options.get(option, ())))

    _use(render, reload_model)
    try:
        yield
    finally:
        _use(build, rebuild)


def _use(render: Callable[..., Any], reload_model: Callable[..., None]) -> None:
    ModelState.render = render  # type: ignore[method-assign]  # for the time of one command
    ProjectState.reload_model = reload_model  # type: ignore[method-assign]  # the same


def _standing(project: ProjectState, app_label: str, model_name: str) -> type[Model] | None:
    """The class of a table, where the state has built its classes."""
    if "apps" not in project.__dict__:
        return None
    return project.apps.all_models[app_label].get(model_name.lower())


def _frame(state: ModelState) -> Frame:
    """What a class is made of but for what stands beside its columns."""
    others = {name: value for name, value in state.options.items() if name not in BESIDE_THE_COLUMNS}
    return tuple(state.fields.items()), tuple(state.bases), tuple(state.managers), others


def _alike(before: Frame | None, now: Frame) -> bool:
    """Whether the very same fields make it up: a field that was altered is another object."""
    if before is None or before[1:] != now[1:] or len(before[0]) != len(now[0]):
        return False
    return all(a == b and x is y for (a, x), (b, y) in zip(before[0], now[0], strict=True))
