"""A file of protocols at the desk: upload, dry run with everything that is wrong, confirmation (L36.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

from django import forms
from django.contrib import messages
from django.core import signing
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from shailoo.accounts.models import Office
from shailoo.accounts.web import acting, require_election, rule
from shailoo.counting import actions, words
from shailoo.counting.importing import waiting
from shailoo.counting.importing.columns import BY_NAME, Fault, known_map
from shailoo.counting.states import State
from shailoo.counting.views.place import NOT_DONE, clock
from shailoo.documents.uploads import Kind, Unfit, Upload, checked, record_refusal
from shailoo.elections.models import Voting
from shailoo.elections.queries import featured
from shailoo.law.outcome import Finding, Refused
from shailoo.wording import sentences

LARGEST_UPLOAD = 64 * 1024 * 1024  # bytes; a national file is a tenth of it, larger ones come by the command line
SALT = "counting.import"
MAPS: Mapping[str, Promise] = {
    "": gettext_lazy("Columns named as the documentation names them"),
    "public_record_2020": gettext_lazy("Table of votes by polling station of 4 October 2020, as published"),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that waits for its confirmation: which, what it was called, and how its columns are named."""

    sha256: str
    name: str
    columns: str

    @property
    def token(self) -> str:
        """The file's part of an address; nobody else can make one."""
        return signing.dumps([self.sha256, self.name, self.columns], salt=SALT)

    @classmethod
    def of(cls, token: str) -> Waiting:
        """The file of an address. Http404 where the address is not ours, or is older than the file is kept."""
        try:
            return cls(*signing.loads(token, salt=SALT, max_age=waiting.WAITS))
        except signing.BadSignature as forged:
            raise Http404 from forged

    def source(self) -> actions.Source:
        """The file with its columns. Http404 where it waits no longer."""
        content = waiting.kept(self.sha256)
        if content is None:
            raise Http404(self.sha256)
        return actions.Source(self.name, content, known_map(self.columns) if self.columns else BY_NAME)


class UploadForm(forms.Form):
    """A file and how its columns are named."""

    file = forms.FileField(
        label=gettext_lazy("File of protocols"),
        help_text=gettext_lazy("CSV in UTF-8, one row a precinct, at most 64 MB"),
        widget=forms.FileInput({"accept": ".csv,text/csv"}),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "missing": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty."),
        },
        max_length=200,
    )
    columns = forms.ChoiceField(
        label=gettext_lazy("Names of the columns"),
        choices=list(MAPS.items()),
        widget=forms.RadioSelect,
        required=False,
    )

    def clean_file(self) -> object:
        """Refuse what is too large for a page."""
        sent = self.cleaned_data["file"]
        if sent.size > LARGEST_UPLOAD:
            raise forms.ValidationError(_("The file is larger than 64 MB. Import it by the command line."))
        return sent


@rule("counting.import")
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """For the CEC's operator: a file of protocols, which is only looked at until it is confirmed."""
    voting = featured()
    if voting is None:
        return render(request, "counting/no_voting.html")
    require_election(request, voting.election.slug)
    form = UploadForm(initial={"columns": ""})
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            sent = form.cleaned_data["file"]
            content = sent.read()
            refused = _no_text(content, voting, acting(request))
            if refused is None:
                found = Waiting(waiting.keep(content), PurePath(sent.name).name[:200], form.cleaned_data["columns"])
                return redirect("counting:confirm_import", token=found.token)
            form.add_error("file", sentences.finding(refused.findings[0], words.language()))
    context = {"election": voting.election, "form": form}
    return render(request, "counting/import.html", context, status=NOT_DONE if form.errors else 200)


def _no_text(content: bytes, voting: Voting, by: Office) -> Refused | None:
    """The refusal of a file that is no text at all, told to the ledger; a text's faults are shown line by line."""
    answer = checked(content, allowed={Kind.CSV}, most_bytes=LARGEST_UPLOAD, norm="L36.2.b1")
    if isinstance(answer, Upload) or answer.codes == (Unfit.ENCODING,):
        return None
    with transaction.atomic():
        record_refusal(answer, content, subject=f"voting:{voting.pk}", by=by, at=clock(voting))
    return answer


@rule("counting.import")
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """What the file would do, or everything that is wrong with it; by POST it is done, whole or not at all."""
    voting = featured()
    if voting is None:
        raise Http404
    require_election(request, voting.election.slug)
    found = Waiting.of(token)
    source = found.source()
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        answer = actions.import_protocols(voting, source, by=acting(request), at=clock(voting))
        if isinstance(answer, actions.Imported):
            waiting.drop(found.sha256)
            messages.success(request, _already() if answer.already else _taken_over(answer.file.rows))
            return redirect("counting:queue")
        errors = words.refusal(answer)
    plan = actions.plan_import(voting, source)
    # With faults the table below says everything; the summary would say it twice.
    context = _context(voting, found, plan) | {"errors": [] if plan.faults else errors}
    return render(request, "counting/import_plan.html", context, status=NOT_DONE if request.method == "POST" else 200)


def _context(voting: Voting, found: Waiting, plan: actions.Plan) -> dict[str, object]:
    return {
        "election": voting.election,
        "file": found,
        "columns": MAPS[found.columns],
        "plan": plan,
        "faults": [_row(*each) for each in zip(plan.faults, plan.refused.findings, strict=True)],
        "all_faults": len(plan.faults) + plan.more_faults,
        "states": [
            (words.STATES[state], words.COLOURS[state], plan.states[state.value])
            for state in State
            if plan.states.get(state.value)
        ],
    }


def _row(fault: Fault, found: Finding) -> tuple[Fault, str]:
    """A fault with its sentence; a code that is newer than its wording stands for itself."""
    try:
        return fault, sentences.finding(found, words.language())
    except KeyError:
        return fault, fault.code


def _already() -> str:
    return _("This very file was imported before. Nothing was done now.")


def _taken_over(rows: int) -> str:
    return _("The protocols of the file are taken over: %(rows)s.") % {"rows": rows}
