"""An act of campaigning: whether it is one, and lawful by who, when, how and from what money (Art. 22, 23)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from shailoo.law.calendar import Kind, local_day
from shailoo.law.campaign.persons import CONTESTANTS, Participant, barred
from shailoo.law.campaign.polling import Period, Polling, campaign_period, day_before
from shailoo.law.editions import Edition
from shailoo.law.editions.chapters.campaign import CampaigningTest
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, Unsettled, applies


class Sign(StrEnum):
    """The signs by which information counts as campaigning (L22.10)."""

    CALL_TO_VOTE = "call_to_vote"
    PREFERENCE = "preference"
    CONSEQUENCES = "consequences"
    ACTIVITY_OUTSIDE_OFFICE = "activity_outside_office"


SIGNS: Mapping[Sign, NormId] = {
    Sign.CALL_TO_VOTE: "L22.10.1",
    Sign.PREFERENCE: "L22.10.2",
    Sign.CONSEQUENCES: "L22.10.3",
    Sign.ACTIVITY_OUTSIDE_OFFICE: "L22.10.4",
}


class Form(StrEnum):
    """How campaigning is carried on (L22.13)."""

    MASS_MEDIA = "mass_media"
    PUBLIC_EVENT = "public_event"
    MATERIAL = "material"
    OTHER = "other"


FORMS: Mapping[Form, NormId] = {
    Form.MASS_MEDIA: "L22.13.1",
    Form.PUBLIC_EVENT: "L22.13.2",
    Form.MATERIAL: "L22.13.3",
    Form.OTHER: "L22.13.4",
}


@dataclass(frozen=True, slots=True)
class Act:
    """Something said, shown, held or spread about contestants, before a voting.

    `at`: when it was done. `signs`: the signs of campaigning in it. `moves_voters`: whether it is meant to make voters
    vote for or against somebody; null where that is not established. `form`: null where it was not recorded. `cost`:
    what it cost, in som, 0 where nothing; null where that is not known. `agreed`: whether the contestant whom it helps
    agreed to it. `from_fund`: whether it was paid from a campaign fund. `foreign_media`: whether it went through
    foreign mass media distributed here. Null: not known.
    """

    polling: Polling
    at: datetime
    participants: tuple[Participant, ...]
    signs: frozenset[Sign]
    moves_voters: bool | None = None
    form: Form | None = None
    cost: Decimal | None = None
    agreed: bool | None = None
    from_fund: bool | None = None
    foreign_media: bool | None = None


class Verdict(StrEnum):
    """What an act is."""

    NO_CAMPAIGNING = "no_campaigning"
    LAWFUL = "lawful"
    UNLAWFUL = "unlawful"


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict, and the instants between which campaigning is open; null where there are none or unknown."""

    verdict: Verdict
    opens: datetime | None = None
    closes: datetime | None = None


@applies("L22.10.1", "L22.10.2", "L22.10.3", "L22.10.4", "L1.d21", "L22.9.a", "L22.9.b1", "L22.11", "L22.13.1")
@applies("L22.13.2", "L22.13.3", "L22.13.4", "L22.15", "L22.16.a1", "L23.1.a1", "L23.1.a2", "L23.2.a1", "L23.2.a2")
@applies("L47.3.f")
def campaigning(act: Act, edition: Edition) -> Outcome[Judged]:
    """Whether something is campaigning, and whether it is lawful by who, when, how and from what money.

    What bears no sign of campaigning, or is not meant to move voters, is not tested further (`campaigning_test`). Where
    the purpose is not established the commission settles it, and the tests are those of campaigning.
    """
    steps = [Step(SIGNS[each], "campaign_sign", {"campaign_sign": str(each)}) for each in SIGNS if each in act.signs]
    if not _is_campaigning(act, edition, steps):
        return Outcome(Judged(Verdict.NO_CAMPAIGNING), tuple(steps))
    period = campaign_period(act.polling, edition)
    findings = [
        *barred(act.participants, local_day(act.at), edition),
        *_in_period(act, period, steps),
        *_form(act, steps),
        *_money(act, steps),
    ]
    lawful = not any(each.severity is Severity.ERROR for each in findings)
    if lawful:
        steps.append(Step("L22.9.a", "may_campaign", {"at": act.at}))
    judged = Judged(
        Verdict.LAWFUL if lawful else Verdict.UNLAWFUL,
        None if period is None else period.opens,
        None if period is None else period.closes,
    )
    return Outcome(judged, tuple(steps), tuple(findings), _purpose(act, edition))


def _is_campaigning(act: Act, edition: Edition, steps: list[Step]) -> bool:
    if not act.signs:
        steps.append(Step("L22.10.1", "no_campaign_sign"))
        return False
    if act.moves_voters is False and edition.campaigning_test is CampaigningTest.SIGN_AND_PURPOSE:
        steps.append(Step("L1.d21", "not_meant_to_move_voters"))
        return False
    return True


