"""Template filters for the codes of this room: states, choices and matters in words, texts in the page's language."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.functional import Promise

from shailoo.commissions import words
from shailoo.commissions.minuted import Tongues
from shailoo.commissions.models import Decision, Division, Minutes, Sitting
from shailoo.wording import Catalogue, has, sentences

register = template.Library()
_SAID: Mapping[str, Mapping[str, Promise]] = {
    "matter": words.MATTERS,
    "kind": words.KINDS,
    "choice": words.CHOICES,
    "post": words.POSTS,
    "attendee": words.ATTENDEES,
    "division": words.DIVISIONS,
}


@register.filter
def said(code: str, kind: str) -> str:
    """`{{ decision.matter|said:"matter" }}`: a code in words."""
    return str(_SAID[kind][code])


@register.filter
def own(record: object, name: str) -> str:
    """`{{ decision|own:"title" }}`: the text in the language of the page, else in the first that has it."""
    return words.own(record, name)


@register.filter
def tongue(record: object, name: str) -> str:
    """`lang="{{ decision|tongue:"title" }}"`: the language in which `own` answers."""
    return words.tongue(record, name)


@register.filter
def own_of(found: Tongues) -> str:
    """`{{ item.title|own_of }}`: of frozen minutes, the text in the language of the page, else in the first."""
    return found.first(words.language())[1]


@register.filter
def tongue_of(found: Tongues) -> str:
    """`lang="{{ item.title|tongue_of }}"`: the language in which `own_of` answers."""
    return found.first(words.language())[0] or words.language()


@register.filter
def at_number(places: Mapping[str, str], number: str) -> str:
    """`{{ places|at_number:decision.number }}`: the address of a decision by its number; "" where it has none."""
    return places.get(number, "")


@register.filter
def state_of(record: Sitting | Minutes) -> str:
    """The state of a sitting or the stage of minutes, in words."""
    known = words.STAGES if isinstance(record, Minutes) else words.STATES
    return str(known[_code(record)][0])


@register.filter
def colour_of(record: Sitting | Minutes) -> str:
    """The colour of the tag that `state_of` stands in."""
    known = words.STAGES if isinstance(record, Minutes) else words.STATES
    return known[_code(record)][1]


def _code(record: Sitting | Minutes) -> str:
    return record.stage.value if isinstance(record, Minutes) else record.state


@register.filter
def item_state(code: str) -> str:
    """The state of an item of the agenda in words."""
    return str(words.ITEM_STATES[code][0])


@register.filter
def item_colour(code: str) -> str:
    return words.ITEM_STATES[code][1]


@register.filter
def indented(division: Division) -> bool:
    """Whether a division stands within a department."""
    return division.parent_id is not None


@register.filter
def ending(decision: Decision) -> str:
    """How a decision ended: "replaced", "repealed", or "" while it is in force."""
    if getattr(decision, "replaced_by", None):
        return "replaced"
    return "repealed" if getattr(decision, "repealed_by", None) else ""


@register.filter
def act_name(name: str) -> str:
    """An act of the ledger in words; one that has none yet by its name."""
    return sentences.act(name, words.language()) if has(Catalogue.ACTS, name) else name


@register.simple_tag(takes_context=True)
def decision_place(context: Context, decision: Decision) -> str:
    """The address of a decision's page on the face that is shown; "" in public for one that was not made public."""
    if context["page"].desk:
        return reverse("commissions:decision", args=[decision.pk])
    if not hasattr(decision, "publication"):
        return ""
    return reverse("portal:decision", args=[decision.body.code, decision.year, decision.number])
