"""Voters of the demo: a register of generated people, lists of all three stages, posted, published and on paper.

Every precinct of the generated nation has a few voters; those of the desk's TEC have lists to look at. One commission
gets its list late and posts it late, one has a spoiled copy printed again, and the printing of the last lists was
stopped after this TEC.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from shailoo.accounts.models import Office
from shailoo.accounts.roles import Kind, Role
from shailoo.cli.demo import times
from shailoo.cli.demo.acts import done
from shailoo.cli.demo.applications import apply
from shailoo.cli.demo.staff import Staff, persons
from shailoo.commissions import queries as commissions
from shailoo.commissions.actions import BodyNames, appoint, establish_body
from shailoo.commissions.models import Commission
from shailoo.elections.models import Voting, VotingPrecinct
from shailoo.jobs.actions import cancel
from shailoo.ledger.minisign import public_key
from shailoo.territory.models import Precinct
from shailoo.voters.actions import Package, accept_delivery, close_lists, receive_delivery, register_key
from shailoo.voters.enquiry.actions import count_edition, renew_places
from shailoo.voters.exchange.signing import key_of
from shailoo.voters.generator.people import Place
from shailoo.voters.generator.writing import Plan, write_full
from shailoo.voters.lists.actions import Told, compile_edition, post_list, publish_edition
from shailoo.voters.lists.columns import Copy
from shailoo.voters.lists.models import Edition, Stage, VoterList
from shailoo.voters.models import Register
from shailoo.voters.printing import actions as printing
from shailoo.voters.printing.models import Batch, Handover, PrintedList

EVERYWHERE, HERE, SHOWN = 4, 6, 60  # voters of a precinct: elsewhere, at the desk's TEC, in its first precincts
SHOWN_PRECINCTS = 3
SERVICE = BodyNames(
    "Мамлекеттик каттоо кызматы (ойлоп чыгарылган)",
    "Государственная регистрационная служба (вымышленная)",
    "State Registry Service (invented)",
)
SERVICE_GROUND = "№ 1 жарлык (ойлоп чыгарылган)"
HALL = "Мектептин кире бериши"
AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Desk:
    """Who acts: the Service, the CEC's secretary and operator, the chairs of the first precincts of the desk's TEC."""

    service: Office
    secretary: Office
    operator: Office
    chairs: tuple[Office, ...]
    precincts: tuple[Precinct, ...]

    def chair_of(self, precinct: Precinct) -> Office:
        return self.chairs[self.precincts.index(precinct)]


def keep_register(voting: Voting, tec: Commission, staff: Staff) -> None:
    """From the first delivery to the final lists on paper, as far as the demo's TEC is concerned."""
    desk = _desk(tec, staff)
    register = _delivered(voting, tec, desk, staff)
    preliminary = _preliminary(register, desk)
    done(renew_places(register, by=desk.operator, at=times.DELIVERED + A_DAY))
    done(compile_edition(register, Stage.CONTROL, by=desk.secretary, at=times.CONTROL_LISTS))
    _posted(register, Stage.CONTROL, desk.precincts[:2], desk, times.CONTROL_LISTS + 5 * A_DAY)
    done(close_lists(register, by=desk.secretary, at=times.LISTS_CLOSED))
    _final(register, desk)
    _posted_late(preliminary, desk)
    first, other, *_others = desk.precincts
    apply(voting, _list_of(preliminary, first), other, desk.chairs[0])


def _desk(tec: Commission, staff: Staff) -> _Desk:
    """The first precincts of the TEC; their chairs may hold office already."""
    pecs = list(commissions.pecs_of(tec)[:SHOWN_PRECINCTS])
    chairs = tuple(_chair_of(pec, staff) for pec in pecs)
    precincts = tuple(pec.precinct for pec in pecs if pec.precinct is not None)
    return _Desk(_service(staff), staff.offices["cec-secretary"], staff.cec_operator, chairs, precincts)


def _service(staff: Staff) -> Office:
    """The body from which all voters come, and somebody who works there."""
    by, at = staff.cec_chair, times.PREPARED
    body = done(establish_body(Kind.STATE_BODY, "SRS", SERVICE, None, by=by, at=at, ground=SERVICE_GROUND))
    (person,) = persons(["service-operator"]).values()
    return done(appoint(person, body, Role.STATE_REGISTRY_SERVICE, by=by, since=at))


def _chair_of(pec: Commission, staff: Staff) -> Office:
    known = Office.objects.filter(body=pec.body, role=Role.PEC_CHAIR).select_related("person", "body").first()
    if known is not None:
        return known
    (person,) = persons([f"{pec.body.code.lower()}-chair"]).values()
    return done(appoint(person, pec.body, Role.PEC_CHAIR, by=staff.cec_chair, since=times.PREPARED))


# ---------------------------------------------------------------- the register


def _delivered(voting: Voting, tec: Commission, desk: _Desk, staff: Staff) -> Register:
    """A full delivery of generated people, accepted by another person than the one who took it in."""
    at = times.DELIVERED
    places = _places(voting, tec, desk)
    with TemporaryDirectory() as folder:
        key = key_of(Path(folder) / "service")
        done(
            register_key(
                SERVICE.ky, public_key(key).encoded, since=times.PREPARED, by=staff.cec_chair, at=times.PREPARED
            )
        )
        plan = Plan("demo", len(places), places, voting.election.slug, voting.day, at - AN_HOUR)
        made = write_full(plan, Path(folder), key)
        with made.file.open("rb") as source:
            package = Package(made.manifest.read_bytes(), made.signature.read_text(), source)
            delivery = done(receive_delivery(package, by=desk.service, at=at))
    done(accept_delivery(delivery, by=desk.secretary, at=at + AN_HOUR))
    return delivery.register


