"""What stands in the papers of observation, in one language; typed data for the forms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from shailoo.accounts.models import Body
from shailoo.commissions.clocks import Occasion
from shailoo.commissions.models import Decision
from shailoo.commissions.papers.contents import moment, named
from shailoo.law.observation.accreditation import RefusalGround
from shailoo.law.outcome import NormId
from shailoo.observation.models import Accreditation, Answer, Application, Ending
from shailoo.observation.papers.words import WORDS
from shailoo.wording import Catalogue, citations, has, text

_WITH_NAMES = frozenset({Application.Kind.INTERNATIONAL.value, Application.Kind.MEDIA.value})
"""The kinds whose names the law has published (R3.4.a2), or who work in public; others stand by their certificates."""
_NAMED = ("number", "name", "citizenship", "sender", "certificate")
_UNNAMED = ("number", "sender", "certificate")
_BY_NOTICE = frozenset({Application.Kind.OBSERVER.value, Application.Kind.REPRESENTATIVE.value})


@dataclass(frozen=True, slots=True)
class AnswerPaper:
    """A paper on answers: title, issuer, election, facts as pairs, its words, rows under columns where it has any."""

    title: str
    issuer: str
    about: str
    facts: tuple[tuple[str, str], ...]
    text: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    signatures: tuple[str, ...]
    words: dict[str, str]


@dataclass(frozen=True, slots=True)
class Numbers:
    """What an annex says of the whole list."""

    label: str
    digest: str
    refused: int


def annex(
    rows: Iterable[Accreditation], numbers: Numbers, decision: Decision, about: Occasion | None, language: str
) -> AnswerPaper:
    """The annex of a decision: those accredited, by name where the law publishes it, else by certificate."""
    words, people = WORDS[language], list(rows)
    kind = people[0].kind if people else ""
    open_names = kind in _WITH_NAMES
    head = (
        ("number", "name", "citizenship", "sender", "certificate")
        if open_names
        else ("number", "sender", "certificate")
    )
    facts = [
        (words["list"], numbers.label),
        (words["list_hash"], numbers.digest),
        (words["decision"], f"{decision.label}, {moment(decision.taken_at)}"),
        *([(words["kind"], mandate(kind, language))] if kind else []),
        (words["accredited"], str(len(people))),
        (words["refused"], str(numbers.refused)),
    ]
    return AnswerPaper(
        title=words["annex"],
        issuer=named(decision.body, language),
        about=_of(about, language),
        facts=tuple(facts),
        text=(),
        columns=tuple(words[name] for name in head),
        rows=tuple(_row(place, each, language, head) for place, each in enumerate(people, 1)),
        signatures=(words["chair"],),
        words=dict(words),
    )


def _row(place: int, each: Accreditation, language: str, head: tuple[str, ...]) -> tuple[str, ...]:
    cells = {
        "number": str(place),
        "name": each.applicant.name,
        "citizenship": ", ".join(each.applicant.citizenships),
        "sender": named(each.sender.body, language),
        "certificate": each.certificate.number,
    }
    return tuple(cells[name] for name in head)


def refusal(answer: Answer, about: Occasion | None, language: str) -> AnswerPaper:
    """A reasoned refusal (R3.5): application and place on it, ground, norm, reason; no name and no document."""
    words, person = WORDS[language], answer.applicant
    application = person.application
    title = words["refusal_of_notice" if application.kind in _BY_NOTICE else "refusal"]
    facts = [
        (words["application"], application.label),
        (words["row"], str(person.row)),
        (words["kind"], mandate(application.kind, language)),
        (words["sender"], named(application.sender.body, language)),
        (words["norm"], citations.cite(answer.norm, language)),
        (words["ground"], ground(answer.ground, answer.norm, language)),
        (words["reason"], answer.reason),
    ]
    if answer.decision is not None:
        facts.insert(0, (words["decision"], f"{answer.decision.label}, {moment(answer.decision.taken_at)}"))
    return _single(title, answer.office.body, about, facts, ("identity_not_printed", "appeal"), language)


def ending(found: Ending, certificates: Iterable[str], about: Occasion | None, language: str) -> AnswerPaper:
    """The notice that an accreditation ended: certificates, ground, norm broken; no name."""
    words, own = WORDS[language], found.accreditation
    facts = [
        (words["certificate"], ", ".join(certificates)),
        (words["kind"], mandate(own.kind, language)),
        (words["sender"], named(own.sender.body, language)),
        (words["ground"], _ending_ground(found.ground, language)),
        (words["ended"], moment(found.at)),
    ]
    if found.norm_broken:
        facts.append((words["norm_broken"], found.norm_broken))
    if found.gross is not None:
        facts.append((words["gross"], words["yes" if found.gross else "no"]))
    if found.decision is not None:
        facts.insert(0, (words["decision"], f"{found.decision.label}, {moment(found.decision.taken_at)}"))
    return _single(words["ending"], own.commission, about, facts, ("revoked_at_once", "appeal"), language)


def mandate(kind: str, language: str) -> str:
    """As what somebody is accredited, in words."""
    return text(Catalogue.VALUES, f"mandate.{kind}", language)


def ground(code: str, norm: NormId, language: str) -> str:
    """The ground of a refusal in words: one of the Regulation's, else what the norm lays down."""
    if code in set(RefusalGround):
        return text(Catalogue.VALUES, f"refusal_ground.{code}", language)
    return citations.cite(norm, language)


def _ending_ground(code: str, language: str) -> str:
    known = f"accreditation_ground.{code}"
    return text(Catalogue.VALUES, known, language) if has(Catalogue.VALUES, known) else code


def _single(
    title: str,
    body: Body,
    about: Occasion | None,
    facts: list[tuple[str, str]],
    said: tuple[str, ...],
    language: str,
) -> AnswerPaper:
    words = WORDS[language]
    return AnswerPaper(
        title=title,
        issuer=named(body, language),
        about=_of(about, language),
        facts=tuple(facts),
        text=tuple(words[name] for name in said),
        columns=(),
        rows=(),
        signatures=(words["chair"],),
        words=dict(words),
    )


def _of(about: Occasion | None, language: str) -> str:
    return named(about, language) if about else ""
