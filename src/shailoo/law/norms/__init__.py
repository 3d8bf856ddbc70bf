"""The norms of the law as data: what each obliges, whom, until when, and how one can tell that it was kept.

An id names one norm (`norm("L64.3.d")`); a citation may name a paragraph or an article (`resolve("L64.3")`).
"""

from __future__ import annotations

from shailoo.law.norms.loading import NormError, document, documents, known, norm, norms, resolve
from shailoo.law.norms.model import Area, Bound, Deadline, Document, Item, Kind, Norm, Unit, article_of
from shailoo.law.outcome import NormId

__all__ = [
    "Area",
    "Bound",
    "Deadline",
    "Document",
    "Item",
    "Kind",
    "Norm",
    "NormError",
    "NormId",
    "Unit",
    "article_of",
    "document",
    "documents",
    "known",
    "norm",
    "norms",
    "resolve",
]
