"""What stands in the papers: an answer without the voter, a register without the reasons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from shailoo.accounts.models import Body
from shailoo.commissions.clocks import Occasion
from shailoo.commissions.papers.contents import moment, named
from shailoo.voters.applications.models import Application, Step
from shailoo.voters.applications.papers.words import WORDS
from shailoo.voters.applications.states import Act
from shailoo.wording import Catalogue, citations, text


@dataclass(frozen=True, slots=True)
class NoticePaper:
    """The answer: title, issuer, election, facts as pairs, its words."""

    title: str
    issuer: str
    about: str
    facts: tuple[tuple[str, str], ...]
    text: tuple[str, ...]
    words: dict[str, str]


@dataclass(frozen=True, slots=True)
class MobilePaper:
    """The register: title, issuer, election, its words, rows under columns, who signs."""

    title: str
    issuer: str
    about: str
    text: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    signatures: tuple[str, ...]


def value(kind: str, code: str, language: str) -> str:
    """A code of this room in words."""
    return text(Catalogue.VALUES, f"{kind}.{code}", language)


def notice(
    application: Application, step: Step, norm: str, body: Body, about: Occasion | None, language: str
) -> NoticePaper:
    """The answer to an application, by its number alone."""
    words = WORDS[language]
    facts = [
        (words["application"], application.label),
        (words["kind"], value("voter_application_kind", application.kind, language)),
        (words["received"], moment(application.received_at)),
        (words["received_by"], application.precinct.number),
        (words["target"], application.target.number),
        (words["answer"], value("voter_application_state", step.target, language)),
        (words["norm"], citations.cite(norm, language)),
    ]
    if step.ground:
        facts.append((words["ground"], value("voter_refusal", step.ground, language)))
    if step.changed_on:
        facts.append((words["changed"], f"{step.changed_on:%d.%m.%Y}"))
    said = [words["biometrics"]] if step.act == Act.REFER else []
    return NoticePaper(
        title=words["notice"],
        issuer=named(body, language),
        about=named(about, language) if about else "",
        facts=tuple(facts),
        text=(*said, words["not_printed"], words["appeal"]),
        words=dict(words),
    )


def register(
    number: str, rows: Iterable[tuple[int, str]], day: date | None, body: Body, about: Occasion | None, language: str
) -> MobilePaper:
    """The register of a precinct as it is posted: running number and name."""
    words, found = WORDS[language], tuple((str(place), name) for place, name in rows)
    said = [f"{words['no_reasons']} {len(found)}."]
    if day is not None:
        said.insert(0, f"{words['day']}: {day:%d.%m.%Y}.")
    return MobilePaper(
        title=f"{words['register']}. {words['precinct']} {number}",
        issuer=named(body, language),
        about=named(about, language) if about else "",
        text=tuple(said),
        columns=(words["number"], words["name"]),
        rows=found,
        signatures=(words["chair"], words["secretary"]),
    )
