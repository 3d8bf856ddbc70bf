"""Certificates, the keys that signed them, what was revoked and the cards that were printed: nothing is rewritten."""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

from django.db import models
from django.db.models import F, Func, IntegerField, Q
from django.db.models.lookups import LessThan
from django.utils.translation import gettext_lazy as _

from shailoo.documents.certificates import code
from shailoo.documents.certificates.lists import Names
from shailoo.ledger.guards import append_only

Bytes: TypeAlias = bytes | memoryview
BELOW_BYTES = 150


class CertificateKey(models.Model):
    """The public half of a key that signs certificates; the private half lies in the installation's folder."""

    name = models.CharField(max_length=8, unique=True)  # the four bytes of codes, in hexadecimal
    public = models.CharField(max_length=64, unique=True)
    since = models.DateTimeField()

    class Meta:
        triggers = append_only("certificate_keys")


class KeyWithdrawal(models.Model):
    """A key that can no longer be trusted: every code that it signed is one of an unknown key from now on."""

    key = models.OneToOneField(CertificateKey, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only("key_withdrawals")


class Certificate(models.Model):
    """One certificate: who holds it for which body, what it is good for and how long, and the code that proves it.

    `holder` is the name as printed. `subject` is the record that it was given for, as the ledger names it; `ground` the
    decision, as a subject of the ledger or by its number. Valid from the first instant until the second (excluded).
    """

    class Kind(models.IntegerChoices):
        OBSERVER = 1, _("Observer of a candidate or party")
        CITIZEN_OBSERVER = 2, _("Citizen observer")
        INTERNATIONAL_OBSERVER = 3, _("International observer")
        INTERPRETER = 4, _("Interpreter of an international observer")
        MEDIA = 5, _("Representative of a media outlet")
        COMMISSION_REPRESENTATIVE = 6, _("Representative in a commission")
        AUTHORIZED_REPRESENTATIVE = 7, _("Authorized representative")
        FINANCIAL_REPRESENTATIVE = 8, _("Authorized representative for finance")
        PROXY = 9, _("Proxy")
        CANDIDATE = 10, _("Candidate")
        COMMISSION_MEMBER = 11, _("Member of an election commission")
        COMMISSION_STAFF = 12, _("Staff of an election commission")

    kind = models.PositiveSmallIntegerField(choices=Kind.choices)
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    number = models.CharField(max_length=20, unique=True)
    holder = models.CharField(max_length=200)
    body = models.ForeignKey("accounts.Body", on_delete=models.PROTECT, related_name="certificates")
    election = models.CharField(max_length=code.LONGEST_NAME, blank=True, default="")
    reach = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=code.LONGEST_NAME, blank=True, default="")
    names = models.JSONField()  # {"election": {ky, ru, en}, "place": {ky, ru, en}}: the scope in words, as printed
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField()
    code = models.BinaryField(max_length=BELOW_BYTES - 1)
    key = models.ForeignKey(CertificateKey, on_delete=models.PROTECT, related_name="certificates")
    subject = models.CharField(max_length=120, blank=True, default="", db_index=True)
    ground = models.CharField(max_length=120, blank=True, default="")
    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="issued_certificates")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "year", "sequence"], name="a_certificate_number_is_given_once"),
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("valid_from")), name="a_certificate_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(reach=0, place="") | (Q(reach__in=(1, 2, 3)) & ~Q(place="")),
                name="a_certificate_names_a_place_where_its_reach_has_one",
            ),
            models.CheckConstraint(
                condition=LessThan(Func(F("code"), function="octet_length", output_field=IntegerField()), BELOW_BYTES),
                name="a_code_is_below_150_bytes",
            ),
            models.CheckConstraint(condition=Q(kind__gte=1, kind__lte=12), name="a_certificate_has_a_known_kind"),
        ]
        indexes = (models.Index(fields=["-at", "-id"], name="certificates_newest_first"),)
        triggers = append_only("certificates")

    @property
    def signed(self) -> bytes:
        """The code as bytes, whatever the driver made of them."""
        return bytes(self.code)

    @property
    def prefix(self) -> str:
        """The two letters of the number that tell the kind."""
        return code.PREFIXES[code.Kind(self.kind)]

    def names_of(self, what: str) -> Names:
        """The names of the scope's "election" or "place" in the site's languages; {} where it has none."""
        found: Names = self.names.get(what, {})
        return found

    def stands_at(self, at: datetime) -> bool:
        """Whether the instant lies within its validity; revocation is another question."""
        return self.valid_from <= at < self.valid_until


class Revocation(models.Model):
    """A certificate that no longer holds: why, on what ground, by whom, when."""

    class Reason(models.TextChoices):
        LOST = "lost", _("Lost or stolen")
        ENDED = "ended", _("The holder's task has ended")
        BREACH = "breach", _("The holder broke the law")
        WITHDRAWN = "withdrawn", _("Withdrawn by whoever sent the holder")
        ERROR = "error", _("Issued in error")

    certificate = models.OneToOneField(Certificate, on_delete=models.PROTECT, related_name="revocation")
    reason = models.CharField(max_length=12, choices=Reason.choices)
    ground = models.CharField(max_length=120)
    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="revoked_certificates")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(ground=""), name="a_revocation_names_its_ground"),
            models.CheckConstraint(
                condition=Q(reason__in=["lost", "ended", "breach", "withdrawn", "error"]),
                name="a_revocation_has_a_known_reason",
            ),
        ]
        triggers = append_only("revocations")


class Card(models.Model):
    """The printed card of a certificate in one language, frozen when it was first asked for."""

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="cards")
    language = models.CharField(max_length=2)
    file = models.ForeignKey("documents.StoredFile", on_delete=models.PROTECT, related_name="cards")
    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="printed_cards")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["certificate", "language"], name="a_card_is_frozen_once_in_a_language"),
            models.CheckConstraint(condition=Q(language__in=["ky", "ru", "en"]), name="a_card_has_a_known_language"),
        ]
        triggers = append_only("cards")


class CheckTally(models.Model):
    """How many codes the server was asked about on a day, by verdict: never which, nor by whom."""

    day = models.DateField()
    verdict = models.CharField(max_length=12)
    times = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "verdict"], name="checks_of_a_day_are_counted_once_a_verdict")
        ]
