"""The applications of a commission: what waits, one application with its people, a person with the papers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shailoo.accounts.roles import Kind
from shailoo.accounts.web import acting, may_do, reads_personal, rule
from shailoo.documents.lists import WRITERS, Cell, taken_away
from shailoo.documents.sealed.actions import ErasedError, opened
from shailoo.documents.sealed.models import SealedFile
from shailoo.law.outcome import Refused
from shailoo.observation import dossier
from shailoo.observation.actions.answering import Answered, note
from shailoo.observation.actions.listing import DECIDED, Proposed, Sheet, barring, draw_up
from shailoo.observation.checking import findings_of, named
from shailoo.observation.forms.deciding import AnswersForm
from shailoo.observation.models import AnswerList, Applicant, Application, Paper
from shailoo.observation.queries import deciding as queries
from shailoo.observation.queries.deciding import STATES, WAITING
from shailoo.observation.views.desk import frame
from shailoo.observation.views.desk.frame import ANSWERS, NOT_DONE, PERSONAL
from shailoo.observation.words import deciding as words

COLUMNS = ("number", "filed_at", "kind", "election", "sender", "people", "waiting", "accredited", "refused")
PEOPLE_A_PAGE = 100
OPENED = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}


@rule("observation.read")
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """For the secretary of a commission: whose people wait for its answer, the oldest first, and until when."""
    asked = frame.wanted(request, STATES, WAITING)
    page = frame.page_of(queries.queue(frame.body(request), asked), request)
    elections = {each.election_id: each.election for each in page}
    closing = {pk: queries.closing(election) for pk, election in elections.items()}
    rows = [
        (
            each,
            words.kind(each.kind),
            closing[each.election_id] if each.kind == Application.Kind.INTERNATIONAL else None,
        )
        for each in page
    ]
    shown = frame.filters(asked, STATES)
    context = {
        **shown,
        "page_of": page,
        "rows": rows,
        "exports": frame.exports("queue_file", str(shown["query"])),
        "now": frame.now(next(iter(elections.values()))) if elections else timezone.now(),
        "may_approve": may_do(request, ANSWERS) and frame.body(request).kind == Kind.CEC,
    }
    return render(request, "observation/desk/queue.html", context)


@rule("observation.read")
@require_safe
def queue_file(request: HttpRequest, form: str) -> HttpResponse:
    """The same list to take away."""
    if form not in WRITERS:
        raise Http404(form)
    found = queries.queue(frame.body(request), frame.wanted(request, STATES, WAITING))
    return taken_away("applications", form, COLUMNS, _cells(found))


def _cells(found: Iterable[Application]) -> Iterator[list[Cell]]:
    for each in found:
        filed = each.filed_at.isoformat() if each.filed_at else ""
        counts = (getattr(each, name) for name in ("mine", "waiting", "accredited", "refused"))
        yield [each.label, filed, each.kind, each.election.slug, words.own(each.sender.body, "name"), *counts]


@rule("observation.read")
@require_safe
@reads_personal(PERSONAL, subject="application:{pk}")
def application(request: HttpRequest, pk: int) -> HttpResponse:
    """For whoever prepares the sitting: the application, its people, what the law finds on each of them."""
    found = frame.application(request, pk)
    body, at = frame.body(request), frame.now(found.election)
    outcomes = findings_of(found, at)
    page = frame.page_of(queries.people_of(found, body), request, PEOPLE_A_PAGE)
    rows = [
        (each, frame.told(named(told, each) for told in outcomes[each.pk].findings), _state(each))
        if each.pk in outcomes
        else (each, [], _state(each))
        for each in page
    ]
    waiting = queries.people_of(found, body).filter(answer__isnull=True, withdrawal__isnull=True).count()
    context = _frame(found) | {
        "page_of": page,
        "rows": rows,
        "whole": frame.told(outcomes[None].findings),
        "waiting": waiting,
        "lists": queries.open_lists_of(found),
        "closing": queries.closing(found.election) if found.kind == Application.Kind.INTERNATIONAL else None,
        "now": at,
        "papers": _papers(found),
        "invited_by": words.invited_by(found.invitation.inviting_body) if found.invitation else "",
        "may_answer": may_do(request, ANSWERS) and waiting > 0,
        "may_open": may_do(request, ANSWERS),
        "by_decision": found.kind in DECIDED,
    }
    return render(request, "observation/desk/application.html", context)


def _frame(found: Application) -> dict[str, object]:
    return {"application": found, "election": found.election, "kind": words.kind(found.kind)}


def _papers(found: Application) -> list[tuple[Paper, str]]:
    held = Paper.objects.filter(application=found, applicant__isnull=True).select_related("file")
    return [(each, words.paper(each.kind)) for each in held.defer("file__ciphertext")]


def _state(person: Applicant) -> str:
    """What became of a person: "accredited", "refused", "withdrawn", or "" while an answer is due."""
    if hasattr(person, "withdrawal"):
        return "withdrawn"
    if not hasattr(person, "answer"):
        return ""
    return "accredited" if person.answer.accredited else "refused"


# ------------------------------------------------------------------------------------- answers


@rule(ANSWERS)
@require_http_methods(["GET", "HEAD", "POST"])
@reads_personal(PERSONAL, subject="application:{pk}")
def answers(request: HttpRequest, pk: int) -> HttpResponse:
    """For the secretary: the answers to all people of an application at once; of notices, taking note of them."""
    found = frame.application(request, pk)
    body, at = frame.body(request), frame.now(found.election)
    people = list(queries.people_of(found, body).filter(answer__isnull=True, withdrawal__isnull=True))
    for each in people:
        each.application = found
    beside = list(queries.beside(found, body)) if found.kind in DECIDED else []
    form = AnswersForm(
        request.POST or None, application=found, people=people, barred=barring(people, at), beside=beside
    )
    if request.method == "POST" and form.is_valid():
        answer = _put(request, found, form, [each for each in beside if each.pk in form.also()])
        if isinstance(answer, AnswerList):
            messages.success(request, _("The list is drawn up. Put it to the commission now."))
            return redirect("observation_desk:list", answer.pk)
        if isinstance(answer, Answered):
            messages.success(request, _("Taken note of: %(count)s.") % {"count": answer.accredited})
            return redirect("observation_desk:application", found.pk)
        form.refuse(answer)
    context = _frame(found) | {"form": form, "people": len(people), "by_decision": found.kind in DECIDED}
    context["free"] = len(people) - len(form.barred)
    return render(request, "observation/desk/answers.html", context, status=NOT_DONE if form.errors else 200)


def _put(
    request: HttpRequest, found: Application, form: AnswersForm, others: list[Application]
) -> AnswerList | Answered | Refused:
    """The list drawn up, or the notice taken note of."""
    body, by, at = frame.body(request), acting(request), frame.now(found.election)
    rows = [*form.rows(), *_of_others(others, request)]
    sheet = Sheet(body, found.election, Application.Kind(found.kind), tuple(rows))
    return draw_up(sheet, by=by, at=at) if found.kind in DECIDED else note(sheet, by=by, at=at)


def _of_others(others: list[Application], request: HttpRequest) -> list[Proposed]:
    """Everybody on the other applications whom nothing bars and who stands on no open list."""
    rows: list[Proposed] = []
    for each in others:
        waiting = queries.people_of(each, frame.body(request)).filter(answer__isnull=True, withdrawal__isnull=True)
        people = list(waiting.exclude(listed__list__in=queries.open_lists_of(each)))
        for person in people:
            person.application = each
        barred = barring(people, frame.now(each.election))
        rows += [Proposed(person.pk) for person in people if not barred[person.pk]]
    return rows


# ------------------------------------------------------------------------------------- a person, papers


@rule(ANSWERS)
@require_safe
@reads_personal(PERSONAL, subject="applicant:{pk}")
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """For the deciding office alone: one person with what is kept sealed, the papers, and what the law finds."""
    found = _person(request, pk)
    application = frame.application(request, found.application_id)
    outcome = findings_of(application, frame.now(application.election)).get(found.pk)
    context = _frame(application) | {
        "person": found,
        "state": _state(found),
        "findings": frame.told(named(told, found) for told in outcome.findings) if outcome else [],
        "dossier": _dossier(found),
        "papers": [(each, words.paper(each.kind), each.file.is_erased) for each in found.papers.select_related("file")],
        "documents": queries.papers_of(found.subject),
        "has_photo": found.photo is not None and not found.photo.is_erased,
    }
    return render(request, "observation/desk/person.html", context)


def _dossier(found: Applicant) -> dossier.Dossier | None:
    """What is kept sealed of a person; None after it was erased."""
    try:
        return dossier.of(found)
    except ErasedError:
        return None


@rule(ANSWERS)
@require_safe
@reads_personal(PERSONAL, subject="applicant:{pk}")
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """The photograph of a person, for the deciding office alone."""
    found = _person(request, pk).photo
    if found is None:
        raise Http404("photo")
    return _served(found, "photo")


@rule(ANSWERS)
@require_safe
@reads_personal(PERSONAL, subject="paper:{pk}")
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """A paper of an application or of a person on it, opened for the deciding office alone."""
    found = get_object_or_404(Paper.objects.select_related("file", "applicant"), pk=pk)
    frame.application(request, found.application_id)
    if found.applicant is not None and found.applicant.commission_id != frame.body(request).pk:
        raise Http404(str(pk))
    return _served(found.file, f"{found.kind}-{found.pk}")


def _person(request: HttpRequest, pk: int) -> Applicant:
    found = Applicant.objects.filter(commission=frame.body(request)).exclude(application__state="draft")
    related = ("dossier", "photo", "answer__decision", "withdrawal", "accreditation__certificate")
    return get_object_or_404(found.select_related(*related), pk=pk)


def _served(file: SealedFile, name: str) -> HttpResponse:
    """The opened file; a picture is shown, everything else is a download. 404 after it was erased."""
    try:
        content = opened(file)
    except ErasedError as gone:
        raise Http404(name) from gone
    known = file.media_type in OPENED
    response = HttpResponse(content, content_type=file.media_type if known else "application/octet-stream")
    shown = "inline" if file.media_type.startswith("image/") and known else "attachment"
    response["Content-Disposition"] = f'{shown}; filename="{name}{OPENED.get(file.media_type, "")}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
