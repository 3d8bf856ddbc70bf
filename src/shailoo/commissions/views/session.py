"""A sitting while it runs: who is here, the quorum, the text put to the vote, votes by member, the result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shailoo.accounts.models import Office
from shailoo.accounts.web import rule
from shailoo.commissions import actions, queries, register, words
from shailoo.commissions.actions import Rejected
from shailoo.commissions.forms import ActForm, GuestForm, ItemForm, MotionForm, ReasonForm, VotesForm
from shailoo.commissions.models import AgendaItem, Attendance, Decision, Motion, Sitting, Vote
from shailoo.commissions.proposing import text_on
from shailoo.commissions.states import ItemState, State
from shailoo.commissions.views.scene import acting, done, item_or_404, may, motion_or_404, now, sitting_or_404, together
from shailoo.law.outcome import Outcome, Refused
from shailoo.law.sittings.quorum import Quorum

PREFILLED = ("matter", "subject", "title_ky", "title_ru", "title_en")


@dataclass(frozen=True, slots=True)
class Seat:
    """A member of the commission at the sitting: since when present (None: not), and whether they sit here now."""

    office: Office
    attendance: Attendance | None


def present(sitting: Sitting) -> list[Office]:
    """The members present now."""
    return queries.present_members(sitting, now(sitting))


# ------------------------------------------------------------------------------------- attendance


@rule("commissions.keep_sitting", "commissions.vote")
@require_POST
def attend(request: HttpRequest, pk: int) -> HttpResponse:
    """Record who has come and who has left: the members that are ticked are here; a member records only oneself.

    Whoever keeps the sitting may say that all have come; each coming is an act of its own, and is corrected singly.
    """
    sitting = sitting_or_404(request, pk)
    at, by = now(sitting), acting(request)
    keeps = "keep_sitting" in may(request, sitting)
    seats = [each for each in seated(sitting, at) if keeps or each.office == by]
    all_came = keeps and request.POST.get("all") == "yes"
    wanted = {str(each.office.pk) for each in seats} if all_came else set(request.POST.getlist("members"))

    def change() -> int | Refused:
        coming = [each.office for each in seats if str(each.office.pk) in wanted and each.attendance is None]
        going = [each.attendance for each in seats if each.attendance and str(each.office.pk) not in wanted]
        for office in coming:
            if isinstance(came := actions.attend_as_member(sitting, [office], by=by, at=at), Refused):
                return came
        for attendance in going:
            if isinstance(left := actions.leave(attendance, by=by, at=at), Refused):
                return left
        return len(coming) + len(going)

    done(request, together(change), _("Attendance is recorded."))
    return redirect(f"{reverse('commissions:sitting', args=[pk])}#present")


@rule("commissions.keep_sitting", "commissions.vote")
@require_POST
def welcome(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that somebody who is no member has come, where the law lets them attend (L8.2)."""
    sitting = sitting_or_404(request, pk)
    form = GuestForm(request.POST)
    if form.is_valid():
        answer = actions.attend(sitting, form.visitor(), by=acting(request), at=now(sitting))
        if not isinstance(answer, Refused):
            messages.success(request, _("Attendance is recorded."))
            return redirect(f"{reverse('commissions:sitting', args=[pk])}#present")
        form.refuse(answer)
    return page(request, sitting, welcoming=form)


