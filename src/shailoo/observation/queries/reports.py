"""Reading incident notes: those of a sender, and those that a commission and the ones below it were told."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from shailoo.accounts.models import Body
from shailoo.commissions.models import Commission
from shailoo.elections.models import Election
from shailoo.observation.models import Accreditation, IncidentNote


def notes_to(commission: Body) -> QuerySet[IncidentNote]:
    """The notes to a commission and to those below it, the latest first."""
    here = Q(commission=commission) | Q(commission__superior=commission) | Q(commission__superior__superior=commission)
    return _whole().filter(here)


def notes_of(sender: Body) -> QuerySet[IncidentNote]:
    """The notes that a sender or its observers wrote, the latest first."""
    return _whole().filter(accreditation__sender__body=sender)


def _whole() -> QuerySet[IncidentNote]:
    found = IncidentNote.objects.select_related(
        "commission", "accreditation__applicant", "accreditation__sender__body", "accreditation__certificate"
    )
    return found.order_by("-at", "-pk")


def people_of(sender: Body) -> QuerySet[Accreditation]:
    """The accredited people of a sender, by name."""
    found = Accreditation.objects.filter(sender__body=sender).select_related("applicant", "certificate", "election")
    return found.order_by("applicant__surname", "applicant__given_names", "pk")


def elections_of(sender: Body) -> QuerySet[Election]:
    """The elections at which a sender had anybody accredited, the latest first."""
    return Election.objects.filter(accreditations__sender__body=sender).distinct().order_by("-called_on", "-pk")


def commission_called(text: str) -> Body | None:
    """The commission of that code, or of the precinct of that number."""
    found = Commission.objects.select_related("body")
    wanted = text.strip()
    one = found.filter(precinct__number=wanted).first() or found.filter(body__code__iexact=wanted).first()
    return one.body if one else None
