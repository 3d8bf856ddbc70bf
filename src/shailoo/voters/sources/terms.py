"""A voting as the law's rules on sources see it, and the last day of a term."""

from __future__ import annotations

from datetime import date

from shailoo.elections.models import Voting
from shailoo.elections.occasions import kind_of
from shailoo.law.voters.voting import Voting as LawVoting

MISSIONS = "abroad_voter_data"
INSTITUTIONS = "hospital_and_detention_data"


def law_of(voting: Voting) -> LawVoting:
    """The voting in the law's terms."""
    election = voting.election
    return LawVoting(kind_of(election.kind, election.occasion), voting.day, election.called_on)


def last_day(voting: Voting, term: str) -> date | None:
    """The last local day of a term; None where it cannot be counted yet."""
    return law_of(voting).term(term, voting.election.edition).last