@rule("commissions.keep_sitting", "commissions.vote")
@require_POST
def farewell(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Record that somebody who is no member has left."""
    sitting = sitting_or_404(request, pk)
    found = sitting.attendances.filter(pk=number).first()
    if found is None:
        raise Http404(str(number))
    done(request, actions.leave(found, by=acting(request), at=now(sitting)), _("Attendance is recorded."))
    return redirect(f"{reverse('commissions:sitting', args=[pk])}#present")


# ------------------------------------------------------------------------------------- motion and votes


@rule("commissions.keep_sitting", "commissions.vote")
@require_POST
def put(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a text to the vote; a changed text is a new version."""
    item = item_or_404(request, pk)
    form = MotionForm(request.POST, body=item.sitting.commission.body)
    if form.is_valid():
        answer = actions.put_motion(item, form.text(), by=acting(request), at=now(item.sitting))
        if not isinstance(answer, Refused):
            messages.success(request, _("The text is put to the vote."))
            return _to_question(item)
        form.refuse(answer)
    return page(request, item.sitting, putting=form, item=item)


@rule("commissions.keep_sitting", "commissions.vote")
@require_POST
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the votes that are marked, and with the second button declare the result as well."""
    motion = motion_or_404(request, pk)
    form = VotesForm(request.POST, members=_to_vote(motion, request))
    if form.is_valid():
        choices = form.choices()
        declared = request.POST.get("then") == "conclude"
        answer = together(lambda: _voted(request, motion, choices, declared=declared))
        if not isinstance(answer, Refused):
            messages.success(request, answer)
            return _to_question(motion.item)
        form.refuse(answer)
    return page(request, motion.item.sitting, voting=form, item=motion.item)


def _voted(
    request: HttpRequest, motion: Motion, choices: Mapping[Office, Vote.Choice], *, declared: bool
) -> str | Refused:
    """Keep the votes, then the result where it is asked for; in words."""
    at, by = now(motion.item.sitting), acting(request)
    if choices:
        keeps = "keep_sitting" in may(request, motion.item.sitting)
        kept = (
            actions.record_votes(motion, choices, by=by, at=at)
            if keeps
            else actions.cast_vote(motion, choices.get(by, Vote.Choice.ABSTAINED), by=by, at=at)
        )
        if isinstance(kept, Refused):
            return kept
    if not declared:
        return _("The votes are recorded.")
    return _result(actions.conclude_motion(motion, by=by, at=at))


def _result(answer: Decision | AgendaItem | Rejected | Refused) -> str | Refused:
    if isinstance(answer, Refused):
        return answer
    if isinstance(answer, Decision):
        return _("Adopted: decision %(number)s.") % {"number": answer.label}
    if isinstance(answer, Rejected):
        return _("Not adopted: the votes needed were not reached.")
    if answer.state == ItemState.INCLUDED:
        return _("The members deal with the question.")
    return _("The members do not deal with the question.")


def _to_question(item: AgendaItem) -> HttpResponse:
    return redirect(f"{reverse('commissions:sitting', args=[item.sitting_id])}?item={item.pk}#question")


def _to_vote(motion: Motion, request: HttpRequest) -> list[Office]:
    """Whose votes the office may record: of everybody who has not voted, or its own alone."""
    at, by = now(motion.item.sitting), acting(request)
    waiting = [office for office, cast in queries.votes_by_member(motion, at) if cast is None]
    return waiting if "keep_sitting" in may(request, motion.item.sitting) else [each for each in waiting if each == by]


# ------------------------------------------------------------------------------------- the page


def page(
    request: HttpRequest,
    sitting: Sitting,
    *,
    item: AgendaItem | None = None,
    cancelling: ReasonForm | None = None,
    proposing: ItemForm | None = None,
    welcoming: GuestForm | None = None,
    putting: MotionForm | None = None,
    voting: VotesForm | None = None,
) -> HttpResponse:
    """The page of a sitting; a form that was refused stands on it as it was filled in."""
    at, offered = now(sitting), may(request, sitting)
    refused: ActForm | None = cancelling or proposing or welcoming or putting or voting
    items = list(queries.agenda(sitting))
    chosen = _chosen(request, items, item)
    gathering = sitting.state in (State.OPEN, State.CALLED)
    context = {
        "sitting": sitting,
        "commission": sitting.commission,
        "now": at,
        "may": offered,
        "items": items,
        "seats": seated(sitting, at),
        "guests": [each for each in register.attendance(sitting) if each.attendee != "member"],
        "in_session": sitting.state == State.OPEN,
        "waiting": sitting.state == State.CALLED,
        "gathering": gathering,
        "item": chosen,
        "minutes": queries.last_minutes(sitting),
        "cancelling": cancelling or ReasonForm(auto_id="cancel_%s"),
        "proposing": proposing or ItemForm(initial=about(request)),
        "welcoming": welcoming or GuestForm(auto_id="guest_%s"),
        "refused": refused,
    }
    context |= _quorum(queries.quorum_now(sitting, at) if gathering else None)
    context |= _question(request, sitting, chosen, putting, voting)
    return render(request, "commissions/sitting.html", context, status=422 if refused else 200)


def seated(sitting: Sitting, at: datetime) -> list[Seat]:
    """Every member of the commission, with the attendance that has not ended."""
    here = {each.office_id: each for each in sitting.attendances.filter(attendee="member", left_at__isnull=True)}
    members = register.by_post(queries.members_of(sitting.commission.body, at))
    return [Seat(office, here.get(office.pk)) for office in members]


def _quorum(answer: Outcome[Quorum] | None) -> dict[str, object]:
    """Whether those present may decide, with the law's own steps."""
    if answer is None:
        return {}
    told = words.steps(answer.steps) or [(words.sentence(found), found.norm) for found in answer.findings]
    return {"quorate": answer.value.quorate, "needed": answer.value.needed, "quorum_steps": told}


def about(request: HttpRequest) -> dict[str, str]:
    """What a page that leads here wants on the agenda: the matter, the record, the title."""
    return {name: request.GET[name] for name in PREFILLED if name in request.GET}


def _chosen(request: HttpRequest, items: list[AgendaItem], item: AgendaItem | None) -> AgendaItem | None:
    """The question on the page: that of the address, else the one being voted on, else the next without a decision."""
    asked = request.GET.get("item", "") if item is None else str(item.pk)
    named = next((each for each in items if str(each.pk) == asked), None)
    waiting = [each for each in items if each.state == ItemState.INCLUDED and not _decided(each)]
    voted_on = next((each for each in items if _open_motion(each)), None)
    return named or voted_on or next(iter(waiting), None)


def _decided(item: AgendaItem) -> bool:
    return any(hasattr(motion, "decision") for motion in item.motions.all())


def _open_motion(item: AgendaItem) -> Motion | None:
    """The last text of the item, where it is not concluded."""
    last = max(item.motions.all(), key=lambda each: each.version, default=None)
    return last if last is not None and not hasattr(last, "conclusion") else None


def _question(
    request: HttpRequest,
    sitting: Sitting,
    item: AgendaItem | None,
    putting: MotionForm | None,
    voting: VotesForm | None,
) -> dict[str, object]:
    """The question of the page: its text put to the vote with the votes, or the form for the text."""
    if item is None:
        return {}
    item.sitting = sitting
    motion = _open_motion(item)
    concluded = [each for each in item.motions.all() if hasattr(each, "conclusion")]
    found: dict[str, object] = {"motion": motion, "decided": _decided(item)}
    if concluded:
        found["concluded"] = concluded[-1]
        found["why"] = words.steps(queries.why_concluded(concluded[-1].conclusion).steps)
        found["concluded_votes"] = concluded[-1].votes.all()
    if motion is not None:
        motion.item = item
        members = _to_vote(motion, request)
        form = voting or VotesForm(members=members)
        found["voting"] = form
        found["ballots"] = [
            (office, cast, form[f"vote_{office.pk}"] if f"vote_{office.pk}" in form.fields else None)
            for office, cast in queries.votes_by_member(motion, now(sitting))
        ]
    found["putting"] = putting or MotionForm(initial=_text_of(item, motion), body=sitting.commission.body)
    return found


def _text_of(item: AgendaItem, motion: Motion | None) -> dict[str, str]:
    """What the form for the text begins with: the text put last, else the title of the question."""
    if motion is None:
        titles = {f"title_{code}": str(getattr(item, f"title_{code}")) for code in ("ky", "ru", "en")}
        return titles | dict(text_on(item.subject))
    names = [f"{name}_{code}" for name in ("title", "text") for code in ("ky", "ru", "en")]
    kept = {name: str(getattr(motion, name)) for name in names}
    ended = motion.replaces or motion.repeals
    ends = {"ended": ended.label, "ends": "replaces" if motion.replaces else "repeals"} if ended else {}
    return kept | ends | {"norms": " ".join(each.removeprefix("L") for each in motion.norms)}
