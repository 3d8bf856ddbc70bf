"""What stands in each paper: typed data in one language, from a decision as taken and minutes as frozen.

`CommissionDecision` and `CommissionMinutes` are the data of the forms in `commissions.papers.forms`. Figures are
counts of votes or members; days and hours are local and written out as they are printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from django.utils.functional import Promise
from django.utils.translation import override

from shailoo.accounts.models import Body
from shailoo.commissions import words as of_pages
from shailoo.commissions.clocks import Occasion
from shailoo.commissions.minuted import Counted, Item, Minuted, Official, Present, Put, Taken, Tongues, read
from shailoo.commissions.models import Decision, Minutes, Sitting
from shailoo.commissions.papers.words import WORDS
from shailoo.law.calendar import BISHKEK
from shailoo.wording import Catalogue, citations, numbers, text

_ORIGINS = ("generated", "public_record")  # that are told on every paper


@dataclass(frozen=True, slots=True)
class Passage:
    """A text line by line, and the language that it is in, which may be another than the paper's."""

    language: str
    lines: tuple[str, ...]


class Common(TypedDict):
    """The members that every paper has, as they are given to its data class."""

    title: str
    issuer: str
    official: tuple[str, ...]
    about: str
    words: dict[str, str]
    rehearsal: bool


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What every paper has: `issuer` in its language, `official` its name in the (other) official languages."""

    title: str
    issuer: str
    official: tuple[str, ...]
    about: str
    words: dict[str, str]
    rehearsal: bool = False


@dataclass(frozen=True, kw_only=True)
class CommissionDecision(Paper):
    """A decision: facts (name, value), votes (name, number), opinions (member, when), signers (part taken, name)."""

    subject: Passage
    facts: tuple[tuple[str, str], ...]
    text: tuple[str, ...]
    votes: tuple[tuple[str, int], ...]
    opinions: tuple[tuple[str, str], ...]
    signers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class MotionVoted:
    """A text put to the vote: counts (name, number), votes (member, choice), opinions (member, text)."""

    title: str
    text: Passage
    norms: str
    result: str
    counts: tuple[tuple[str, int], ...]
    votes: tuple[tuple[str, str], ...]
    opinions: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the agenda: its title, what became of it, and the texts put on it."""

    place: int
    title: Passage
    facts: tuple[str, ...]
    motions: tuple[MotionVoted, ...]


@dataclass(frozen=True, kw_only=True)
class CommissionMinutes(Paper):
    """Minutes: facts (name, value), present (name, capacity, from, until), signers (name, office, when)."""

    facts: tuple[tuple[str, str], ...]
    present: tuple[tuple[str, str, str, str], ...]
    questions: tuple[Question, ...]
    course: tuple[str, ...]
    sha256: str
    signers: tuple[tuple[str, str, str], ...]


def decision_on_paper(decision: Decision, about: Occasion | None, language: str) -> CommissionDecision:
    """A decision in a language in which it has a text, its number, sitting, votes and opinions (L8.1)."""
    words = WORDS[language]
    counts = (
        ("for", decision.votes_for),
        ("against", decision.votes_against),
        ("abstained", decision.votes_abstained),
        ("present", decision.members_present),
        ("seats", decision.seats),
    )
    opinions = decision.dissents.select_related("office__person").order_by("at", "pk")
    return CommissionDecision(
        **_common(f"{words['decision']} {decision.label}", decision.body, about, language),
        subject=_passage(_titles(decision), language),
        facts=_facts_of(decision, language),
        text=_lines(str(getattr(decision, f"text_{language}"))),
        votes=tuple((words[name], number) for name, number in counts),
        opinions=tuple(
            (f"{each.office.person.name}, {_role(each.office.role, language)}", moment(each.at)) for each in opinions
        ),
        signers=_who_kept(decision.sitting, language),
    )


def _facts_of(decision: Decision, language: str) -> tuple[tuple[str, str], ...]:
    words, sitting = WORDS[language], decision.sitting
    facts = [
        (words["sitting"], f"{sitting}, {_said(of_pages.KINDS[sitting.kind], language)}"),
        (words["taken"], moment(decision.taken_at)),
        (words["place"], _place(sitting, language)),
    ]
    if decision.norms:
        facts.append((words["norms"], _cited(decision.norms, language)))
    others = {
        "replaces": decision.replaces,
        "repeals": decision.repeals,
        "replaced": getattr(decision, "replaced_by", None),
        "repealed": getattr(decision, "repealed_by", None),
    }
    facts += [(words[name], _named_beside(other, decision, language)) for name, other in others.items() if other]
    return tuple(facts)


def _place(sitting: Sitting, language: str) -> str:
    """Where a sitting was held, in this language where it was given in it."""
    return Tongues(sitting.place_ky, sitting.place_ru, sitting.place_en).first(language)[1]


def _named_beside(other: Decision, decision: Decision, language: str) -> str:
    """Another decision by its number, and by its body where that is not the same."""
    return other.label if other.body_id == decision.body_id else f"{other.label}, {named(other.body, language)}"


def _who_kept(sitting: Sitting, language: str) -> tuple[tuple[str, str], ...]:
    words = WORDS[language]
    kept = ((words["presided"], sitting.chair), (words["kept"], sitting.secretary))
    return tuple((part, office.person.name) for part, office in kept if office is not None)


