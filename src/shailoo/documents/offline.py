"""Pages that work without a network: the worker that keeps a page with its style, scripts and fonts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from django.http import HttpResponse
from django.templatetags.static import static

from shailoo.ledger.canonical import sha256

WORKER = Path(__file__).parent / "offline.js"


def worker(name: str, assets: Sequence[str]) -> HttpResponse:
    """The script that keeps the page of its scope and the named static files; `name` is that of the kept copies.

    It names files and nothing of anybody. Another state of any file makes another version, which replaces the former.
    """
    addresses = [static(each) for each in assets]
    source = WORKER.read_text(encoding="utf-8")
    kept = {"name": name, "assets": addresses, "version": sha256(source + "\n".join(addresses))[:16]}
    content = f"const KEPT = {json.dumps(kept)};\n{source}"
    return HttpResponse(content, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})
