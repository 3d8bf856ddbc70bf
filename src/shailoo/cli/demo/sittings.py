"""The demo's commissions sit: they decide by the real acts, with votes by member, minutes and publication.

Everything that the demo does "by decision" asks `decide` for its ground.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from shailoo.accounts.models import Office
from shailoo.cli.demo import times
from shailoo.cli.demo.acts import done
from shailoo.cli.demo.staff import MAIL_DOMAIN, Staff
from shailoo.commissions import actions
from shailoo.commissions import queries as commissions
from shailoo.commissions.actions import GroupMember, MinutesText, Place, Plan, Question, Text
from shailoo.commissions.models import (
    AgendaItem,
    Commission,
    Decision,
    Matter,
    Sitting,
    Vote,
    WorkingGroupMember,
)
from shailoo.commissions.working_groups import working_groups

NOTICE = timedelta(days=1)
AN_HOUR = timedelta(hours=1)
A_WEEK = timedelta(days=7)
HALL = "Бишкек, Эркиндик бульвары 0, чоң зал"
HALL_RU = "Бишкек, бульвар Эркиндик 0, большой зал"
HALL_EN = "Bishkek, Erkindik boulevard 0, great hall"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that a commission decides: its matter, the record concerned as the ledger names it, and the text."""

    matter: Matter
    subject: str
    title_ky: str
    title_ru: str
    title_en: str
    text_ky: str
    text_ru: str
    text_en: str = ""
    norms: tuple[str, ...] = ("L12.4",)


def decide(
    staff: Staff,
    commission: Commission,
    questions: Sequence[Asked],
    *,
    at: datetime,
    election: str = "",
    kind: Sitting.Kind = Sitting.Kind.REGULAR,
) -> tuple[Decision, ...]:
    """A sitting of one hour that ends at `at`: every question adopted, minutes signed, all of it published.

    The decisions come in the order of the questions, each taken before `at`, so that acts of `at` can rest on them.
    """
    members = staff.members(commission)
    chair, secretary = members[0], members[1]
    begin = at - AN_HOUR
    called_at = max(begin - NOTICE, chair.since)
    plan = Plan(HALL, begin, kind, election, HALL_RU, HALL_EN)
    sitting = done(actions.call_sitting(commission, plan, by=secretary, at=called_at))
    items = [_propose(sitting, asked, by=secretary, at=called_at) for asked in questions]
    sitting = _open(sitting, members, at=begin)
    each_takes = AN_HOUR / (len(questions) + 1)
    moments = (begin + each_takes * place for place in range(1, len(questions) + 1))
    agenda = zip(items, questions, moments, strict=True)
    decisions = tuple(_vote(item, asked, members, at=moment) for item, asked, moment in agenda)
    conclude(sitting, decisions, chair=chair, secretary=secretary, at=at)
    return decisions


def decide_complaints(staff: Staff, tec: Commission, *, at: datetime, election: str) -> Sitting:
    """The final sitting of a TEC before it signs its protocol, one hour that ends at `at`: no complaint has come."""
    members = staff.members(tec)
    chair, secretary = members[0], members[1]
    begin = at - AN_HOUR
    plan = Plan(
        f"{tec.body.name_ky}, отурумдар залы",
        begin,
        Sitting.Kind.FINAL,
        election,
        f"{tec.body.name_ru}, зал заседаний",
        f"{tec.body.name_en}, session hall",
    )
    sitting = done(actions.call_sitting(tec, plan, by=secretary, at=begin - NOTICE))
    sitting = _open(sitting, members, at=begin)
    conclude(sitting, (), chair=chair, secretary=secretary, at=at)
    return sitting


def _open(sitting: Sitting, members: Sequence[Office], *, at: datetime) -> Sitting:
    """All members come, and the chair opens it."""
    done(actions.attend_as_member(sitting, members, by=members[1], at=at))
    return done(actions.open_sitting(sitting, by=members[0], at=at))


def _propose(sitting: Sitting, asked: Asked, *, by: Office, at: datetime) -> AgendaItem:
    titles = {"title_ky": asked.title_ky, "title_ru": asked.title_ru, "title_en": asked.title_en}
    question = Question(asked.matter, subject=asked.subject, **titles)
    item = done(actions.propose_item(sitting, question, by=by, at=at))
    return done(actions.include_item(item, by=by, at=at))


def _vote(item: AgendaItem, asked: Asked, members: Sequence[Office], *, at: datetime) -> Decision:
    chair, secretary = members[0], members[1]
    text = Text(text_ky=asked.text_ky, text_ru=asked.text_ru, text_en=asked.text_en, norms=asked.norms)
    motion = done(actions.put_motion(item, text, by=chair, at=at))
    choices = dict(_choices(members, f"{motion.pk}"))
    done(actions.record_votes(motion, choices, by=secretary, at=at))
    decision = done(actions.conclude_motion(motion, by=chair, at=at))
    if not isinstance(decision, Decision):
        raise TypeError("the demo's commissions adopt what they are asked")
    against = next((office for office, choice in choices.items() if choice is Vote.Choice.AGAINST), None)
    if against is not None:
        said = "Макул эмесмин: мага бул маселени дагы талкуулаш керек көрүнөт."
        done(actions.dissent(decision, text=said, by=against, at=at))
    return decision


