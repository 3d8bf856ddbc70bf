"""Whether lists on paper went out in time and as they must, by the law's own answer (L14.7.b, L15.5.b1)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from shailoo.elections.clock import local
from shailoo.elections.occasions import occasion_of
from shailoo.law.outcome import Finding
from shailoo.law.voters.posting import PostingFacts, posting
from shailoo.law.voters.voting import Voting
from shailoo.voters.lists.models import Edition, Stage
from shailoo.voters.printing.models import PrintedList

_ASKED: Mapping[Stage, tuple[str, ...]] = {
    Stage.PRELIMINARY: ("preliminary_handed",),
    Stage.CONTROL: (),  # no norm says when they leave the Central Commission, only when they are posted
    Stage.FINAL: ("final_delivered", "final_numbered", "final_bound", "final_sealed"),
}


class Lateness:
    """The law's answers about the lists of one edition on one day; copies with the same facts are asked about once."""

    def __init__(self, edition: Edition, at: datetime) -> None:
        self._edition = edition
        self._today = local(at).date()
        self._law = edition.register.election.edition
        self._voting = _voting(edition)
        self._known: dict[tuple[date | None, bool], tuple[Finding, ...]] = {}

    def of(self, printed: PrintedList | None) -> tuple[Finding, ...]:
        """What is late or not as it must be of a list: by its copy that counts, None where none is printed."""
        if self._voting is None or (printed is not None and not self._concerns(printed)):
            return ()
        handed = getattr(printed, "handed", None)
        facts = (local(handed.handover.at).date() if handed else None, hasattr(printed, "binding"))
        if facts not in self._known:
            self._known[facts] = self._asked(self._voting, *facts)
        return self._known[facts]

    def _concerns(self, printed: PrintedList) -> bool:
        """The term of the final lists is that of the copy in which voters sign."""
        return self._edition.stage != Stage.FINAL or printed.signed

    def _asked(self, voting: Voting, handed: date | None, bound: bool) -> tuple[Finding, ...]:  # noqa: FBT001  # a fact
        stage = Stage(self._edition.stage)
        if stage is Stage.FINAL:
            formed = local(self._edition.at).date()
            facts = PostingFacts(
                voting,
                self._today,
                final_formed=formed,
                final_delivered=handed,
                final_numbered=bound,
                final_bound=bound,
                final_sealed=bound,
            )
        else:
            came = local(self._edition.change.delivery.at).date()
            facts = PostingFacts(
                voting, self._today, preliminary_received=came, preliminary_signed=True, preliminary_handed=handed
            )
        found = posting(facts, self._law).findings
        return tuple(each for each in found if set(each.fields) & set(_ASKED[stage]))


def _voting(edition: Edition) -> Voting | None:
    """The voting as the law knows it; None where lists are not formed anew for one of its kind."""
    occasion = occasion_of(edition.register.voting)
    if occasion is None:
        return None
    voting = Voting(occasion.kind, occasion.election_day, occasion.calling)
    return voting if voting.knows("preliminary_lists_posted") else None
