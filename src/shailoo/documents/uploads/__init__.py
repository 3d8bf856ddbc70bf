"""Uploads: a file is what its content is, whole, harmless and of bearable size, or it is refused and nothing is kept.

`checked` looks at bytes alone: never at a name, never at the type that a sender claims. Each refusal has a code
(`unfit.Unfit`) with its sentence in three languages; `record_refusal` writes it into the ledger without the content.
"""

from shailoo.documents.uploads.checking import Upload, checked, received, record_refusal
from shailoo.documents.uploads.images import without_metadata
from shailoo.documents.uploads.unfit import MIB, Kind, Unfit

__all__ = ["MIB", "Kind", "Unfit", "Upload", "checked", "received", "record_refusal", "without_metadata"]
