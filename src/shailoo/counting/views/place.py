"""Where a request stands: its office, the protocol or precinct of its address, the time of the election."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Body
from shailoo.accounts.web import acting
from shailoo.counting import words
from shailoo.counting.models import Protocol
from shailoo.elections.clock import now
from shailoo.elections.models import Voting, VotingPrecinct
from shailoo.law.outcome import Refused

NOT_DONE = 422  # what was sent is understood and refused; the page shows it again


def clock(voting: Voting) -> datetime:
    """The instant of an act in this voting."""
    return now(voting.election)


def protocol_of(request: HttpRequest, pk: int) -> Protocol:
    """The protocol, if the office may read it; 404 and 403 else."""
    related = ("voting__election__clock", "tec__body", "precinct", "received_by__body", "carries_out__body")
    found = get_object_or_404(Protocol.objects.select_related(*related), pk=pk)
    _may_read(request, found.voting, found.tec.body)
    return found


def expected_of(request: HttpRequest, pk: int) -> VotingPrecinct:
    """The expected precinct, if the office may read it; 404 and 403 else."""
    related = ("voting__election__clock", "tec__body", "precinct")
    found = get_object_or_404(VotingPrecinct.objects.select_related(*related), pk=pk)
    _may_read(request, found.voting, found.tec.body)
    return found


def told(request: HttpRequest, refused: Refused) -> None:
    """Say on the next page why an act was not done."""
    for _address, sentence in words.refusal(refused):
        messages.warning(request, sentence)


def to_case(protocol_pk: int) -> HttpResponse:
    """On to the protocol's page."""
    return redirect("counting:case", pk=protocol_pk)


def _may_read(request: HttpRequest, voting: Voting, body: Body) -> None:
    if refusal(acting(request), may="counting.read", of=body, election=voting.election.slug, at=clock(voting)):
        raise PermissionDenied
