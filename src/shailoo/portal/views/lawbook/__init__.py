"""The law behind every number: its norms, editions and official text, and the code that carries it out."""

from __future__ import annotations

from shailoo.portal.views.lawbook.editions import edition, editions
from shailoo.portal.views.lawbook.index import index
from shailoo.portal.views.lawbook.norm import norm
from shailoo.portal.views.lawbook.official import difference
from shailoo.portal.views.lawbook.rules import rule, rules

__all__ = ["difference", "edition", "editions", "index", "norm", "rule", "rules"]
