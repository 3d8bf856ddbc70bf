"""What lies before the CEC when it decides on a registration: the facts of `admission`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from shailoo.law.outcome import NormId
from shailoo.law.registration.election import Contest, Election
from shailoo.law.registration.grounds import BARS, Bar, NominationBreach
from shailoo.law.registration.papers import (
    OF_LIST,
    OF_LISTED,
    OF_PARTY_CANDIDATE,
    OF_SELF_NOMINATED,
    Paper,
    Received,
    require_known,
)


@dataclass(frozen=True, slots=True)
class PresidentialCandidate:
    """A nominated candidate.

    `party` nominated the candidate (None: self-nomination). `valid_signatures` and `bars` are what the checks of
    signature lists and of the right to be elected found (None: not finished). `used_office` is a confirmed breach of
    L21.3.
    """

    id: str
    party: str | None = None
    valid_signatures: int | None = None
    bars: frozenset[Bar] | None = None
    used_office: bool = False

    def __post_init__(self) -> None:
        _require_bars(self.bars, Contest.PRESIDENT)


@dataclass(frozen=True, slots=True)
class ListedCandidate:
    """A candidate of a list, with that candidate's own papers.

    `bars` is None while the right to be elected is not checked; `other_list` is another list of this election on which
    the same person is registered.
    """

    id: str
    papers: Mapping[str, Received]
    bars: frozenset[Bar] | None = None
    other_list: str | None = None

    def __post_init__(self) -> None:
        require_known(self.papers, OF_LISTED)
        _require_bars(self.bars, Contest.LISTS)


@dataclass(frozen=True, slots=True)
class PartyList:
    """A nominated list, its candidates in its order; `breaches` are of the rules on nomination (None: not checked)."""

    party: str
    candidates: tuple[ListedCandidate, ...]
    breaches: frozenset[NominationBreach] | None = None

    def __post_init__(self) -> None:
        doubles = [name for name, times in Counter(each.id for each in self.candidates).items() if times > 1]
        if doubles:
            raise ValueError(f"candidate named twice: {doubles[0]}")


@dataclass(frozen=True, slots=True)
class Application:
    """A file for registration at the instant `at`: papers by name, and one of `candidate` and `party_list`.

    `submitted_at` is when the first papers came, `receipt_given_at` when the CEC confirmed that in writing,
    `notice_received_at` when the notice of inconsistencies arrived (None: none has). `fund_created` says whether there
    is a campaign fund, `deposit_paid` whether the deposit is paid in full from it (None: not known).
    """

    election: Election
    at: datetime
    submitted_at: datetime
    papers: Mapping[str, Received]
    fund_created: bool | None
    candidate: PresidentialCandidate | None = None
    party_list: PartyList | None = None
    deposit_paid: bool | None = None
    receipt_given_at: datetime | None = None
    notice_received_at: datetime | None = None

    def __post_init__(self) -> None:
        if (self.candidate is None) == (self.party_list is None):
            raise ValueError("an application is for one candidate or for one list")
        self.election.require_registration()
        self.election.require(Contest.LISTS if self.candidate is None else Contest.PRESIDENT)
        require_known(self.papers, self.wanted)
        if self.at < self.submitted_at:
            raise ValueError("nothing was submitted yet at that instant")
        if self.notice_received_at is not None and self.notice_received_at < self.submitted_at:
            raise ValueError("the notice of inconsistencies came before the papers")

    @property
    def contest(self) -> Contest:
        return self.election.contest

    @property
    def wanted(self) -> Mapping[Paper, NormId]:
        """The papers of this file with their norms; those of listed candidates are in `papers.OF_LISTED`."""
        if self.candidate is None:
            return OF_LIST
        return OF_SELF_NOMINATED if self.candidate.party is None else OF_PARTY_CANDIDATE


def _require_bars(bars: frozenset[Bar] | None, contest: Contest) -> None:
    unknown = sorted((bars or frozenset()) - BARS[contest].keys())
    if unknown:
        raise ValueError(f"{unknown[0].value} is no bar at an election of {contest.value}")
