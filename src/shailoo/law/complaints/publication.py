"""What of the results was published when, and what is late (Art. 37-1, 39, 58.2, 64.8); who gets them on request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.calendar import Entry, local_day
from shailoo.law.complaints.election import Election
from shailoo.law.editions import Edition
from shailoo.law.editions.chapters.complaints import OfficialPublication
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, applies


class Piece(StrEnum):
    """What the CEC publishes, in the order of the terms."""

    PRELIMINARY = "preliminary"  # results by precinct on the website, as they come in
    VOTED_LISTS = "voted_lists"  # lists of the voters who took part
    PEC_PROTOCOLS = "pec_protocols"
    TEC_PROTOCOLS = "tec_protocols"
    GENERAL_DATA = "general_data"  # to the mass media
    PRESIDENT_RESULT = "president_result"  # official, in the mass media
    FULL_DATA = "full_data"  # official, down to the protocols of the lower commissions


class Content(StrEnum):
    """What the official publication holds (L39.3)."""

    ELECTION_RESULTS = "election_results"
    VOTES = "votes"  # of each candidate or list
    AGAINST_ALL = "against_all"
    LOWER_PROTOCOLS = "lower_protocols"  # data of the protocols from which the results were determined


_TERMS: Mapping[Piece, tuple[str, NormId]] = MappingProxyType(
    {
        Piece.VOTED_LISTS: ("voted_lists_online", "L37-1.3"),
        Piece.PEC_PROTOCOLS: ("pec_protocols_online", "L37-1.2"),
        Piece.TEC_PROTOCOLS: ("tec_protocols_online", "L37-1.4"),
        Piece.GENERAL_DATA: ("general_results_to_media", "L39.2"),
        Piece.PRESIDENT_RESULT: ("presidential_result_published", "L58.2"),
        Piece.FULL_DATA: ("results_published_full", "L39.3"),
    }
)
FULL_DATA_OF_LISTS = "L64.8"  # the same two weeks for the Jogorku Kenesh


class State(StrEnum):
    """Where the publication of a piece stands."""

    WAITING = "waiting"  # its term has not begun: nothing to publish yet, or no determination
    DUE = "due"
    DONE = "done"
    DONE_LATE = "done_late"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Posting:
    """What was published of a piece: how many of how many units, and when the last of them was.

    Units are precincts, TECs or, where there is only one paper, 1 of 1. `last_at` is None while nothing was published.
    """

    piece: Piece
    units: int
    published: int
    last_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.published > self.units or self.units == 0:
            raise ValueError("at least one unit is to be published, and no more than there are")
        if (self.last_at is None) is not (self.published == 0):
            raise ValueError("what was published has an instant, and what was not has none")

    @property
    def complete(self) -> bool:
        return self.published == self.units


@dataclass(frozen=True, slots=True)
class Preliminary:
    """Results of one precinct on the website: when the CEC had them, when they were posted, whether they say that they
    are preliminary. None: not posted, or not looked at."""

    precinct: str
    received_at: datetime
    posted_at: datetime | None = None
    labelled: bool | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """What is known at the instant `as_of` of the publication of an election's results.

    `determined_on` is the local day on which the CEC determined them, None before. A piece that is not named in
    `postings` has not been published. `contents` are those of the official publication, where there is one.
    """

    election: Election
    as_of: datetime
    determined_on: date | None = None
    postings: tuple[Posting, ...] = ()
    preliminary: tuple[Preliminary, ...] = ()
    contents: frozenset[Content] | None = None

    def __post_init__(self) -> None:
        if self.determined_on is not None and self.determined_on > local_day(self.as_of):
            raise ValueError("the results cannot have been determined after the instant that is asked about")
        pieces = [each.piece for each in self.postings]
        if len(set(pieces)) < len(pieces):
            raise ValueError("each piece is named once, with all its units")
        if Piece.PRELIMINARY in pieces:
            raise ValueError("preliminary results are told precinct by precinct")
        if any(each.last_at is not None and each.last_at > self.as_of for each in self.postings):
            raise ValueError("nothing can have been published after the instant that is asked about")
        if any(max(each.received_at, each.posted_at or each.received_at) > self.as_of for each in self.preliminary):
            raise ValueError("nothing can have come in or gone online after the instant that is asked about")
        if any(each.posted_at is not None and each.posted_at < each.received_at for each in self.preliminary):
            raise ValueError("results are posted after they were received")


@dataclass(frozen=True, slots=True)
class Standing:
    """One piece: its state, and its last local day where its term is known."""

    piece: Piece
    state: State
    last: date | None


@applies("L37-1.1", "L37-1.2", "L37-1.3", "L37-1.4", "L39.1.b1", "L39.1.b2", "L39.2", "L39.3", "L58.2", "L64.8")
def follow(published: Published, edition: Edition) -> Outcome[tuple[Standing, ...]]:
    """What of the results has been published, what is due until when, and what is late."""
    answers = [_preliminary(published, edition)]
    answers += [_piece(piece, published, edition) for piece in _pieces(published.election)]
    contents = _contents(published)
    return Outcome(
        tuple(each.value for each in answers),
        tuple(step for each in answers for step in each.steps),
        (*(found for each in answers for found in each.findings), *contents),
    )


def _pieces(election: Election) -> Iterator[Piece]:
    return (each for each in _TERMS if each is not Piece.PRESIDENT_RESULT or election.presidential)


@applies("L37-1.2", "L37-1.3", "L37-1.4", "L39.2", "L39.3", "L58.2", "L64.8")
def _piece(piece: Piece, published: Published, edition: Edition) -> Outcome[Standing]:
    """One piece against its term. A part that is missing is as late as the whole."""
    term, norm = _term(piece, published, edition)
    posting = next((each for each in published.postings if each.piece is piece), None)
    if term.closes is None or term.last is None:
        return Outcome(
            Standing(piece, State.WAITING, None), (Step(norm, "publication_waits", {"publication_piece": piece.value}),)
        )
    facts: dict[str, Fact] = {"publication_piece": piece.value, "last": term.last}
    if posting is not None and posting.complete and posting.last_at is not None:
        facts["published_at"] = posting.last_at
        if posting.last_at < term.closes:
            return Outcome(Standing(piece, State.DONE, term.last), (Step(norm, "published_in_time", facts),))
        late = Finding(norm, "published_late", Severity.WARNING, facts, ("postings",))
        return Outcome(Standing(piece, State.DONE_LATE, term.last), findings=(late,))
    if published.as_of < term.closes:
        return Outcome(Standing(piece, State.DUE, term.last), (Step(norm, "publication_due", facts),))
    missing = {"missing_units": posting.units - posting.published} if posting is not None else {}
    overdue = Finding(norm, "publication_overdue", Severity.ERROR, facts | missing, ("postings",))
    return Outcome(Standing(piece, State.OVERDUE, term.last), findings=(overdue,))


def _term(piece: Piece, published: Published, edition: Edition) -> tuple[Entry, NormId]:
    """The term of a piece. `official_publication` says whether the President's full data come with the result."""
    event, norm = _TERMS[piece]
    election = published.election
    if piece is Piece.FULL_DATA and not election.presidential:
        norm = FULL_DATA_OF_LISTS
    elif piece is Piece.FULL_DATA and edition.official_publication is OfficialPublication.ALL_AT_ONCE:
        event, norm = _TERMS[Piece.PRESIDENT_RESULT]
    if published.determined_on is not None:
        return election.term(event, edition, determination_of_results=published.determined_on), norm
    entry = election.term(event, edition)
    return (entry if not entry.provisional else Entry(entry.event)), norm


