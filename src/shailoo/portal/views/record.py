"""The record of acts in public: the search, one act with its proof, and the history of any record."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from shailoo.accounts.web import public
from shailoo.elections.models import Voting
from shailoo.keys import signing_key
from shailoo.ledger import history, log, minisign, queries
from shailoo.ledger.canonical import sha256
from shailoo.ledger.heads import instant
from shailoo.ledger.history import Row
from shailoo.ledger.models import Act
from shailoo.ledger.openness import Sight, shows_content
from shailoo.portal.listing import paged
from shailoo.portal.views import record_search as search
from shailoo.portal.views import record_words as words
from shailoo.portal.views.answers import of_record
from shailoo.portal.views.record_words import Shown

TITLE = _("Record of acts")
FORMS = ("csv", "json", "xlsx")
MOST_COMPARED = 500  # acts on a record that are read to say what one of them changed
DAILY = timedelta(hours=18, minutes=15)  # after midnight UTC: when the daily head is signed (`ledger.jobs`)


@of_record
def index(request: HttpRequest, voting: Voting | None) -> HttpResponse:
    """For a journalist, a party, a court: every act of every commission, found by body, act, record, norm and day."""
    del voting
    wanted = search.asked(request.GET)
    query = search.without_page(request.GET)
    context = {
        "asked": wanted,
        "names": search.names(),
        "found": search.page_of(search.acts(wanted), request.GET, Sight.PUBLIC),
        "recorded": search.recorded(),
        "head": log.latest_head(),
        "exports": [(form.upper(), f"{reverse(f'portal:record_{form}')}{query}") for form in FORMS],
        "trail": [(TITLE, "")],
    }
    return render(request, "portal/record/index.html", context)


@public
@require_safe
def file(request: HttpRequest, form: str) -> HttpResponseBase:
    """For machines: the acts that the search of the address finds, the newest of them, as CSV, JSON or a workbook."""
    return search.file(search.acts(search.asked(request.GET)), form, Sight.PUBLIC)


@of_record
def act(request: HttpRequest, voting: Voting | None, chain: str, sequence: int) -> HttpResponse:
    """For whoever doubts one act: who, when, on what ground, what it changed, and the proof that it stands."""
    del voting
    found = act_or_404(chain, sequence)
    context = {
        **context_of(found, Sight.PUBLIC),
        "proof": log.proof_of(found),
        "due": next_head(timezone.now()),
        "key": public_key().encoded,
        "trail": trail((_("Act"), "")),
    }
    return render(request, "portal/record/act.html", context)


@of_record
def act_file(request: HttpRequest, voting: Voting | None, chain: str, sequence: int) -> HttpResponse:
    """The act as verifiers read it: all that its hash covers; withheld content as its SHA-256."""
    del request, voting
    found = act_or_404(chain, sequence)
    content = {"payload": found.payload} if shows_content(found.name, Sight.PUBLIC) else {}
    return JsonResponse(
        {
            "chain": found.chain_id,
            "sequence": found.sequence,
            "name": found.name,
            "subject": found.subject,
            "office": found.office_id,
            "at": instant(found.at),
            "grounds": found.grounds,
            "form": found.form,
            "payload_sha256": sha256(found.payload),
            "previous": found.previous,
            "hash": found.hash,
            **content,
        },
        json_dumps_params={"ensure_ascii": False},
    )


@of_record
def proof_file(request: HttpRequest, voting: Voting | None, chain: str, sequence: int) -> HttpResponse:
    """The proof of an act against the newest head, as `shailoo ledger proof` prints it; 404 while there is none."""
    del request, voting
    proof = log.proof_of(act_or_404(chain, sequence))
    if proof is None:
        raise Http404("not yet in a signed head")
    return JsonResponse(proof.data(), json_dumps_params={"ensure_ascii": False})


@of_record
def of_subject(request: HttpRequest, voting: Voting | None, subject: str) -> HttpResponse:
    """For whoever follows one case: all acts on a record, oldest first, each beside what was known before it."""
    del voting
    rows = list(words.one_after_another(history.history(subject)))
    if not rows:
        raise Http404(subject)
    told, query = words.subject(subject), urlencode({"subject": subject})
    context = {
        "subject": subject,
        "told": told,
        "page_of": paged(rows, request.GET),
        "total": len(rows),
        "exports": [(form.upper(), f"{reverse(f'portal:record_{form}')}?{query}") for form in FORMS],
        "trail": trail((told, "")),
    }
    return render(request, "portal/record/history.html", context)


# ------------------------------------------------------------------------------------- what the desk shows too


def act_or_404(chain: str, sequence: int) -> Act:
    """The act at a place of a chain; 404 where there is none."""
    found = Act.objects.filter(chain=chain, sequence=sequence).select_related("office__person", "office__body").first()
    if found is None:
        raise Http404(f"{chain} {sequence}")
    return found


def context_of(found: Act, sight: Sight, chains: frozenset[str] | None = None) -> dict[str, object]:
    """What a page says of one act; earlier content is taken from `chains` alone where they are given."""
    return {
        "act": found,
        "shown": _compared(found, sight, chains),
        "content_sha256": sha256(found.payload),
        "content_bytes": len(found.payload.encode()),
        "last": found.chain.sequence,
    }


def _compared(found: Act, sight: Sight, chains: frozenset[str] | None) -> Shown:
    """The act beside what earlier acts on the same record said; alone where they are too many to read for a page."""
    if queries.acts_on(found.subject).count() > MOST_COMPARED:
        return words.shown(next(history.shown([found], sight)), {})
    rows = [row for row in history.history(found.subject, sight) if _within(row, chains)]
    return next(each for each in words.one_after_another(rows) if each.row.act == found.pk)


def _within(row: Row, chains: frozenset[str] | None) -> bool:
    return chains is None or row.chain in chains


def trail(*steps: tuple[str | Promise, str]) -> list[tuple[str | Promise, str]]:
    """The way to a page below the record."""
    return [(TITLE, reverse("portal:record")), *steps]


def public_key() -> minisign.PublicKey:
    """The key that signs heads."""
    return minisign.public_key(signing_key(settings.DATA))


def next_head(now: datetime) -> datetime:
    """When the next daily head is due."""
    due = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + DAILY
    return due if due > now else due + timedelta(days=1)
