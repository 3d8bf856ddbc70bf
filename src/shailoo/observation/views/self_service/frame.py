"""What the pages of senders share: whose page it is, at what time, and where an application stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from shailoo.accounts.web import acting, require_election
from shailoo.elections import clock
from shailoo.law.outcome import Finding, Severity
from shailoo.observation.models import Applicant, Application, Sender
from shailoo.observation.queries import applications as queries
from shailoo.observation.queries.senders import sender_of
from shailoo.observation.states import State
from shailoo.observation.words import intake as words

NOT_DONE = 422  # what was sent is understood and refused; the page shows it again
PAGE_SIZE = 50


def sender(request: HttpRequest) -> Sender:
    """The account in whose name the office writes; 403 for a body that has none."""
    found = sender_of(acting(request))
    if found is None:
        raise PermissionDenied("no account of a sender")
    return found


def own(request: HttpRequest, pk: int) -> Application:
    """An application of the office's own sender; 404 for any other, as if there were none."""
    found = get_object_or_404(queries.applications(), pk=pk, sender=sender(request))
    require_election(request, found.election.slug)
    return found


def own_person(application: Application, row: int) -> Applicant:
    """The person at a row of the application, with what is kept of them."""
    found = application.applicants.filter(row=row)
    return get_object_or_404(found.select_related("dossier", "photo", "commission", "answer", "withdrawal"))


def draft(request: HttpRequest, pk: int) -> Application:
    """The same, while it is a draft; 404 afterwards, for nothing of it changes."""
    found = own(request, pk)
    if found.state != State.DRAFT:
        raise Http404("handed in")
    return found


def now(application: Application) -> datetime:
    """The time by which the application's election goes."""
    return clock.now(application.election)


def frame(application: Application) -> dict[str, object]:
    """What every page of an application shows: its kind, election, state."""
    return {
        "application": application,
        "election": application.election,
        "kind": words.capital(words.value("mandate", application.kind)),
        "state": words.value("application_state", application.state),
        "colour": words.COLOURS[application.state],
        "is_draft": application.state == State.DRAFT,
    }


def told(findings: Iterable[Finding]) -> list[tuple[str, str, bool]]:
    """Findings for a page: sentence, norm, whether it bars."""
    return [(words.sentence(each), each.norm, each.severity is Severity.ERROR) for each in findings]


def say(request: HttpRequest, sentences: Iterable[str]) -> None:
    """Tell on the next page why something was not done."""
    for each in sentences:
        messages.warning(request, each)


def bytes_of(request: HttpRequest, name: str, most: int) -> tuple[bytes, str]:
    """A sent file with its name; at most one byte more than is allowed is read."""
    sent = request.FILES.get(name)
    if not isinstance(sent, UploadedFile):
        return b"", ""
    return sent.read(most + 1), sent.name or ""


def address(name: str, *args: object) -> str:
    """An address of this part."""
    return reverse(f"observation_own:{name}", args=args)