@applies("L37-1.1", "L39.1.b1", "L39.1.b2")
def _preliminary(published: Published, edition: Edition) -> Outcome[Standing]:
    """Each precinct's results go online at once, and say that they are preliminary and without legal force."""
    states: list[State] = []
    findings: list[Finding] = []
    for each in published.preliminary:
        state = _of_precinct(each, published, edition)
        states.append(state)
        if state in (State.DONE_LATE, State.OVERDUE):
            facts: dict[str, Fact] = {"precinct": each.precinct, "received": each.received_at}
            findings.append(Finding("L37-1.1", "preliminary_not_at_once", Severity.WARNING, facts, ("preliminary",)))
        if each.posted_at is not None:
            findings += _label(each)
    gravest = min(states, key=_GRAVEST_FIRST.index, default=State.WAITING)
    posted = (Step("L39.1.b1", "preliminary_posted", {"precincts": len(states)}),)
    steps = posted if gravest is State.DONE and not findings else ()
    return Outcome(Standing(Piece.PRELIMINARY, gravest, None), steps, tuple(findings))


def _label(each: Preliminary) -> Iterator[Finding]:
    """L39.1: posted results say what they are."""
    facts: dict[str, Fact] = {"precinct": each.precinct}
    if each.labelled is None:
        yield Finding("L39.1.b2", "preliminary_label_not_known", Severity.WARNING, facts, ("preliminary",))
    elif not each.labelled:
        yield Finding("L39.1.b2", "preliminary_not_labelled", Severity.ERROR, facts, ("preliminary",))


