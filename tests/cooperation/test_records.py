"""Keeping the register: what is entered, what the rules stop and warn of, what the database itself holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from shailoo.accounts.models import Body
from shailoo.accounts.roles import Role
from shailoo.cooperation import actions, queries
from shailoo.cooperation.dating import UNKNOWN, Dated
from shailoo.cooperation.kinds import AgreementStatus
from shailoo.cooperation.models import Agreement, Event, Membership, Mission, Organization, OrganMembership
from shailoo.cooperation.sorts import (
    AGREEMENT,
    CONTACT,
    EVENT,
    GROUP,
    MEMBERSHIP,
    MISSION,
    ORGANIZATION,
    PARTICIPATION,
    RELATION,
    ROLE,
    VISIT,
    Sort,
)
from shailoo.law.outcome import Refused
from shailoo.ledger.models import Act
from tests.cooperation.scene import AT, SOURCE, TODAY, Scene, agreement, codes, done, mission, office, partner, scene

pytestmark = pytest.mark.django_db


def enter(
    where: Scene, sort: Sort, values: Mapping[str, object], *, source: str = SOURCE, explained: str = ""
) -> object:
    return actions.enter(sort, values, where.commission, by=where.head, at=AT, source=source, explained=explained)


def acts() -> list[str]:
    return list(Act.objects.order_by("pk").values_list("name", flat=True))


def test_an_agreement_is_entered_changed_and_struck_out_and_the_ledger_keeps_each() -> None:
    where = scene()
    made = agreement(where, partner(where, "Election Commission of Malaysia"))
    assert made.code == "AGR-2026-1"
    changed = actions.change(made, {"subject": "тажрыйба"}, by=where.operator, at=AT, source=SOURCE, note="")
    assert done(changed, Agreement).subject == "тажрыйба"
    payload = Act.objects.filter(name="cooperation.changed").get().payload
    assert '"before"' in str(payload) or "before" in payload
    struck = actions.strike_out(made, "эки жолу", by=where.head, at=AT)
    assert done(struck, Agreement).struck_because == "эки жолу"
    assert codes(actions.change(made, {"subject": "x"}, by=where.head, at=AT, source=SOURCE)) == (
        "cooperation_struck_out_already",
    )
    assert acts()[-3:] == ["cooperation.entered", "cooperation.changed", "cooperation.struck_out"]


def test_a_change_that_changes_nothing_is_no_act() -> None:
    where = scene()
    made = agreement(where, partner(where, "Election Commission of Malaysia"))
    before = acts()
    done(actions.change(made, {"subject": ""}, by=where.head, at=AT, source=SOURCE), Agreement)
    assert acts() == before


def test_everyone_sees_a_record_from_its_publication_on_and_never_one_struck_out() -> None:
    where = scene()
    made = agreement(where, partner(where, "Election Commission of Malaysia"))
    assert not queries.public(AGREEMENT, where.commission).exists()
    done(actions.publish(made, by=where.head, at=AT), Agreement)
    assert queries.public(AGREEMENT, where.commission).count() == 1
    done(actions.withhold(made, by=where.head, at=AT), Agreement)
    assert not queries.public(AGREEMENT, where.commission).exists()
    done(actions.publish(made, by=where.head, at=AT), Agreement)
    actions.strike_out(made, "ката", by=where.head, at=AT)
    assert not queries.public(AGREEMENT, where.commission).exists()


@pytest.mark.parametrize("role", [Role.CEC_CHAIR, Role.CEC_MEMBER])
def test_who_only_reads_keeps_nothing(role: Role) -> None:
    where = scene()
    made = agreement(where, partner(where, "Election Commission of Malaysia"))
    by = office(where.body, role)
    told = {"name": "X", "kind": "ngo"}
    answers = [
        actions.enter(ORGANIZATION, told, where.commission, by=by, at=AT, source=SOURCE),
        actions.change(made, {}, by=by, at=AT, source=SOURCE),
        actions.strike_out(made, "x", by=by, at=AT),
        actions.publish(made, by=by, at=AT),
        actions.withhold(made, by=by, at=AT),
        actions.open_register(where.body, by=by, at=AT),
    ]
    assert [codes(each) for each in answers] == [("office_may_not",)] * len(answers)


def test_nobody_keeps_the_register_of_another_commission() -> None:
    where = scene()
    other = partner(where, "Election Commission of Malaysia")
    answer = actions.enter(AGREEMENT, {}, other, by=where.head, at=AT, source=SOURCE)
    assert codes(answer) == ("cooperation_of_another_register",)


def test_a_probable_twin_is_entered_only_with_words_why() -> None:
    where = scene()
    partner(
        where, "Association of European Election Officials", "", "association_of_election_bodies", abbreviation="ACEEEO"
    )
    for name, more in (
        ("association of european election officials", {}),
        ("Another name", {"aliases": ["ACEEEO"]}),
        ("Third name", {"abbreviation": "aceeeo"}),
    ):
        asked = {"name": name, "kind": "association_of_election_bodies", **more}
        answer = enter(where, ORGANIZATION, asked)
        assert codes(answer) == ("cooperation_probably_there_already", "cooperation_explain_why"), name
        twin = done(enter(where, ORGANIZATION, asked, explained="башка уюм"), Organization)
        done(actions.strike_out(twin, "тест", by=where.head, at=AT), Organization)


def test_bodies_of_two_states_may_have_one_name() -> None:
    where = scene()
    partner(where, "Election Commission", "MY")
    assert partner(where, "Election Commission", "IN").country == "IN"


def test_an_organization_that_records_name_is_not_struck_out() -> None:
    where = scene()
    other = partner(where, "Election Commission of Malaysia")
    agreement(where, other)
    for used in (other, where.commission):
        answer = actions.strike_out(used, "x", by=where.head, at=AT)
        assert codes(answer) == ("cooperation_organization_is_used",)


def test_a_website_is_kept_as_it_opens_and_as_it_was_printed() -> None:
    where = scene()
    made = partner(where, "Election Commission of Malaysia", website="www.spr.gov.my")
    assert (made.website, made.website_as_printed) == ("http://www.spr.gov.my", "www.spr.gov.my")
    answer = enter(where, ORGANIZATION, {"name": "X", "kind": "ngo", "website": "no site"})
    assert codes(answer) == ("cooperation_no_website",)


FUTURE = Dated.of_year(2030)


def test_the_rules_stop_what_cannot_be() -> None:
    where = scene()
    body = partner(where, "A-WEB", "", "association_of_election_bodies")
    met = done(enter(where, EVENT, {"kind": "conference", "title": "X", "starts": Dated.of_year(2013)}), Event)
    member = done(
        enter(where, MEMBERSHIP, {"association": body, "since": Dated.of_year(2013), "acquired_at": met}), Membership
    )
    cases: list[tuple[Sort, dict[str, object], str]] = [
        (ORGANIZATION, {"name": "", "kind": "ngo"}, "cooperation_not_said"),
        (ORGANIZATION, {"name": "Y", "kind": "ngo", "country": "XX"}, "cooperation_no_such_country"),
        (ORGANIZATION, {"name": "Y", "kind": "ngo", "email": "a b"}, "cooperation_no_email"),
        (ORGANIZATION, {"name": "Y", "kind": "ngo", "founded": FUTURE}, "cooperation_in_the_future"),
        (MEMBERSHIP, {"association": body}, "cooperation_member_already"),
        (MEMBERSHIP, {"association": where.commission}, "cooperation_with_itself"),
        (MEMBERSHIP, {"association": partner(where, "B"), "since": FUTURE}, "cooperation_in_the_future"),
        (
            MEMBERSHIP,
            {"association": partner(where, "C"), "since": Dated.of_year(2012), "acquired_at": met},
            "cooperation_acquired_in_another_year",
        ),
        (ROLE, {"membership": member, "organ": "X", "role": "chair", "since": FUTURE}, "cooperation_in_the_future"),
        (AGREEMENT, _signed(body, date(2030, 1, 1)), "cooperation_in_the_future"),
        (AGREEMENT, _signed(where.commission), "cooperation_with_itself"),
        (AGREEMENT, _signed(body) | {"until": date(2019, 1, 1)}, "cooperation_ends_before_it_begins"),
        (AGREEMENT, _signed(body) | {"remind_on": date(2021, 1, 1)}, "cooperation_reminder_without_a_term"),
        (EVENT, {"kind": "seminar"}, "cooperation_event_without_a_name"),
        (
            EVENT,
            {"kind": "seminar", "title": "X", "countries": 3, "election_bodies_countries": 4},
            "cooperation_more_countries_than_all",
        ),
        (
            EVENT,
            {"kind": "seminar", "title": "X", "starts": Dated.of_year(2014), "ends": Dated.of_year(2013)},
            "cooperation_ends_before_it_begins",
        ),
        (PARTICIPATION, {"event": met, "roles": []}, "cooperation_not_said"),
        (MISSION, {"direction": "incoming"}, "cooperation_nobody_came"),
        (MISSION, {"direction": "outgoing", "countries": ["KZ"], "observed": FUTURE}, "cooperation_in_the_future"),
        (VISIT, {"direction": "incoming"}, "cooperation_nobody_came"),
        (RELATION, {}, "cooperation_one_partner"),
        (RELATION, {"partner": body, "partner_described": "all"}, "cooperation_one_partner"),
    ]
    before = acts()
    for sort, values, code in cases:
        assert code in codes(enter(where, sort, values)), (sort.name, values)
    assert acts() == before, "what is refused leaves nothing behind"
    assert codes(enter(where, ORGANIZATION, {"name": "Z", "kind": "ngo"}, source=" ")) == (
        "cooperation_without_source",
    )


def _signed(with_: Organization, on: date = date(2020, 1, 1)) -> dict[str, object]:
    return {"counterpart": with_, "kind": "protocol", "signed_on": on}


def test_the_rules_warn_of_what_deserves_a_second_look() -> None:
    where = scene()
    done(
        actions.change(where.commission, {"website": "https://shailoo.gov.kg/"}, by=where.head, at=AT, source="CEC"),
        Organization,
    )
    body = partner(where, "A-WEB", "", "association_of_election_bodies")
    member = done(enter(where, MEMBERSHIP, {"association": body}), Membership)
    chair = {"membership": member, "organ": "Audit", "role": "chair", "since": Dated.of_year(2013)}
    done(enter(where, ROLE, chair), OrganMembership)
    hosted = done(enter(where, EVENT, {"kind": "seminar", "title": "X", "host": body}), Event)
    where.commission.refresh_from_db()
    cases: list[tuple[Sort, dict[str, object], str]] = [
        (ROLE, chair, "cooperation_two_chairs"),
        (PARTICIPATION, {"event": hosted, "roles": ["host"]}, "cooperation_another_host"),
        (MISSION, {"direction": "outgoing"}, "cooperation_country_not_said"),
        (
            CONTACT,
            {"name": "Бөлүмов Бөлүм", "position": "Head", "emails": ["a@example.org"]},
            "cooperation_address_of_another_domain",
        ),
        (
            GROUP,
            {
                "number": 1,
                "about": "X",
                "head_name": "Бөлүмов Бөлүм",
                "head_office": "Expert",
                "secretary_name": "Бөлүмова Айжан",
                "secretary_office": "Expert",
            },
            "cooperation_head_is_no_member",
        ),
    ]
    for sort, values, code in cases:
        assert codes(enter(where, sort, values)) == (code, "cooperation_explain_why"), sort.name
        assert not isinstance(enter(where, sort, values, explained="ушундай"), Refused)


@pytest.mark.parametrize(
    ("until", "ended", "today", "status"),
    [
        (None, None, TODAY, AgreementStatus.IN_FORCE),
        (date(2026, 9, 5), None, date(2026, 9, 5), AgreementStatus.IN_FORCE),
        (date(2026, 9, 5), None, date(2026, 9, 6), AgreementStatus.EXPIRED),
        (date(2026, 9, 5), date(2025, 1, 1), date(2024, 12, 31), AgreementStatus.IN_FORCE),
        (date(2026, 9, 5), date(2025, 1, 1), date(2025, 1, 1), AgreementStatus.TERMINATED),
        (date(2026, 9, 5), date(2025, 1, 1), date(2027, 1, 1), AgreementStatus.TERMINATED),
    ],
)
def test_the_status_of_an_agreement_follows_from_the_day(
    until: date | None, ended: date | None, today: date, status: AgreementStatus
) -> None:
    found = Agreement(signed_on=date(2020, 1, 1), until=until, terminated_on=ended)
    assert found.status(today) is status


def test_renewals_are_due_by_their_reminder_or_three_months_before_the_end() -> None:
    where = scene()
    due = {
        "reminded": {"until": date(2030, 1, 1), "remind_on": TODAY},
        "soon": {"until": date(2026, 12, 4)},
        "over": {"until": date(2026, 1, 1)},
        "not yet": {"until": date(2026, 12, 5)},
        "reminder tomorrow": {"until": date(2026, 10, 1), "remind_on": date(2026, 9, 6)},
        "endless": {},
        "ended": {"until": date(2026, 9, 30), "terminated_on": date(2026, 1, 1)},
    }
    for name, values in due.items():
        agreement(where, partner(where, name), **values)
    found = [each.counterpart.name for each in queries.renewals(where.commission, TODAY)]
    assert found == ["over", "soon", "reminded"]


def test_a_list_shows_the_latest_first_and_the_undated_last() -> None:
    where = scene()
    when = [UNKNOWN, Dated.of_year(2004), Dated.of_day(date(2012, 9, 15)), Dated.of_year(2012)]
    for each in when:
        done(enter(where, EVENT, {"kind": "conference", "title": f"X{each.written}", "starts": each}), Event)
    assert [each.starts.written for each in EVENT.rows()] == ["2012-09-15", "2012", "2004", ""]


# ------------------------------------------------------------------------------------- what the database holds


def test_the_database_refuses_what_no_act_would_do() -> None:
    where = scene()
    other = partner(where, "Election Commission of Malaysia")
    made = agreement(where, other)
    sent = mission(where)
    met = done(enter(where, EVENT, {"kind": "conference", "title": "X"}), Event)
    member = done(enter(where, MEMBERSHIP, {"association": other}), Membership)
    cases: list[tuple[Any, dict[str, object], str]] = [
        (other, {"kind": "x"}, "an_organization_has_a_known_kind"),
        (other, {"name": ""}, "an_organization_has_a_name"),
        (other, {"source": ""}, "an_organization_has_a_source"),
        (other, {"country": "my"}, "a_country_is_two_capital_letters"),
        (other, {"website": "javascript:x"}, "a_website_can_be_opened"),
        (other, {"founded_on": date(2004, 5, 1), "founded_precision": "year"}, "a_founding_is_as_precise_as_it_says"),
        (other, {"struck_at": AT}, "an_organization_is_struck_out_with_a_reason"),
        (other, {"same_as": other}, "nothing_is_its_own_twin"),
        (other, {"code": "X"}, "an_organization_keeps_its_code"),
        (made, {"source": ""}, "a_agreement_has_a_source"),
        (made, {"kind": "x"}, "an_agreement_has_a_known_kind"),
        (made, {"counterpart": where.commission}, "nobody_makes_an_agreement_with_itself"),
        (made, {"until": date(2000, 1, 1)}, "a_term_ends_after_the_signing"),
        (made, {"remind_on": date(2021, 1, 1)}, "a_renewal_is_thought_of_before_the_term_ends"),
        (made, {"commission": other}, "agreements_stay_in_their_register"),
        (met, {"ends_on": date(2013, 1, 1), "ends_precision": "day"}, "an_event_begins_before_it_ends"),
        (met, {"countries": 1, "election_bodies_countries": 2}, "election_bodies_come_from_no_more_countries_than_all"),
        (sent, {"direction": "x"}, "a_mission_has_a_direction"),
        (sent, {"event_types": ["x"]}, "a_mission_observes_known_votings"),
        (member, {"association": where.commission}, "a_commission_is_no_member_of_itself"),
    ]
    for row, values, name in cases:
        with pytest.raises((IntegrityError, DatabaseError), match=name), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(**values)
    for row in (other, made, met, sent, member):
        with pytest.raises(DatabaseError, match=r"never_deleted|Cannot delete"), transaction.atomic():
            type(row).objects.filter(pk=row.pk).delete()


def test_the_register_of_a_body_is_opened_once() -> None:
    where = scene()
    again = actions.open_register(where.body, by=where.secretary, at=AT)
    assert done(again, Organization) == where.commission
    assert Organization.objects.filter(body=Body.objects.get(code="CEC")).count() == 1


def test_an_office_that_ended_keeps_nothing() -> None:
    where = scene()
    where.head.until = datetime(2026, 9, 1, tzinfo=AT.tzinfo)
    where.head.save(update_fields=["until"])
    assert isinstance(enter(where, ORGANIZATION, {"name": "X", "kind": "ngo"}), Refused)
    assert not Mission.objects.exists()
