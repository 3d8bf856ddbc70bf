"""Drafts: begun, described, filled by form, list and archive, changed and emptied; a draft is its sender's alone.

Whatever is put in is kept, also where it cannot be read or the law bars it: the finding stands at its row until it is
mended. Every change asks the law anew about the whole list, for people bear on each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import TypedDict

from django.db import transaction
from django.db.models import Max

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.commissions.queries import cec
from shailoo.cooperation.models import Invitation
from shailoo.documents.sealed.actions import Content, erase, seal, seal_all
from shailoo.documents.sealed.models import SealedFile
from shailoo.elections.models import Election
from shailoo.law.outcome import Refused, records
from shailoo.observation import dossier, faults
from shailoo.observation.actions.examining import MAY, examine, opened_draft, record
from shailoo.observation.faults import Of
from shailoo.observation.intake import lists
from shailoo.observation.intake.columns import ASKED, Field
from shailoo.observation.intake.reading import NORMS, Person, Places, person
from shailoo.observation.models import Applicant, Application, ListUpload, Paper, Sender
from shailoo.observation.occasion import NoVotingError, scene_of

KINDS: Mapping[str, tuple[Application.Kind, ...]] = MappingProxyType(
    {
        Sender.Kind.CANDIDATE: (Application.Kind.OBSERVER, Application.Kind.REPRESENTATIVE),
        Sender.Kind.PARTY: (Application.Kind.OBSERVER, Application.Kind.REPRESENTATIVE),
        Sender.Kind.NGO: (Application.Kind.CITIZEN,),
        Sender.Kind.FOREIGN_ORGANIZATION: (Application.Kind.INTERNATIONAL,),
        Sender.Kind.INTERNATIONAL_ORGANIZATION: (Application.Kind.INTERNATIONAL,),
        Sender.Kind.MEDIA: (Application.Kind.MEDIA,),
    }
)
"""Whom each kind of sender may send."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How an application is made: single, group or mission, straight or through the Ministry, on which invitation."""

    form: str = Application.Form.GROUP
    route: str = Application.Route.DIRECT
    invitation: Invitation | None = None
    decided_on: date | None = None
    deciding_organ: str = ""
    note: str = ""


# ------------------------------------------------------------------------------------- the draft itself


@transaction.atomic
@records("R1.1", "R3.1.a", "L10-1.1")
def begin(
    sender: Sender, election: Election, kind: Application.Kind, plan: Plan, *, by: Office, at: datetime
) -> Application | Refused:
    """Begin a draft of people of one kind for one election. Refused for a kind that such a sender has no right to."""
    if denied := refusal(by, may=MAY, of=sender.body, at=at, election=election.slug):
        return denied
    if kind not in KINDS[sender.kind]:
        return Refused.because(NORMS[kind], "sender_sends_no_such_people", mandate=kind.value, fields=("kind",))
    try:
        scene_of(election)
    except NoVotingError:
        return Refused.because(NORMS[kind], "election_has_no_day_yet", fields=("election",))
    if unfit := _unfit(sender, election, kind, plan):
        return unfit
    found = Application.objects.create(sender=sender, election=election, kind=kind, office=by, at=at, **_columns(plan))
    record("application.begun", found, by, at, {"kind": kind.value, "election": election.slug})
    return found


@transaction.atomic
def describe(application: Application, plan: Plan, *, by: Office, at: datetime) -> Application | Refused:
    """Change how a draft is made."""
    held = opened_draft(application, by, at)
    if isinstance(held, Refused):
        return held
    if unfit := _unfit(held.sender, held.election, Application.Kind(held.kind), plan):
        return unfit
    for name, value in _columns(plan).items():
        setattr(held, name, value)
    held.save(update_fields=[*_columns(plan)])
    record("application.described", held, by, at, {})
    examine(held, at)
    return held


class _Columns(TypedDict):
    form: str
    route: str
    invitation: Invitation | None
    decided_on: date | None
    deciding_organ: str
    note: str


def _columns(plan: Plan) -> _Columns:
    return {
        "form": plan.form,
        "route": plan.route,
        "invitation": plan.invitation,
        "decided_on": plan.decided_on,
        "deciding_organ": plan.deciding_organ.strip(),
        "note": plan.note.strip(),
    }


def _unfit(sender: Sender, election: Election, kind: Application.Kind, plan: Plan) -> Refused | None:
    if kind != Application.Kind.INTERNATIONAL and (plan.invitation or plan.route != Application.Route.DIRECT):
        return Refused.because(NORMS[kind], "only_international_observers_are_invited", fields=("invitation",))
    given = plan.invitation
    if given is not None and (given.invitee_id != sender.organization_id or given.election != election.slug):
        return Refused.because("R2.1.a2", "invitation_of_another", fields=("invitation",))
    return None


# ------------------------------------------------------------------------------------- one person