_GRAVEST_FIRST = (State.OVERDUE, State.DONE_LATE, State.DUE, State.DONE)


def _of_precinct(each: Preliminary, published: Published, edition: Edition) -> State:
    term = published.election.term("preliminary_results_online", edition, precinct_results_receipt=each.received_at)
    if each.posted_at is None:
        return State.DUE if term.in_time(published.as_of) else State.OVERDUE
    return State.DONE if term.in_time(each.posted_at) else State.DONE_LATE


@applies("L39.3")
def _contents(published: Published) -> tuple[Finding, ...]:
    """The official publication holds everything that L39.3 names."""
    if published.contents is None:
        out = any(each.piece is Piece.FULL_DATA and each.complete for each in published.postings)
        unknown = Finding("L39.3", "publication_contents_not_known", Severity.WARNING, {}, ("contents",))
        return (unknown,) if out else ()
    return tuple(
        Finding("L39.3", "publication_lacks", Severity.ERROR, {"publication_content": each.value}, ("contents",))
        for each in Content
        if each not in published.contents
    )


class Requester(StrEnum):
    """Who asks a commission for its results."""

    VOTER = "voter"
    CANDIDATE = "candidate"
    REPRESENTATIVE = "representative"  # of a candidate or of a party
    OBSERVER = "observer"  # a citizen observer too
    INTERNATIONAL_OBSERVER = "international_observer"
    MEDIA = "media"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ResultsRequest:
    """A request for results: who asks, lines of the protocol, lines that the answer gave (None: no answer yet)."""

    requester: Requester
    protocol_lines: int
    lines_given: int | None = None


@applies("L39.1.a")
def answer(request: ResultsRequest, _edition: Edition) -> Outcome[bool]:
    """Whether somebody who asks for results gets them, and whether the answer held the data of the whole protocol."""
    facts: dict[str, Fact] = {"results_requester": request.requester.value}
    if request.requester is Requester.OTHER:
        found = Finding("L39.1.a", "results_not_for_this_requester", Severity.WARNING, facts, ("requester",))
        return Outcome(value=False, findings=(found,))
    if request.lines_given is None:
        return Outcome(value=True, steps=(Step("L39.1.a", "results_to_be_given", facts),))
    if request.lines_given < request.protocol_lines:
        numbers: dict[str, Fact] = {"lines_given": request.lines_given, "protocol_lines": request.protocol_lines}
        found = Finding("L39.1.a", "results_given_in_part", Severity.ERROR, numbers, ("lines_given",))
        return Outcome(value=True, findings=(found,))
    return Outcome(value=True, steps=(Step("L39.1.a", "results_given", facts),))
