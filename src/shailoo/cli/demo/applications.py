"""What voters of the demo ask for: to be listed, a mistake put right, another precinct, the mobile box."""

from __future__ import annotations

from datetime import timedelta

from shailoo.accounts.models import Office
from shailoo.cli.demo import times
from shailoo.cli.demo.acts import done
from shailoo.elections.models import Voting, VotingPrecinct
from shailoo.law.voters.mobile import MobileReason
from shailoo.territory.models import Precinct
from shailoo.voters.applications.actions import Filing, MobileFiling, forward, receive_at_desk, register_mobile
from shailoo.voters.applications.dossier import Dossier
from shailoo.voters.applications.states import Kind
from shailoo.voters.lists.models import VoterList
from shailoo.voters.lists.queries import Line, lines

AN_HOUR = timedelta(hours=1)
NOT_LISTED = Dossier(
    surname="Токтосунов", name="Эрмек", pin="20303199312345", phone="+996 555 010203", address="Манас көчөсү 12"
)


def apply(voting: Voting, found: VoterList, other: Precinct, chair: Office) -> None:
    """Three applications at one precinct, of which the first is passed on, and two requests for the mobile box."""
    place = VotingPrecinct.objects.select_related("voting__election", "precinct", "tec__body", "region").get(
        voting=voting, precinct=found.precinct
    )
    mistaken, moving, ill, disabled = lines(found, 1, 4)
    put_right = _told(mistaken, wrong="Туулган күнүм ката жазылган", right="Паспортум боюнча")
    asked = (
        (Kind.NOT_LISTED, place.precinct, NOT_LISTED),
        (Kind.MISTAKE, place.precinct, put_right),
        (Kind.VOTING_ADDRESS, other, _told(moving, address="Бишкек ш., Чүй проспектиси 100")),
    )
    at = times.APPLIED
    first, *_waiting = [
        done(receive_at_desk(_filing(place, number, *each), by=chair, at=at + number * AN_HOUR))
        for number, each in enumerate(asked)
    ]
    done(forward(first.application, version=1, by=chair, at=at + 4 * AN_HOUR))
    reasons = (ill, MobileReason.HEALTH, "Баса албайм"), (disabled, MobileReason.DISABILITY, "Майыптыгым бар")
    for number, (line, reason, explained) in enumerate(reasons):
        told = _told(line, reason=reason.value, explained=explained, place="Үйүмдө")
        done(register_mobile(MobileFiling(place, told), by=chair, at=times.MOBILE + number * AN_HOUR))


def _filing(place: VotingPrecinct, number: int, kind: Kind, target: Precinct, told: Dossier) -> Filing:
    return Filing(
        kind=kind,
        place=place,
        target=target,
        dossier=told,
        language="ky",
        token=f"demo-{number}",
        copies_on_paper=True,
        document="id_card",
    )


def _told(line: Line, **words: str) -> Dossier:
    """The words of somebody who stands in the list."""
    return Dossier(surname=line.surname, name=line.name, patronymic=line.patronymic, pin=str(line.pin), **words)
