"""Invitations at the desk: who was invited to an election, by whom, through whom, and what they answered."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shailoo.accounts.web import acting, may_do, require_election, rule
from shailoo.cooperation import actions, queries, words
from shailoo.cooperation.forms import AnswerForm, InviteForm, ProposalForm, ReasonForm, purpose_of
from shailoo.cooperation.kinds import Answer
from shailoo.cooperation.models import Invitation, Proposal
from shailoo.cooperation.views import public
from shailoo.cooperation.views.desk import PAGE_SIZE, after, form_page, register, suggested_organizations
from shailoo.elections.clock import now
from shailoo.elections.models import Election
from shailoo.elections.queries import by_slug, called
from shailoo.law.outcome import Refused

MOST_OFFERED = 400  # organizations on one form


@rule("cooperation.read")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The elections, each with who was invited to it, and all invitations to elections before this system."""
    commission = register(request)
    elections = [each for each in called() if acting(request).serves(each.slug)]
    rows = queries.invitations(commission, "")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "elections": elections,
        "rows": [public.invitation_row(each) for each in page],
        "page_of": page,
        "total": page.paginator.count,
    }
    return render(request, "cooperation/desk/elections.html", context)


@rule("cooperation.read")
@require_safe
def of_election(request: HttpRequest, slug: str) -> HttpResponse:
    """Who was invited to this election, and which proposals wait."""
    election, commission = _election(request, slug), register(request)
    page = Paginator(queries.invitations(commission, slug), PAGE_SIZE).get_page(request.GET.get("page"))
    exports = [
        (kind.upper(), reverse("cooperation_desk:invitations_file", args=[slug, kind])) for kind in ("csv", "json")
    ]
    context = {
        "election": election,
        "rows": [public.invitation_row(each) for each in page],
        "page_of": page,
        "total": page.paginator.count,
        "exports": exports,
        "proposals": [_proposal_row(each) for each in queries.proposals(commission, slug)],
        "may_keep": may_do(request, "cooperation.keep"),
    }
    return render(request, "cooperation/desk/invitations.html", context)


@rule("cooperation.read")
@require_safe
def of_election_file(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The same list as a file."""
    public.one_of(kind, "csv", "json")
    _election(request, slug)
    return public.attached(
        public.invitations_as(kind, queries.invitations(register(request), slug)), kind, f"invitations-{slug}"
    )


@rule("cooperation.keep")
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Invite as many organizations as are ticked; `?proposal=` invites whom a proposal names."""
    election, commission = _election(request, slug), register(request)
    proposal = _asked_proposal(request, election)
    if proposal is not None:
        offered = [proposal.proposed_invitee]
    else:
        offered = list(queries.to_invite(commission, slug, purpose_of(request.GET.get("purpose", "")))[:MOST_OFFERED])
    form = InviteForm(request.POST or None, election=election, offered=offered)
    if request.method == "POST" and form.is_valid():
        answer = actions.invite(
            commission,
            form.told(),
            form.invited(),
            by=acting(request),
            at=now(election),
            proposal=proposal,
            explained=form.explained,
        )
        if not isinstance(answer, Refused):
            messages.success(request, _("Invitations written down: %(number)s.") % {"number": len(answer)})
            return redirect("cooperation_desk:invitations", slug)
        form.refuse(answer)
    return form_page(request, form, _("Invite to an election"), reverse("cooperation_desk:invitations", args=[slug]))


@rule("cooperation.keep")
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """Write down a proposal whom to invite."""
    election, commission = _election(request, slug), register(request)
    form = ProposalForm(request.POST or None)
    back = reverse("cooperation_desk:invitations", args=[slug])
    if request.method == "POST" and form.is_valid():
        answer = actions.receive_proposal(commission, form.told(election), by=acting(request), at=now(election))
        if not isinstance(answer, Refused):
            return after(request, answer, _("The proposal was written down."), back)
        form.refuse(answer)
    return form_page(request, form, _("A proposal whom to invite"), back, lists=suggested_organizations())


@rule("cooperation.keep")
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Decline a proposal, with a reason."""
    election = _election(request, slug)
    found = get_object_or_404(queries.proposals(register(request), slug), pk=pk)
    form = ReasonForm(request.POST or None)
    back = reverse("cooperation_desk:invitations", args=[slug])
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        answer = actions.decline_proposal(found, reason, by=acting(request), at=now(election))
        if not isinstance(answer, Refused):
            return after(request, answer, _("The proposal was declined."), back)
        form.refuse(answer)
    title = _("Decline the proposal: %(name)s") % {"name": words.name(found.proposed_invitee)}
    return form_page(request, form, title, back)


@rule("cooperation.keep")
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Write down what the invited organization answered."""
    election, found = _election(request, slug), _invitation(request, slug, pk)
    form = AnswerForm(request.POST or None)
    back = reverse("cooperation_desk:invitations", args=[slug])
    if request.method == "POST" and form.is_valid():
        told = Answer(form.cleaned_data["answer"])
        done = actions.record_answer(found, told, by=acting(request), at=now(election))
        if not isinstance(done, Refused):
            return after(request, done, _("The answer was written down."), back)
        form.refuse(done)
    also = None
    if found.delivered_at is None and found.withdrawn_at is None:
        also = (_("Was delivered"), reverse("cooperation_desk:delivered", args=[slug, pk]))
    title = _("Answer: %(name)s") % {"name": words.name(found.invitee)}
    return form_page(request, form, title, back, also=also)


@rule("cooperation.keep")
@require_POST
def delivered(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Write down that an invitation was delivered."""
    election, found = _election(request, slug), _invitation(request, slug, pk)
    done = actions.record_delivery(found, by=acting(request), at=now(election))
    return after(
        request, done, _("The delivery was written down."), reverse("cooperation_desk:invitations", args=[slug])
    )


@rule("cooperation.keep")
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take an invitation back, with a reason."""
    election, found = _election(request, slug), _invitation(request, slug, pk)
    form = ReasonForm(request.POST or None)
    back = reverse("cooperation_desk:invitations", args=[slug])
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = actions.withdraw_invitation(found, reason, by=acting(request), at=now(election))
        if not isinstance(done, Refused):
            return after(request, done, _("The invitation was taken back."), back)
        form.refuse(done)
    title = _("Take the invitation back: %(name)s") % {"name": words.name(found.invitee)}
    return form_page(request, form, title, back)


def _election(request: HttpRequest, slug: str) -> Election:
    require_election(request, slug)
    found = by_slug(slug)
    if found is None:
        raise Http404(slug)
    return found


def _invitation(request: HttpRequest, slug: str, pk: int) -> Invitation:
    return get_object_or_404(queries.invitations(register(request), slug), pk=pk)


def _asked_proposal(request: HttpRequest, election: Election) -> Proposal | None:
    asked = request.GET.get("proposal", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 15):
        return None
    return get_object_or_404(queries.proposals(register(request), election.slug), pk=int(asked))


def _proposal_row(each: Proposal) -> dict[str, object]:
    outcome, colour = words.OUTCOMES[each.outcome]
    return {
        "proposal": each,
        "proposer": words.name(each.proposer),
        "invitee": words.name(each.proposed_invitee),
        "outcome": outcome,
        "colour": colour,
        "open": each.decided_at is None,
    }
