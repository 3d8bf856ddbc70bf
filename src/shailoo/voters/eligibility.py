"""What the law says of a kind of row, asked once for each kind: the rules stand in `law.voters`, never here.

A row is known to the law by five facts: old enough on voting day, citizen, judgment on incapacity in force, where the
person is held, biometric data. There are 48 kinds, and the law is asked about each. The day from which people are too
young is found by asking it about every day of birth around it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from shailoo.elections.models import Voting as VotingDay
from shailoo.elections.occasions import kind_of
from shailoo.law.editions import Edition
from shailoo.law.voters.entries import EntryFacts, entry
from shailoo.law.voters.suffrage import Custody, IncapacityJudgment, Person, Right, Standing, SuffrageFacts, suffrage
from shailoo.law.voters.voting import Voting
from shailoo.voters.exchange.faults import BIT, BY_CODE, Consequence

HELD = (Custody.NONE, Custody.DETENTION, Custody.CONFINEMENT)
CITIZEN = "KGZ"
SOMEWHERE = "precinct"


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What the law answers: the last day of birth of a voter, and the faults of each of the 48 kinds of row."""

    day: date
    last_born: date
    faults: tuple[int, ...]


def kind_number(*, adult: bool, citizen: bool, incapable: bool, custody: Custody, biometric: bool) -> int:
    """The place of a kind of row in `Verdicts.faults`; the SQL of `checking` counts the same way."""
    return adult + 2 * citizen + 4 * incapable + 8 * HELD.index(custody) + 24 * biometric


def verdicts(day: VotingDay) -> Verdicts:
    """The law's answers for the voting of this day, under the edition that its election has pinned."""
    election = day.election
    edition = election.edition
    voting = Voting(kind_of(election.kind, election.occasion), day.day, election.called_on)
    last = _last_born(voting, edition)
    faults = [0] * 48
    yes_or_no = (True, False)
    for adult, citizen, incapable, biometric in product(yes_or_no, repeat=4):
        for custody in HELD:
            person = Person(
                citizen=citizen,
                born=last if adult else last + timedelta(days=1),
                custody=custody,
                incapacity=(IncapacityJudgment(day.day),) if incapable else (),
            )
            kind = kind_number(adult=adult, citizen=citizen, incapable=incapable, custody=custody, biometric=biometric)
            faults[kind] = _faults(EntryFacts(voting, person, biometric, residence_precincts=(SOMEWHERE,)), edition)
    return Verdicts(day.day, last, tuple(faults))


def _faults(facts: EntryFacts, edition: Edition) -> int:
    """The faults that the law finds, added up; a finding that no fault stands for is an error of ours."""
    found = {each.code for each in entry(facts, edition).errors}
    unknown = {code for code in found if code not in BY_CODE or BY_CODE[code].consequence is not Consequence.NO_RIGHT}
    if unknown:
        raise RuntimeError(f"the law answers what no fault stands for: {', '.join(sorted(unknown))}")
    return sum(BIT[code] for code in found)


def _last_born(voting: Voting, edition: Edition) -> date:
    """The last day of birth of those who are old enough, found by asking the law about each day of two years."""
    around = voting.day.replace(day=1) - timedelta(days=366 * edition.voting_age)
    days = [around + timedelta(days=number) for number in range(-366, 366)]
    holds = [
        suffrage(SuffrageFacts(voting, Person(citizen=True, born=born), Right.ELECT), edition).value is Standing.HOLDS
        for born in days
    ]
    last = holds.index(False) - 1
    if last < 0 or any(holds[last + 1 :]) or not all(holds[: last + 1]):
        raise RuntimeError("the law does not part people by age at one day of birth")
    return days[last]
