"""The signed heads of the record: listed, shown, handed out to be kept elsewhere, and how to verify the whole."""

from __future__ import annotations

import inspect
import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _

from shailoo.elections.models import Voting
from shailoo.ledger import log, merkle, minisign, outsider
from shailoo.ledger.canonical import sha256
from shailoo.ledger.models import Head
from shailoo.portal.listing import PAGE_SIZE
from shailoo.portal.templatetags.figures import language
from shailoo.portal.views import record_proof
from shailoo.portal.views.answers import of_record
from shailoo.portal.views.record import next_head, public_key, trail

HEADS = _("Signed heads")
IN_FEED = 60  # heads: two months and the publications
MOST_CHAINS = 100  # on a page; the file holds all
PROGRAMS = {"verify_ledger": outsider, "check_proof": record_proof}
FILES: Mapping[str, tuple[str, str]] = {  # kind -> field of a head, media type
    "note": ("note", "application/json"),
    "signature": ("signature", "text/plain; charset=utf-8"),
    "chains": ("chains", "application/json"),
}


@dataclass(frozen=True, slots=True)
class Checked:
    """A head against the key and against the head before it; `follows` and `path` are None for the first one."""

    signed: bool
    table: bool
    follows: bool | None
    extends: bool | None
    path: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return self.signed and self.table and self.follows is not False and self.extends is not False


@of_record
def index(request: HttpRequest, voting: Voting | None) -> HttpResponse:
    """For a newspaper or another body that keeps heads: all of them, newest first, and how to follow them."""
    del voting
    heads = Head.objects.order_by("-number").defer("chains", "signature")
    context = {
        "page_of": Paginator(heads, PAGE_SIZE).get_page(request.GET.get("page")),
        "due": next_head(timezone.now()),
        "key": public_key(),
        "trail": trail((HEADS, "")),
    }
    return render(request, "portal/record/heads.html", context)


@of_record
def head(request: HttpRequest, voting: Voting | None, number: int) -> HttpResponse:
    """For whoever kept a head: its note and signature, the ends of the chains, and what it continues."""
    del voting
    found = _head_or_404(number)
    before = Head.objects.filter(number=number - 1).first()
    ends = _ends(found)
    context = {
        "head": found,
        "before": before,
        "checked": checked(found, before),
        "ends": ends[:MOST_CHAINS],
        "chains": len(ends),
        "hash": sha256(found.note),
        "trail": trail((HEADS, reverse("portal:heads")), (str(number), "")),
    }
    return render(request, "portal/record/head.html", context)


@of_record
def head_file(request: HttpRequest, voting: Voting | None, number: int, kind: str) -> HttpResponse:
    """One of the three files of a head, byte for byte as it was signed."""
    del request, voting
    found = _head_or_404(number)
    field, media_type = FILES[kind]
    ending = {"note": outsider.NOTE, "signature": outsider.SIGNATURE, "chains": outsider.CHAINS}[kind]
    response = HttpResponse(getattr(found, field), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{found.number:06}-{found.size}{ending}"'
    return response


@of_record
def feed(request: HttpRequest, voting: Voting | None) -> HttpResponse:
    """For machines that keep copies: the newest heads as Atom, each with its note and signature whole."""
    del voting
    atom = Atom1Feed(
        title=str(_("Signed heads of the record of acts")),
        link=request.build_absolute_uri(reverse("portal:heads")),
        description="",
        language=language(),
        feed_url=request.build_absolute_uri(),
    )
    for each in Head.objects.order_by("-number").defer("chains")[:IN_FEED]:
        atom.add_item(
            title=f"{each.origin} {each.number}: {each.size}",
            link=request.build_absolute_uri(reverse("portal:head", args=[each.number])),
            description=f"{each.note}\n{each.signature}",
            pubdate=each.at,
            updateddate=each.at,
            unique_id=f"urn:sha256:{sha256(each.note)}",
        )
    return HttpResponse(atom.writeString("utf-8"), content_type=atom.content_type)


@of_record
def how(request: HttpRequest, voting: Voting | None) -> HttpResponse:
    """For whoever trusts nobody: how to verify an act and the whole record without us, and what is to be seen then."""
    del voting
    context = {"key": public_key(), "head": log.latest_head(), "trail": trail((_("Verify the record"), ""))}
    return render(request, "portal/record/how.html", context)


@of_record
def program(request: HttpRequest, voting: Voting | None, name: str) -> HttpResponse:
    """A program that verifies on the visitor's own machine; it needs Python 3.9 and nothing else."""
    del request, voting
    if name not in PROGRAMS:
        raise Http404(name)
    response = HttpResponse(inspect.getsource(PROGRAMS[name]), content_type="text/x-python; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.py"'
    return response


def checked(found: Head, before: Head | None) -> Checked:
    """Compute anew what a head says of itself and of the one before."""
    signature = minisign.read_signature(found.signature)
    signed = minisign.holds(found.note.encode(), signature, public_key())
    table = sha256(found.chains) == found.chains_sha256
    if before is None:
        return Checked(signed, table, None, None, ())
    path = log.extension(before, found)
    extends = merkle.extends(before.size, found.size, bytes.fromhex(before.root), bytes.fromhex(found.root), path)
    return Checked(signed, table, found.previous == sha256(before.note), extends, tuple(each.hex() for each in path))


def _ends(found: Head) -> list[tuple[str, int, str]]:
    """The last act of each chain: its name, its length and its hash."""
    return [(name, *end) for name, end in json.loads(found.chains).items()]


def _head_or_404(number: int) -> Head:
    found = Head.objects.filter(number=number).first()
    if found is None:
        raise Http404(str(number))
    return found
