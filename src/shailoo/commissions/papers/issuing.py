"""Issuing the papers of an act of publication, in the act's own transaction: frozen and numbered, in each language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from shailoo.accounts.models import Office
from shailoo.commissions.clocks import Occasion, occasions
from shailoo.commissions.models import Decision, Minutes
from shailoo.commissions.papers.contents import Paper, decision_on_paper, mark_of, minutes_on_paper
from shailoo.commissions.papers.forms import DECISION, MINUTES
from shailoo.documents.actions import address_of, issue
from shailoo.documents.models import Document
from shailoo.documents.queries import latest
from shailoo.documents.rendering import Imprint
from shailoo.wording import LANGUAGES


def issue_decision(decision: Decision, *, by: Office, at: datetime) -> list[Document]:
    """The decision in each language in which it has a text, the Kyrgyz one first (L8.1).

    Each supersedes the document of the decision that it replaces, in the same language, where there is one.
    """
    about = _occasion(decision.election)
    number = f"decision/{decision.body.code}/{decision.year}/{decision.number}"
    papers = {each: decision_on_paper(decision, about, each) for each in _languages(decision)}
    before = decision.replaces.ledger_name if decision.replaces else ""
    return _issued(DECISION, papers, number, (decision.ledger_name, before), about, by, at)


def issue_minutes(minutes: Minutes, *, by: Office, at: datetime) -> list[Document]:
    """The minutes in each language of the secretary's text, in Kyrgyz where there is none, the Kyrgyz ones first.

    Each supersedes the document of the version published before, in the same language, where there is one.
    """
    sitting = minutes.sitting
    about = _occasion(sitting.election)
    number = f"minutes/{sitting.commission.body.code}/{sitting.year}/{sitting.number}-{minutes.version}"
    papers = {each: minutes_on_paper(minutes, about, each) for each in _languages(minutes) or LANGUAGES[:1]}
    earlier = sitting.minutes.filter(version__lt=minutes.version, publication__isnull=False).order_by("-version")
    before = found.ledger_name if (found := earlier.first()) else ""
    return _issued(MINUTES, papers, number, (minutes.ledger_name, before), about, by, at)


def _issued(
    kind: str,
    papers: Mapping[str, Paper],
    number: str,
    subjects: tuple[str, str],
    about: Occasion | None,
    by: Office,
    at: datetime,
) -> list[Document]:
    """The papers frozen; `subjects` are what they are about, and what those that they supersede are about ("": none).

    Numbers of a rehearsal begin with that word.
    """
    subject, before = subjects
    whole = f"rehearsal/{number}" if about is not None and about.rehearsal else number
    return [
        issue(
            kind,
            content,
            imprint=Imprint(whole, language, at, address_of(whole, language), mark_of(about, language)),
            subject=subject,
            by=by,
            supersedes=latest(kind, before, language) if before else None,
        )
        for language, content in papers.items()
    ]


def _languages(record: Decision | Minutes) -> tuple[str, ...]:
    return tuple(each for each in LANGUAGES if getattr(record, f"text_{each}").strip())


def _occasion(slug: str) -> Occasion | None:
    """The election that the sitting was about; None where it was about none."""
    return next((each for each in occasions() if each.slug == slug), None) if slug else None
