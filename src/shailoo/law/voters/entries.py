"""In which precinct's list a voter stands (Art. 4, 14, 15): by residence, or by the voting address that was chosen."""

from __future__ import annotations

from dataclasses import dataclass

from shailoo.law.editions import Edition
from shailoo.law.outcome import Fact, Finding, Outcome, Severity, Step, applies
from shailoo.law.voters.answer import Answer
from shailoo.law.voters.suffrage import Person, Right, Standing, SuffrageFacts, suffrage
from shailoo.law.voters.voting import Voting


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """A person, where the person lives or wishes to vote, and the lists that hold the person now. None: not known.

    `biometric` is registration of the biometric data; `residence_marked` whether a registration mark proves permanent
    residence (or consular registration abroad); `residence_precincts` every precinct whose approved borders contain the
    residence. `voting_address_precinct` is the precinct of a voting address applied for in time, if any; `listed_in`
    every precinct whose list holds the person.
    """

    voting: Voting
    person: Person
    biometric: bool | None = None
    residence_marked: bool | None = True
    residence_precincts: tuple[str, ...] = ()
    voting_address_precinct: str | None = None
    listed_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Placement:
    """The precinct in whose list the person belongs, None where in none or not yet told; the lists to be taken off."""

    precinct: str | None
    take_off: tuple[str, ...] = ()


@applies("L1.d13", "L1.d19", "L4", "L14.2", "L14.3.a", "L15.3.c", "L15.4.b2")
def entry(facts: EntryFacts, edition: Edition) -> Outcome[Placement]:
    """In which precinct's list a person belongs: right and biometrics, then one precinct and no other.

    A voter abroad belongs in a list like every other; the precinct of a mission or consulate then is the one.
    """
    answer = Answer()
    standing = answer.take(suffrage(SuffrageFacts(facts.voting, facts.person, Right.ELECT), edition))
    biometric = _biometric(facts, answer)
    precinct = _precinct(facts, answer)
    if standing is Standing.LACKS or facts.biometric is False:
        return answer.outcome(_nowhere(facts, answer))
    if standing is Standing.NOT_KNOWN or not biometric or precinct is None:
        return answer.outcome(Placement(None))
    return answer.outcome(Placement(precinct, _others(facts, precinct, answer)))


def _biometric(facts: EntryFacts, answer: Answer) -> bool:
    if facts.biometric is None:
        answer.unknown("L14.2", "biometric")
        return False
    breach = Finding("L14.2", "entry_without_biometrics", Severity.ERROR, {}, ("biometric",))
    if not answer.test(facts.biometric, Step("L14.2", "entry_with_biometrics"), breach):
        answer.steps.append(Step("L15.3.c", "entry_referred_for_biometrics"))
        return False
    return True


def _precinct(facts: EntryFacts, answer: Answer) -> str | None:
    """The voting address goes before the residence; each needs exactly one precinct."""
    if facts.voting_address_precinct is not None:
        chosen: dict[str, Fact] = {"precinct": facts.voting_address_precinct}
        if facts.voting_address_precinct in facts.residence_precincts:
            same = Finding(
                "L1.d13", "entry_voting_address_changes_nothing", Severity.WARNING, chosen, ("voting_address_precinct",)
            )
            answer.findings.append(same)
        answer.steps.append(Step("L1.d13", "entry_by_voting_address", chosen))
        return facts.voting_address_precinct
    if facts.residence_marked is None:
        answer.unknown("L1.d19", "residence_marked")
        return None
    unproven = Finding("L1.d19", "entry_residence_not_proved", Severity.ERROR, {}, ("residence_marked",))
    if not answer.test(facts.residence_marked, Step("L1.d19", "entry_residence_proved"), unproven):
        return None
    return _by_residence(facts, answer)


def _by_residence(facts: EntryFacts, answer: Answer) -> str | None:
    precincts = tuple(dict.fromkeys(facts.residence_precincts))
    if not precincts:
        none = Finding("L14.3.a", "entry_in_no_precinct", Severity.ERROR, {}, ("residence_precincts",))
        answer.findings.append(none)
        return None
    if len(precincts) > 1:
        names: dict[str, Fact] = {"precincts": ", ".join(precincts)}
        many = Finding("L14.3.a", "entry_in_several_precincts", Severity.ERROR, names, ("residence_precincts",))
        answer.findings.append(many)
        return None
    answer.steps.append(Step("L14.3.a", "entry_by_residence", {"precinct": precincts[0]}))
    return precincts[0]


def _nowhere(facts: EntryFacts, answer: Answer) -> Placement:
    """Somebody without the right or the biometric data stands in no list."""
    if facts.listed_in:
        names: dict[str, Fact] = {"precincts": ", ".join(facts.listed_in)}
        listed = Finding("L14.2", "entry_must_be_removed", Severity.ERROR, names, ("listed_in",))
        answer.findings.append(listed)
    return Placement(None, facts.listed_in)


def _others(facts: EntryFacts, precinct: str, answer: Answer) -> tuple[str, ...]:
    """The lists that must let go of the voter: one voter has one entry."""
    others = tuple(name for name in dict.fromkeys(facts.listed_in) if name != precinct)
    if not others:
        answer.steps.append(Step("L4", "entry_in_one_list_only", {"precinct": precinct}))
        return ()
    names: dict[str, Fact] = {"precinct": precinct, "others": ", ".join(others)}
    moved = facts.voting_address_precinct is not None
    norm = "L15.4.b2" if moved else "L4"
    answer.findings.append(Finding(norm, "entry_in_other_lists", Severity.ERROR, names, ("listed_in",)))
    return others