def _purpose(act: Act, edition: Edition) -> Unsettled | None:
    if act.moves_voters is None and edition.campaigning_test is CampaigningTest.SIGN_AND_PURPOSE:
        return Unsettled("campaign_purpose_open", ("L1.d21", "L22.10.1"), ("meant_to_move_voters", "meant_to_inform"))
    return None


def _in_period(act: Act, period: Period | None, steps: list[Step]) -> Iterator[Finding]:
    """L23.1 or L23.2: after registration or the decision on repeat voting, until 24 hours before the voting."""
    repeat = act.polling.kind is Kind.REPEAT_VOTING
    starts, ends = ("L23.2.a1", "L23.2.a2") if repeat else ("L23.1.a1", "L23.1.a2")
    if period is None:
        yield Finding("L23.2.a1", "no_campaigning_before_this_voting", Severity.ERROR, {"at": act.at}, ("at",))
    elif period.closes is not None and act.at >= period.closes:
        yield from _too_late(act, period.closes, ends, steps)
    elif period.opens is None:
        yield Finding(starts, "campaign_opening_not_known", Severity.WARNING, {"at": act.at}, ("polling",))
        yield from _before_silence(act, ends, period, steps)
    elif act.at < period.opens:
        early: dict[str, Fact] = {"at": act.at, "opens": period.opens}
        yield Finding(starts, "campaigning_too_early", Severity.ERROR, early, ("at",))
    else:
        steps.append(Step(starts, "campaigning_in_period", {"at": act.at, "opens": period.opens}))
        yield from _before_silence(act, ends, period, steps)


def _too_late(act: Act, closes: datetime, norm: NormId, steps: list[Step]) -> Iterator[Finding]:
    facts: dict[str, Fact] = {"at": act.at, "closes": closes}
    if local_day(act.at) > act.polling.election_day:
        yield Finding(norm, "campaigning_after_voting", Severity.ERROR, facts, ("at",))
        return
    yield Finding(norm, "campaigning_after_its_end", Severity.ERROR, facts, ("at",))
    if act.at >= day_before(act.polling.election_day):
        steps.append(Step("L47.3.f", "liable_for_campaigning_in_silence", {"at": act.at}))


def _before_silence(act: Act, norm: NormId, period: Period, steps: list[Step]) -> Iterator[Finding]:
    """In time by L23; on the day before the voting L47.3 says otherwise, which is shown and not decided."""
    if period.closes is None:
        return
    steps.append(Step(norm, "campaigning_before_silence", {"at": act.at, "closes": period.closes}))
    if act.at >= day_before(act.polling.election_day):
        facts: dict[str, Fact] = {"at": act.at, "closes": period.closes}
        yield Finding("L47.3.f", "campaigning_on_the_day_before", Severity.WARNING, facts, ("at",))


def _form(act: Act, steps: list[Step]) -> Iterator[Finding]:
    """L22.13 with L22.9: every form is open but foreign mass media (L22.16)."""
    if act.form is None:
        yield Finding("L22.9.b1", "campaign_form_not_recorded", Severity.WARNING, fields=("form",))
        return
    steps.append(Step(FORMS[act.form], "campaign_form_open", {"campaign_form": str(act.form)}))
    if act.form is not Form.MASS_MEDIA:
        return
    if act.foreign_media is None:
        yield Finding("L22.16.a1", "media_origin_not_known", Severity.WARNING, fields=("foreign_media",))
    elif act.foreign_media:
        yield Finding("L22.16.a1", "campaigning_through_foreign_media", Severity.ERROR, fields=("foreign_media",))
    else:
        steps.append(Step("L22.16.a1", "not_foreign_media"))


def _money(act: Act, steps: list[Step]) -> Iterator[Finding]:
    """L22.11: what costs money is agreed with the contestant and paid from the contestant's campaign fund."""
    if act.cost is None:
        yield Finding("L22.11", "campaign_cost_not_known", Severity.WARNING, fields=("cost",))
        return
    if act.cost == 0:
        steps.append(Step("L22.11", "campaigning_without_cost"))
        return
    facts: dict[str, Fact] = {"cost": act.cost}
    own = any(CONTESTANTS & each.statuses for each in act.participants)
    if not own and act.agreed is None:
        yield Finding("L22.11", "agreement_not_known", Severity.WARNING, facts, ("agreed",))
    elif not own and not act.agreed:
        yield Finding("L22.11", "paid_campaigning_not_agreed", Severity.ERROR, facts, ("agreed",))
    if act.from_fund is None:
        yield Finding("L22.11", "fund_payment_not_known", Severity.WARNING, facts, ("from_fund",))
    elif not act.from_fund:
        yield Finding("L22.11", "not_paid_from_fund", Severity.ERROR, facts, ("from_fund",))
    elif own or act.agreed:
        steps.append(Step("L22.11", "paid_from_fund", facts))
