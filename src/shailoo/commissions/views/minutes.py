"""The minutes of a sitting: versions, the draft, any two compared word by word, signatures, publication."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shailoo.accounts.web import rule
from shailoo.commissions import actions, queries, register, words
from shailoo.commissions.actions import MinutesText
from shailoo.commissions.forms import MinutesForm
from shailoo.commissions.models import Minutes, Sitting
from shailoo.commissions.telling import told
from shailoo.commissions.views.scene import acting, done, may, now, sitting_or_404
from shailoo.law.outcome import Refused
from shailoo.law.text import compare


@rule("commissions.read")
@require_safe
def index(request: HttpRequest, pk: int) -> HttpResponse:
    """For the secretary: every version of the minutes, the newest first, and the next one to write."""
    return _page(request, sitting_or_404(request, pk), None)


@rule("commissions.read")
@require_safe
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """For chair, secretary and members: what a version says, and who has signed it."""
    sitting = sitting_or_404(request, pk)
    minutes = _version_or_404(sitting, number)
    last = queries.last_minutes(sitting)
    context = {
        "sitting": sitting,
        "minutes": minutes,
        "lines": told(minutes.content),
        "signatures": list(minutes.signatures.all()),
        "papers": register.papers_of(minutes),
        "last": last is not None and last.pk == minutes.pk,
        "may": may(request, sitting),
        "signed_by_me": any(each.office == acting(request) for each in minutes.signatures.all()),
    }
    return render(request, "commissions/minutes_version.html", context)


@rule("commissions.read")
@require_safe
def difference(request: HttpRequest, pk: int, before: int, after: int) -> HttpResponse:
    """For whoever signs: what changed between two versions, word by word."""
    sitting = sitting_or_404(request, pk)
    old, new = _version_or_404(sitting, before), _version_or_404(sitting, after)
    context = {"sitting": sitting, "old": old, "new": new, "runs": compare(_whole(old), _whole(new))}
    return render(request, "commissions/minutes_difference.html", context)


@rule("commissions.keep_minutes", "commissions.vote")
@require_POST
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the next version: what was recorded as it stands, and the secretary's text."""
    sitting = sitting_or_404(request, pk)
    form = MinutesForm(request.POST)
    if form.is_valid():
        text = MinutesText(**form.cleaned_data)
        answer = actions.draft_minutes(sitting, text, by=acting(request), at=now(sitting))
        if not isinstance(answer, Refused):
            messages.success(request, _("Version %(number)d is written.") % {"number": answer.version})
            return redirect("commissions:minutes_version", pk, answer.version)
        form.refuse(answer)
    return _page(request, sitting, form)


@rule("commissions.sign_minutes", "commissions.vote")
@require_POST
def sign(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Sign the last version."""
    sitting = sitting_or_404(request, pk)
    answer = actions.sign_minutes(_version_or_404(sitting, number), by=acting(request), at=now(sitting))
    done(request, answer, _("You have signed the minutes."))
    return redirect("commissions:minutes_version", pk, number)


@rule("commissions.keep_minutes", "commissions.vote")
@require_POST
def publish(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Make a version public that chair and secretary have signed."""
    sitting = sitting_or_404(request, pk)
    answer = actions.publish_minutes(_version_or_404(sitting, number), by=acting(request), at=now(sitting))
    done(request, answer, _("The minutes are public."))
    return redirect("commissions:minutes_version", pk, number)


def _version_or_404(sitting: Sitting, number: int) -> Minutes:
    found = sitting.minutes.select_related("publication", "made_by__person").prefetch_related(
        "signatures__office__person"
    )
    minutes = found.filter(version=number).first()
    if minutes is None:
        raise Http404(str(number))
    minutes.sitting = sitting
    return minutes


def _whole(minutes: Minutes) -> str:
    """A version as one text: what was recorded, then the secretary's words."""
    return "\n".join([*told(minutes.content), words.own(minutes, "text")])


def _page(request: HttpRequest, sitting: Sitting, form: MinutesForm | None) -> HttpResponse:
    found = sitting.minutes.select_related("publication", "made_by__person").prefetch_related("signatures")
    versions = list(found.order_by("-version"))
    for each in versions:
        each.sitting = sitting
    last = versions[0] if versions else None
    begun = {name: getattr(last, name, "") for name in ("text_ky", "text_ru", "text_en")}
    context = {
        "sitting": sitting,
        "versions": versions,
        "form": form or MinutesForm(initial=begun),
        "refused": form,
        "may": may(request, sitting),
        "writable": sitting.state in ("open", "closed"),
    }
    return render(request, "commissions/minutes.html", context, status=422 if form else 200)
