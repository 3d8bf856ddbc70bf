"""The register of voters at the desk: deliveries, what is wrong with them, what they change, and the decision.

No page here shows a voter. The file of faults, which the Service needs to find the person, is recorded as read.
"""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shailoo.accounts.web import acting, may_do, reads_personal, require_election, rule
from shailoo.elections.clock import now
from shailoo.elections.queries import by_slug, next_voting
from shailoo.law.outcome import Refused
from shailoo.territory.models import Area
from shailoo.voters import actions, queries, rooms, words
from shailoo.voters.exchange import manifest as manifests
from shailoo.voters.exchange.faults import BY_CODE
from shailoo.voters.forms import DeliveryForm, KeyForm, ReasonForm
from shailoo.voters.models import Delivery, Register, ServiceKey
from shailoo.voters.states import State

NOT_DONE = 422  # what was sent is understood and refused; the page shows it again
PAGE_SIZE = 50
MOST_REJECTIONS = 20
SEES = ("voters.read", "voters.deliver", "voters.read_faults")
LARGEST_SIGNATURE = 4_096  # bytes


@rule(*SEES)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """For the CEC's staff and the Service: the deliveries, and what was sent that was none."""
    page = Paginator(queries.deliveries(acting(request).election), PAGE_SIZE).get_page(request.GET.get("page"))
    register = _register(request)
    context = {
        "rows": [_row(each) for each in page],
        "page_of": page,
        "rejections": queries.rejections()[:MOST_REJECTIONS],
        "rooms": rooms.places(acting(request)),
        "may_deliver": may_do(request, "voters.deliver"),
        "may_keep_keys": may_do(request, "voters.register_key") or may_do(request, "voters.read"),
        "may_close": may_do(request, "voters.close") and register is not None and not hasattr(register, "closing"),
        "closing": getattr(register, "closing", None),
    }
    return render(request, "voters/index.html", context)


@rule("voters.deliver")
@require_http_methods(["GET", "HEAD", "POST"])
def deliver(request: HttpRequest) -> HttpResponse:
    """For the Service, or the CEC's operator: a small delivery as three files. Large ones come by the command line."""
    form = DeliveryForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        manifest = sent["manifest"].read(manifests.LARGEST_MANIFEST + 1)
        signature = sent["signature"].read(LARGEST_SIGNATURE).decode("utf-8", "replace")
        package = actions.Package(manifest, signature, sent["file"])
        answer = actions.receive_delivery(package, by=acting(request), at=_clock_of(manifest))
        if isinstance(answer, Delivery):
            messages.success(request, _("The delivery is taken in and checked. It waits for a decision."))
            return redirect("voters:delivery", answer.pk)
        form.refuse(answer)
    status = NOT_DONE if request.method == "POST" else 200
    return render(request, "voters/deliver.html", {"form": form}, status=status)


@rule(*SEES)
@require_safe
def delivery(request: HttpRequest, pk: int) -> HttpResponse:
    """For whoever decides: what the manifest says, what the checks found, what would change where."""
    return _page(request, _delivery(request, pk))


