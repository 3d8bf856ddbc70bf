"""The TEC's protocol: the summary table, PEC sums beside signed sums, and the signing (L36.2)."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shailoo.accounts.roles import MAY, Role
from shailoo.accounts.web import rule
from shailoo.commissions.models import Commission
from shailoo.commissions.queries import final_sittings, members_who_came
from shailoo.elections.models import Voting
from shailoo.law.outcome import Refused
from shailoo.results import actions, queries, words
from shailoo.results.forms import TecProtocolForm
from shailoo.results.models import TecProtocol
from shailoo.results.queries import LINES, PrecinctRow, Standing
from shailoo.results.tabulation import Sums, Tabulation
from shailoo.results.views.desk import acting, names_of, now, own_tec, refuse, scene, voting_or_404


@rule("results.read")
@require_safe
def tec_protocol(request: HttpRequest) -> HttpResponse:
    """For a TEC: its own page. For the CEC: every TEC, signed or not, and where the two sums differ."""
    voting = voting_or_404(request)
    if tec_of_office := own_tec(request):
        return redirect("results:tec", tec_of_office.body.code)
    found = queries.from_tec_protocols(voting)
    differing = {each.tec for each in queries.disagreements(voting)}
    return render(
        request,
        "results/tec_protocols.html",
        {
            **scene(request, voting),
            "territorial": found,
            "rows": [(row, row.code in differing) for row in found.tecs],
        },
    )


@rule("results.read")
@require_safe
def tec(request: HttpRequest, code: str) -> HttpResponse:
    """For the TEC chair at the end of the night: every precinct and line, the sums, and the form for signing."""
    voting = voting_or_404(request)
    commission = _commission(request, voting, code)
    rows = queries.precinct_results(voting, tec=commission)
    return _page(request, voting, commission, rows, _form(voting, commission, rows))


@rule("results.sign_tec_protocol")
@require_POST
def sign(request: HttpRequest, code: str) -> HttpResponse:
    """The chair signs; a refusal shows the same page with what stands in the way, and keeps what was typed."""
    voting = voting_or_404(request)
    commission = _commission(request, voting, code)
    rows = queries.precinct_results(voting, tec=commission)
    form = _form(voting, commission, rows, request.POST)
    if form.is_valid():
        answer = actions.sign_tec_protocol(
            voting,
            commission,
            by=acting(request),
            at=now(voting),
            meeting=form.meeting(),
            not_summed=form.not_summed(),
            reason=form.cleaned_data["reason"],
        )
        if not isinstance(answer, Refused):
            messages.success(request, _("Version %(version)s of the protocol is signed.") % {"version": answer.version})
            return redirect("results:tec", code)
        refuse(form, answer, queries.tabulate(voting))
    return _page(request, voting, commission, rows, form, status=422)


def _commission(request: HttpRequest, voting: Voting, code: str) -> Commission:
    """The TEC of the address; a TEC sees its own page only."""
    found = Commission.objects.filter(body__code=code, level=Commission.Level.TEC, voting_precincts__voting=voting)
    commission = found.select_related("body").distinct().first()
    own = own_tec(request)
    if commission is None or (own is not None and own.pk != commission.pk):
        raise Http404(code)
    return commission


def _out(rows: list[PrecinctRow]) -> list[str]:
    return [row.number for row in rows if row.standing not in (Standing.SUMMED, Standing.INVALIDATED)]


def _form(
    voting: Voting, commission: Commission, rows: list[PrecinctRow], data: QueryDict | None = None
) -> TecProtocolForm:
    return TecProtocolForm(data, out=_out(rows), sittings=final_sittings(commission, voting.election.slug))


def _page(
    request: HttpRequest,
    voting: Voting,
    commission: Commission,
    rows: list[PrecinctRow],
    form: TecProtocolForm,
    status: int = 200,
) -> HttpResponse:
    tabulation = queries.tabulate(voting)
    names = names_of(tabulation)
    present = next(row.sums for row in tabulation.tecs if row.code == commission.body.code)
    signed = next(row.sums for row in queries.from_tec_protocols(voting).tecs if row.code == commission.body.code)
    options = [option for option in tabulation.options if option.kind != "against_all"]
    return render(
        request,
        "results/tec.html",
        {
            **scene(request, voting),
            "tec": commission,
            "form": form,
            "sums": present,
            "signed": signed,
            "comparison": list(_comparison(tabulation, present, signed, names)),
            "columns": [words.line(name, names) for name in LINES] + [names[option.code] for option in options],
            "rows": [(row, words.STANDINGS[row.standing], words.COLOURS[row.standing], _cells(row)) for row in rows],
            "versions": [(each, _came(each)) for each in queries.tec_protocols(voting, commission)],
            "may_call": Role(acting(request).role) in MAY["commissions.call_sitting"],
            "may_sign": acting(request).body_id == commission.pk,
        },
        status=status,
    )


def _came(signed: TecProtocol) -> str:
    """The members who came to the final sitting of a signed version, by name."""
    if signed.final_sitting is None:
        return ""
    return ", ".join(each.name for each in members_who_came(signed.final_sitting))


def _cells(row: PrecinctRow) -> list[int | None]:
    if row.lines is None or row.votes is None:
        return []
    return [*row.lines, *row.votes]


def _comparison(
    tabulation: Tabulation, present: Sums, signed: Sums | None, names: dict[str, str]
) -> Iterator[tuple[str, int | None, int | None]]:
    """Line, sum of the precincts now, sum signed by the TEC."""
    for name in LINES:
        yield words.line(name, names), present.lines[name], signed.lines[name] if signed else None
    options = [option for option in tabulation.options if option.kind != "against_all"]
    for place, option in enumerate(options):
        yield names[option.code], present.votes[place], signed.votes[place] if signed else None
