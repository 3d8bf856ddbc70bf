"""Media outlets: the two classes, accreditation, foreign programmes, who may not present (L1, L22.2-1 to L22.20)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from shailoo.law.campaign.outlets import Founder, Outlet, Rebroadcast, Site, Worker, media_outlet
from shailoo.law.campaign.paid_media import Medium, OutletClass
from tests.law.campaign.cases import CALLING, EDITION, POLLING, REPEAT, codes, found

CHANNEL = Outlet(
    POLLING,
    Medium.TELEVISION,
    frozenset({Founder.OTHER}),
    budget_financed=False,
    privileged=False,
    calling_published=CALLING,
    terms_published=date(2020, 7, 20),
    terms_to_cec=date(2020, 7, 20),
    terms_on_cec_site=date(2020, 8, 1),
    rebroadcast=Rebroadcast.NONE,
)
STATE = replace(CHANNEL, founders=frozenset({Founder.STATE_BODY}), budget_financed=True, minutes_to_cec=60)
SITE = Site(False, run_or_owned_here=True, open_to_all=True, visitors_a_day=501)
PORTAL = replace(CHANNEL, medium=Medium.INTERNET, site=SITE, rebroadcast=None)


@pytest.mark.norm("L22.19.a", "L22.20.a1", "L22.20.a2", "L22.20.a3", "L24.6")
def test_a_private_channel_with_its_terms_in_time_is_accredited_and_sells_by_contract() -> None:
    outcome = media_outlet(CHANNEL, EDITION)
    assert outcome.findings == ()
    assert outcome.value.outlet_class is OutletClass.ITEM_19
    assert outcome.value.accredited is True
    assert not outcome.value.owes_free_time
    assert {"L22.19.a", "L22.20.a1", "L22.20.a2", "L22.20.a3", "L24.6"} <= set(outcome.grounds)
    paper = media_outlet(replace(CHANNEL, medium=Medium.PRINT), EDITION)
    assert "air_time_by_general_law" not in codes(paper)


# ------------------------------------------------------------------------------------- the two classes


@pytest.mark.norm("L22.18")
@pytest.mark.parametrize("founder", [Founder.STATE_BODY, Founder.LOCAL_GOVERNMENT, Founder.SUBORDINATE_BODY])
def test_outlets_of_public_founders_with_public_money_owe_equal_opportunities(founder: Founder) -> None:
    channel = media_outlet(replace(STATE, founders=frozenset({founder, Founder.OTHER})), EDITION)
    assert channel.value.outlet_class is OutletClass.ITEM_18
    assert (channel.value.owes_free_time, channel.value.owes_free_space) == (True, False)
    assert "item_18_by_founder" in codes(channel)
    paper = media_outlet(replace(STATE, founders=frozenset({founder}), medium=Medium.PRINT), EDITION)
    assert (paper.value.owes_free_time, paper.value.owes_free_space) == (False, True)


@pytest.mark.norm("L22.18")
@pytest.mark.parametrize(
    ("founder", "by_default", "by_founder"),
    [
        (Founder.STATE_BODY, OutletClass.ITEM_19, OutletClass.ITEM_18),
        (Founder.LOCAL_GOVERNMENT, OutletClass.ITEM_19, OutletClass.ITEM_18),
        (Founder.SUBORDINATE_BODY, OutletClass.ITEM_19, OutletClass.ITEM_19),
        (Founder.OTHER, OutletClass.ITEM_19, OutletClass.ITEM_19),
    ],
)
def test_a_public_founder_without_public_money_is_a_reading(
    founder: Founder, by_default: OutletClass, by_founder: OutletClass
) -> None:
    outlet = replace(STATE, founders=frozenset({founder}), budget_financed=False)
    assert media_outlet(outlet, EDITION).value.outlet_class is by_default
    law = EDITION.with_readings(state_media_test="founded_or_privileged")
    assert media_outlet(outlet, law).value.outlet_class is by_founder


@pytest.mark.norm("L22.18", "L22.19.a")
def test_public_money_alone_makes_no_private_outlet_one_of_item_18() -> None:
    outlet = replace(CHANNEL, budget_financed=True, minutes_to_cec=60)
    assert media_outlet(outlet, EDITION).value.outlet_class is OutletClass.ITEM_19


@pytest.mark.norm("L22.18")
def test_privileges_make_any_outlet_one_of_item_18() -> None:
    outcome = media_outlet(replace(CHANNEL, privileged=True), EDITION)
    assert outcome.value.outlet_class is OutletClass.ITEM_18
    assert "item_18_by_privilege" in codes(outcome)


@pytest.mark.norm("L22.18")
@pytest.mark.parametrize(
    "outlet",
    [
        replace(STATE, budget_financed=None),
        replace(CHANNEL, privileged=None),
        replace(STATE, budget_financed=False, privileged=None),
    ],
)
def test_a_class_that_hangs_on_unknown_money_is_open(outlet: Outlet) -> None:
    outcome = media_outlet(outlet, EDITION)
    assert outcome.value.outlet_class is None
    assert outcome.unsettled is not None
    assert outcome.unsettled.norms == ("L22.18", "L22.19.a")
    assert outcome.unsettled.options == ("class_item_18", "class_item_19")


# ------------------------------------------------------------------------------------- Internet media


@pytest.mark.norm("L1.d33.b")
@pytest.mark.parametrize(
    ("daily", "monthly", "medium"),
    [(500, 1000, False), (501, 0, True), (0, 1001, True), (501, None, True), (None, 1001, True)],
)
def test_a_site_is_a_medium_above_500_visitors_a_day_or_1000_a_month(
    daily: int | None, monthly: int | None, medium: bool
) -> None:
    site = replace(SITE, visitors_a_day=daily, visitors_a_month=monthly)
    outcome = media_outlet(replace(PORTAL, site=site), EDITION)
    assert (outcome.value.outlet_class is OutletClass.ITEM_19) is medium
    assert ("visitors_enough" in codes(outcome)) is medium


@pytest.mark.norm("L1.d33.b")
@pytest.mark.parametrize(("daily", "monthly"), [(500, None), (None, 1000), (None, None)])
def test_a_number_of_visitors_that_is_not_known_makes_no_site_small(daily: int | None, monthly: int | None) -> None:
    site = replace(SITE, visitors_a_day=daily, visitors_a_month=monthly)
    outcome = media_outlet(replace(PORTAL, site=site), EDITION)
    assert found(outcome) == [("L1.d33.b", "visitors_not_known")]
    assert outcome.value.outlet_class is OutletClass.ITEM_19


@pytest.mark.norm("L1.d33.a")
@pytest.mark.parametrize(
    "site",
    [
        replace(SITE, blog_or_personal_page=True),
        replace(SITE, run_or_owned_here=False),
        replace(SITE, open_to_all=False),
    ],
)
def test_blogs_foreign_sites_and_closed_sites_are_no_media(site: Site) -> None:
    outcome = media_outlet(replace(PORTAL, site=site), EDITION)
    assert outcome.value.outlet_class is None
    assert outcome.value.accredited is None
    assert codes(outcome) == {"site_is_no_medium"}


@pytest.mark.norm("L1.d33.a", "L1.d33.b")
def test_what_is_not_known_of_a_site_is_asked_for() -> None:
    outcome = media_outlet(replace(PORTAL, site=Site(False)), EDITION)
    assert found(outcome) == [("L1.d33.a", "site_not_known"), ("L1.d33.b", "visitors_not_known")]
    assert outcome.errors == ()


# ------------------------------------------------------------------------------------- accreditation


@pytest.mark.norm("L22.20.a1")
@pytest.mark.parametrize(("published", "in_time"), [(date(2020, 7, 23), True), (date(2020, 7, 24), False)])
def test_terms_are_published_within_twenty_days_of_the_publication_of_the_calling(
    published: date, in_time: bool
) -> None:
    outcome = media_outlet(replace(CHANNEL, terms_published=published), EDITION)
    assert outcome.value.accredited is in_time
    assert found(outcome) == ([] if in_time else [("L22.20.a1", "terms_published_late")])


@pytest.mark.norm("L22.20.a1")
def test_the_term_runs_from_the_publication_where_the_calling_was_published_later() -> None:
    later = replace(CHANNEL, calling_published=date(2020, 7, 5), terms_published=date(2020, 7, 25))
    assert media_outlet(later, EDITION).value.accredited is True
    unknown = media_outlet(replace(later, calling_published=None), EDITION)
    assert unknown.value.accredited is None
    assert found(unknown) == [("L22.20.a1", "calling_publication_not_known")]
    assert media_outlet(replace(later, calling_published=None, terms_to_cec=None), EDITION).value.accredited is False


@pytest.mark.norm("L22.20.a1")
def test_terms_published_late_can_be_read_as_recorded_only() -> None:
    late = replace(CHANNEL, terms_published=date(2020, 7, 24))
    outcome = media_outlet(late, EDITION.with_readings(late_media_terms="recorded"))
    assert outcome.value.accredited is True
    assert outcome.errors == ()
    assert found(outcome) == [("L22.20.a1", "terms_published_late")]


@pytest.mark.norm("L22.20.a1", "L22.20.a2")
def test_without_published_terms_or_terms_with_the_cec_there_is_no_accreditation() -> None:
    silent = media_outlet(replace(CHANNEL, terms_published=None), EDITION)
    assert found(silent) == [("L22.20.a1", "terms_not_published")]
    assert silent.value.accredited is False
    unsent = media_outlet(replace(CHANNEL, terms_to_cec=None), EDITION)
    assert found(unsent) == [("L22.20.a2", "terms_not_with_cec")]
    nowhere = media_outlet(replace(CHANNEL, terms_to_cec=None, terms_on_cec_site=None), EDITION)
    assert found(nowhere) == [("L22.20.a2", "terms_not_with_cec")]
    assert unsent.value.accredited is False


@pytest.mark.norm("L22.20.a2")
@pytest.mark.parametrize(("handed", "accredited"), [(date(2020, 9, 8), True), (date(2020, 9, 9), False)])
def test_terms_reach_the_cec_before_it_must_have_published_them(handed: date, accredited: bool) -> None:
    outcome = media_outlet(replace(CHANNEL, terms_to_cec=handed, terms_on_cec_site=date(2020, 9, 8)), EDITION)
    assert outcome.value.accredited is accredited
    assert (("L22.20.a2", "terms_with_cec_too_late") in found(outcome)) is not accredited


@pytest.mark.norm("L22.20.a3")
@pytest.mark.parametrize(
    ("on_site", "expected"),
    [
        (date(2020, 9, 8), []),
        (date(2020, 9, 9), [("L22.20.a3", "terms_on_cec_site_late")]),
        (None, [("L22.20.a3", "terms_not_on_cec_site")]),
    ],
)
def test_what_the_cec_does_late_costs_the_outlet_nothing(on_site: date | None, expected: list[tuple[str, str]]) -> None:
    outcome = media_outlet(replace(CHANNEL, terms_on_cec_site=on_site), EDITION)
    assert found(outcome) == expected
    assert outcome.value.accredited is True


# ------------------------------------------------------------------------------------- programmes and people


@pytest.mark.norm("L22.2-1.a2")
@pytest.mark.parametrize(
    "outlet",
    [
        STATE,
        replace(CHANNEL, budget_financed=True, founders=frozenset({Founder.SUBORDINATE_BODY})),
        replace(CHANNEL, social_package=True),
    ],
)
def test_public_and_social_package_broadcasters_give_the_cec_time(outlet: Outlet) -> None:
    given = media_outlet(replace(outlet, minutes_to_cec=1), EDITION)
    assert "minutes_given_to_cec" in codes(given)
    assert "L22.2-1.a2" in given.grounds
    none = media_outlet(replace(outlet, minutes_to_cec=0), EDITION)
    assert found(none) == [("L22.2-1.a2", "no_minutes_to_cec")]
    unknown = media_outlet(replace(outlet, minutes_to_cec=None), EDITION)
    assert found(unknown) == [("L22.2-1.a2", "minutes_to_cec_not_known")]


@pytest.mark.norm("L22.2-1.a2")
def test_other_media_owe_the_cec_no_time() -> None:
    assert "no_minutes_to_cec" not in codes(media_outlet(replace(CHANNEL, minutes_to_cec=0), EDITION))
    paper = replace(STATE, medium=Medium.PRINT, minutes_to_cec=0)
    assert "no_minutes_to_cec" not in codes(media_outlet(paper, EDITION))


@pytest.mark.norm("L22.16.a2")
@pytest.mark.parametrize(
    ("how", "expected"),
    [
        (Rebroadcast.LIVE, [("L22.16.a2", "foreign_programme_live")]),
        (None, [("L22.16.a2", "rebroadcast_not_known")]),
        (Rebroadcast.RECORDED, []),
        (Rebroadcast.NONE, []),
    ],
)
def test_foreign_programmes_are_passed_on_from_recording(
    how: Rebroadcast | None, expected: list[tuple[str, str]]
) -> None:
    outcome = media_outlet(replace(CHANNEL, rebroadcast=how), EDITION)
    assert found(outcome) == expected
    assert ("foreign_programme_recorded" in codes(outcome)) is (how is Rebroadcast.RECORDED)


@pytest.mark.norm("L22.17.a1", "L22.17.a2")
@pytest.mark.parametrize("tie", ["founder", "candidate", "representative"])
def test_founders_candidates_and_representatives_appear_only_in_free_time(tie: str) -> None:
    worker = Worker("Айгүл Токтогулова", founder=tie == "founder", candidate=tie == "candidate")
    worker = replace(worker, representative=tie == "representative")
    outcome = media_outlet(replace(CHANNEL, workers=(Worker("Бакыт Асанов"), worker)), EDITION)
    assert found(outcome) == [("L22.17.a1", "worker_with_a_tie")]
    assert outcome.findings[0].facts["media_tie"] == tie
    assert [each.facts["person"] for each in outcome.steps if each.code == "worker_has_no_tie"] == ["Бакыт Асанов"]
    assert outcome.findings[0].fields == (f"workers[1].{tie}",)
    excused = media_outlet(replace(CHANNEL, workers=(replace(worker, only_in_free_time=True),)), EDITION)
    assert found(excused) == []
    assert "L22.17.a2" in excused.grounds


def test_facts_of_outlets_that_cannot_be() -> None:
    with pytest.raises(ValueError, match="repeat voting"):
        replace(CHANNEL, polling=REPEAT)
    with pytest.raises(ValueError, match="a site"):
        replace(CHANNEL, medium=Medium.INTERNET)
    with pytest.raises(ValueError, match="a site"):
        replace(CHANNEL, site=SITE)
    with pytest.raises(ValueError, match="founder"):
        replace(CHANNEL, founders=frozenset())
