"""A mass media outlet: its class, its duties, its accreditation, who works in it (L22.2-1, L22.16 to L22.20)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shailoo.law.calendar import Kind, start_of, when
from shailoo.law.campaign.paid_media import BROADCAST, Medium, OutletClass
from shailoo.law.campaign.polling import Polling
from shailoo.law.editions import Edition
from shailoo.law.editions.chapters.campaign import LateMediaTerms, StateMediaTest
from shailoo.law.outcome import Fact, Finding, Outcome, Severity, Step, Unsettled, applies


class Founder(StrEnum):
    """Who founded, co-founded or owns an outlet."""

    STATE_BODY = "state_body"
    LOCAL_GOVERNMENT = "local_government"
    SUBORDINATE_BODY = "subordinate_body"  # an agency or enterprise under one of the two
    OTHER = "other"


_PUBLIC = frozenset({Founder.STATE_BODY, Founder.LOCAL_GOVERNMENT})


@dataclass(frozen=True, slots=True)
class Site:
    """What makes an Internet site an Internet medium (L1). Visitors are individual ones; null: not known."""

    blog_or_personal_page: bool
    run_or_owned_here: bool | None = None
    open_to_all: bool | None = None
    visitors_a_day: int | None = None
    visitors_a_month: int | None = None


class Rebroadcast(StrEnum):
    """Whether the outlet passes on foreign programmes, and how."""

    NONE = "none"
    RECORDED = "recorded"
    LIVE = "live"


@dataclass(frozen=True, slots=True)
class Worker:
    """A journalist, other creative worker or official of the outlet who presents programmes or covers the election.

    `only_in_free_time`: the person appears only in a contestant's free air time of Article 24.
    """

    name: str
    founder: bool = False
    candidate: bool = False
    representative: bool = False
    only_in_free_time: bool = False


@dataclass(frozen=True, slots=True)
class Outlet:
    """A mass media outlet before an election. Days are local days; null: not known, for days also: not done.

    `budget_financed`, `privileged`: money from a state or local budget; tax or other privileges over other media.
    `social_package`: a broadcaster of the social package of digital broadcasting. `calling_published`: official
    publication of the calling. `terms_published`, `terms_to_cec`: when the outlet made its prices and terms public, and
    gave them to the CEC; `terms_on_cec_site`: when the CEC published them. `minutes_to_cec`: free air time given to the
    CEC for the checking of voter lists.
    """

    polling: Polling
    medium: Medium
    founders: frozenset[Founder]
    budget_financed: bool | None = None
    privileged: bool | None = None
    social_package: bool = False
    site: Site | None = None
    calling_published: date | None = None
    terms_published: date | None = None
    terms_to_cec: date | None = None
    terms_on_cec_site: date | None = None
    minutes_to_cec: int | None = None
    rebroadcast: Rebroadcast | None = None
    workers: tuple[Worker, ...] = ()

    def __post_init__(self) -> None:
        if self.polling.kind is Kind.REPEAT_VOTING:
            raise ValueError("an outlet is accredited for an election, not for its repeat voting")
        if (self.site is None) == (self.medium is Medium.INTERNET):
            raise ValueError("a site is described for the Internet, and only there")
        if not self.founders:
            raise ValueError("an outlet has a founder")


@dataclass(frozen=True, slots=True)
class Standing:
    """What an outlet is: its class, whether it may sell campaigning, what it owes. Null: not known, or no outlet."""

    outlet_class: OutletClass | None
    accredited: bool | None
    owes_free_time: bool = False
    owes_free_space: bool = False


@applies("L1.d33.a", "L1.d33.b", "L22.2-1.a2", "L22.16.a2", "L22.17.a1", "L22.17.a2", "L22.18", "L22.19.a")
@applies("L22.20.a1", "L22.20.a2", "L22.20.a3", "L24.6")
def media_outlet(outlet: Outlet, edition: Edition) -> Outcome[Standing]:
    """Which class an outlet belongs to, whether it is accredited for campaigning, and what the law bars in it.

    Unsettled where the class hangs on public money or privileges that are not known.
    """
    steps: list[Step] = []
    findings = [*_rebroadcast(outlet, steps), *_workers(outlet, steps)]
    if outlet.site is not None and _is_no_medium(outlet.site, edition, findings, steps):
        return Outcome(Standing(None, None), tuple(steps), tuple(findings))
    found, question = _class(outlet, edition, steps)
    findings += _for_the_cec(outlet, steps)
    accredited = _accredited(outlet, edition, findings, steps)
    equal = found is OutletClass.ITEM_18
    broadcast = outlet.medium in BROADCAST
    value = Standing(found, accredited, owes_free_time=equal and broadcast, owes_free_space=equal and not broadcast)
    return Outcome(value, tuple(steps), tuple(findings), question)


def _is_no_medium(site: Site, edition: Edition, findings: list[Finding], steps: list[Step]) -> bool:
    """L1: a site is an Internet medium where it is no blog, belongs here, is open, and has visitors enough."""
    if site.blog_or_personal_page or site.run_or_owned_here is False or site.open_to_all is False:
        steps.append(Step("L1.d33.a", "site_is_no_medium"))
        return True
    if site.run_or_owned_here is None or site.open_to_all is None:
        findings.append(Finding("L1.d33.a", "site_not_known", Severity.WARNING, fields=("site",)))
    return _has_too_few_visitors(site, edition, findings, steps)


def _has_too_few_visitors(site: Site, edition: Edition, findings: list[Finding], steps: list[Step]) -> bool:
    """Neither number is exceeded; where one is not known and the other is not exceeded, nothing is said to be small."""
    day, month = site.visitors_a_day, site.visitors_a_month
    daily, monthly = edition.internet_media_daily_visitors, edition.internet_media_monthly_visitors
    enough = (day is not None and day > daily) or (month is not None and month > monthly)
    if not enough and (day is None or month is None):
        findings.append(Finding("L1.d33.b", "visitors_not_known", Severity.WARNING, fields=("site",)))
        return False
    facts: dict[str, Fact] = {"daily_needed": daily, "monthly_needed": monthly}
    steps.append(Step("L1.d33.b", "visitors_enough" if enough else "visitors_too_few", facts))
    return not enough


def _class(outlet: Outlet, edition: Edition, steps: list[Step]) -> tuple[OutletClass | None, Unsettled | None]:
    """L22.18 or L22.19: by founders with public money, or by privileges (`state_media_test`)."""
    if outlet.privileged:
        steps.append(Step("L22.18", "item_18_by_privilege"))
        return OutletClass.ITEM_18, None
    by_founder = _state_media(outlet, edition)
    if by_founder:
        steps.append(Step("L22.18", "item_18_by_founder"))
        return OutletClass.ITEM_18, None
    if by_founder is None or outlet.privileged is None:
        return None, Unsettled("outlet_class_open", ("L22.18", "L22.19.a"), ("class_item_18", "class_item_19"))
    steps.append(Step("L22.19.a", "item_19"))
    if outlet.medium in BROADCAST:
        steps.append(Step("L24.6", "air_time_by_general_law"))
    return OutletClass.ITEM_19, None


def _state_media(outlet: Outlet, edition: Edition) -> bool | None:
    """Whether its founders make it one of item 18; None where the public money is not known."""
    if outlet.founders == {Founder.OTHER}:
        return False
    if edition.state_media_test is StateMediaTest.FOUNDED_OR_PRIVILEGED and outlet.founders & _PUBLIC:
        return True
    return outlet.budget_financed


def _for_the_cec(outlet: Outlet, steps: list[Step]) -> Iterator[Finding]:
    """L22.2-1: state, budget-financed and social-package broadcasters give the CEC time; how much, it does not say."""
    public = bool(outlet.founders & _PUBLIC) or outlet.budget_financed is True or outlet.social_package
    if outlet.medium not in BROADCAST or not public:
        return
    if outlet.minutes_to_cec is None:
        yield Finding("L22.2-1.a2", "minutes_to_cec_not_known", Severity.WARNING, fields=("minutes_to_cec",))
    elif outlet.minutes_to_cec == 0:
        yield Finding("L22.2-1.a2", "no_minutes_to_cec", Severity.ERROR, fields=("minutes_to_cec",))
    else:
        steps.append(Step("L22.2-1.a2", "minutes_given_to_cec", {"minutes": outlet.minutes_to_cec}))


def _rebroadcast(outlet: Outlet, steps: list[Step]) -> Iterator[Finding]:
    if outlet.rebroadcast is Rebroadcast.LIVE:
        yield Finding("L22.16.a2", "foreign_programme_live", Severity.ERROR, fields=("rebroadcast",))
    elif outlet.rebroadcast is Rebroadcast.RECORDED:
        steps.append(Step("L22.16.a2", "foreign_programme_recorded"))
    elif outlet.rebroadcast is None and outlet.medium in BROADCAST:
        yield Finding("L22.16.a2", "rebroadcast_not_known", Severity.WARNING, fields=("rebroadcast",))


def _workers(outlet: Outlet, steps: list[Step]) -> Iterator[Finding]:
    """L22.17: founders, candidates and their representatives do not present or cover; their free air time is theirs."""
    for index, each in enumerate(outlet.workers):
        ties = [name for name in ("founder", "candidate", "representative") if getattr(each, name)]
        if not ties:
            steps.append(Step("L22.17.a1", "worker_has_no_tie", {"person": each.name}))
        elif each.only_in_free_time:
            steps.append(Step("L22.17.a2", "worker_in_free_time", {"person": each.name}))
        else:
            for tie in ties:
                facts: dict[str, Fact] = {"person": each.name, "media_tie": tie}
                yield Finding("L22.17.a1", "worker_with_a_tie", Severity.ERROR, facts, (f"workers[{index}].{tie}",))


# ------------------------------------------------------------------------------------- accreditation


def _accredited(outlet: Outlet, edition: Edition, findings: list[Finding], steps: list[Step]) -> bool | None:
    """L22.20: prices and terms made public in time and given to the CEC, which publishes them; None: not known."""
    public = _terms_public(outlet, edition, findings, steps)
    handed = _terms_handed(outlet, edition, findings, steps)
    findings += _terms_on_site(outlet, edition, steps)
    return public if handed else False


def _terms_public(outlet: Outlet, edition: Edition, findings: list[Finding], steps: list[Step]) -> bool | None:
    """In time; None where the calendar took the calling's day, as its official publication is not known."""
    occasion = outlet.polling.occasion
    if outlet.calling_published is not None:
        occasion = occasion.knowing(official_publication_of_calling=outlet.calling_published)
    term = when("media_rates_published", occasion, edition)
    if outlet.terms_published is None:
        findings.append(Finding("L22.20.a1", "terms_not_published", Severity.ERROR, fields=("terms_published",)))
        return False
    facts: dict[str, Fact] = {"day": outlet.terms_published, "last": term.last or outlet.terms_published}
    if term.closes is None or start_of(outlet.terms_published) < term.closes:
        steps.append(Step("L22.20.a1", "terms_published_in_time", facts))
        return True
    if outlet.calling_published is None:
        fields = ("calling_published",)
        findings.append(Finding("L22.20.a1", "calling_publication_not_known", Severity.WARNING, facts, fields))
        return None
    recorded = edition.late_media_terms is LateMediaTerms.RECORDED
    severity = Severity.WARNING if recorded else Severity.ERROR
    findings.append(Finding("L22.20.a1", "terms_published_late", severity, facts, ("terms_published",)))
    return recorded


