"""The documents by which a voter shows who he or she is (Art. 1, 15.4)."""

from __future__ import annotations

from enum import StrEnum


class IdentityDocument(StrEnum):
    """A document that a voter may offer."""

    ID_CARD = "id_card"  # the citizen's passport
    REGULAR_PASSPORT = "regular_passport"
    SERVICE_PASSPORT = "service_passport"
    DIPLOMATIC_PASSPORT = "diplomatic_passport"
    DRIVING_LICENCE = "driving_licence"
    MILITARY_CARD = "military_card"
    FOREIGN_PASSPORT = "foreign_passport"
    OTHER = "other"


NATIONAL_PASSPORTS = frozenset(
    {
        IdentityDocument.ID_CARD,
        IdentityDocument.REGULAR_PASSPORT,
        IdentityDocument.SERVICE_PASSPORT,
        IdentityDocument.DIPLOMATIC_PASSPORT,
    }
)
"""Every type of national passport: a voter's identity card (L1.d05). Nothing replaces one for a voter."""