@rule(*SEES)
@require_safe
def faults(request: HttpRequest, pk: int) -> HttpResponse:
    """Every fault by its row, without anybody's data."""
    found = _delivery(request, pk)
    code = request.GET.get("code", "")
    code = code if code in BY_CODE else ""
    page = Paginator(queries.faults(found, code), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [(each.row, BY_CODE[each.code], words.fault(each.code), words.consequence(each.code)) for each in page]
    kinds = [(each.fault.code, words.fault(each.fault.code)) for each in queries.by_kind(found)]
    context = _frame(found) | {"rows": rows, "page_of": page, "kinds": kinds, "chosen": code}
    return render(request, "voters/faults.html", context)


@rule("voters.read_faults")
@reads_personal("faults of voters' rows", subject="voters_delivery:{pk}")
@require_safe
def fault_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """For the Service: every fault with the PIN that was sent, to be put right there."""
    found = _delivery(request, pk)
    name = f"{found.register.election.slug}-{found.number:04d}-faults.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(queries.fault_file(found), content_type="text/csv; charset=utf-8", headers=headers)


@rule(*SEES)
@require_safe
def precincts(request: HttpRequest, pk: int) -> HttpResponse:
    """What the delivery changes in each precinct."""
    found = _delivery(request, pk)
    regions = {each.region: each for each in queries.by_region(found)}
    areas = {area.pk: area for area in Area.objects.filter(pk__in=regions)}
    asked = request.GET.get("region", "")
    region = next((area.pk for area in areas.values() if area.code == asked), None)
    page = Paginator(queries.by_precinct(found, region), PAGE_SIZE).get_page(request.GET.get("page"))
    choices = [areas[key] for key in regions]
    context = _frame(found) | {"page_of": page, "regions": choices, "chosen": asked if region else ""}
    return render(request, "voters/precincts.html", context)


@rule("voters.accept")
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the lists as the page showed it."""
    found = _delivery(request, pk)
    answer = actions.accept_delivery(found, by=acting(request), at=_now(found))
    if isinstance(answer, Refused):
        return _page(request, found, errors=words.refusal(answer))
    messages.success(request, _("The delivery is accepted. The lists are changed."))
    return redirect("voters:delivery", pk)


@rule("voters.accept")
@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Take nothing of the delivery, with the reason that the Service reads."""
    found = _delivery(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = actions.refuse_delivery(found, form.cleaned_data["reason"], by=acting(request), at=_now(found))
        if isinstance(answer, Delivery):
            messages.success(request, _("The delivery is refused. Nothing of it was taken."))
            return redirect("voters:delivery", pk)
        form.refuse(answer)
    status = NOT_DONE if request.method == "POST" else 200
    return render(request, "voters/refuse.html", _frame(found) | {"form": form}, status=status)


@rule("voters.register_key", "voters.read")
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: HttpRequest) -> HttpResponse:
    """For the chair and the secretary: the keys by which the Service signs, and a new one."""
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        given = form.cleaned_data
        answer = actions.register_key(given["name"], given["public"], since=at, by=acting(request), at=at)
        if isinstance(answer, ServiceKey):
            messages.success(request, _("The key is registered."))
            return redirect("voters:keys")
        form.refuse(answer)
    context = {"keys": queries.keys(), "form": form, "may_register": may_do(request, "voters.register_key")}
    return render(request, "voters/keys.html", context, status=NOT_DONE if request.method == "POST" else 200)


@rule("voters.register_key")
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Trust a key no more."""
    key = get_object_or_404(queries.keys(), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = actions.withdraw_key(key, form.cleaned_data["reason"], by=acting(request), at=timezone.now())
        if not isinstance(answer, Refused):
            messages.success(request, _("The key is withdrawn."))
            return redirect("voters:keys")
        form.refuse(answer)
    status = NOT_DONE if request.method == "POST" else 200
    return render(request, "voters/withdraw.html", {"form": form, "key": key}, status=status)


@rule("voters.close")
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest) -> HttpResponse:
    """Record that the final lists are closed: a page that asks once more, since nothing undoes it."""
    register = _register(request)
    if register is None:
        raise Http404("no register")
    require_election(request, register.election.slug)
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        answer = actions.close_lists(register, by=acting(request), at=now(register.election))
        if not isinstance(answer, Refused):
            messages.success(request, _("The final lists are closed."))
            return redirect("voters:index")
        errors = words.refusal(answer)
    context = {"register": register, "errors": errors}
    return render(request, "voters/close.html", context, status=NOT_DONE if errors else 200)


# ------------------------------------------------------------------------------------- the page


def _page(request: HttpRequest, found: Delivery, errors: list[tuple[str, str]] | None = None) -> HttpResponse:
    regions = queries.by_region(found)
    areas = {area.pk: area for area in Area.objects.filter(pk__in=[each.region for each in regions])}
    context = _frame(found) | {
        "errors": errors or [],
        "kinds": [
            (each, words.fault(each.fault.code), words.consequence(each.fault.code)) for each in queries.by_kind(found)
        ],
        "regions": [(areas[each.region], each) for each in regions],
        "may_decide": found.state == State.CHECKED and may_do(request, "voters.accept"),
        "may_read_faults": may_do(request, "voters.read_faults"),
    }
    return render(request, "voters/delivery.html", context, status=NOT_DONE if errors else 200)


def _frame(found: Delivery) -> dict[str, object]:
    return {
        "delivery": found,
        "election": found.register.election,
        "state": words.value("delivery_state", found.state),
        "colour": words.COLOURS[found.state],
        "kind": words.value("delivery_kind", found.kind),
        "source": words.value("voter_source", found.source),
    }


def _row(each: Delivery) -> dict[str, object]:
    return _frame(each)


def _delivery(request: HttpRequest, pk: int) -> Delivery:
    """The delivery, if it is of an election that the office serves; 404 and 403 else."""
    found = queries.delivery(pk)
    if found is None:
        raise Http404("no such delivery")
    require_election(request, found.register.election.slug)
    return found


def _register(request: HttpRequest) -> Register | None:
    """The register of the latest voting's election, where it is one that the office serves."""
    voting = next_voting()
    if voting is None or not acting(request).serves(voting.election.slug):
        return None
    return Register.objects.select_related("election__clock", "closing").filter(election=voting.election).first()


def _clock_of(manifest: bytes) -> datetime:
    """What time it is in the election that a manifest names; the real time where it names none."""
    try:
        election = by_slug(manifests.read(manifest).election)
    except manifests.ManifestError:
        election = None
    return now(election) if election else timezone.now()


def _now(found: Delivery) -> datetime:
    return now(found.register.election)
