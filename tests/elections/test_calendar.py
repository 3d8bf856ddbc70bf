"""The calendar of a called election: its deadlines, what moves them, who keeps them, and who is reminded."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError, ProgrammingError

from shailoo.accounts.models import Body, Office, Person
from shailoo.accounts.roles import Role
from shailoo.commissions.actions import appoint, establish_cec, establish_pecs, establish_tecs
from shailoo.commissions.models import Commission
from shailoo.elections.actions import (
    Call,
    Called,
    call_election,
    fulfil,
    move_clock,
    postpone_voting,
    record_moment,
    set_ballot,
    set_precincts,
)
from shailoo.elections.actions.reminding import remind
from shailoo.elections.agenda import agenda, current, for_office, history, lateness, missing_below
from shailoo.elections.deadlines import Standing, State
from shailoo.elections.models import Deadline, Election, Fulfilment, Reminder, Voting
from shailoo.elections.occasions import occasion_of
from shailoo.elections.queries import featured, next_voting
from shailoo.law.calendar import BISHKEK, Kind, calendar, end_of, event, start_of, when
from shailoo.law.calendar.calling import Ground
from shailoo.law.outcome import Refused
from shailoo.ledger.models import Act
from shailoo.territory.actions import Site, install_division, lay_out_precincts
from shailoo.territory.models import Area
from tests.elections.test_elections import LINES

pytestmark = pytest.mark.django_db
CALLED = date(2020, 7, 3)
DAY = date(2020, 10, 4)
AT = datetime(2020, 7, 3, 6, tzinfo=UTC)
CALL = Call(
    slug="jk-2020",
    kind=Election.Kind.JOGORKU_KENESH,
    occasion=Election.Occasion.REGULAR,
    name_ky="Шайлоо",
    name_ru="Выборы",
    name_en="Election",
    called_on=CALLED,
    day=DAY,
    act_number="УП № 90",
    term_ends=DAY,
)


def local(day: date, hour: int = 12, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=BISHKEK)


def office(body: Body, role: Role, name: str, by: Office | None) -> Office:
    person = Person.objects.create_person(name, f"{name} generated", "a-long-password")
    person.email = f"{name}@example.org"
    person.save()
    found = appoint(person, body, role, by=by, since=AT)
    assert isinstance(found, Office)
    return found


@pytest.fixture
def chair() -> Office:
    install_division(at=AT)
    cec = establish_cec(Area.objects.get(code="KG"), at=AT)
    return office(cec.body, Role.CEC_CHAIR, "chair", None)


@pytest.fixture
def voting(chair: Office) -> Voting:
    called = call_election(CALL, by=chair, at=AT)
    assert isinstance(called, Called), called
    return called.voting


@pytest.fixture
def tec(chair: Office, voting: Voting) -> Commission:
    """A territorial commission with two precincts that vote."""
    establish_tecs(Area.objects.filter(code="KG02205"), by=chair, at=AT)
    lay_out_precincts([Site("1001", "KG02205"), Site("1002", "KG02205")], by=None, at=AT)
    establish_pecs(by=chair, at=AT)
    set_precincts(voting, {"1001": 100, "1002": 200}, by=chair, at=AT)
    return Commission.objects.get(level=Commission.Level.TEC)


def deadline(voting: Voting, name: str) -> Deadline:
    return current(voting).get(event=name)


def stands(voting: Voting, name: str, now: datetime) -> Standing:
    return next(each for each in agenda(voting, now) if each.event.id == name)


def codes(answer: object) -> tuple[str, ...]:
    assert isinstance(answer, Refused), answer
    return answer.codes


# ------------------------------------------------------------------------------------- calling


@pytest.mark.norm("L59.3.a", "L48.1.b")
def test_calling_creates_every_deadline_of_the_law_at_once(voting: Voting) -> None:
    law, occasion = voting.election.edition, CALL.calling().occasion()
    expected = {each.id: each for each in calendar(occasion, law)}
    found = {each.event: each for each in Deadline.objects.filter(voting=voting)}
    assert found.keys() == expected.keys()
    for name, each in found.items():
        entry = expected[name]
        assert (each.first, each.last, each.opens, each.closes) == (entry.first, entry.last, entry.opens, entry.closes)
        assert (each.version, each.reason) == (1, "election.called")
    assert voting.election.ground == Election.Ground.DECREE
    payload = Act.objects.get(name="election.called").payload
    assert '"ground":"decree"' in payload
    assert '"act_number":"УП № 90"' in payload


def test_an_election_without_a_ballot_is_not_the_one_whose_results_are_shown(voting: Voting, chair: Office) -> None:
    assert (featured(), next_voting()) == (None, voting)
    assert set_ballot(voting, LINES, by=chair, at=local(date(2020, 9, 7))) == 3
    assert featured() == voting
    assert stands(voting, "ballot_text_approved", local(date(2020, 9, 8))).state is State.DONE
    assert codes(set_ballot(voting, LINES, by=chair, at=AT)) == ("ballot_set_before",)


@pytest.mark.norm("L59.3.a", "L59.3.b", "L59.6.a")
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"called_on": date(2020, 7, 6)}, "called_too_late"),
        ({"called_on": date(2020, 6, 25)}, "called_too_early"),
        ({"day": date(2020, 10, 5)}, "not_the_regular_day"),
        ({"ground": Ground.RESOLUTION}, "calling_by_another_body"),
        ({"ground": Ground.DEEMED}, "deemed_called_on_another_day"),
    ],
)
def test_what_the_law_does_not_allow_is_refused_and_leaves_nothing(
    chair: Office, change: dict[str, object], code: str
) -> None:
    answer = call_election(replace(CALL, **change), by=chair, at=AT)  # type: ignore[arg-type]  # fields of the table
    assert code in codes(answer)
    assert not Election.objects.exists()
    assert not Act.objects.filter(name="election.called").exists()


def test_data_of_the_public_record_stand_as_they_were_and_their_departures_are_written_down(chair: Office) -> None:
    late = replace(CALL, called_on=date(2020, 7, 6), origin=Election.Origin.PUBLIC_RECORD)
    assert isinstance(call_election(late, by=chair, at=AT), Called)
    assert '"code":"called_too_late"' in Act.objects.get(name="election.called").payload


def test_a_real_election_is_not_called_on_a_day_that_has_not_come(chair: Office) -> None:
    tomorrow = replace(CALL, called_on=date(2020, 7, 4))
    assert codes(call_election(tomorrow, by=chair, at=AT)) == ("moment_in_the_future",)
    assert isinstance(call_election(replace(tomorrow, rehearsal=True), by=chair, at=AT), Called)


def test_a_rehearsal_stays_one_also_for_the_database(voting: Voting) -> None:
    with pytest.raises((InternalError, ProgrammingError), match=r"a_rehearsal_stays_one|Cannot"), transaction.atomic():
        Election.objects.filter(pk=voting.election_id).update(rehearsal=True)


def test_a_rehearsal_never_takes_the_place_of_a_real_election_on_the_public_pages(
    voting: Voting, chair: Office
) -> None:
    set_ballot(voting, LINES, by=chair, at=AT)
    drill = replace(CALL, slug="drill", rehearsal=True, called_on=date(2021, 7, 1), day=date(2021, 10, 3), lines=LINES)
    assert isinstance(call_election(replace(drill, term_ends=None), by=chair, at=AT), Called)
    assert featured() == voting


def test_what_does_not_apply_says_why(voting: Voting) -> None:
    assert deadline(voting, "deemed_called_jk").not_applicable == "called_by_an_act"
    assert deadline(voting, "postponement_no_lists").not_applicable == "only_where_lists_are_missing"
    assert stands(voting, "deemed_called_jk", local(DAY)).state is State.NOT_APPLICABLE
    assert deadline(voting, "calling_deadline_jk").not_applicable == ""
    assert stands(voting, "calling_deadline_jk", local(DAY)).state is State.DONE


# ------------------------------------------------------------------------------------- states, at their borders


def test_a_deadline_comes_is_due_is_late_to_the_second(voting: Voting) -> None:
    closes = end_of(date(2020, 8, 4))  # preliminary lists on the site, 60 full days before
    second = timedelta(seconds=1)
    assert deadline(voting, "preliminary_lists_online").closes == closes
    assert stands(voting, "preliminary_lists_online", closes - timedelta(days=10) - second).state is State.COMING
    assert stands(voting, "preliminary_lists_online", closes - timedelta(days=10)).state is State.DUE
    assert stands(voting, "preliminary_lists_online", closes - second).state is State.DUE
    assert stands(voting, "preliminary_lists_online", closes).state is State.LATE


def test_what_nobody_has_to_do_passes_by_law(voting: Voting) -> None:
    border = start_of(date(2020, 10, 3)) + timedelta(hours=8)
    assert stands(voting, "campaign_end", border - timedelta(seconds=1)).state is State.DUE
    assert stands(voting, "campaign_end", border).state is State.DONE
    assert stands(voting, "campaign_end", border).act == ""


def test_a_term_that_has_not_opened_is_coming(voting: Voting) -> None:
    opens = start_of(date(2020, 10, 2))  # ballots go to the precincts one or two days before
    assert stands(voting, "ballots_to_pecs", opens - timedelta(seconds=1)).state is State.COMING
    assert stands(voting, "ballots_to_pecs", opens).state is State.DUE


def test_what_waits_for_a_paper_is_coming_and_says_what_for(voting: Voting) -> None:
    found = stands(voting, "complaint_decided", local(DAY))
    assert (found.state, found.deadline.waits_for) == (State.COMING, "complaint_receipt")


# ------------------------------------------------------------------------------------- fulfilling


def test_a_commission_records_what_it_did_and_the_act_is_its_ground(voting: Voting, chair: Office) -> None:
    at = local(date(2020, 8, 3))
    done = fulfil(voting, "preliminary_lists_online", bodies=[chair.body], note="№ 7, 3.08.2020", by=chair, at=at)
    assert isinstance(done, tuple)
    found = stands(voting, "preliminary_lists_online", local(date(2020, 8, 20)))
    assert (found.state, found.done_at, found.act, found.count.late) == (State.DONE, at, done[0].act, 0)
    assert Act.objects.get(hash=done[0].act).grounds == list(event("preliminary_lists_online").norms)
    again = fulfil(voting, "preliminary_lists_online", bodies=[chair.body], note="again", by=chair, at=at)
    assert codes(again) == ("fulfilled_before",)


def test_done_late_is_recorded_as_late(voting: Voting, chair: Office) -> None:
    at = end_of(date(2020, 8, 4))
    assert isinstance(
        fulfil(voting, "preliminary_lists_online", bodies=[chair.body], note="№ 8", by=chair, at=at), tuple
    )
    found = stands(voting, "preliminary_lists_online", at)
    assert (found.state, found.count.late) == (State.DONE, 1)


def test_each_precinct_commission_keeps_its_own_deadline(voting: Voting, tec: Commission, chair: Office) -> None:
    first, second = Commission.objects.filter(level=Commission.Level.PEC).order_by("body__code")
    pec = office(first.body, Role.PEC_CHAIR, "pec", chair)
    at = local(date(2020, 8, 3))
    assert isinstance(fulfil(voting, "preliminary_lists_posted", bodies=[first.body], note="акт", by=pec, at=at), tuple)
    found = stands(voting, "preliminary_lists_posted", local(date(2020, 8, 6)))
    assert (found.state, found.count.expected, found.count.done, found.count.missing) == (State.LATE, 2, 1, 1)
    assert [each.count.missing for each in lateness(voting, "preliminary_lists_posted")] == [1]
    assert missing_below(voting, "preliminary_lists_posted", tec) == (second.body,)
    other = fulfil(voting, "preliminary_lists_posted", bodies=[second.body], note="акт", by=pec, at=at)
    assert codes(other) == ("other_territory",)
    assert "preliminary_lists_posted" not in {each.event.id for each in for_office(pec, voting, at)}


@pytest.mark.norm("L13.4.a1")
def test_what_the_system_saw_needs_no_second_record(voting: Voting, tec: Commission) -> None:
    found = stands(voting, "precincts_established", local(date(2020, 9, 1)))
    assert (found.state, found.count.expected, found.count.late) == (State.DONE, 1, 0)


@pytest.mark.parametrize(
    ("name", "note", "code"),
    [
        ("preliminary_lists_online", "  ", "fulfilment_needs_a_paper"),
        ("campaign_end", "№ 1", "no_such_deadline"),
        ("deemed_calling_published", "№ 1", "no_such_deadline"),
        ("no_event", "№ 1", "no_such_deadline"),
        ("ballots_to_pecs", "№ 1", "term_has_not_begun"),
    ],
)
def test_a_refused_fulfilment_leaves_nothing(voting: Voting, chair: Office, name: str, note: str, code: str) -> None:
    answer = fulfil(voting, name, bodies=[chair.body], note=note, by=chair, at=local(date(2020, 8, 1)))
    assert codes(answer) == (code,)
    assert not Fulfilment.objects.exists()
    assert not Act.objects.filter(name="deadline.fulfilled").exists()


# ------------------------------------------------------------------------------------- what happens moves terms


@pytest.mark.norm("L59.5")
def test_an_event_that_happens_makes_a_further_version_and_keeps_the_first(voting: Voting, chair: Office) -> None:
    before = deadline(voting, "media_rates_published")
    assert before.last == date(2020, 7, 23)
    moved = record_moment(
        voting, "official_publication_of_calling", date(2020, 7, 5), by=chair, at=local(date(2020, 7, 6))
    )
    assert isinstance(moved, int)
    assert moved > 0
    after = deadline(voting, "media_rates_published")
    assert (after.version, after.last, after.reason) == (2, date(2020, 7, 25), "official_publication_of_calling")
    assert [each.last for each in history(voting, "media_rates_published")] == [date(2020, 7, 23), date(2020, 7, 25)]
    assert deadline(voting, "precincts_established").version == 1


def test_a_later_note_corrects_an_earlier_one_and_both_stay(voting: Voting, chair: Office) -> None:
    for day in (date(2020, 7, 4), date(2020, 7, 5)):
        record_moment(voting, "official_publication_of_calling", day, by=chair, at=local(date(2020, 7, 6)))
    assert [each.day for each in voting.moments.order_by("pk")] == [date(2020, 7, 4), date(2020, 7, 5)]
    assert deadline(voting, "media_rates_published").last == date(2020, 7, 25)


@pytest.mark.parametrize(
    ("anchor", "day", "code"),
    [
        ("no_anchor", date(2020, 7, 4), "no_term_counts_from_it"),
        ("election_day", date(2020, 7, 4), "no_term_counts_from_it"),
        ("official_publication_of_calling", date(2020, 7, 7), "moment_in_the_future"),
    ],
)
def test_what_has_not_happened_is_not_recorded(
    voting: Voting, chair: Office, anchor: str, day: date, code: str
) -> None:
    assert codes(record_moment(voting, anchor, day, by=chair, at=local(date(2020, 7, 6)))) == (code,)
    assert not voting.moments.exists()


@pytest.mark.norm("L61.6")
def test_with_one_list_the_election_moves_by_25_days_and_all_its_terms(voting: Voting, chair: Office) -> None:
    early = local(date(2020, 9, 3), 23, 59)
    assert codes(postpone_voting(voting, 1, by=chair, at=early)) == ("not_the_time_to_postpone",)
    at = start_of(date(2020, 9, 4))
    assert codes(postpone_voting(voting, 2, by=chair, at=at)) == ("lists_enough_to_vote",)
    moved = postpone_voting(voting, 1, by=chair, at=at)
    assert isinstance(moved, Voting)
    assert Voting.objects.get(pk=voting.pk).day == date(2020, 10, 29)
    assert deadline(voting, "determination_of_results").last == date(2020, 11, 18)
    assert history(voting, "determination_of_results").count() == 2


@pytest.mark.norm("L61.6")
def test_an_election_is_postponed_once_however_often_the_button_is_pressed(voting: Voting, chair: Office) -> None:
    stale = Voting.objects.select_related("election").get(pk=voting.pk)
    at = start_of(date(2020, 9, 4))
    assert isinstance(postpone_voting(voting, 1, by=chair, at=at), Voting)
    assert codes(postpone_voting(stale, 1, by=chair, at=at)) == ("not_the_time_to_postpone",)
    assert Voting.objects.get(pk=voting.pk).day == date(2020, 10, 29)


@pytest.mark.django_db(transaction=True)
def test_two_notes_on_one_matter_at_once_are_counted_one_after_the_other(voting: Voting, chair: Office) -> None:
    at = local(date(2020, 8, 20))

    def note(day: date) -> object:
        try:
            return record_moment(voting, "official_publication_of_calling", day, by=chair, at=at)
        finally:
            connection.close()

    days = [date(2020, 7, each) for each in (4, 5, 6, 7)]
    with ThreadPoolExecutor(4) as hands:
        answers = list(hands.map(note, days))
    assert all(isinstance(each, int) for each in answers), answers
    versions = list(history(voting, "media_rates_published").values_list("version", flat=True))
    assert versions == list(range(1, len(versions) + 1))
    known = occasion_of(voting)
    assert known is not None
    last = when("media_rates_published", known, voting.election.edition).last
    assert deadline(voting, "media_rates_published").last == last


# ------------------------------------------------------------------------------------- rehearsal


def test_a_rehearsal_has_a_clock_that_can_be_moved_and_every_move_is_recorded(chair: Office) -> None:
    called = call_election(replace(CALL, rehearsal=True), by=chair, at=AT)
    assert isinstance(called, Called)
    from shailoo.elections import clock

    shows = local(date(2020, 8, 4), 23, 30)
    assert not isinstance(move_clock(called.election, shows, by=chair, at=AT), Refused)
    election = Election.objects.get(pk=called.election.pk)
    assert shows <= clock.now(election) < shows + timedelta(minutes=1)
    act = Act.objects.get(name="election.clock_moved")
    assert act.at == shows
    back = move_clock(election, shows - timedelta(days=1), by=chair, at=clock.now(election))
    assert codes(back) == ("clock_behind_the_record",)


def test_a_real_election_has_no_clock_to_move(voting: Voting, chair: Office) -> None:
    assert codes(move_clock(voting.election, AT, by=chair, at=AT)) == ("real_elections_have_real_time",)


# ------------------------------------------------------------------------------------- reminders


def test_every_office_is_reminded_once_before_on_the_last_day_and_when_it_is_late(
    voting: Voting, tec: Commission, chair: Office
) -> None:
    first, second = Commission.objects.filter(level=Commission.Level.PEC).order_by("body__code")
    office(first.body, Role.PEC_CHAIR, "first", chair)
    done = office(second.body, Role.PEC_CHAIR, "second", chair)
    closes = deadline(voting, "preliminary_lists_posted").closes
    assert closes is not None
    fulfil(voting, "preliminary_lists_posted", bodies=[second.body], note="акт", by=done, at=closes - timedelta(days=5))
    for left, word in ((timedelta(days=2), "чейин"), (timedelta(hours=3), "АКЫРКЫ КҮН"), (-timedelta(hours=1), "ӨТТҮ")):
        mail.outbox.clear()
        for _again in range(2):
            remind(voting, at=closes - left)
        to_pec = [each for each in mail.outbox if each.to == ["first@example.org"]]
        assert len(to_pec) == 1
        assert word in to_pec[0].body
        assert "второй" not in to_pec[0].body
        assert not [each for each in mail.outbox if each.to == ["second@example.org"]]
    kinds = Reminder.objects.filter(event="preliminary_lists_posted", office__person__username="first")
    assert list(kinds.order_by("pk").values_list("occasion", flat=True)) == ["days_before", "last_day", "late"]


def test_a_mail_that_cannot_be_sent_is_tried_again(
    voting: Voting, chair: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    closes = deadline(voting, "preliminary_lists_online").closes
    assert closes is not None

    def refuse(*_args: object) -> int:
        raise ConnectionRefusedError

    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", refuse)
        assert remind(voting, at=closes - timedelta(days=2)).failed == 1
    assert not Reminder.objects.exists()
    assert remind(voting, at=closes - timedelta(days=2)).sent == 1


def test_an_office_without_an_address_is_counted_and_reminded_when_it_has_one(voting: Voting, chair: Office) -> None:
    closes = deadline(voting, "preliminary_lists_online").closes
    assert closes is not None
    Person.objects.update(email="")
    assert remind(voting, at=closes - timedelta(days=2)).without_address == 1
    Person.objects.update(email="chair@example.org")
    assert remind(voting, at=closes - timedelta(days=2)).sent == 1


# ------------------------------------------------------------------------------------- what the database holds


@pytest.mark.parametrize("model", ["deadline", "moment", "fulfilment", "reminder"])
def test_what_was_written_is_never_changed(voting: Voting, chair: Office, model: str) -> None:
    at = local(date(2020, 7, 6))
    record_moment(voting, "official_publication_of_calling", date(2020, 7, 5), by=chair, at=at)
    fulfil(voting, "preliminary_lists_online", bodies=[chair.body], note="№ 7", by=chair, at=at)
    closes = deadline(voting, "preliminary_lists_to_cec").closes
    assert closes is not None
    remind(voting, at=closes - timedelta(days=2))
    rows = getattr(
        voting,
        {"deadline": "deadlines", "moment": "moments", "fulfilment": "fulfilments", "reminder": "reminders"}[model],
    )
    assert rows.exists()
    changes: tuple[Callable[[], object], ...] = (lambda: rows.update(voting=voting), rows.all().delete)
    for change in changes:
        with pytest.raises((InternalError, ProgrammingError), match=r"never_changed|Cannot"), transaction.atomic():
            change()


def test_a_body_fulfils_a_deadline_once_also_for_the_database(voting: Voting, chair: Office) -> None:
    at = local(date(2020, 7, 6))
    done = fulfil(voting, "preliminary_lists_online", bodies=[chair.body], note="№ 7", by=chair, at=at)
    assert isinstance(done, tuple)
    again = done[0]
    again.pk = None
    with pytest.raises(IntegrityError, match="a_body_fulfils_a_deadline_once"), transaction.atomic():
        again.save(force_insert=True)


def test_every_kind_of_election_is_called_with_its_calendar(chair: Office) -> None:
    president = replace(
        CALL,
        slug="president-2023",
        kind=Election.Kind.PRESIDENTIAL,
        called_on=date(2023, 6, 1),
        day=date(2023, 10, 15),
        term_ends=date(2023, 12, 1),
    )
    called = call_election(president, by=chair, at=local(date(2023, 6, 1)))
    assert isinstance(called, Called), called
    names = set(current(called.voting).values_list("event", flat=True))
    assert "signature_lists_submitted" in names
    assert "participation_notice" not in names
    assert president.calendar_kind is Kind.PRESIDENTIAL
