"""The people of an application: the list with its findings, one person by form, photograph and copy of the document."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shailoo.accounts.web import acting, reads_personal, rule
from shailoo.documents.sealed.actions import ErasedError, opened
from shailoo.documents.serving import served
from shailoo.law.outcome import Refused
from shailoo.observation import dossier, faults
from shailoo.observation.actions import attaching, drafting
from shailoo.observation.checking import IDENTITY_COPY
from shailoo.observation.faults import Of
from shailoo.observation.forms.intake import CopyForm, PeopleFilter, PersonForm, PhotoForm
from shailoo.observation.intake import photos
from shailoo.observation.intake.columns import Field
from shailoo.observation.intake.reading import PersonShown, cells
from shailoo.observation.models import Applicant, Application
from shailoo.observation.queries import applications as queries
from shailoo.observation.views.self_service import frame as shared
from shailoo.observation.words import intake as words

APPLY = "observation.apply"
WHOSE = "application:{pk}"


@rule(APPLY)
@reads_personal("applicants", subject=WHOSE)
@require_safe
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """For an organization: everybody on its list, with what stands against each."""
    found = shared.own(request, pk)
    form = PeopleFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    listed = queries.people(found, search=asked.get("q", "").strip(), only=asked.get("only", ""))
    page = Paginator(listed, shared.PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [(each, shared.told(faults.of_person(each)), *_standing(each)) for each in queries.shown(page)]
    context = shared.frame(found) | {"rows": rows, "page_of": page, "total": page.paginator.count, "form": form}
    return render(request, "observation/self_service/people.html", context)


def _standing(person: Applicant) -> tuple[str, str]:
    """Where a person stands, with the colour of the tag."""
    if hasattr(person, "withdrawal"):
        return _("taken off"), "grey"
    if hasattr(person, "answer"):
        return (_("accredited"), "green") if person.answer.accredited else (_("refused"), "red")
    if faults.stops(person.faults):
        return _("to be mended"), "red"
    return (_("with findings"), "yellow") if person.faults else (_("nothing found"), "green")


@rule(APPLY)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """For an organization: one more person by form."""
    found = shared.draft(request, pk)
    form = PersonForm(request.POST or None, kind=found.kind)
    if request.method == "POST" and form.is_valid():
        return _put(request, found, None, form)
    status = shared.NOT_DONE if request.method == "POST" else 200
    context = shared.frame(found) | {"form": form, "title": _("Add a person")}
    return render(request, "observation/self_service/form.html", context, status=status)


@rule(APPLY)
@reads_personal("applicants", subject=WHOSE)
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """For an organization: one person, what was typed, what is wrong with it, the photograph and the copy."""
    found = shared.own(request, pk)
    one = shared.own_person(found, row)
    if request.method == "POST":
        found = shared.draft(request, pk)
        form = PersonForm(request.POST, kind=found.kind)
        if form.is_valid():
            return _put(request, found, row, form)
    else:
        form = _as_kept(found, one)
    status = shared.NOT_DONE if request.method == "POST" else 200
    context = shared.frame(found) | {
        "form": form,
        "person": one,
        "findings": shared.told(faults.of_person(one)),
        "copies": one.papers.filter(kind=IDENTITY_COPY)[:1],
        "photo_form": PhotoForm(),
        "copy_form": CopyForm(),
        "standing": _standing(one),
        "open": found.state in ("at_ministry", "filed") and not hasattr(one, "answer"),
        "has_source": attaching.source_of(one) is not None,
    }
    return render(request, "observation/self_service/person.html", context, status=status)


def _as_kept(found: Application, one: Applicant) -> PersonForm:
    """The form with what is kept of the person, and what could not be read told at its field."""
    try:
        data = dossier.of(one)
    except ErasedError as gone:
        raise Http404("erased") from gone
    shown = PersonShown(
        one.surname,
        one.given_names,
        one.patronymic,
        tuple(one.citizenships),
        one.position,
        one.language,
        one.commission.code if one.commission else "",
        data,
    )
    typed: dict[str, object] = {name.value: value for name, value in cells(shown).items()}
    typed[Field.OFFICES.value] = list(data.offices)
    form = PersonForm(typed, kind=found.kind)
    form.is_valid()
    for each in faults.read(one.faults, Of.READING):
        form.tell(each)
    return form


def _put(request: HttpRequest, found: Application, row: int | None, form: PersonForm) -> HttpResponse:
    """Keep what was typed, whatever it is; back to the person while something has to be mended."""
    answer = drafting.put_person(found, row, form.cells(), by=acting(request), at=shared.now(found))
    if isinstance(answer, Refused):
        shared.say(request, words.refusal(answer))
        return redirect("observation_own:people", found.pk)
    if faults.stops(answer.faults):
        messages.warning(request, _("Kept as typed. Something has to be mended before the application is handed in."))
        return redirect("observation_own:person", found.pk, answer.row)
    messages.success(request, _("Saved."))
    if row is None:
        return redirect("observation_own:person", found.pk, answer.row)
    return redirect("observation_own:people", found.pk)


@rule(APPLY)
@require_POST
def photo(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """A new photograph of a person, or the present one cut otherwise."""
    found = shared.draft(request, pk)
    one = shared.own_person(found, row)
    form = PhotoForm(request.POST, request.FILES)
    if form.is_valid():
        content, _name = shared.bytes_of(request, "photo", photos.LARGEST)
        source = attaching.source_of(one)
        content = content or (opened(source) if source is not None else b"")
        office, at = acting(request), shared.now(found)
        answer = attaching.put_photo(found, one, content, form.crop(), by=office, at=at)
        if isinstance(answer, Refused):
            shared.say(request, words.refusal(answer))
        else:
            messages.success(request, _("The photograph is kept."))
    else:
        shared.say(request, [str(words_) for errors in form.errors.values() for words_ in errors])
    return redirect(f"{shared.address('person', pk, row)}#photo")


@rule(APPLY)
@require_POST
def copy(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """The copy of a person's passport."""
    found = shared.draft(request, pk)
    one = shared.own_person(found, row)
    content, name = shared.bytes_of(request, "file", attaching.LARGEST_PAPER)
    office, at = acting(request), shared.now(found)
    answer = attaching.attach(found, one, IDENTITY_COPY, content, name, by=office, at=at)
    if isinstance(answer, Refused):
        shared.say(request, words.refusal(answer))
    else:
        messages.success(request, _("The copy is attached."))
    return redirect(f"{shared.address('person', pk, row)}#copy")


