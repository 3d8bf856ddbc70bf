"""The papers kept beside an entry: scans of the signed protocol, and scanner reports."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shailoo.accounts.web import acting, rule
from shailoo.counting import actions, words
from shailoo.counting.actions.scans import LARGEST_FILE
from shailoo.counting.forms import ReportForm, ScanForm, mark
from shailoo.counting.models import Scan, ScannerReport
from shailoo.counting.values import UnreadableError, read
from shailoo.counting.views.place import NOT_DONE, clock, expected_of, protocol_of, to_case
from shailoo.documents.queries import content
from shailoo.documents.uploads import received
from shailoo.elections.models import VotingPrecinct
from shailoo.elections.queries import Ballot, ballot
from shailoo.law.outcome import Refused
from shailoo.law.protocol import LineType

BISHKEK = ZoneInfo("Asia/Bishkek")
ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/tiff": "tif", "application/pdf": "pdf"}


@rule("counting.scan")
@require_http_methods(["GET", "POST"])
def add_scan(request: HttpRequest, pk: int) -> HttpResponse:
    """For a TEC operator: one page of the signed paper, kept with its hash."""
    protocol = protocol_of(request, pk)
    following = protocol.scans.count() + 1
    form, errors = ScanForm(initial={"page": following}), list[tuple[str, str]]()
    if request.method == "POST":
        number = request.POST.get("page", "")
        page = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 0
        given = received(request.FILES.get("file"), LARGEST_FILE)
        answer = actions.attach_scan(protocol, given, page, by=acting(request), at=clock(protocol.voting))
        if not isinstance(answer, Refused):
            messages.success(request, _("The page is kept with its hash."))
            return to_case(pk)
        form = ScanForm(initial={"page": number})
        errors = words.refusal(answer)
    context = {"election": protocol.voting.election, "protocol": protocol, "form": form, "errors": errors}
    return render(request, "counting/scan.html", context, status=NOT_DONE if errors else 200)


@rule("counting.read")
@require_GET
def scan(request: HttpRequest, pk: int, page: int) -> HttpResponse | FileResponse:
    """A kept page as it came; its bytes are checked against the hash. Never run as a page of ours."""
    protocol = protocol_of(request, pk)
    found = get_object_or_404(Scan.objects.select_related("file"), protocol=protocol, page=page)
    name = f"{protocol.precinct.number}-{protocol.version}-{page}.{ENDINGS[found.file.media_type]}"
    response = HttpResponse(content(found.file), content_type=found.file.media_type)
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@rule("counting.scanner_report")
@require_http_methods(["GET", "POST"])
def scanner_report(request: HttpRequest, pk: int) -> HttpResponse:
    """For a TEC operator: the lines of a scanner's printed report. The manual count stands beside it."""
    expected = expected_of(request, pk)
    printed = ballot(expected.voting)
    form, errors = ReportForm(printed), list[tuple[str, str]]()
    if request.method == "POST":
        form = ReportForm(printed, request.POST)
        report = _report(form, printed)
        if report is not None:
            answer = actions.record_scanner_report(expected, report, by=acting(request), at=clock(expected.voting))
            if not isinstance(answer, Refused):
                messages.success(request, _("The report is recorded."))
                return redirect("counting:scanner_report", pk=pk)
            mark(form, answer)
            errors = [] if form.errors else words.refusal(answer)
    reports = _reports(expected)
    context = {
        "election": expected.voting.election,
        "expected": expected,
        "form": form,
        "errors": errors,
        "reports": reports,
    }
    return render(request, "counting/scanner_report.html", context, status=NOT_DONE if form.errors or errors else 200)


def _reports(expected: VotingPrecinct) -> list[ScannerReport]:
    found = ScannerReport.objects.filter(voting_id=expected.voting_id, precinct_id=expected.precinct_id)
    return list(found.order_by("device_no", "version"))


def _report(form: ReportForm, printed: Ballot) -> actions.Report | None:
    """What was typed as a report; None where a field cannot be read, which the form then marks."""
    counts: dict[str, int] = {}
    for path in (
        "initial_total",
        *(f"votes.{choice.code}" for choice in printed.choices),
        "against_all",
        "invalid",
        "total",
    ):
        value = _read(form, path, LineType.INTEGER)
        if isinstance(value, int):
            counts[path] = value
        elif not form.has_error(path):
            form.add_error(path, str(words.UNREADABLE["not_a_whole_number"]))
    times = {name: _moment(form, name) for name in ("decision_at", "report_at", "failed_at", "last_ballot_at")}
    if form.errors:
        return None
    role = form.data.get("role", "")
    return actions.Report(
        device_no=str(form.data.get("device_no", "")),
        role=ScannerReport.Role(role) if role in ScannerReport.Role.values else ScannerReport.Role.PRIMARY,
        total=counts["total"],
        votes={choice.code: counts[f"votes.{choice.code}"] for choice in printed.choices},
        against_all=counts["against_all"],
        invalid=counts["invalid"],
        initial_total=counts["initial_total"],
        reason=str(form.data.get("reason", "")),
        **times,
    )


def _read(form: ReportForm, path: str, kind: LineType) -> object:
    try:
        return read(form.data.get(path), kind)
    except UnreadableError as why:
        form.add_error(path, str(words.UNREADABLE.get(why.code, why.code)))
        return None


def _moment(form: ReportForm, name: str) -> datetime | None:
    found = _read(form, name, LineType.DATETIME)
    return datetime.fromisoformat(found).replace(tzinfo=BISHKEK) if isinstance(found, str) else None
