"""Imported texts and their articles. A newer import stands beside the one that it replaces; nothing is ever changed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from shailoo.ledger.guards import append_only


class Text(models.Model):
    """One import of one edition of an act in one language: the file's hash and name, when, and by which office.

    `office` is None for what the installation's own people import on the command line. `supersedes` is the import of
    the same edition and language that this one replaces.
    """

    class Act(models.TextChoices):
        LAW = "L"
        EXCERPTS = "E"
        REGULATION = "R"

    act = models.CharField(max_length=1, choices=Act.choices)
    edition = models.DateField()
    language = models.CharField(max_length=2)
    source = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    imported_at = models.DateTimeField()
    office = models.ForeignKey("accounts.Office", null=True, on_delete=models.PROTECT, related_name="+")
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["act", "edition", "language"],
                condition=Q(supersedes=None),
                name="a_text_has_one_first_import",
            ),
            models.CheckConstraint(condition=Q(language__in=["ky", "ru", "en"]), name="a_text_has_a_known_language"),
            models.CheckConstraint(condition=Q(act__in=["L", "E", "R"]), name="a_text_is_of_a_known_act"),
        ]
        triggers = append_only("texts")

    def __str__(self) -> str:
        return f"{self.act} {self.edition} {self.language}"


class Article(models.Model):
    """One article of an imported text; `pieces` are its parts in order: anchor, label, text, line of the file."""

    text = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="articles")
    position = models.PositiveIntegerField()
    anchor = models.CharField(max_length=12)
    heading = models.TextField()
    remark = models.TextField()
    chapter = models.TextField()
    pieces = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["text", "anchor"], name="an_article_stands_once_in_its_text"),
            models.UniqueConstraint(fields=["text", "position"], name="an_article_has_one_place_in_its_text"),
        ]
        triggers = append_only("articles")

    def __str__(self) -> str:
        return self.anchor
