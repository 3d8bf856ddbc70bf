"""The register of our decisions: search, one decision, its publication, a member's individual opinion."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shailoo.accounts.models import Office
from shailoo.accounts.web import rule
from shailoo.commissions import actions, register, words
from shailoo.commissions.exports import decisions_file
from shailoo.commissions.forms import DecisionSearch, DissentForm
from shailoo.commissions.models import Decision, Dissent, Vote
from shailoo.commissions.views.scene import acting, done, exports, may, now, own, readable, together
from shailoo.documents.actions import store
from shailoo.documents.queries import content as content_of
from shailoo.documents.serving import served
from shailoo.documents.uploads import MIB, Kind, checked, received, record_refusal
from shailoo.law.outcome import Refused

FILES = frozenset({Kind.PDF, Kind.JPEG, Kind.PNG})
MOST_BYTES = 10 * MIB


@rule("commissions.read")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """For a member or the staff: every decision of ours, also those that were not made public yet."""
    commission = own(request)
    form = DecisionSearch(request.GET)
    page = register.page_of(form.found(body=commission.body.code), request.GET)
    context = {
        "commission": commission,
        "form": form,
        "page_of_rows": page,
        "rows": list(page.object_list),
        "exports": exports(request, "commissions:decisions_file"),
    }
    return render(request, "commissions/decisions.html", context)


@rule("commissions.read")
@require_safe
def file(request: HttpRequest, form: str) -> HttpResponse:
    """The decisions of ours that the filter of the address finds, to take away."""
    return decisions_file(DecisionSearch(request.GET).found(body=own(request).body.code), form)


@rule("commissions.read")
@require_safe
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """For members: the decision, its votes, opinions, what rests on it, and what can be done about it."""
    return _page(request, _decision_or_404(request, pk), None)


@rule("commissions.keep_sitting", "commissions.vote")
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the decision public."""
    found = _decision_or_404(request, pk)
    answer = actions.publish_decision(found, by=acting(request), at=now(found.sitting))
    done(request, answer, _("The decision is public."))
    return redirect("commissions:decision", pk)


@rule("commissions.vote")
@require_POST
def dissent(request: HttpRequest, pk: int) -> HttpResponse:
    """Attach the individual opinion of a member who did not vote for the decision, with its file if there is one."""
    found = _decision_or_404(request, pk)
    form = DissentForm(request.POST, request.FILES)
    if form.is_valid():
        answer = _dissented(request, found, form)
        if not isinstance(answer, Refused):
            messages.success(request, _("Your individual opinion is attached to the decision."))
            return redirect("commissions:decision", pk)
        form.refuse(answer)
    return _page(request, found, form)


def _dissented(request: HttpRequest, found: Decision, form: DissentForm) -> Dissent | Refused:
    """The opinion kept, or why it was not; a file that is not fit is told to the ledger by its hash alone."""
    by, at, text = acting(request), now(found.sitting), form.cleaned_data["text"]
    sent = form.cleaned_data["file"]
    if sent is None or not _may_dissent(found, by):
        return actions.dissent(found, text=text, by=by, at=at)
    content = received(sent, MOST_BYTES)
    upload = checked(content, allowed=FILES, most_bytes=MOST_BYTES, norm="L36.2.c3")
    if isinstance(upload, Refused):
        record_refusal(upload, content, subject=found.ledger_name, by=by, at=at)
        return upload

    def kept() -> Dissent | Refused:
        file = store(upload.content, upload.kind.value, at)
        return actions.dissent(found, text=text, by=by, at=at, file=file)

    return together(kept)


@rule("commissions.read")
@require_safe
def opinion(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The file of an individual opinion."""
    file = register.opinion_file(_decision_or_404(request, pk), number)
    if file is None:
        raise Http404(str(number))
    return served(content_of(file), file.media_type, f"opinion-{number}")


def _decision_or_404(request: HttpRequest, pk: int) -> Decision:
    found = register.decision_by_key(pk)
    if found is None:
        raise Http404(str(pk))
    readable(request, found.body, now(found.sitting), found.election)
    return found


def _page(request: HttpRequest, found: Decision, form: DissentForm | None) -> HttpResponse:
    context = {
        "decision": found,
        "votes": register.votes_on(found),
        "dissents": found.dissents.select_related("office__person", "office__body").order_by("at", "pk"),
        "ground": register.ground_of(found),
        "why": words.steps(register.why(found)),
        "may": may(request, found.sitting),
        "form": form or DissentForm(),
        "refused": form,
        "may_dissent": _may_dissent(found, acting(request)),
        "public": hasattr(found, "publication"),
        "papers": register.papers_of(found),
        "coming": register.calendar(found.body.code, "coming"),
    }
    return render(request, "commissions/decision.html", context, status=422 if form else 200)


def _may_dissent(found: Decision, office: Office) -> bool:
    """Whether the office sat there and did not vote for the decision."""
    took_part = found.sitting.attendances.filter(office=office, attendee="member").exists()
    return took_part and not found.motion.votes.filter(person=office.person_id, choice=Vote.Choice.FOR).exists()
