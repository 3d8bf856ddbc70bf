"""What those who send people are told: kept on their pages, and sent to their address in their own language.

The sentences stand in `wording` ("observation_message.filed"), with facts that are numbers and days: a mail goes
through other people's machines, so it never holds personal data. A mail that cannot be sent undoes nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from shailoo.law.outcome import Fact
from shailoo.observation import faults
from shailoo.observation.models import Message, Sender
from shailoo.wording import Catalogue, sentences, text

_log = logging.getLogger(__name__)


def tell(sender: Sender, code: str, subject: str, facts: Mapping[str, Fact], at: datetime) -> Message:
    """Tell a sender something about a record; the mail goes out once the transaction is committed.

    Raises KeyError where the code has no sentence, or one whose facts are not given.
    """
    words(code, facts, sender.language)
    kept = {name: faults.plain(value) for name, value in facts.items()}
    message = Message.objects.create(sender=sender, subject=subject, code=code, facts=kept, at=at)
    transaction.on_commit(lambda: _send(message), robust=True)
    return message


def words(code: str, facts: Mapping[str, Fact], language: str) -> str:
    """The sentence of a message."""
    told = {name: sentences.fact(name, value, language) for name, value in facts.items()}
    return text(Catalogue.VALUES, f"observation_message.{code}", language).format(**told)


def said(message: Message, language: str) -> str:
    """What a kept message says, in a language."""
    return words(message.code, {name: faults.fact(value) for name, value in message.facts.items()}, language)


def _send(message: Message) -> None:
    sender = message.sender
    subject = text(Catalogue.VALUES, "observation_mail.subject", sender.language)
    place = f"{settings.PUBLIC_ADDRESS}/{sender.language}/desk/observation/own/"
    body = f"{said(message, sender.language)}\n\n{place}\n"
    mail(sender.email, subject, body)


def mail(address: str, subject: str, body: str) -> None:
    """Send a mail; what goes wrong stands in the log without the address."""
    try:
        EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [address]).send()
    except (SMTPException, OSError) as broken:
        _log.warning("a mail to a sender could not be sent: %s", type(broken).__name__)