@rule(APPLY)
@reads_personal("photographs", subject=WHOSE)
@require_safe
def portrait(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """The photograph as it will stand on the badge."""
    one = shared.own_person(shared.own(request, pk), row)
    if one.photo is None or one.photo.is_erased:
        raise Http404("no photograph")
    return served(opened(one.photo), one.photo.media_type, f"{row}.jpg")


@rule(APPLY)
@require_POST
def remove(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Take a person off the draft; what was kept of them is erased."""
    found = shared.draft(request, pk)
    one = shared.own_person(found, row)
    answer = drafting.remove_people(found, [one.pk], by=acting(request), at=shared.now(found))
    return _removed(request, found, answer)


@rule(APPLY)
@require_http_methods(["GET", "HEAD", "POST"])
def empty(request: HttpRequest, pk: int) -> HttpResponse:
    """Take everybody off the draft, to begin the list anew."""
    found = shared.draft(request, pk)
    if request.method != "POST":
        context = shared.frame(found) | {"tally": queries.tally(found)}
        return render(request, "observation/self_service/empty.html", context)
    everybody = found.applicants.values_list("pk", flat=True)
    answer = drafting.remove_people(found, everybody, by=acting(request), at=shared.now(found))
    return _removed(request, found, answer)


def _removed(request: HttpRequest, found: Application, answer: int | Refused) -> HttpResponse:
    if isinstance(answer, Refused):
        shared.say(request, words.refusal(answer))
    else:
        messages.success(request, _("People taken off the list: %(number)s.") % {"number": answer})
    return redirect("observation_own:people", found.pk)
