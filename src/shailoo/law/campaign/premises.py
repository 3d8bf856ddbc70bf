"""Voting premises: what must be in them, the stand, the layout, access, and what follows a power failure (L29)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from shailoo.law.editions import Edition
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, applies


class Feature(StrEnum):
    """What is looked for in the premises."""

    LIT_BOOTHS = "lit_booths"
    WRITING_ITEMS = "writing_items"
    MONITORS = "monitors"
    OTHER_EQUIPMENT = "other_equipment"
    BALLOT_BOXES = "ballot_boxes"
    BACKUP_POWER = "backup_power"
    LANTERNS = "lanterns"
    CANDLES = "candles"
    STAND = "stand"
    SAMPLE_BALLOTS = "sample_ballots"
    ALL_IN_SIGHT = "all_in_sight"  # issuing place, booths, monitors, equipment and boxes at the same time
    MONITOR_IN_SIGHT = "monitor_in_sight"
    ACCESSIBLE = "accessible"


FEATURES: Mapping[Feature, NormId] = {
    Feature.LIT_BOOTHS: "L29.2.a",
    Feature.WRITING_ITEMS: "L29.2.a",
    Feature.MONITORS: "L29.2.a",
    Feature.OTHER_EQUIPMENT: "L29.2.a",
    Feature.BALLOT_BOXES: "L29.2.a",
    Feature.BACKUP_POWER: "L29.2.b1",
    Feature.LANTERNS: "L29.2.b1",
    Feature.CANDLES: "L29.2.b1",
    Feature.STAND: "L29.3.a1",
    Feature.SAMPLE_BALLOTS: "L29.3.a3",
    Feature.ALL_IN_SIGHT: "L29.4.a",
    Feature.MONITOR_IN_SIGHT: "L29.4.b",
    Feature.ACCESSIBLE: "L29.5",
}
"""What the law requires of the premises, each by its norm."""


@dataclass(frozen=True, slots=True)
class PowerCut:
    """A failure of power: when voting was suspended, and when it went on; null while it has not."""

    suspended_at: datetime
    resumed_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.resumed_at is not None and self.resumed_at < self.suspended_at:
            raise ValueError("voting goes on after it was suspended")


@dataclass(frozen=True, slots=True)
class VotingPremises:
    """A precinct's voting premises as they were checked. Null, and what is in neither set: not known.

    `price`: what the commission pays for them, in som. `present`, `missing`: what was looked for and found, or not
    found. `registered`: names of the registered candidates or parties; `on_stand`: those whose materials are on the
    stand. `appeals_on_stand`: whether those materials call to vote. `sample_text`: what the sample ballots say.
    `identified_at`: instants at which voters were identified.
    """

    price: Decimal | None = None
    present: frozenset[Feature] = frozenset()
    missing: frozenset[Feature] = frozenset()
    registered: tuple[str, ...] = ()
    on_stand: tuple[str, ...] | None = None
    appeals_on_stand: bool | None = None
    sample_text: str | None = None
    power_cuts: tuple[PowerCut, ...] = ()
    identified_at: tuple[datetime, ...] = ()

    def __post_init__(self) -> None:
        if self.present & self.missing:
            raise ValueError(f"{min(self.present & self.missing)} cannot be both there and missing")


class Readiness(StrEnum):
    READY = "ready"
    NOT_KNOWN = "not_known"
    NOT_READY = "not_ready"


@applies("L29.1", "L29.2.a", "L29.2.b1", "L29.2.b2", "L29.3.a1", "L29.3.a2", "L29.3.a3", "L29.4.a", "L29.4.b", "L29.5")
def voting_premises(premises: VotingPremises, _edition: Edition) -> Outcome[Readiness]:
    """Whether voting premises hold what the law requires, and whether anybody voted while the power was off."""
    steps: list[Step] = []
    findings = (
        *_charge(premises, steps),
        *_features(premises, steps),
        *_stand(premises, steps),
        *_sample(premises, steps),
        *_power(premises, steps),
    )
    if any(each.severity is Severity.ERROR for each in findings):
        return Outcome(Readiness.NOT_READY, tuple(steps), findings)
    return Outcome(Readiness.NOT_KNOWN if findings else Readiness.READY, tuple(steps), findings)


def _charge(premises: VotingPremises, steps: list[Step]) -> Iterator[Finding]:
    if premises.price is None:
        yield Finding("L29.1", "voting_premises_price_not_known", Severity.WARNING, fields=("price",))
    elif premises.price > 0:
        yield Finding("L29.1", "voting_premises_not_free", Severity.ERROR, {"price": premises.price}, ("price",))
    else:
        steps.append(Step("L29.1", "voting_premises_free"))


def _features(premises: VotingPremises, steps: list[Step]) -> Iterator[Finding]:
    for feature, norm in FEATURES.items():
        facts: dict[str, Fact] = {"premises_feature": str(feature)}
        if feature in premises.present:
            steps.append(Step(norm, "feature_present", facts))
        elif feature in premises.missing:
            yield Finding(norm, "feature_missing", Severity.ERROR, facts, ("missing",))
        else:
            yield Finding(norm, "feature_not_checked", Severity.WARNING, facts, ("present", "missing"))


def _stand(premises: VotingPremises, steps: list[Step]) -> Iterator[Finding]:
    """L29.3: one entry for every registered contestant, and no appeals."""
    if premises.on_stand is None:
        yield Finding("L29.3.a1", "stand_entries_not_known", Severity.WARNING, fields=("on_stand",))
    else:
        absent = [name for name in premises.registered if name not in premises.on_stand]
        for name in absent:
            yield Finding("L29.3.a1", "not_on_the_stand", Severity.ERROR, {"contestant": name}, ("on_stand",))
        if not absent:
            steps.append(Step("L29.3.a1", "all_on_the_stand", {"contestants": len(premises.registered)}))
    if premises.appeals_on_stand is None:
        yield Finding("L29.3.a2", "stand_appeals_not_known", Severity.WARNING, fields=("appeals_on_stand",))
    elif premises.appeals_on_stand:
        yield Finding("L29.3.a2", "appeals_on_the_stand", Severity.ERROR, fields=("appeals_on_stand",))
    else:
        steps.append(Step("L29.3.a2", "no_appeals_on_the_stand"))


def _sample(premises: VotingPremises, steps: list[Step]) -> Iterator[Finding]:
    """L29.3: the samples name no registered candidate or party."""
    if premises.sample_text is None:
        yield Finding("L29.3.a3", "sample_text_not_known", Severity.WARNING, fields=("sample_text",))
        return
    named = [name for name in premises.registered if _names(premises.sample_text, name)]
    for name in named:
        yield Finding("L29.3.a3", "sample_names_contestant", Severity.ERROR, {"contestant": name}, ("sample_text",))
    if not named:
        steps.append(Step("L29.3.a3", "sample_names_nobody"))


def _names(text: str, name: str) -> bool:
    """Whether a text names somebody, as a word of its own and in whatever case."""
    return re.search(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", text.casefold()) is not None


def _power(premises: VotingPremises, steps: list[Step]) -> Iterator[Finding]:
    """L29.2: no voting while the power is off."""
    for index, each in enumerate(premises.power_cuts):
        during = sum(_within(at, each) for at in premises.identified_at)
        facts: dict[str, Fact] = {"at": each.suspended_at, "identified": during}
        if during:
            yield Finding("L29.2.b2", "identified_without_power", Severity.ERROR, facts, (f"power_cuts[{index}]",))
        else:
            steps.append(Step("L29.2.b2", "voting_suspended_without_power", {"at": each.suspended_at}))


def _within(at: datetime, cut: PowerCut) -> bool:
    return cut.suspended_at <= at and (cut.resumed_at is None or at < cut.resumed_at)
