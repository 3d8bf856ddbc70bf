"""Issuing the papers of an answer in the act's own transaction: frozen and numbered, in the languages that are read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from shailoo.accounts.models import Office
from shailoo.commissions.clocks import Occasion, occasions
from shailoo.commissions.models import Decision
from shailoo.commissions.papers.contents import mark_of
from shailoo.documents.actions import address_of, issue
from shailoo.documents.models import Document
from shailoo.documents.rendering import Imprint
from shailoo.observation.models import Accreditation, Answer, AnswerList, Ending, Sender
from shailoo.observation.papers.contents import AnswerPaper, Numbers, annex, ending, refusal
from shailoo.observation.papers.forms import ANNEX, ENDING, REFUSAL
from shailoo.wording import LANGUAGES


def issue_annex(
    found: AnswerList, rows: Sequence[Accreditation], refused: int, decision: Decision, *, by: Office, at: datetime
) -> list[Document]:
    """The annex of the decision in each language (R3.4.a1)."""
    numbers = Numbers(found.label, found.digest, refused)
    number = f"accreditation/{found.commission.code}/{found.year}/{found.number}"
    return _issued(
        ANNEX,
        number,
        found.subject,
        lambda about, language: annex(rows, numbers, decision, about, language),
        found.election.slug,
        LANGUAGES,
        by,
        at,
    )


def issue_refusal(answer: Answer, *, by: Office, at: datetime) -> list[Document]:
    """The reasoned refusal in Kyrgyz and in the sender's language (R3.5)."""
    person = answer.applicant
    own = person.application
    number = f"refusal/{by.body.code}/{own.year}/{own.number}-{person.row}"
    return _issued(
        REFUSAL,
        number,
        person.subject,
        lambda about, language: refusal(answer, about, language),
        own.election.slug,
        _read_by(own.sender),
        by,
        at,
    )


def issue_ending(found: Ending, certificates: Sequence[str], *, by: Office, at: datetime) -> list[Document]:
    """The notice that an accreditation ended, in Kyrgyz and in the sender's language."""
    own = found.accreditation
    number = f"ending/{own.commission.code}/{own.certificate.number}"
    return _issued(
        ENDING,
        number,
        own.subject,
        lambda about, language: ending(found, certificates, about, language),
        own.election.slug,
        _read_by(own.sender),
        by,
        at,
    )


def _read_by(sender: Sender) -> tuple[str, ...]:
    return tuple(dict.fromkeys((LANGUAGES[0], sender.language)))


def _issued(
    kind: str,
    number: str,
    subject: str,
    content: Callable[[Occasion | None, str], AnswerPaper],
    election: str,
    languages: Sequence[str],
    by: Office,
    at: datetime,
) -> list[Document]:
    """The paper frozen in each language; numbers of a rehearsal begin with that word."""
    about = next((each for each in occasions() if each.slug == election), None)
    whole = f"rehearsal/{number}" if about is not None and about.rehearsal else number
    return [
        issue(
            kind,
            content(about, language),
            imprint=Imprint(whole, language, at, address_of(whole, language), mark_of(about, language)),
            subject=subject,
            by=by,
        )
        for language in languages
    ]
