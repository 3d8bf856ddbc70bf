"""Addresses of sites: as they can be opened, whatever way they were printed (C5)."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

_SCHEMES = ("http", "https")


def normal(printed: str) -> str:
    """The address as a browser opens it: with a scheme. Raises ValueError where it is none."""
    text = printed.strip()
    if not text:
        return ""
    parts = urlsplit(text if "://" in text else f"http://{text}")
    host = parts.hostname or ""
    if parts.scheme not in _SCHEMES or "." not in host or any(sign.isspace() for sign in text):
        raise ValueError(printed)
    if not all(part and part.replace("-", "").isalnum() for part in host.split(".")):
        raise ValueError(printed)
    if parts.username is not None or parts.password is not None:
        raise ValueError(printed)
    port = f":{parts.port}" if parts.port else ""
    return urlunsplit((parts.scheme, f"{host}{port}", parts.path, parts.query, parts.fragment))
