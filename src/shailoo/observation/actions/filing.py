"""Handing an application in, and taking it back, whole or for one person. What was handed in does not change."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.commissions.queries import cec
from shailoo.documents.numbering import next_number
from shailoo.documents.sealed.actions import erase
from shailoo.documents.sealed.models import SealedFile
from shailoo.law.calendar import local_day
from shailoo.law.outcome import Refused, records
from shailoo.observation import faults
from shailoo.observation.actions.attaching import PHOTO_SOURCE
from shailoo.observation.actions.examining import MAY, examine, locked, record, refused_at
from shailoo.observation.checking import whole_of
from shailoo.observation.intake.reading import NORMS
from shailoo.observation.messages import tell
from shailoo.observation.models import Applicant, Application, Ending, Interpreter, Paper, Withdrawal
from shailoo.observation.states import Act, State, arc

REGISTER = "observation_application"
_AT_ONCE = 500  # sealed files that are held in memory together
STOPS = frozenset(
    {
        "accreditation_list_empty",
        "application_names_nobody",
        "accreditation_applied_too_early",  # R3.7.a1: not taken yet
        "accreditation_without_invitation",  # nothing was chosen; what is wrong with one the commission decides
    }
)
"""Findings about the whole that keep a draft from being handed in; all others the commission answers (R3.5)."""


@transaction.atomic
@records("R3.1.a", "R3.1.b", "R3.1.c", "L9.2.a1", "L10-1.2.a1", "L17.1.a1", "L11.1")
def file_application(application: Application, *, by: Office, at: datetime) -> Application | Refused:
    """Hand a draft in to the commission: it gets its number of the year, and does not change from now on.

    Refused without people, before applications are taken, while something typed could not be read or is missing, and
    for one that goes through the Ministry. What else the law finds does not keep it: the commission answers it.
    """
    held = locked(application)
    if denied := refused_at(held, Act.FILE, by, at):
        return denied
    if held.route == Application.Route.MINISTRY:
        return Refused.because("R3.2", "application_goes_through_the_ministry", fields=("route",))
    if unfit := unready(held, at):
        return unfit
    _erase_sources(held, by, at)
    received(held, at)
    record("application.filed", held, by, at, {"number": held.label, "people": held.applicants.count()})
    tell(held.sender, "filed", held.subject, {"number": held.label}, at)
    return held


@transaction.atomic
@records("R3.2")
def send_to_ministry(application: Application, *, by: Office, at: datetime) -> Application | Refused:
    """Hand a draft to the Ministry of Foreign Affairs, which checks it and forwards it to the commission (R3.2)."""
    held = locked(application)
    if denied := refused_at(held, Act.SEND_TO_MINISTRY, by, at):
        return denied
    if held.route != Application.Route.MINISTRY:
        return Refused.because("R3.2", "application_goes_straight", fields=("route",))
    if unfit := unready(held, at):
        return unfit
    _erase_sources(held, by, at)
    held.state = State.AT_MINISTRY.value
    held.save(update_fields=["state"])
    record("application.sent_to_ministry", held, by, at, {"people": held.applicants.count()})
    tell(held.sender, "at_ministry", held.subject, {}, at)
    return held


def unready(application: Application, at: datetime) -> Refused | None:
    """Everything that keeps a draft from being handed in; None where it can be. The law is asked anew."""
    examine(application, at)
    whole = tuple(each for each in whole_of(application, at).findings if each.code in STOPS)
    stopped = [row for row, held in application.applicants.values_list("row", "faults") if faults.stops(held)]
    if stopped:
        found = Refused.because(
            NORMS[application.kind],
            "application_has_unreadable_rows",
            people=len(stopped),
            row=min(stopped),
            fields=("people",),
        )
        whole = (*whole, *found.findings)
    return Refused(whole) if whole else None


def received(application: Application, at: datetime) -> None:
    """Enter the application into the commission's register of the year, and let it stand as filed."""
    body = cec()
    if body is None:
        raise LookupError("there is no commission to receive anything")
    application.year = local_day(at).year
    application.number = next_number(REGISTER, body.body, application.year)
    application.filed_at, application.state = at, State.FILED.value
    application.save(update_fields=["year", "number", "filed_at", "state"])


