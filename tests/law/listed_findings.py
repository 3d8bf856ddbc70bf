"""What each finding of a chapter is: whether it stops the act or only warns, and which fields it marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml

from shailoo.law.outcome import Finding

Listed = Mapping[str, list[str]]  # code -> "error: field, field" in every form that it may take


def listed(folder: Path) -> Listed:
    """The table of a chapter."""
    found: Listed = yaml.safe_load((folder / "findings.yaml").read_text(encoding="utf-8"))
    return found


def described(found: Finding) -> str:
    """A finding as the table says it; an element of an array is named without its number."""
    return f"{found.severity}: {', '.join(re.sub('[0-9]+', 'n', each) for each in found.fields)}"


@contextmanager
def held_to(table: Listed, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Within it no finding of the table can be made with another severity, or marking other fields."""
    plain = Finding.__init__

    def made(self: Finding, *args: Any, **kwargs: Any) -> None:  # Any: the constructor's own arguments
        plain(self, *args, **kwargs)
        assert self.code not in table or described(self) in table[self.code], f"{self.code}: {described(self)}"

    with monkeypatch.context() as patch:
        patch.setattr(Finding, "__init__", made)
        yield
