"""Those who send people, as pages read them: the own account, what it was told, and who asks for an account."""

from __future__ import annotations

from django.db.models import QuerySet

from shailoo.accounts.models import Office
from shailoo.cooperation.models import Organization
from shailoo.observation.models import Enquiry, Message, Sender


def sender_of(office: Office) -> Sender | None:
    """The account in whose name an office writes; None for an office of another kind of body."""
    return Sender.objects.select_related("body", "organization").filter(body=office.body_id).first()


def messages_of(sender: Sender) -> QuerySet[Message]:
    """What a sender was told, the latest first."""
    return Message.objects.filter(sender=sender).order_by("-at", "-pk")


def waiting() -> QuerySet[Enquiry]:
    """Enquiries that wait for an answer, the oldest first."""
    found = Enquiry.objects.filter(confirmed_at__isnull=False, closed_at__isnull=True)
    return found.order_by("confirmed_at", "pk")


def answered() -> QuerySet[Enquiry]:
    """Enquiries that were answered, the latest first."""
    found = Enquiry.objects.filter(closed_at__isnull=False).select_related("admitted__body")
    return found.order_by("-closed_at", "-pk")


def without_account() -> QuerySet[Organization]:
    """Organizations of the register that have no account, by name."""
    return Organization.objects.filter(sender__isnull=True, struck_at__isnull=True, is_group=False).order_by("name")
