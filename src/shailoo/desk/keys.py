"""Keys of machines within one's reach: the list, a new one for an office, and revoking one."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from shailoo.accounts.keys_of_machines import LONGEST_NAME, issue_key, revoke_key
from shailoo.accounts.models import ApiKey
from shailoo.accounts.queries import Wanted, keys_in_reach, offices_for_keys
from shailoo.accounts.roles import KEYED, MAY, Role
from shailoo.accounts.web import reads_personal, rule
from shailoo.desk.people import acting, asked, paged, roles, told
from shailoo.elections.forms import day_field
from shailoo.law.calendar import end_of
from shailoo.law.outcome import Refused


class KeyForm(forms.Form):
    """Which machine gets the key, and until when."""

    name = forms.CharField(
        label=gettext_lazy("Name of the machine"),
        max_length=LONGEST_NAME,
        help_text=gettext_lazy("By which you will know it again: what it is, and where it stands."),
    )
    until = day_field(
        gettext_lazy("Last day of the key"),
        required=False,
        help_text=gettext_lazy("Without a day it holds until it is revoked or the office ends."),
    )


class RevokingForm(forms.Form):
    """Why a key is to open nothing any more."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500)


@rule("accounts.revoke_key")
@require_safe
@reads_personal("offices")
def listed(request: HttpRequest) -> HttpResponse:
    """For chairpersons, secretaries and administrators: which machines act in which office, and until when."""
    office, wanted, now = acting(request), asked(request), timezone.now()
    state = request.GET.get("state", "")
    if state not in ("", "open"):
        raise Http404("state")
    context = {
        "page_of_rows": paged(request, keys_in_reach(office, wanted, open_at=now if state else None)),
        "wanted": wanted,
        "state": state,
        "roles": roles(_keyed()),
        "now": now,
        "may_issue": Role(office.role) in MAY["accounts.issue_key"],
    }
    return render(request, "desk/keys.html", context)


@rule("accounts.issue_key")
@require_safe
@reads_personal("offices")
def choose(request: HttpRequest) -> HttpResponse:
    """For chairpersons and secretaries: the offices whose key is theirs to give, one of which is chosen."""
    wanted = asked(request)
    rows = offices_for_keys(acting(request), wanted)
    context = {"page_of_rows": paged(request, rows), "wanted": wanted, "roles": roles(_keyed())}
    return render(request, "desk/choose_for_key.html", context)


@rule("accounts.issue_key")
@never_cache
@require_http_methods(["GET", "POST"])
@reads_personal("offices", subject="office:{office}")
def issue(request: HttpRequest, office: int) -> HttpResponse:
    """For the same: a key for a machine that acts in the office. It stands on the answer and nowhere else."""
    by = acting(request)
    held = get_object_or_404(offices_for_keys(by, Wanted()), pk=office)
    form = KeyForm(data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["until"]
        until = end_of(day) if day else None
        answer = issue_key(held, form.cleaned_data["name"], by=by, at=timezone.now(), until=until)
        if not isinstance(answer, Refused):
            return render(request, "desk/key_issued.html", {"key": answer.key, "secret": answer.secret})
        _mark(form, answer)
    context = {"form": form, "held": held}
    return render(request, "desk/issue_key.html", context, status=_status(request))


@rule("accounts.revoke_key")
@never_cache
@require_http_methods(["GET", "POST"])
@reads_personal("offices", subject="key:{key}")
def revoke(request: HttpRequest, key: int) -> HttpResponse:
    """For chairpersons, secretaries and administrators: let a key open nothing any more, for a reason."""
    by = acting(request)
    held = get_object_or_404(keys_in_reach(by, Wanted()), pk=key)
    form = RevokingForm(data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = revoke_key(held, by=by, at=timezone.now(), reason=form.cleaned_data["reason"])
        if isinstance(answer, ApiKey):
            messages.success(request, _("The key is revoked: it opens nothing any more."))
            return redirect("desk:keys")
        _mark(form, answer)
    return render(request, "desk/revoke_key.html", {"form": form, "key": held}, status=_status(request))


def _keyed() -> list[Role]:
    return [role for role in Role if role in KEYED]


def _mark(form: forms.Form, refused: Refused) -> None:
    """Say why not at the fields that it concerns."""
    for field, words, _norm in told(refused):
        form.add_error(field if field in form.fields else None, words)


def _status(request: HttpRequest) -> int:
    return 422 if request.method == "POST" else 200
