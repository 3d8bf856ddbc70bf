"""What a norm and a document of the law are: their fields, and the closed sets that they are sorted into."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from shailoo.law.outcome import NormId


class Kind(StrEnum):
    """What a norm does."""

    DEADLINE = "deadline"
    DEFINITION = "definition"
    DOCUMENT = "document"
    DUTY = "duty"
    ELIGIBILITY = "eligibility"
    FORMULA = "formula"
    LIABILITY = "liability"
    PROCEDURE = "procedure"
    PROHIBITION = "prohibition"
    PUBLICATION = "publication"
    RIGHT = "right"
    TERM = "term"
    THRESHOLD = "threshold"


class Area(StrEnum):
    """Which part of an election a norm belongs to."""

    BALLOTS = "ballots"
    CALENDAR = "calendar"
    CAMPAIGN = "campaign"
    COMMISSIONS = "commissions"
    COMPLAINTS = "complaints"
    COOPERATION = "cooperation"
    COUNTING = "counting"
    DETERMINATION = "determination"
    FINANCE = "finance"
    IDENTITY = "identity"
    MANDATES = "mandates"
    MEDIA = "media"
    NOMINATION = "nomination"
    OBSERVERS = "observers"
    POLLING_DAY = "polling_day"
    PUBLICATION = "publication"
    REGISTRATION = "registration"
    REPRESENTATIVES = "representatives"
    SANCTIONS = "sanctions"
    TABULATION = "tabulation"
    TERRITORY = "territory"
    VOTERS = "voters"


class Unit(StrEnum):
    HOUR = "hour"
    CALENDAR_DAY = "calendar_day"
    MONTH = "month"


class Bound(StrEnum):
    EXACTLY = "exactly"
    IMMEDIATELY = "immediately"  # the law says immediately, promptly, without delay, and gives no number
    NO_LATER_THAN = "no_later_than"
    NOT_EARLIER_THAN = "not_earlier_than"
    WITHIN = "within"


class Deadline(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A term: `offset` units after the anchor event (before it, where negative), to a local hour where one is named."""

    anchor: str
    bound: Bound
    offset: int | None = None
    unit: Unit | None = None
    to_offset: int | None = None
    time: str | None = None
    to_time: str | None = None


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One member of a list that a norm holds."""

    id: NormId
    rule: str


class Norm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One obligation, right, limit, formula or definition of the law, in our own words."""

    id: NormId
    kind: Kind
    area: Area
    rule: str
    actors: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    deadline: Deadline | None = None
    check: str = ""
    data: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    note: str = ""

    @property
    def article(self) -> str:
        """The article, "64" or "37-1"; the paragraph of the regulation for R."""
        return article_of(self.id)


class Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A document that the articles on voting and counting name or need."""

    id: str
    name: str
    category: str
    basis: str
    source: tuple[NormId, ...]
    drawn_up_by: str
    when: str
    data: tuple[str, ...] = ()
    copies: str = ""
    copies_to: tuple[str, ...] = ()
    signed_by: str = ""
    sealed_by: str = ""
    kept_by: str = ""
    retention: str = ""
    posted_at: str = ""
    note: str = ""


def article_of(name: NormId) -> str:
    """The article of a norm id or citation: "64" of "L64.3.d", "37-1" of "L37-1.2"."""
    return name.partition(".")[0][1:]
