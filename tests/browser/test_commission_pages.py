"""The pages of commissions in a real browser: accessible, no wider than the screen, in the words of people.

One sitting holds every kind of page: a proposal on which a vote is demanded, a question that is voted on, a decision
with an individual opinion, minutes in two versions, a department and a working group.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page

from shailoo.accounts.models import Office, Person
from shailoo.accounts.roles import Role
from shailoo.commissions import actions
from shailoo.commissions.actions import MinutesText, Place, Question, Text, Unit, Visitor
from shailoo.commissions.models import Commission, Decision, Division, Matter, Motion, Sitting, Vote
from shailoo.law.observation.commissions import Attendee
from shailoo.territory.actions import install_division
from shailoo.territory.models import Area
from tests.browser.test_desk_pages import (
    SITE,
    beside_a_running_loop,
    browser_type_launch_args,
    faults,
    opened,
    untold,
)
from tests.commissions.sittings import decided, done, in_session, seated
from tests.counting.scene import office

__all__ = ["beside_a_running_loop", "browser_type_launch_args"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db]
NOW = datetime.now(UTC)
FILES = {"JSON", "XLSX", "ICS", "decision", "minutes"}  # kinds of files, numbers of papers: the same in every language
TITLE = {"title_ky": "Чатырлар", "title_ru": "Палатки"}


@dataclass(frozen=True)
class Hall:
    """A sitting of the CEC on a bad night."""

    sitting: Sitting
    chair: Office
    secretary: Office
    member: Office
    representative: Office
    decision: Decision
    motion: Motion
    division: Division

    def addresses(self) -> Iterator[tuple[Office | None, str]]:
        """Every kind of page, with who opens it."""
        night, held = self.sitting, self.decision.sitting
        for who in (self.chair, self.member, self.representative):
            yield who, f"desk/sittings/{night.pk}/"
        for place in ("sittings/", "sittings/call/", "decisions/", "commission/", "commission/groups/"):
            yield self.chair, f"desk/{place}"
        yield self.chair, f"desk/commission/divisions/{self.division.pk}/"
        yield self.member, f"desk/decisions/{self.decision.pk}/"
        yield self.secretary, f"desk/sittings/{held.pk}/minutes/"
        for place in ("1/", "2/", "1/2/"):
            yield self.secretary, f"desk/sittings/{held.pk}/minutes/{place}"
        yield self.chair, "desk/"
        for place in ("sittings/", "decisions/", "commissions/CEC/members/"):
            yield None, place
        yield None, f"sittings/CEC/{held.year}/{held.number}/"
        yield None, f"decisions/CEC/{self.decision.year}/{self.decision.number}/"


@pytest.fixture
def hall(db: None) -> Hall:
    begun = NOW - timedelta(days=30)
    install_division(at=begun)
    cec = actions.establish_cec(Area.objects.get(code="KG"), at=begun)
    chair, secretary, member = seated(cec.body, NOW - timedelta(days=3))
    representative = office("representative", cec.body, Role.COMMISSION_REPRESENTATIVE)
    Person.objects.filter(username="representative").update(name="Өкүлов Нурлан")
    _register(cec, chair)
    decision = _held(cec, chair, secretary, member)
    sitting, _members = in_session(cec.body, at=NOW - timedelta(hours=1))
    at = NOW - timedelta(minutes=50)
    demanded = done(actions.propose_item(sitting, Question(Matter.OTHER, **TITLE), by=representative, at=at))
    done(actions.demand_vote(demanded, by=representative, at=at))
    item = done(actions.propose_item(sitting, Question(Matter.FORM, **TITLE), by=chair, at=at))
    done(actions.include_item(item, by=chair, at=at))
    text = Text(text_ky="Чатырлар коюлат.", text_ru="Палатки ставятся.", norms=("L37.1",))
    motion = done(actions.put_motion(item, text, by=chair, at=at))
    done(actions.cast_vote(motion, Vote.Choice.ABSTAINED, by=member, at=at))
    guest = Visitor(Attendee.OBSERVER, "Асель", mandate_in_force=True)
    done(actions.attend(sitting, guest, by=secretary, at=at))
    return Hall(sitting, chair, secretary, member, representative, decision, motion, Division.objects.get())


def _register(cec: Commission, chair: Office) -> None:
    at = NOW - timedelta(days=2)
    place = Place("Бишкек, Чүй 1", "Бишкек, Чуй 1", phone="+996 312 000000", hours="09:00-18:00")
    done(actions.set_contact(cec, place, by=chair, at=at))
    unit = Unit(Division.Kind.DEPARTMENT, "Укук", "Право", "Право", head=chair)
    done(actions.form_division(cec, unit, by=chair, at=at))


def _held(cec: Commission, chair: Office, secretary: Office, member: Office) -> Decision:
    """A closed sitting: a decision that repeals another, an individual opinion, minutes in two versions, one public."""
    at = NOW - timedelta(days=1)
    first = decided(cec.body, Matter.FORM, "", at=at, title="Үлгү")
    done(actions.publish_decision(first, by=chair, at=at))
    sitting, members = in_session(cec.body, at=at + timedelta(hours=1))
    now = at + timedelta(hours=2)
    item = done(actions.propose_item(sitting, Question(Matter.FORM, **TITLE), by=chair, at=now))
    done(actions.include_item(item, by=chair, at=now))
    text = Text(text_ky="Жокко чыгарылсын.", text_ru="Отменить.", norms=("L37.1",), repeals=first)
    motion = done(actions.put_motion(item, text, by=chair, at=now))
    votes = dict(zip(members, (Vote.Choice.FOR, Vote.Choice.FOR, Vote.Choice.AGAINST), strict=True))
    done(actions.record_votes(motion, votes, by=secretary, at=now))
    decision = done(actions.conclude_motion(motion, by=chair, at=now))
    assert isinstance(decision, Decision)
    done(actions.dissent(decision, text="Макул эмесмин.", by=members[2], at=now))
    done(actions.publish_decision(decision, by=chair, at=now))
    done(actions.draft_minutes(sitting, MinutesText("Кыска.", "Кратко."), by=secretary, at=now))
    done(actions.close_sitting(sitting, by=chair, at=now))
    minutes = done(actions.draft_minutes(sitting, MinutesText("Узун.", "Долго."), by=secretary, at=now))
    for signer in (chair, secretary):
        done(actions.sign_minutes(minutes, by=signer, at=now))
    done(actions.publish_minutes(minutes, by=secretary, at=now))
    return decision


def test_everyone_can_use_every_page_of_commissions(browser: Browser, hall: Hall) -> None:
    windows: dict[Office | None, Page] = {}
    wrong: dict[str, list[str]] = {}
    for who, address in hall.addresses():
        if who not in windows:
            windows[who] = opened(browser, who or hall.representative)
        page = windows[who]
        answer = page.goto(f"{SITE}/ky/{address}", wait_until="load")
        assert answer is not None
        assert answer.status == 200, address
        for folded in page.locator("main details").all():
            folded.evaluate("each => each.open = true")
        if found := faults(page) + [word for word in untold(page, "ky") if word not in FILES]:
            wrong[address] = found
    assert wrong == {}