@transaction.atomic
@records("R3.1.b", "L9.2.a2", "L10-1.2.a2", "L17.1.a2")
def put_person(
    application: Application, row: int | None, cells: Mapping[Field, str], *, by: Office, at: datetime
) -> Applicant | Refused:
    """Put one person as typed on the list, in place of whoever stands at `row`, or behind the last one (None).

    What cannot be read is kept as typed, with its fault at the person; nothing that was typed is lost.
    """
    held = opened_draft(application, by, at)
    if isinstance(held, Refused):
        return held
    read = person(cells, held.kind, Places.all(), default_language=held.sender.language)
    applicant = held.applicants.filter(row=row).first() if row is not None else None
    if applicant is None:
        applicant = Applicant(application=held, row=next_row(held))
    before = applicant.dossier
    _fill(applicant, read, seal(_sealed(held, read), by=by, at=at), _default_commission(held))
    applicant.save()
    if before is not None:
        erase([before], ground="replaced in a draft", by=by, at=at)
    record("application.person_put", held, by, at, {"row": applicant.row})
    examine(held, at)
    applicant.refresh_from_db()
    return applicant


@transaction.atomic
def remove_people(application: Application, people: Iterable[int], *, by: Office, at: datetime) -> int | Refused:
    """Take people off a draft, by their keys; what was kept of them is erased. Returns how many went."""
    held = opened_draft(application, by, at)
    if isinstance(held, Refused):
        return held
    going = list(held.applicants.filter(pk__in=list(people)).select_related("dossier", "photo"))
    papers = Paper.objects.filter(applicant__in=going).select_related("file")
    files = [*(file for each in going for file in (each.dossier, each.photo) if file), *(each.file for each in papers)]
    held.applicants.filter(pk__in=[each.pk for each in going]).delete()
    erase(files, ground="taken off a draft", by=by, at=at)
    if going:
        record("application.people_removed", held, by, at, {"people": len(going)})
        examine(held, at)
    return len(going)


def next_row(application: Application) -> int:
    """The place behind the last person."""
    last: int | None = application.applicants.aggregate(last=Max("row"))["last"]
    return (last or 0) + 1


# ------------------------------------------------------------------------------------- a list


@transaction.atomic
@records("R3.1.b")
def take_list(application: Application, content: bytes, name: str, *, by: Office, at: datetime) -> ListUpload | Refused:
    """Take over a list of people from a CSV or XLSX file, faulty rows too (R3.1.b).

    Whoever stands on the draft with the same document already is brought up to date; all others are added. Refused,
    with nothing kept, where the file as a whole cannot be read or lacks a column.
    """
    held = opened_draft(application, by, at)
    if isinstance(held, Refused):
        return held
    listed = lists.read(content, held.kind, default_language=held.sender.language)
    if isinstance(listed, Refused):
        return listed
    _take_people(held, listed.people, by, at)
    media_type = listed.upload.kind.value
    file = seal(Content("list", held.subject, content, media_type), by=by, at=at)
    faulty = sum(bool(each.faults) for each in listed.people)
    upload = ListUpload.objects.create(
        application=held, file=file, name=name[:200], rows=len(listed.people), faulty=faulty, office=by, at=at
    )
    record("application.list_taken", held, by, at, {"rows": upload.rows, "faulty": faulty})
    examine(held, at)
    return upload


def _take_people(application: Application, people: Sequence[Person], by: Office, at: datetime) -> None:
    sealed = seal_all((_sealed(application, each) for each in people), by=by, at=at)
    standing = {
        each.identity_mark: each
        for each in application.applicants.exclude(identity_mark="").select_related("dossier").order_by("-row")
    }
    row, new, replaced = next_row(application), list[Applicant](), list[SealedFile]()
    default = _default_commission(application)
    for each, file in zip(people, sealed, strict=True):
        mark = dossier.identity_mark(each.dossier.document_number) if standing else ""
        known = standing.pop(mark, None) if mark else None
        applicant = known or Applicant(application=application, row=row)
        if known is not None and known.dossier is not None:
            replaced.append(known.dossier)
        _fill(applicant, each, file, default)
        if known is None:
            new.append(applicant)
            row += 1
        else:
            known.save()
    Applicant.objects.bulk_create(new, batch_size=2000)
    erase(replaced, ground="replaced in a draft", by=by, at=at)


def _sealed(application: Application, read: Person) -> Content:
    return Content(dossier.KIND, application.subject, dossier.written(read.dossier), dossier.MEDIA_TYPE)


def _default_commission(application: Application) -> int | None:
    """The CEC for those who are not meant for one commission; None where the list names one for each person."""
    found = cec()
    return found.pk if found is not None and Field.COMMISSION not in ASKED[application.kind] else None


def _fill(applicant: Applicant, read: Person, file: SealedFile, default: int | None) -> None:
    """Put what was read into the columns; what could not be read stays in the dossier as typed."""
    applicant.surname, applicant.given_names, applicant.patronymic = read.surname, read.given_names, read.patronymic
    applicant.citizenships, applicant.position = list(read.citizenships), read.position
    applicant.language, applicant.commission_id = read.language, read.commission or default
    applicant.dossier = file
    applicant.identity_mark = dossier.identity_mark(read.dossier.document_number)
    applicant.person_mark = dossier.person_mark(read.surname, read.given_names, read.dossier.born)
    applicant.faults = faults.instead(applicant.faults, read.faults, Of.READING)