def _places(voting: Voting, tec: Commission, desk: _Desk) -> Sequence[Place]:
    """Where people live: a place for each voter, more of them in the precincts that are looked at."""
    found = VotingPrecinct.objects.filter(voting=voting).select_related("precinct__area").order_by("precinct__number")
    places: list[Place] = []
    for each in found:
        area, precinct = each.precinct.area, each.precinct
        voters = SHOWN if precinct in desk.precincts else HERE if each.tec_id == tec.pk else EVERYWHERE
        abroad = precinct.kind == Precinct.Kind.ABROAD
        places += [Place(precinct.number, area.name_ky, area.name_ky, abroad=abroad)] * voters
    return places


# ---------------------------------------------------------------- lists


def _compiled(register: Register, stage: Stage, desk: _Desk, at: datetime) -> Edition:
    """An edition, counted for the statistics and, three days later, published."""
    edition = done(compile_edition(register, stage, by=desk.secretary, at=at)).edition
    done(count_edition(edition, by=desk.secretary, at=at + AN_HOUR))
    done(publish_edition(edition, by=desk.secretary, at=at + 3 * A_DAY))
    return edition


def _preliminary(register: Register, desk: _Desk) -> Edition:
    """The preliminary lists: printed and handed over at once but for one precinct, posted in time by the others."""
    at = times.DELIVERED + 2 * AN_HOUR
    edition = _compiled(register, Stage.PRELIMINARY, desk, at)
    _printed(edition, Copy.POSTED, desk, at + AN_HOUR)
    *in_time, late = desk.precincts
    for precinct in in_time:
        _received(done(printing.hand_over(edition, precinct, by=desk.operator, at=at + 2 * AN_HOUR)), desk)
    _received(done(printing.hand_over(edition, late, by=desk.operator, at=at + 9 * A_DAY)), desk)
    _posted(register, Stage.PRELIMINARY, in_time, desk, at + 5 * A_DAY)
    return edition


def _final(register: Register, desk: _Desk) -> None:
    """The final lists: bound and handed over in the first precincts, the seal of one broken, its list printed anew."""
    at = times.LISTS_CLOSED + AN_HOUR
    edition = _compiled(register, Stage.FINAL, desk, at)
    for copy in (Copy.FULL, Copy.SECOND):
        _printed(edition, copy, desk, at + AN_HOUR)
    first, second, *_others = desk.precincts
    spoiled = _copy_of(edition, Copy.FULL, second)
    done(printing.print_again(spoiled, "Тигилгенде бир барак айрылды", by=desk.operator, at=at + 2 * AN_HOUR))
    for number, precinct in enumerate((first, second), 1):
        whole = _copy_of(edition, Copy.FULL, precinct)
        seal = f"БШК-{number:04d}"
        done(printing.bind(whole, whole.pages, seal, by=desk.operator, at=at + 3 * AN_HOUR))
        handed = done(printing.hand_over(edition, precinct, by=desk.operator, at=at + 4 * AN_HOUR))
        if precinct == first:
            _received(handed, desk)
    _posted(register, Stage.FINAL, (first,), desk, at + 8 * A_DAY)


def _posted_late(edition: Edition, desk: _Desk) -> None:
    """The commission that got its preliminary list late tells of its posting late too."""
    late = desk.precincts[-1]
    posted_at = times.DELIVERED + 25 * A_DAY
    _post(_list_of(edition, late), posted_at, desk.chair_of(late))


# ---------------------------------------------------------------- paper


def _printed(edition: Edition, copy: Copy, desk: _Desk, at: datetime) -> Batch:
    """The lists of the first precincts are printed; then the printing is stopped, since no worker runs in a demo."""
    order = done(printing.order_batch(edition, copy, by=desk.operator, at=at))
    for precinct in desk.precincts:
        done(printing.print_list(order.batch, _list_of(edition, precinct), by=desk.operator, at=at))
    done(cancel(order.work, by=desk.operator, at=at + AN_HOUR / 2))
    return order.batch


def _received(handed: Handover, desk: _Desk) -> None:
    at = handed.at + AN_HOUR
    done(printing.receive(handed, "", by=desk.chair_of(handed.precinct), at=at))


def _posted(register: Register, stage: Stage, precincts: Iterable[Precinct], desk: _Desk, at: datetime) -> None:
    edition = Edition.objects.get(register=register, stage=stage)
    for precinct in precincts:
        _post(_list_of(edition, precinct), at, desk.chair_of(precinct))


def _post(found: VoterList, posted_at: datetime, chair: Office) -> None:
    done(post_list(found, Told(posted_at, HALL), by=chair, at=posted_at + AN_HOUR))


def _list_of(edition: Edition, precinct: Precinct) -> VoterList:
    related = (
        "precinct__area",
        "edition__register__election",
        "edition__register__voting",
        "edition__change__delivery",
    )
    return VoterList.objects.select_related(*related).get(edition=edition, precinct=precinct)


def _copy_of(edition: Edition, copy: Copy, precinct: Precinct) -> PrintedList:
    found = PrintedList.objects.filter(list__edition=edition, list__precinct=precinct, copy=copy.value)
    return found.latest("number")
