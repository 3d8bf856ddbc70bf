"""The kinds of files that are taken, and every ground on which one is refused."""

from __future__ import annotations

from enum import StrEnum

from shailoo.law.outcome import Fact

MIB = 1024 * 1024


class Kind(StrEnum):
    """A kind of file, by its media type."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    TIFF = "image/tiff"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    CSV = "text/csv"
    TEXT = "text/plain"

    @property
    def label(self) -> str:
        """How people call it, in every language."""
        return self.name


class Unfit(StrEnum):
    """Why a file is refused: the code of the finding, whose sentence is in `wording`."""

    EMPTY = "upload_empty"
    TOO_LARGE = "upload_too_large"
    WRONG_TYPE = "upload_of_another_type"
    UNREADABLE = "upload_unreadable"
    TWO_THINGS = "upload_is_two_things"
    ENCRYPTED = "upload_encrypted"
    ACTIVE = "upload_with_active_content"
    ATTACHMENTS = "upload_with_attachments"
    MACROS = "upload_with_macros"
    LINKS = "upload_with_links_to_files"
    PIXELS = "upload_with_too_many_pixels"
    PARTS = "upload_with_too_many_parts"
    UNPACKED = "upload_unpacks_too_large"
    ENCODING = "upload_in_unknown_encoding"


class UnfitError(Exception):
    """A file is refused on this ground; `facts` fill its sentence."""

    def __init__(self, ground: Unfit, **facts: Fact) -> None:
        super().__init__(ground.value)
        self.ground = ground
        self.facts = facts
