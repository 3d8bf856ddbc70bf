"""Who may hold which mandate: personal conditions, the exclusion lists item by item, conflicts of mandates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shailoo.law.editions.chapters.observation import DeputiesExcluded
from shailoo.law.norms import norm
from shailoo.law.observation.conduct import RepresentativeKind
from shailoo.law.observation.conflicts import CONFLICTS, Held, PersonsMandates, between, role_conflicts
from shailoo.law.observation.exclusions import BARRED, exclusions
from shailoo.law.observation.observers import observer
from shailoo.law.observation.people import Citizenship, Mandate, Office, Person
from shailoo.law.observation.representatives import representative
from shailoo.law.outcome import Finding
from tests.law.observation.cases import (
    CITIZEN,
    CITIZEN_OBSERVER,
    INTERNATIONAL,
    LAW,
    OBSERVER,
    appointment,
    errors,
    steps,
    warnings,
)

COMMISSION = RepresentativeKind.COMMISSION
AUTHORIZED = RepresentativeKind.AUTHORIZED
FINANCIAL = RepresentativeKind.FINANCIAL
PROXY = RepresentativeKind.PROXY

DEPUTIES = (Office.JOGORKU_KENESH_DEPUTY, Office.LOCAL_DEPUTY)
LAW_ENFORCEMENT = (Office.LAW_ENFORCEMENT_OFFICER, Office.PROSECUTOR)  # the prosecutor's office: L1.d20.4


def barred(*rows: tuple[str, Office | tuple[Office, ...]]) -> dict[Office, str]:
    """The list as the law numbers it: item -> office, or several where the item names them together."""
    return {office: item for item, named in rows for office in (named if isinstance(named, tuple) else (named,))}


OF_OBSERVERS = barred(
    ("L9.3.a2.1", Office.JOGORKU_KENESH_DEPUTY),
    ("L9.3.a2.2", Office.LOCAL_DEPUTY),
    ("L9.3.a2.3", (Office.STATE_OFFICIAL, Office.GOVERNMENT_MEMBER)),
    ("L9.3.a2.4", Office.LOCAL_OFFICIAL),
    ("L9.3.a2.7", Office.JUDGE),
    ("L9.3.a2.8", Office.PROSECUTOR),
    ("L9.3.a2.9", Office.LAW_ENFORCEMENT_OFFICER),
    ("L9.3.a2.10", Office.FISCAL_OFFICER),
    ("L9.3.a2.11", Office.SERVICEMAN),
)
OF_CITIZEN_OBSERVERS = barred(
    ("L10-1.4.1", Office.JOGORKU_KENESH_DEPUTY),
    ("L10-1.4.2", Office.LOCAL_DEPUTY),
    ("L10-1.4.3", (Office.STATE_OFFICIAL, Office.GOVERNMENT_MEMBER)),
    ("L10-1.4.4", Office.LOCAL_OFFICIAL),
    ("L10-1.4.8", Office.JUDGE),
    ("L10-1.4.9", Office.PROSECUTOR),
    ("L10-1.4.10", Office.LAW_ENFORCEMENT_OFFICER),
    ("L10-1.4.11", Office.FISCAL_OFFICER),
    ("L10-1.4.12", Office.SERVICEMAN),
)
OF_COMMISSION_REPRESENTATIVES = barred(
    ("L17.4.1", DEPUTIES),
    ("L17.4.2", Office.GOVERNMENT_MEMBER),
    ("L17.4.3", Office.PRESIDENT_OFFICE_OFFICER),
    ("L17.4.4", Office.GOVERNMENT_OFFICE_OFFICER),
    ("L17.4.5", Office.JOGORKU_KENESH_OFFICE_OFFICER),
    ("L17.4.6", Office.STATE_OFFICIAL),
    ("L17.4.7", Office.LOCAL_OFFICIAL),
    ("L17.4.8", Office.JUDGE),
    ("L17.4.10", Office.SERVICEMAN),
    ("L17.4.11", LAW_ENFORCEMENT),
    ("L17.4.12", Office.FISCAL_OFFICER),
)
OF_AUTHORIZED_REPRESENTATIVES = barred(
    ("L19.2.1", DEPUTIES),
    ("L19.2.2", Office.GOVERNMENT_MEMBER),
    ("L19.2.3", Office.PRESIDENT_OFFICE_OFFICER),
    ("L19.2.4", Office.JOGORKU_KENESH_OFFICE_OFFICER),
    ("L19.2.5", Office.GOVERNMENT_OFFICE_OFFICER),
    ("L19.2.6", Office.STATE_OFFICIAL),
    ("L19.2.7", Office.LOCAL_OFFICIAL),
    ("L19.2.8", Office.JUDGE),
    ("L19.2.9", Office.SERVICEMAN),
    ("L19.2.10", LAW_ENFORCEMENT),
    ("L19.2.11", Office.FISCAL_OFFICER),
)
OF_PROXIES = barred(
    ("L20.3.1", DEPUTIES),
    ("L20.3.2", Office.GOVERNMENT_MEMBER),
    ("L20.3.3", Office.PRESIDENT_OFFICE_OFFICER),
    ("L20.3.4", Office.GOVERNMENT_OFFICE_OFFICER),
    ("L20.3.5", Office.JOGORKU_KENESH_OFFICE_OFFICER),
    ("L20.3.6", Office.STATE_OFFICIAL),
    ("L20.3.7", Office.LOCAL_OFFICIAL),
    ("L20.3.9", Office.JUDGE),
    ("L20.3.10", LAW_ENFORCEMENT),
    ("L20.3.11", Office.FISCAL_OFFICER),
)


# ------------------------------------------------------------------------------------- exclusion lists


@pytest.mark.norm("L9.3.a2")
@pytest.mark.parametrize("office", Office)
def test_the_list_of_article_9_bars_whom_it_names_and_nobody_else(office: Office) -> None:
    found = observer(replace(OBSERVER, person=replace(CITIZEN, offices=frozenset({office}))), LAW)
    item = OF_OBSERVERS.get(office)
    assert errors(found) == ([] if item is None else [(item, "mandate_barred_by_office")])
    assert (("L9.3.a2", "mandate_not_excluded_by_office") in steps(found)) is (item is None)


@pytest.mark.norm("L10-1.4")
@pytest.mark.parametrize("office", Office)
def test_the_list_of_article_10_1_bars_whom_it_names_and_nobody_else(office: Office) -> None:
    found = observer(replace(CITIZEN_OBSERVER, person=replace(CITIZEN, offices=frozenset({office}))), LAW)
    item = OF_CITIZEN_OBSERVERS.get(office)
    assert errors(found) == ([] if item is None else [(item, "mandate_barred_by_office")])


@pytest.mark.norm("L17.4")
@pytest.mark.parametrize("office", Office)
def test_the_list_of_article_17_bars_whom_it_names_and_nobody_else(office: Office) -> None:
    person = replace(CITIZEN, offices=frozenset({office}))
    item = OF_COMMISSION_REPRESENTATIVES.get(office)
    found = representative(appointment(COMMISSION, person=person), LAW)
    assert errors(found) == ([] if item is None else [(item, "mandate_barred_by_office")])


@pytest.mark.norm("L19.2")
@pytest.mark.parametrize("kind", [AUTHORIZED, FINANCIAL])
@pytest.mark.parametrize("office", Office)
def test_the_list_of_article_19_bars_whom_it_names_and_nobody_else(office: Office, kind: RepresentativeKind) -> None:
    person = replace(CITIZEN, offices=frozenset({office}))
    item = OF_AUTHORIZED_REPRESENTATIVES.get(office)
    found = representative(appointment(kind, person=person), LAW)
    assert errors(found) == ([] if item is None else [(item, "mandate_barred_by_office")])


@pytest.mark.norm("L20.3")
@pytest.mark.parametrize("office", Office)
def test_the_list_of_article_20_bars_whom_it_names_and_nobody_else(office: Office) -> None:
    person = replace(CITIZEN, offices=frozenset({office}))
    item = OF_PROXIES.get(office)
    found = representative(appointment(PROXY, person=person), LAW)
    assert errors(found) == ([] if item is None else [(item, "mandate_barred_by_office")])


@pytest.mark.norm("L20.3", "L20.6")
def test_a_serviceman_and_a_journalist_may_be_proxies_with_a_warning() -> None:
    offices = frozenset({Office.SERVICEMAN, Office.MEDIA_WORKER})
    found = representative(appointment(PROXY, person=replace(CITIZEN, offices=offices)), LAW)
    assert errors(found) == []
    assert set(warnings(found)) == {("L20.3", "proxy_serviceman_not_named"), ("L20.6.3", "proxy_in_the_media")}


@pytest.mark.norm("L17.6", "L19.6")
@pytest.mark.parametrize(("kind", "item"), [(COMMISSION, "L17.6"), (AUTHORIZED, "L19.6"), (FINANCIAL, "L19.6")])
def test_public_employees_without_functions_may_serve_and_may_not_use_their_office(
    kind: RepresentativeKind, item: str
) -> None:
    for office in (Office.STATE_EMPLOYEE, Office.MUNICIPAL_EMPLOYEE):
        found = representative(appointment(kind, person=replace(CITIZEN, offices=frozenset({office}))), LAW)
        assert errors(found) == []
        assert (item, "mandate_without_advantage_of_office") in steps(found)


@pytest.mark.norm("L17.4", "L19.2", "L20.3")
@pytest.mark.parametrize("kind", [COMMISSION, AUTHORIZED, PROXY])
def test_deputies_may_be_read_as_those_of_the_jogorku_kenesh_alone(kind: RepresentativeKind) -> None:
    edition = LAW.with_readings(deputies_excluded=DeputiesExcluded.JOGORKU_KENESH)
    local = appointment(kind, person=replace(CITIZEN, offices=frozenset({Office.LOCAL_DEPUTY})))
    national = appointment(kind, person=replace(CITIZEN, offices=frozenset({Office.JOGORKU_KENESH_DEPUTY})))
    assert len(errors(representative(local, LAW))) == 1
    assert errors(representative(local, edition)) == []
    assert len(errors(representative(national, edition))) == 1


def test_the_reading_on_deputies_does_not_touch_lists_that_name_local_deputies() -> None:
    edition = LAW.with_readings(deputies_excluded=DeputiesExcluded.JOGORKU_KENESH)
    person = replace(CITIZEN, offices=frozenset({Office.LOCAL_DEPUTY}))
    found = exclusions(Mandate.OBSERVER, person, edition)
    assert [each.norm for each in found if isinstance(each, Finding)] == ["L9.3.a2.2"]


BY_MANDATE_OR_CITIZENSHIP = {
    "L9.3.a2": {"L9.3.a2.5", "L9.3.a2.6"},
    "L10-1.4": {"L10-1.4.5", "L10-1.4.6", "L10-1.4.7"},
    "L17.4": {"L17.4.9", "L17.4.13", "L17.4.14", "L17.4.15"},
    "L19.2": {"L19.2.12", "L19.2.13"},
    "L20.3": {"L20.3.8", "L20.3.12"},
}


@pytest.mark.parametrize(
    ("mandate", "name"),
    [
        (Mandate.OBSERVER, "L9.3.a2"),
        (Mandate.CITIZEN_OBSERVER, "L10-1.4"),
        (Mandate.COMMISSION_REPRESENTATIVE, "L17.4"),
        (Mandate.AUTHORIZED_REPRESENTATIVE, "L19.2"),
        (Mandate.PROXY, "L20.3"),
    ],
)
def test_no_item_of_an_exclusion_list_is_forgotten(mandate: Mandate, name: str) -> None:
    by_conflict = {line.norm for line in CONFLICTS if line.norm.startswith(f"{name}.")}
    reached = {*BARRED[mandate].values(), *by_conflict, *BY_MANDATE_OR_CITIZENSHIP[name]}
    assert reached == {item.id for item in norm(name).items}
    assert by_conflict <= BY_MANDATE_OR_CITIZENSHIP[name]


# ------------------------------------------------------------------------------------- personal conditions


@pytest.mark.norm("L9.3.a1")
@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (CITIZEN, []),
        (replace(CITIZEN, citizenship=Citizenship.FOREIGN), [("L9.3.a1", "mandate_requirement_not_met")]),
        (replace(CITIZEN, citizenship=Citizenship.STATELESS), [("L9.3.a1", "mandate_requirement_not_met")]),
        (replace(CITIZEN, citizenship=None), [("L9.3.a1", "mandate_requirement_not_shown")]),
        (replace(CITIZEN, has_right_to_vote=False), [("L9.3.a1", "mandate_requirement_not_met")]),
        (replace(CITIZEN, has_right_to_vote=None), [("L9.3.a1", "mandate_requirement_not_shown")]),
    ],
)
def test_an_observer_is_a_citizen_with_the_right_to_vote(person: Person, expected: list[tuple[str, str]]) -> None:
    assert errors(observer(replace(OBSERVER, person=person), LAW)) == expected


@pytest.mark.norm("L10.1.b", "R1.4")
@pytest.mark.parametrize(
    ("citizenship", "expected"),
    [
        (Citizenship.FOREIGN, []),
        (Citizenship.STATELESS, []),
        (Citizenship.KYRGYZ, [("L10.1.b", "mandate_requirement_not_met")]),
        (None, [("L10.1.b", "mandate_requirement_not_shown")]),
    ],
)
def test_a_citizen_is_no_international_observer(
    citizenship: Citizenship | None, expected: list[tuple[str, str]]
) -> None:
    assert errors(observer(replace(INTERNATIONAL, person=Person(citizenship)), LAW)) == expected


@pytest.mark.norm("L10-1.4")
def test_a_citizen_observer_needs_citizenship_by_the_reading_taken_and_no_right_to_vote() -> None:
    foreign = replace(CITIZEN_OBSERVER, person=replace(CITIZEN, citizenship=Citizenship.FOREIGN))
    assert errors(observer(foreign, LAW)) == [("L10-1.4", "mandate_requirement_not_met")]
    assert errors(observer(foreign, LAW.with_readings(citizen_observer_citizenship="not_required"))) == []
    voteless = observer(replace(CITIZEN_OBSERVER, person=replace(CITIZEN, has_right_to_vote=False)), LAW)
    assert errors(voteless) == []
    assert warnings(voteless) == [("L10-1.4", "mandate_right_to_vote_not_asked")]


@pytest.mark.norm("L17.3")
@pytest.mark.parametrize(("born", "admissible"), [(date(1999, 9, 4), True), (date(1999, 9, 5), False), (None, False)])
def test_a_representative_in_a_commission_is_21_on_the_day_of_registration(born: date | None, admissible: bool) -> None:
    found = representative(appointment(COMMISSION, person=replace(CITIZEN, born=born)), LAW)
    assert found.value.admissible is admissible
    assert {each for each, _code in errors(found)} == (set() if admissible else {"L17.3"})
    assert (("L17.3", "mandate_age_reached") in steps(found)) is admissible


@pytest.mark.norm("L17.3", "L17.4")
@pytest.mark.parametrize(
    ("person", "item", "code"),
    [
        (replace(CITIZEN, citizenship=Citizenship.FOREIGN), "L17.4.13", "mandate_requirement_not_met"),
        (replace(CITIZEN, citizenship=Citizenship.STATELESS), "L17.4.14", "mandate_requirement_not_met"),
        (replace(CITIZEN, citizenship=None), "L17.3", "mandate_requirement_not_shown"),
        (replace(CITIZEN, has_right_to_vote=False), "L17.3", "mandate_requirement_not_met"),
        (replace(CITIZEN, lives_permanently_in_country=False), "L17.3", "mandate_requirement_not_met"),
        (replace(CITIZEN, lives_permanently_in_country=None), "L17.3", "mandate_requirement_not_shown"),
        (replace(CITIZEN, has_uncancelled_conviction=True), "L17.4.15", "mandate_requirement_not_met"),
        (replace(CITIZEN, has_uncancelled_conviction=None), "L17.4.15", "mandate_requirement_not_shown"),
    ],
)
def test_what_a_representative_in_a_commission_must_be(person: Person, item: str, code: str) -> None:
    assert errors(representative(appointment(COMMISSION, person=person), LAW)) == [(item, code)]


@pytest.mark.norm("L19.2", "L20.3", "L20.2.a1")
@pytest.mark.parametrize(
    ("kind", "citizenship", "item"),
    [
        (AUTHORIZED, Citizenship.FOREIGN, "L19.2.12"),
        (AUTHORIZED, Citizenship.STATELESS, "L19.2.13"),
        (FINANCIAL, Citizenship.FOREIGN, "L19.2.12"),
        (FINANCIAL, Citizenship.STATELESS, "L19.2.13"),
        (PROXY, Citizenship.FOREIGN, "L20.3.12"),
        (PROXY, Citizenship.STATELESS, "L20.2.a1"),
    ],
)
def test_foreigners_and_stateless_persons_represent_nobody(
    kind: RepresentativeKind, citizenship: Citizenship, item: str
) -> None:
    person = replace(CITIZEN, citizenship=citizenship)
    found = representative(appointment(kind, person=person), LAW)
    assert errors(found) == [(item, "mandate_requirement_not_met")]


@pytest.mark.norm("L19.2", "L20.3")
@pytest.mark.parametrize("kind", [AUTHORIZED, FINANCIAL, PROXY])
def test_age_residence_and_convictions_matter_in_commissions_only(kind: RepresentativeKind) -> None:
    assert errors(representative(appointment(kind, person=Person(Citizenship.KYRGYZ)), LAW)) == []


# ------------------------------------------------------------------------------------- conflicts of mandates

DAY = date(2020, 9, 10)
_MEMBER = Mandate.COMMISSION_MEMBER
EXCLUDED = {
    (Mandate.OBSERVER, _MEMBER): "L9.3.a2.5",
    (Mandate.OBSERVER, Mandate.COMMISSION_REPRESENTATIVE): "L9.3.a2.6",
    (Mandate.CITIZEN_OBSERVER, _MEMBER): "L10-1.4.5",
    (Mandate.CITIZEN_OBSERVER, Mandate.COMMISSION_REPRESENTATIVE): "L10-1.4.6",
    (Mandate.CITIZEN_OBSERVER, Mandate.AUTHORIZED_REPRESENTATIVE): "L10-1.4.6",
    (Mandate.CITIZEN_OBSERVER, Mandate.FINANCIAL_REPRESENTATIVE): "L10-1.4.6",
    (Mandate.CITIZEN_OBSERVER, Mandate.OBSERVER): "L10-1.4.7",
    (Mandate.COMMISSION_REPRESENTATIVE, _MEMBER): "L17.4.9",
    (Mandate.PROXY, _MEMBER): "L20.3.8",
    (Mandate.INTERNATIONAL_OBSERVER, Mandate.OBSERVER): "L10.1.b",
    (Mandate.INTERNATIONAL_OBSERVER, Mandate.COMMISSION_REPRESENTATIVE): "L10.1.b",
    (Mandate.INTERNATIONAL_OBSERVER, Mandate.AUTHORIZED_REPRESENTATIVE): "L10.1.b",
    (Mandate.INTERNATIONAL_OBSERVER, Mandate.FINANCIAL_REPRESENTATIVE): "L10.1.b",
    (Mandate.INTERNATIONAL_OBSERVER, Mandate.PROXY): "L10.1.b",
}
WARNED = {
    (Mandate.CITIZEN_OBSERVER, Mandate.PROXY): "L10-1.4.6",
    (Mandate.AUTHORIZED_REPRESENTATIVE, _MEMBER): "L19.2",
    (Mandate.FINANCIAL_REPRESENTATIVE, _MEMBER): "L19.2",
}


def held(mandate: Mandate, since: date = DAY, until: date | None = None, commission: str = "PEC 7001") -> Held:
    return Held(mandate, since, until, commission)


@pytest.mark.norm("L9.3.a2", "L10-1.4", "L17.4", "L20.3", "L10.1.b")
@pytest.mark.parametrize("one", Mandate)
@pytest.mark.parametrize("other", Mandate)
def test_every_pair_of_mandates_is_excluded_warned_of_or_free(one: Mandate, other: Mandate) -> None:
    found = role_conflicts(PersonsMandates((held(one), held(other))), LAW)
    excluded = {pair for pair in EXCLUDED if set(pair) == {one, other}}
    warned = {pair for pair in WARNED if set(pair) == {one, other}}
    assert [each for each, _code in errors(found)] == [EXCLUDED[pair] for pair in excluded]
    assert found.value.barred == tuple(pair[0] for pair in excluded)
    assert [each for each, _code in warnings(found)] == [WARNED[pair] for pair in warned]


def test_the_table_names_no_pair_twice() -> None:
    pairs = [frozenset({line.barred, line.beside}) for line in CONFLICTS]
    assert len(pairs) == len(set(pairs))
    assert between(Mandate.OBSERVER, Mandate.OBSERVER) is None


@pytest.mark.norm("L9.3.a2", "L10-1.4", "L17.4")
def test_a_seeker_is_refused_for_a_mandate_held_already() -> None:
    member = replace(CITIZEN, mandates=frozenset({Mandate.COMMISSION_MEMBER}))
    assert errors(observer(replace(OBSERVER, person=member), LAW)) == [("L9.3.a2.5", "mandates_exclude_each_other")]
    citizen = observer(replace(CITIZEN_OBSERVER, person=member), LAW)
    assert errors(citizen) == [("L10-1.4.5", "mandates_exclude_each_other")]
    commission = representative(appointment(COMMISSION, person=member), LAW)
    assert errors(commission) == [("L17.4.9", "mandates_exclude_each_other")]
    assert errors(representative(appointment(AUTHORIZED, person=member), LAW)) == []


@pytest.mark.norm("L17.5")
@pytest.mark.parametrize(("commission", "expected"), [("PEC 7001", []), ("PEC 7002", ["L17.5"])])
def test_one_person_represents_in_one_commission_at_a_time(commission: str, expected: list[str]) -> None:
    both = (
        held(Mandate.COMMISSION_REPRESENTATIVE, commission="PEC 7001"),
        held(Mandate.COMMISSION_REPRESENTATIVE, commission=commission),
    )
    found = role_conflicts(PersonsMandates(both), LAW)
    assert [each for each, _code in errors(found)] == expected


@pytest.mark.norm("L17.5", "L9.3.a2")
def test_mandates_one_after_the_other_do_not_conflict() -> None:
    one = held(Mandate.COMMISSION_REPRESENTATIVE, DAY, DAY + timedelta(days=5))
    same_day = held(Mandate.OBSERVER, DAY + timedelta(days=5))
    next_day = held(Mandate.OBSERVER, DAY + timedelta(days=6))
    assert [each for each, _ in errors(role_conflicts(PersonsMandates((one, same_day)), LAW))] == ["L9.3.a2.6"]
    assert errors(role_conflicts(PersonsMandates((one, next_day)), LAW)) == []


TERMS = st.tuples(st.integers(0, 20), st.one_of(st.none(), st.integers(0, 8)))


@given(TERMS, TERMS)
def test_terms_overlap_where_a_day_lies_in_both(one: tuple[int, int | None], other: tuple[int, int | None]) -> None:
    def days(term: tuple[int, int | None]) -> set[int]:
        return set(range(term[0], 60 if term[1] is None else term[0] + term[1] + 1))

    def of(term: tuple[int, int | None]) -> Held:
        since = DAY + timedelta(days=term[0])
        return held(Mandate.OBSERVER, since, None if term[1] is None else since + timedelta(days=term[1]))

    assert of(one).overlaps(of(other)) is bool(days(one) & days(other))


@pytest.mark.norm("L9.3.a2", "L20.3")
def test_offices_are_held_against_every_mandate_of_the_person() -> None:
    mandates = (held(Mandate.OBSERVER), held(Mandate.PROXY), held(Mandate.MEDIA_REPRESENTATIVE))
    found = role_conflicts(PersonsMandates(mandates, frozenset({Office.JUDGE, Office.SERVICEMAN})), LAW)
    assert set(errors(found)) == {
        ("L9.3.a2.7", "mandate_barred_by_office"),
        ("L9.3.a2.11", "mandate_barred_by_office"),
        ("L20.3.9", "mandate_barred_by_office"),
    }
    assert found.value.barred == (Mandate.OBSERVER, Mandate.PROXY)


def test_a_term_that_ends_before_it_begins_and_a_representative_without_a_commission_cannot_be() -> None:
    with pytest.raises(ValueError, match="ends on or after"):
        held(Mandate.PROXY, DAY, DAY - timedelta(days=1))
    with pytest.raises(ValueError, match="needs the commission"):
        Held(Mandate.COMMISSION_REPRESENTATIVE, DAY)