def _erase_sources(application: Application, by: Office, at: datetime) -> None:
    """The pictures that portraits were cut from are of no use any longer."""
    held = Paper.objects.filter(application=application, kind=PHOTO_SOURCE).select_related("file")
    erase([each.file for each in held], ground="portraits are cut", by=by, at=at)


# ------------------------------------------------------------------------------------- taking back


@transaction.atomic
def withdraw(application: Application, *, by: Office, at: datetime) -> Application | Refused:
    """Take an application back before it was answered. Of a draft everything is erased at once."""
    held = locked(application)
    if denied := refused_at(held, Act.WITHDRAW, by, at):
        return denied
    was_draft = held.state == State.DRAFT
    held.state = State.WITHDRAWN.value
    held.save(update_fields=["state"])
    record("application.withdrawn", held, by, at, {"number": held.label})
    if was_draft:
        erase_all(held, ground="withdrawn as a draft", by=by, at=at)
    else:
        tell(held.sender, "withdrawn", held.subject, {"number": held.label or "–"}, at)
    return held


@transaction.atomic
def withdraw_person(applicant: Applicant, reason: str, *, by: Office, at: datetime) -> Withdrawal | Refused:
    """Take one person off an application that was handed in, before that person was answered."""
    held = locked(applicant.application)
    if denied := refusal(by, may=MAY, of=held.sender.body, at=at, election=held.election.slug):
        return denied
    norm = NORMS[held.kind]
    if arc(State(held.state), Act.WITHDRAW) is None or held.state == State.DRAFT:
        return Refused.because(norm, "application_act_not_open", application_state=held.state)
    if hasattr(applicant, "answer"):
        return Refused.because(norm, "applicant_was_answered", row=applicant.row)
    if Withdrawal.objects.filter(applicant=applicant).exists():
        return Refused.because(norm, "applicant_withdrawn_before", row=applicant.row)
    found = Withdrawal.objects.create(applicant=applicant, reason=reason.strip(), office=by, at=at)
    record("applicant.withdrawn", held, by, at, {"row": applicant.row})
    tell(held.sender, "person_withdrawn", held.subject, {"number": held.label or "–", "row": applicant.row}, at)
    return found


def erase_all(application: Application, *, ground: str, by: Office | None, at: datetime) -> int:
    """Take away everything sealed that an application holds, some hundred files at a time; returns how many went."""
    files = sealed_files(application)
    parts = (files[place : place + _AT_ONCE] for place in range(0, len(files), _AT_ONCE))
    return sum(erase(part, ground=ground, by=by, at=at) for part in parts)


def sealed_files(application: Application) -> list[SealedFile]:
    """Everything sealed that an application holds, without its content: dossiers, photographs, papers, lists.

    What came later belongs to it too: dossiers of interpreters, and written requests to end an accreditation.
    """
    people = application.applicants.values_list("dossier_id", "photo_id")
    keys = {key for pair in people for key in pair if key is not None}
    keys |= set(application.papers.values_list("file_id", flat=True))
    keys |= set(application.uploads.values_list("file_id", flat=True))
    keys |= set(
        Interpreter.objects.filter(accreditation__applicant__application=application).values_list(
            "dossier_id", flat=True
        )
    )
    requests = Ending.objects.filter(accreditation__applicant__application=application, request__isnull=False)
    keys |= {key for key in requests.values_list("request_id", flat=True) if key is not None}
    return list(SealedFile.objects.filter(pk__in=keys, ciphertext__isnull=False).defer("ciphertext").order_by("pk"))
