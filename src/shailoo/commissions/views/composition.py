"""What our commission consists of: members, contact, departments and divisions, working groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shailoo.accounts.roles import MAY, Role
from shailoo.accounts.web import rule
from shailoo.commissions import actions, queries, register
from shailoo.commissions.composition_forms import ContactForm, DivisionForm, EndForm, GroupForm, SeatsForm
from shailoo.commissions.forms import ActForm
from shailoo.commissions.models import Commission, Division, WorkingGroup
from shailoo.commissions.views.scene import acting, done, own
from shailoo.law.outcome import Refused


@rule("commissions.read")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """For a member: who we are, where we are found, and what of it our register lets us change."""
    found = own(request)
    context = {
        "commission": found,
        "members": register.by_post(queries.members_of(found.body, timezone.now())),
        "contact": queries.contact_of(found),
        "divisions": register.divisions_of(found),
        "groups": register.groups_of(found),
        "may_keep": Role(acting(request).role) in MAY["commissions.keep_register"],
    }
    return render(request, "commissions/composition.html", context)


@rule("commissions.keep_register")
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """Write down where the commission is found."""
    found = own(request)
    standing = queries.contact_of(found)
    names = ("address_ky", "address_ru", "address_en", "phone", "email", "hours")
    form = ContactForm(request.POST or None, initial={name: getattr(standing, name, "") for name in names})
    title = _("Where the commission is found")
    return _filled(
        request,
        form,
        title,
        lambda: actions.set_contact(found, form.place(), by=acting(request), at=timezone.now()),
    )


@rule("commissions.keep_register")
@require_http_methods(["GET", "HEAD", "POST"])
def seats(request: HttpRequest) -> HttpResponse:
    """Fix the full membership by a decision on the establishment."""
    found = own(request)
    form = SeatsForm(request.POST or None, commission=found)
    return _filled(
        request,
        form,
        _("Seats of the commission"),
        lambda: actions.set_seats(
            found, form.cleaned_data["seats"], ground=form.ground(), by=acting(request), at=timezone.now()
        ),
    )


# ------------------------------------------------------------------------------------- divisions


@rule("commissions.keep_register")
@require_http_methods(["GET", "HEAD", "POST"])
def form_division(request: HttpRequest) -> HttpResponse:
    """Enter a department or division."""
    found = own(request)
    form = DivisionForm(request.POST or None, commission=found)
    return _filled(
        request,
        form,
        _("New department or division"),
        lambda: actions.form_division(found, form.unit(), by=acting(request), at=timezone.now()),
    )


@rule("commissions.keep_register")
@require_http_methods(["GET", "HEAD", "POST"])
def change_division(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what the register says of a division."""
    division = _division_or_404(own(request), pk)
    form = DivisionForm(request.POST or None, commission=division.commission, division=division)
    return _filled(
        request,
        form,
        _("Change a department or division"),
        lambda: actions.change_division(division, form.unit(), by=acting(request), at=timezone.now()),
    )


@rule("commissions.keep_register")
@require_POST
def end_division(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a division."""
    division = _division_or_404(own(request), pk)
    answer = actions.end_division(division, by=acting(request), at=timezone.now())
    done(request, answer, _("The register is changed."))
    return redirect("commissions:composition")


def _division_or_404(commission: Commission, pk: int) -> Division:
    found = commission.divisions.filter(pk=pk, ended_at__isnull=True).first()
    if found is None:
        raise Http404(str(pk))
    found.commission = commission
    return found


# ------------------------------------------------------------------------------------- working groups


@rule("commissions.keep_register")
@require_http_methods(["GET", "HEAD", "POST"])
def form_group(request: HttpRequest) -> HttpResponse:
    """Form a working group by a decision."""
    found = own(request)
    form = GroupForm(request.POST or None, commission=found)
    return _filled(
        request,
        form,
        _("New working group"),
        lambda: actions.form_working_group(
            found, form.group(), ground=form.ground(), by=acting(request), at=timezone.now()
        ),
    )


@rule("commissions.keep_register")
@require_http_methods(["GET", "HEAD", "POST"])
def change_group(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a working group new people by a decision."""
    group = _group_or_404(own(request), pk)
    form = GroupForm(request.POST or None, commission=group.commission, group=group)
    return _filled(
        request,
        form,
        _("People of a working group"),
        lambda: actions.change_working_group(
            group, form.people(), ground=form.ground(), by=acting(request), at=timezone.now()
        ),
    )


@rule("commissions.keep_register")
@require_http_methods(["GET", "HEAD", "POST"])
def end_group(request: HttpRequest, pk: int) -> HttpResponse:
    """End a working group by a decision."""
    group = _group_or_404(own(request), pk)
    form = EndForm(request.POST or None, commission=group.commission)
    return _filled(
        request,
        form,
        _("End a working group"),
        lambda: actions.end_working_group(group, ground=form.ground(), by=acting(request), at=timezone.now()),
    )


def _group_or_404(commission: Commission, pk: int) -> WorkingGroup:
    found = register.groups_of(commission).filter(pk=pk).first()
    if found is None:
        raise Http404(str(pk))
    found.commission = commission
    return found


# ------------------------------------------------------------------------------------- the form page


def _filled(request: HttpRequest, form: ActForm, title: str, act: Callable[[], object]) -> HttpResponse:
    """The page of one form of the register: the act where it is filled in rightly, else what is wrong with it."""
    if request.method == "POST" and form.is_valid():
        answer = act()
        if not isinstance(answer, Refused):
            messages.success(request, _("The register is changed."))
            return redirect("commissions:composition")
        form.refuse(answer)
    context: Mapping[str, object] = {"form": form, "title": title}
    return render(request, "commissions/register_form.html", context, status=422 if request.method == "POST" else 200)
