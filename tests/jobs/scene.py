"""Bodies and offices that ask for work. All people are generated."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from shailoo.accounts.models import Body, Office
from shailoo.accounts.roles import Kind, Role
from shailoo.jobs.actions import start
from shailoo.jobs.models import Work
from tests.counting.scene import office


def cec_chair() -> Office:
    """The chairperson of the CEC."""
    return office("chair", body("CEC", Kind.CEC, None), Role.CEC_CHAIR)


def bodies(cec: Body) -> tuple[Body, Body]:
    """Two bodies below the CEC."""
    return body("TEC-1", Kind.TEC, cec), body("TEC-2", Kind.TEC, cec)


def body(code: str, kind: Kind, superior: Body | None) -> Body:
    """A body with the same name in every language."""
    return Body.objects.create(code=code, kind=kind, superior=superior, name_ky=code, name_ru=code, name_en=code)


def asked(kind: str, by: Office, *, at: datetime | None = None, subject: str = "", **arguments: object) -> Work:
    """A work that was asked for and not refused."""
    work = start(kind, by=by, at=at or timezone.now(), subject=subject, **arguments)
    assert isinstance(work, Work), work
    return work
