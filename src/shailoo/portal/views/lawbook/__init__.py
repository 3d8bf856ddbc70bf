"""The law behind every number: its norms, editions and official text, and the code that carries it out."""

from __future__ import annotations

from shailoo.portal.views.lawbook.citation import norm
from shailoo.portal.views.lawbook.code import rule, rules
from shailoo.portal.views.lawbook.contents import index
from shailoo.portal.views.lawbook.dated import edition, editions
from shailoo.portal.views.lawbook.official import difference

__all__ = ["difference", "edition", "editions", "index", "norm", "rule", "rules"]
