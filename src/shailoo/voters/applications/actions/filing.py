"""An application is received: at the desk of a precinct commission, or from the voter online (L15.3.a1, L15.4.a1).

The moment at which it reaches the commission decides whether it came in time. Nothing is looked up in the register,
so that nobody can find out who is listed by applying.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Max

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.documents import uploads
from shailoo.documents.sealed.actions import Content, seal
from shailoo.elections.models import Voting, VotingPrecinct
from shailoo.law.outcome import Refused, Severity
from shailoo.law.voters.applications import Ruling
from shailoo.ledger.actions import record
from shailoo.ledger.holding import hold
from shailoo.territory.models import Precinct
from shailoo.voters.actions.act import act
from shailoo.voters.applications import dossier as dossiers
from shailoo.voters.applications import law_of
from shailoo.voters.applications.actions.steps import body_of
from shailoo.voters.applications.dossier import PIN, Dossier
from shailoo.voters.applications.models import Application, Paper, Step
from shailoo.voters.applications.states import RECEIVE, Act, Kind, State

NORM = "L15.3.a2"
TAKEN = (uploads.Kind.PDF, uploads.Kind.JPEG, uploads.Kind.PNG)
LARGEST = 5 * uploads.MIB  # bytes of one copy
MOST_COPIES = 5
FEWEST_LETTERS = 3  # of what is wrong, of an address


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of a document as it was sent."""

    kind: Paper.Kind
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What a voter files. `place` is where the application is received, `target` where the voter is to stand.

    `token` is the form's own, so that a form that is sent twice files once. `copies_on_paper`: attached on paper.
    """

    kind: Kind
    place: VotingPrecinct
    target: Precinct
    dossier: Dossier
    language: str
    token: str
    copies: tuple[Copy, ...] = ()
    copies_on_paper: bool = False
    standard_form: bool = True
    document: str = ""  # law.voters.identity.IdentityDocument
    lives_abroad: bool = False
    holds_id_card: bool | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """The application, and the secret by which the voter follows it: it is shown once and not kept."""

    application: Application
    code: str


@act
def receive_at_desk(filing: Filing, *, by: Office, at: datetime) -> Received | Refused:
    """Enter an application that a voter handed in; what lacks papers is recorded and sent back to be completed."""
    place = filing.place
    body = body_of(place.precinct, place.tec)
    if denied := refusal(by, may=RECEIVE, of=body, election=place.voting.election.slug, at=at):
        return denied
    return _received(filing, Application.Channel.DESK, by=by, at=at)


@act
def receive_online(filing: Filing, *, at: datetime) -> Received | Refused:
    """Take an application that a voter sent; without its papers it is not taken, and the form asks for them."""
    return _received(filing, Application.Channel.ONLINE, by=None, at=at)


def _received(filing: Filing, channel: Application.Channel, *, by: Office | None, at: datetime) -> Received | Refused:
    place, voting = filing.place, filing.place.voting
    if refused := _unfit(filing) or _unfit_copies(filing):
        return refused
    hold(f"voter_applications:{voting.pk}-{place.precinct_id}")
    if Application.objects.filter(token=filing.token).exists():
        return Refused.because(NORM, "voter_application_received_before")
    found = _new(filing, channel, by=by, at=at)
    if refused := _ruled(found, channel):
        return refused
    code = dossiers.new_code()
    found.dossier = dossiers.sealed(filing.dossier, found.subject, by=by, at=at)
    found.code_mark = dossiers.code_mark(code, found.subject)
    found.due_at = law_of.due(found, State(found.state), at)
    found.save(force_insert=True)
    _first_step(found, by=by, at=at)
    keep_copies(found, filing.copies, by=by, at=at)
    payload = {"precinct": place.precinct.number, "kind": found.kind, "channel": channel.value, "state": found.state}
    norm = law_of.path_of(found.kind).receipt
    record("voters.application_received", subject=found.subject, by=by, at=at, grounds=[norm], payload=payload)
    return Received(found, code)


def _unfit(filing: Filing) -> Refused | None:
    """What is wrong with what was written, whoever reads it."""
    told, voting = filing.dossier, filing.place.voting
    if not law_of.takes_applications(voting):
        return Refused.because("L15.5.a", "voter_applications_not_before_this_voting")
    if not PIN.fullmatch(told.pin):
        return Refused.because(NORM, "voter_pin_form", fields=("pin",))
    if not told.surname and not told.name:
        return Refused.because(NORM, "voter_name_needed", fields=("surname",))
    if not VotingPrecinct.objects.filter(voting=voting, precinct=filing.target).exists():
        return Refused.because(NORM, "voter_precinct_not_voting", fields=("target",))
    if filing.kind is Kind.NOT_LISTED and filing.target != filing.place.precinct:
        return Refused.because("L15.3.a1", "voter_own_precinct", fields=("target",))
    needed = ("wrong", "right") if filing.kind is Kind.MISTAKE else ("address",)
    for name in needed:
        if len(getattr(told, name).strip()) < FEWEST_LETTERS:
            return Refused.because(NORM, "voter_application_says_too_little", fields=(name,))
    return None


def _unfit_copies(filing: Filing) -> Refused | None:
    if len(filing.copies) > MOST_COPIES:
        return Refused.because(NORM, "voter_copies_too_many", fields=("identity",), most=MOST_COPIES)
    for each in filing.copies:
        checked = uploads.checked(each.content, allowed=TAKEN, most_bytes=LARGEST, norm=NORM)
        if isinstance(checked, Refused):
            return Refused(tuple(replace(found, fields=(each.kind.value,)) for found in checked.findings))
    return None


def _new(filing: Filing, channel: Application.Channel, *, by: Office | None, at: datetime) -> Application:
    """The application before it is stored, with the next number of its precinct."""
    place = filing.place
    own = Application.objects.filter(voting=place.voting, precinct=place.precinct)
    return Application(
        voting=place.voting,
        region=place.region,
        tec=place.tec,
        precinct=place.precinct,
        target=filing.target,
        kind=filing.kind.value,
        channel=channel,
        number=(own.aggregate(last=Max("number"))["last"] or 0) + 1,
        language=filing.language,
        person_mark=dossiers.person_mark(filing.dossier.pin),
        token=filing.token,
        written=True,
        copies_attached=bool(filing.copies) or filing.copies_on_paper,
        standard_form=filing.standard_form,
        document=filing.document,
        lives_abroad=filing.lives_abroad,
        holds_id_card=filing.holds_id_card,
        received_at=at,
        office=by,
        moved_at=at,
        state=State.RECEIVED,
    )


def _ruled(found: Application, channel: Application.Channel) -> Refused | None:
    """What the law says of it: late is refused; incomplete is sent back at the desk, and asked for online."""
    outcome = law_of.ruling(found)
    if outcome.value is Ruling.OUT_OF_TIME:
        return Refused(outcome.errors)
    if outcome.value is Ruling.TO_BE_COMPLETED:
        if channel is Application.Channel.ONLINE:
            return Refused(tuple(each for each in outcome.findings if each.severity is Severity.ERROR))
        found.state = State.RETURNED
    return None


def _first_step(found: Application, *, by: Office | None, at: datetime) -> None:
    first = Act.RECEIVE if found.state == State.RECEIVED else Act.RECEIVE_INCOMPLETE
    Step.objects.create(application=found, number=1, act=first, target=found.state, office=by, at=at)


def keep_copies(found: Application, copies: tuple[Copy, ...], *, by: Office | None, at: datetime) -> None:
    """Seal the copies of documents under the application."""
    for each in copies:
        upload = uploads.checked(each.content, allowed=TAKEN, most_bytes=LARGEST, norm=NORM)
        if isinstance(upload, Refused):
            raise RuntimeError("an unfit copy is refused before anything is kept")
        picture = upload.kind is not uploads.Kind.PDF
        content = uploads.without_metadata(upload.content) if picture else upload.content
        file = seal(Content(each.kind.value, found.subject, content, upload.kind.value), by=by, at=at)
        Paper.objects.create(application=found, kind=each.kind, file=file, office=by, at=at)


def voting_precinct(voting: Voting, number: str) -> VotingPrecinct | None:
    """The precinct of that number in the voting, with what an application needs of it."""
    found = VotingPrecinct.objects.filter(voting=voting, precinct__number=number)
    return found.select_related("voting__election", "precinct", "tec__body", "region").first()
