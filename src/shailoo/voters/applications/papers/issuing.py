"""Issuing the answer in the act's own transaction; and setting the register of mobile voting, which is not kept.

The answer names no voter, so it is frozen as every document. The register names many: it is set in type for whoever
posts it, and no copy of it stays.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from shailoo.accounts.models import Office
from shailoo.commissions.clocks import Occasion, occasions
from shailoo.commissions.papers.contents import mark_of
from shailoo.documents.actions import address_of, issue
from shailoo.documents.rendering import Imprint, render
from shailoo.elections.models import VotingPrecinct
from shailoo.law.outcome import NormId
from shailoo.voters.applications import law_of
from shailoo.voters.applications.actions.steps import Moved, body_of
from shailoo.voters.applications.models import Notice
from shailoo.voters.applications.papers import contents
from shailoo.voters.applications.papers.forms import FOLDER, NOTICE
from shailoo.wording import LANGUAGES

MOBILE_DAY = "mobile_voting_day"


def issue_notice(done: Moved, norm: NormId, *, by: Office, at: datetime) -> list[Notice]:
    """The answer in Kyrgyz and in the language of the application."""
    found = done.application
    about = _about(found.voting.election.slug)
    number = f"voters/{found.voting_id}/{found.precinct.number}/{found.number}-{done.step.number}"
    made = []
    for language in dict.fromkeys((LANGUAGES[0], found.language)):
        document = issue(
            NOTICE,
            contents.notice(found, done.step, norm, by.body, about, language),
            imprint=_imprint(number, language, at, about),
            subject=found.subject,
            by=by,
        )
        made.append(Notice.objects.create(step=done.step, document=document))
    return made


def mobile_register(place: VotingPrecinct, rows: list[tuple[int, str]], language: str, *, at: datetime) -> bytes:
    """The register as a PDF to be printed and posted."""
    election = place.voting.election
    about = _about(election.slug)
    day = law_of.term(place.voting, MOBILE_DAY).first
    body = body_of(place.precinct, place.tec)
    paper = contents.register(place.precinct.number, rows, day, body, about, language)
    number = f"mobile/{place.voting_id}/{place.precinct.number}"
    return render(FOLDER / "mobile.typ", asdict(paper), _imprint(number, language, at, about))


def _imprint(number: str, language: str, at: datetime, about: Occasion | None) -> Imprint:
    whole = f"rehearsal/{number}" if about is not None and about.rehearsal else number
    return Imprint(whole, language, at, address_of(whole, language), mark_of(about, language))


def _about(election: str) -> Occasion | None:
    return next((each for each in occasions() if each.slug == election), None)
