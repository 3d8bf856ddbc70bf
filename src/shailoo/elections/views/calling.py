"""Calling an election: its kind, then the act and its days, then what follows from them, then the act itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from shailoo.accounts.roles import MAY, Role
from shailoo.accounts.web import rule
from shailoo.commissions.models import Decision
from shailoo.commissions.proposing import agenda
from shailoo.elections import matters, words
from shailoo.elections.actions import Call, call_election, objections, pinned_by
from shailoo.elections.forms import CALLABLE, CallForm, KindForm
from shailoo.elections.views.scene import acting
from shailoo.law.calendar import Entry, Kind, calendar
from shailoo.law.calendar.calling import check_calling
from shailoo.law.outcome import NormId, Refused
from shailoo.wording import LANGUAGES

MAIN = frozenset(
    {
        "decree_published_jk",
        "deemed_calling_published",
        "repeat_election_published_presidential",
        "repeat_election_published_jk",
        "precincts_established",
        "preliminary_lists_posted",
        "participation_notice",
        "nomination_start_jk",
        "nomination_end_jk",
        "nomination_start_presidential",
        "nomination_end_presidential",
        "signature_lists_submitted",
        "registration_documents_jk",
        "registration_documents_presidential",
        "registration_end_jk",
        "registration_end_presidential",
        "ballot_text_approved",
        "control_lists_posted",
        "final_lists_posted",
        "campaign_end",
        "voting_opens",
        "tec_protocol_delivered",
        "determination_of_results",
    }
)
"""The terms by which an election is known; the page that follows the act shows all of them."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A term of the calendar that would follow, as the page's list of days shows it."""

    title: str
    norms: list[NormId]
    first: date | None
    last: date | None
    hour: time | None
    reduced_from: int | None


@rule("elections.call")
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: HttpRequest) -> HttpResponse:
    """For the CEC: one question a page; nothing is written before the page that shows what follows is confirmed."""
    asked = request.POST if request.method == "POST" else request.GET
    kind = _kind(asked)
    if kind is None:
        return _first_question(request, asked)
    if request.method != "POST":
        return _form(request, CallForm(kind=kind, decisions=_decisions(request)))
    form = CallForm(request.POST, kind=kind, decisions=_decisions(request))
    if not form.is_valid():
        return _form(request, form, status=422)
    wanted = form.call()
    if refused := objections(wanted, timezone.now()):
        form.refuse(refused)
        return _form(request, form, status=422)
    step = request.POST.get("step", "")
    if step == "change":
        return _form(request, form)
    if step != "confirm":
        return _what_follows(request, form, wanted)
    answer = call_election(wanted, by=acting(request), at=timezone.now())
    if isinstance(answer, Refused):
        form.refuse(answer)
        return _form(request, form, status=422)
    messages.success(request, _("The election is called, and its calendar is kept from now on."))
    return redirect("elections:election", answer.election.slug)


def _kind(asked: QueryDict) -> Kind | None:
    """The kind of election that was chosen; None before, or where it is none that can be called."""
    found = asked.get("kind", "")
    return Kind(found) if found in {each.value for each in CALLABLE} else None


def _first_question(request: HttpRequest, asked: QueryDict) -> HttpResponse:
    form = KindForm(asked) if "next" in asked else KindForm()
    return render(
        request, "elections/call_kind.html", {"form": form}, status=422 if form.is_bound and form.errors else 200
    )


def _form(request: HttpRequest, form: CallForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "kind": form.kind.value,
        "kind_words": words.value("election_kind", form.kind.value),
        "agenda": _agenda(form) if form.by_the_cec and not form.decisions.exists() else "",
        "may_ask": Role(acting(request).role) in MAY["commissions.propose_item"],
    }
    return render(request, "elections/call.html", context, status=status)


def _decisions(request: HttpRequest) -> QuerySet[Decision]:
    """The decisions of the acting office's commission that call an election."""
    return matters.callings(acting(request).body)


@dataclass(frozen=True, slots=True)
class Named:
    """A kind of election in three languages."""

    name_ky: str
    name_ru: str
    name_en: str


def _agenda(form: CallForm) -> str:
    """Where the calling is put on the agenda of a sitting of the CEC."""
    said = {}
    for language in LANGUAGES:
        with override(language):
            said[f"name_{language}"] = words.value("election_kind", form.kind.value)
    return agenda(matters.calling(form.proposed_slug), Named(**said))


def _what_follows(request: HttpRequest, form: CallForm, wanted: Call) -> HttpResponse:
    """What was filled in, the edition that would be pinned, and the main days of the calendar."""
    law = pinned_by(wanted)
    checked = check_calling(wanted.calling(), law)
    entries = calendar(wanted.calling().occasion(), law)
    dated = sorted((_dated(each) for each in entries if each.id in MAIN and (each.first or each.last)), key=_day)
    context = {
        "form": form,
        "call": wanted,
        "kind": form.kind.value,
        "kind_words": words.value("election_kind", form.kind.value),
        "ground": words.value("calling_ground", wanted.taken_ground),
        "fact": (form[form.fact].label, form.cleaned_data[form.fact]),
        "law": law,
        "steps": words.steps(checked.steps),
        "terms": dated,
        "terms_in_all": len(entries),
        "kept": _kept(request.POST),
    }
    return render(request, "elections/call_confirm.html", context)


def _dated(entry: Entry) -> Dated:
    norms = words.cited_once(entry.norms)
    return Dated(words.title(entry.id), norms, entry.first, entry.last, entry.time, entry.reduced_from)


def _day(term: Dated) -> tuple[date, str]:
    return term.last or term.first or date.max, term.title


def _kept(typed: QueryDict) -> Mapping[str, str]:
    """What was typed, to be sent again with the confirmation."""
    return {name: str(typed[name]) for name in typed if name not in ("csrfmiddlewaretoken", "step")}