def minutes_on_paper(minutes: Minutes, about: Occasion | None, language: str) -> CommissionMinutes:
    """A version of minutes from its frozen content, the secretary's text in this language, and who signed it."""
    words, minuted = WORDS[language], read(minutes.content)
    signed = minutes.signatures.select_related("office__person").order_by("at", "pk")
    title = f"{words['minutes']} {minuted.sitting.number}"
    return CommissionMinutes(
        **_common(title, minutes.sitting.commission.body, about, language),
        facts=_facts_of_sitting(minuted, minutes.version, language),
        present=tuple(_present(each, language) for each in minuted.present),
        questions=tuple(_question(each, language) for each in minuted.items),
        course=_lines(str(getattr(minutes, f"text_{language}"))),
        sha256=minutes.sha256,
        signers=tuple((each.office.person.name, _role(each.office.role, language), moment(each.at)) for each in signed),
    )


def _facts_of_sitting(minuted: Minuted, version: int, language: str) -> tuple[tuple[str, str], ...]:
    words, held = WORDS[language], minuted.sitting
    facts = [
        (words["kind"], _said(of_pages.KINDS[held.kind], language)),
        (words["place"], held.place.first(language)[1]),
        (words["opened"], moment(held.opened_at)),
        (words["closed"], moment(held.closed_at)),
        (words["presided"], _official(held.chair, language)),
        (words["kept"], _official(held.secretary, language)),
        (words["seats"], _figure(held.seats)),
        (words["quorum"], _figure(held.quorum)),
        (words["version"], str(version)),
    ]
    return tuple(facts)


def _present(each: Present, language: str) -> tuple[str, str, str, str]:
    capacity = _said(of_pages.ATTENDEES[each.attendee], language)
    return each.name, capacity, moment(each.arrived_at), moment(each.left_at)


def _question(item: Item, language: str) -> Question:
    words = WORDS[language]
    told = {"reported": item.rapporteur, "proposed": _official(item.proposed_by, language), "reason": item.reason}
    state = _said(of_pages.ITEM_STATES[item.state][0], language)
    return Question(
        place=item.position,
        title=_passage(item.title, language),
        facts=(
            f"{_said(of_pages.MATTERS[item.matter], language)}: {state}",
            *(f"{words[name]}: {value}" for name, value in told.items() if value),
        ),
        motions=tuple(_motion(each, language) for each in item.motions),
    )


def _motion(put: Put, language: str) -> MotionVoted:
    words = WORDS[language]
    kind = words["draft" if put.purpose == "decision" else "agenda_vote"]
    return MotionVoted(
        title=kind if put.version == 1 else f"{kind}, {words['version']} {put.version}",
        text=_passage(put.text, language),
        norms=_cited(put.norms, language),
        result=_result(put.conclusion, put.decision, language),
        counts=_counts(put.conclusion, language),
        votes=tuple((each.name, _said(of_pages.CHOICES[each.choice], language)) for each in put.votes),
        opinions=tuple((each.name, _lines(each.text)) for each in (put.decision.dissents if put.decision else ())),
    )


def _result(counted: Counted | None, taken: Taken | None, language: str) -> str:
    words = WORDS[language]
    if counted is None:
        return words["not_voted"]
    found = words["adopted" if counted.adopted else "not_adopted"]
    return f"{found}. {words['decision']} {taken.number}" if taken else found


def _counts(counted: Counted | None, language: str) -> tuple[tuple[str, int], ...]:
    if counted is None:
        return ()
    rows = (
        ("for", counted.votes_for),
        ("against", counted.votes_against),
        ("abstained", counted.votes_abstained),
        ("present", counted.members_present),
        ("seats", counted.seats),
        ("needed", counted.needed),
    )
    return tuple((WORDS[language][name], number) for name, number in rows)


def mark_of(about: Occasion | None, language: str) -> str:
    """What is struck across the head of every page: that of a rehearsal, or of data that no commission gave."""
    if about is None:
        return ""
    if about.rehearsal:
        return WORDS[language]["rehearsal"]
    return WORDS[language][about.origin] if about.origin in _ORIGINS else ""


def named(found: Body | Occasion, language: str) -> str:
    """The name in the language, in Kyrgyz where it has none."""
    return {"ky": found.name_ky, "ru": found.name_ru, "en": found.name_en}[language] or found.name_ky


def moment(at: datetime | None) -> str:
    """A local day and hour; a dash for none."""
    return f"{at.astimezone(BISHKEK):%d.%m.%Y %H:%M}" if at else numbers.NONE


def _common(title: str, body: Body, about: Occasion | None, language: str) -> Common:
    rehearsal = about is not None and about.rehearsal
    official = {"ky": (body.name_ru,), "ru": (body.name_ky,), "en": (body.name_ky, body.name_ru)}[language]
    return Common(
        title=f"{WORDS[language]['rehearsal']}. {title}" if rehearsal else title,
        issuer=named(body, language),
        official=official,
        about=named(about, language) if about else "",
        words=dict(WORDS[language]),
        rehearsal=rehearsal,
    )


def _titles(decision: Decision) -> Tongues:
    return Tongues(decision.title_ky, decision.title_ru, decision.title_en)


def _passage(tongues: Tongues, language: str) -> Passage:
    code, found = tongues.first(language)
    return Passage(code or language, _lines(found))


def _lines(written: str) -> tuple[str, ...]:
    """The lines of a text that say something."""
    return tuple(line.strip() for line in written.splitlines() if line.strip())


def _cited(norms: Sequence[str], language: str) -> str:
    return ", ".join(citations.cite(norm, language) for norm in citations.once(norms, language))


def _official(found: Official | None, language: str) -> str:
    return f"{found.name}, {_role(found.role, language)}" if found else ""


def _role(role: str, language: str) -> str:
    return text(Catalogue.VALUES, f"role.{role}", language)


def _figure(number: int | None) -> str:
    return numbers.NONE if number is None else numbers.count(number)


def _said(words: Promise, language: str) -> str:
    """The words of a page in the language of the paper."""
    with override(language):
        return str(words)