def _terms_handed(outlet: Outlet, edition: Edition, findings: list[Finding], steps: list[Step]) -> bool:
    """The law sets no term for handing them over; it ends where the CEC must have published them."""
    term = when("media_rates_online", outlet.polling.occasion, edition)
    if outlet.terms_to_cec is None:
        findings.append(Finding("L22.20.a2", "terms_not_with_cec", Severity.ERROR, fields=("terms_to_cec",)))
        return False
    facts: dict[str, Fact] = {"day": outlet.terms_to_cec, "last": term.last or outlet.terms_to_cec}
    if term.closes is not None and start_of(outlet.terms_to_cec) >= term.closes:
        findings.append(Finding("L22.20.a2", "terms_with_cec_too_late", Severity.ERROR, facts, ("terms_to_cec",)))
        return False
    steps.append(Step("L22.20.a2", "terms_with_cec", facts))
    return True


def _terms_on_site(outlet: Outlet, edition: Edition, steps: list[Step]) -> Iterator[Finding]:
    """What the CEC does late costs the outlet nothing."""
    if outlet.terms_to_cec is None:
        return
    term = when("media_rates_online", outlet.polling.occasion, edition)
    if outlet.terms_on_cec_site is None:
        yield Finding("L22.20.a3", "terms_not_on_cec_site", Severity.WARNING, fields=("terms_on_cec_site",))
        return
    facts: dict[str, Fact] = {"day": outlet.terms_on_cec_site, "last": term.last or outlet.terms_on_cec_site}
    if term.closes is not None and start_of(outlet.terms_on_cec_site) >= term.closes:
        yield Finding("L22.20.a3", "terms_on_cec_site_late", Severity.WARNING, facts, ("terms_on_cec_site",))
    else:
        steps.append(Step("L22.20.a3", "terms_on_cec_site", facts))
