"""The code that carries out the law: the rules that can be asked by name, and the source of every marked rule."""

from __future__ import annotations

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shailoo.law import answers, rulebook
from shailoo.portal.views.answers import of_itself
from shailoo.portal.views.lawbook import tracing


@of_itself
def rules(request: HttpRequest) -> HttpResponse:
    """For a lawyer or a programmer: every rule that can be asked by name, what it decides and by which norms."""
    context = {"rules": rulebook.rules(), "trail": [(_("The law"), reverse("portal:law")), (_("Rules"), "")]}
    return render(request, "portal/rules.html", context)


@of_itself
def rule(request: HttpRequest, place: str) -> HttpResponse:
    """For a lawyer who asks what the computer really does: the code of one rule, its norms, its facts and its tests."""
    passage = tracing.passage(place)
    if passage is None:
        raise Http404(place)
    own = tracing.norms_of(place)
    asked = tracing.named().get(place)
    norms = tracing.norms_shown(own)
    context = {
        "trail": [
            (_("The law"), reverse("portal:law")),
            (_("Rules"), reverse("portal:rules")),
            (place.rpartition(".")[2], ""),
        ],
        "passage": passage,
        "parts": answers.parts_of(place),
        "shown": tracing.shown(place),
        "norms": own,
        "recorded": tracing.recorded_at(place),
        "schema": json.dumps(asked.schema(), ensure_ascii=False, indent=2) if asked else "",
        "tests": tracing.tests_of(norms),
        "tests_known": tracing.traced().tests_known,
    }
    return render(request, "portal/rule.html", context)
