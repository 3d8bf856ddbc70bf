"""The public pages. Nobody signs in here, nothing is changed here, and every page works without JavaScript."""

from __future__ import annotations

from shailoo.portal.views.entrance import to_own_language
from shailoo.portal.views.errors import broken, forbidden, not_found, stale_form, unreadable

__all__ = ["broken", "forbidden", "not_found", "stale_form", "to_own_language", "unreadable"]