def _choices(members: Sequence[Office], name: str) -> Iterator[tuple[Office, Vote.Choice]]:
    """Chair and secretary agree; in a large commission now and then one of the others abstains or is against."""
    lot = Random(f"demo/votes/{name}")  # noqa: S311 - the same at every start
    choices = [Vote.Choice.FOR] * len(members)
    if len(members) > len(("chair", "secretary", "member")):
        place = lot.randrange(2, len(members))
        choices[place] = lot.choice((Vote.Choice.FOR, Vote.Choice.ABSTAINED, Vote.Choice.AGAINST))
    return zip(members, choices, strict=True)


def conclude(
    sitting: Sitting, decisions: Sequence[Decision], *, chair: Office, secretary: Office, at: datetime
) -> None:
    """Close the sitting, sign and publish its minutes, publish its decisions."""
    done(actions.close_sitting(sitting, by=chair, at=at))
    heard = MinutesText(
        text_ky="Күн тартибиндеги маселелер угулуп, талкууланып, добушка коюлду.",
        text_ru="Вопросы повестки дня заслушаны, обсуждены и поставлены на голосование.",
        text_en="The items of the agenda were heard, discussed and put to the vote.",
    )
    minutes = done(actions.draft_minutes(sitting, heard, by=secretary, at=at))
    for signer in (chair, secretary):
        done(actions.sign_minutes(minutes, by=signer, at=at))
    done(actions.publish_minutes(minutes, by=secretary, at=at))
    for decision in decisions:
        done(actions.publish_decision(decision, by=secretary, at=at))


# ---------------------------------------------------------------- the demo's own sittings


def organize(staff: Staff) -> None:
    """The CEC fixes its seats and forms its ten working groups; its people are those of the demo."""
    cec = commissions.cec()
    if cec is None:
        raise LookupError("the demo's CEC has not been established")
    members, at = staff.members(cec), times.CEC_ORGANIZES
    chair, secretary = members[0], members[1]
    seats, groups = decide(staff, cec, (_on_seats(cec, len(members)), _on_groups(cec)), at=at)
    done(actions.set_seats(cec, len(members), ground=seats, by=chair, at=at))
    for wanted in working_groups():
        people = (
            GroupMember(WorkingGroupMember.Post.HEAD, members[1 + wanted.number]),
            GroupMember(WorkingGroupMember.Post.SECRETARY, staff.cec_operator),
        )
        done(actions.form_working_group(cec, replace(wanted, members=people), ground=groups, by=chair, at=at))
    place = Place(HALL, HALL, "Bishkek, Erkindik boulevard 0", "0312 00 00 00", f"cec@{MAIL_DOMAIN}", "09:00-18:00")
    done(actions.set_contact(cec, place, by=secretary, at=at))


def _on_seats(cec: Commission, seats: int) -> Asked:
    return Asked(
        Matter.ESTABLISHMENT,
        f"body:{cec.body.code}",
        "Комиссиянын мүчөлөрүнүн саны жөнүндө",
        "О числе членов комиссии",
        "On the number of members of the commission",
        f"Комиссия {seats} мүчөдөн турат деп белгиленсин.",
        f"Установить, что комиссия состоит из {seats} членов.",
        f"The commission has {seats} members.",
    )


def _on_groups(cec: Commission) -> Asked:
    return Asked(
        Matter.WORKING_GROUP,
        f"body:{cec.body.code}",
        "Жумушчу топторду түзүү жөнүндө",
        "О создании рабочих групп",
        "On the formation of working groups",
        "Он жумушчу топ түзүлсүн, алардын жетекчилери жана катчылары бекитилсин.",
        "Создать десять рабочих групп, утвердить их руководителей и секретарей.",
        "Ten working groups are formed; their heads and secretaries are approved.",
    )


def sit_again(staff: Staff, election: str, *, after: datetime) -> None:
    """A sitting of the CEC that is still to come, with a question on its agenda, for the calendar of sittings."""
    cec = commissions.cec()
    if cec is None:
        raise LookupError("the demo's CEC has not been established")
    secretary = staff.members(cec)[1]
    hour = (after + A_WEEK).replace(hour=11, minute=0)
    plan = Plan(HALL, hour, election=election, place_ru=HALL_RU, place_en=HALL_EN)
    sitting = done(actions.call_sitting(cec, plan, by=secretary, at=after))
    question = Question(
        Matter.OTHER,
        "Шайлоонун жүрүшү жөнүндө маалымат",
        "Информация о ходе выборов",
        "Report on the course of the election",
    )
    done(actions.propose_item(sitting, question, by=secretary, at=after))
