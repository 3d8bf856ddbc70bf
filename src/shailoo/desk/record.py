"""The record of acts at the desk: as in public, with the content that only offices read; each reading is recorded.

The CEC, auditors, courts and prosecutors read every chain; a TEC reads its own and those of the commissions below it.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from shailoo.accounts.models import Body, Office
from shailoo.accounts.roles import MAY, Reach, Role
from shailoo.accounts.web import reads_personal, rule
from shailoo.desk.people import acting
from shailoo.ledger.models import Act
from shailoo.ledger.openness import Sight
from shailoo.portal.views import record, record_search

READ = "ledger.read"


@rule(READ)
@require_safe
@reads_personal("people")
def page(request: HttpRequest) -> HttpResponse:
    """For chairpersons, secretaries, auditors, courts: the acts of my commission and those below, with contents."""
    chains = chains_of(acting(request))
    wanted = record_search.asked(request.GET)
    query = record_search.without_page(request.GET)
    context = {
        "asked": wanted,
        "names": record_search.names(),
        "found": record_search.page_of(_acts(wanted, chains), request.GET, Sight.OFFICE),
        "everywhere": chains is None,
        "exports": [
            ("CSV", f"{reverse('desk:record_file')}{query}"),
            ("XLSX", f"{reverse('desk:record_xlsx')}{query}"),
        ],
    }
    return render(request, "desk/record.html", context)


@rule(READ)
@require_safe
@reads_personal("people")
def file(request: HttpRequest, form: str) -> HttpResponseBase:
    """The same acts with their content: the newest 50,000 as CSV, the newest 10,000 as a workbook."""
    wanted = record_search.asked(request.GET)
    return record_search.file(_acts(wanted, chains_of(acting(request))), form, Sight.OFFICE)


@rule(READ)
@require_safe
@reads_personal("people", subject="act:{chain}/{sequence}")
def act(request: HttpRequest, chain: str, sequence: int) -> HttpResponse:
    """For the same: one act with its whole content, beside what earlier acts within reach said of the same record."""
    chains = chains_of(acting(request))
    if chains is not None and chain not in chains:
        raise Http404(chain)
    context = {
        **record.context_of(record.act_or_404(chain, sequence), Sight.OFFICE, chains),
        "trail": [(_("Record of acts with its contents"), reverse("desk:record")), (f"{chain}, {sequence}", "")],
    }
    return render(request, "desk/record_act.html", context)


def chains_of(office: Office) -> frozenset[str] | None:
    """The chains that the office may read: those of its own body and of the bodies below it; None for all of them."""
    reach = MAY[READ].get(Role(office.role))
    if reach is Reach.EVERYWHERE:
        return None
    own = Q(pk=office.body_id)
    if reach is Reach.OWN:
        own |= Q(superior_id=office.body_id) | Q(superior__superior_id=office.body_id)
    return frozenset(Body.objects.filter(own).values_list("code", flat=True)) if reach else frozenset()


def _acts(wanted: record_search.Asked, chains: frozenset[str] | None) -> QuerySet[Act]:
    found = record_search.acts(wanted)
    return found if chains is None else found.filter(chain__in=sorted(chains))
