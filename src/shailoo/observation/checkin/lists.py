"""The list that a device at a commission's door keeps for the time without a network: who may come, and for whom.

The code on a badge proves itself; it does not say who sent its holder, and the rule of one at a time needs that
(L9.1.b2). So the list holds the people who may come to this commission with their senders: those directed to it, and
those who move freely. Of party observers from other precincts it holds the number and the sender alone, as distances.
Names on it are those on the badges.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from django.db.models import Max, Q

from shailoo.accounts.models import Body
from shailoo.elections.models import Election
from shailoo.ledger.canonical import canonical, sha256
from shailoo.observation.checkin.door import Who
from shailoo.observation.models import Accreditation, Application, Interpreter, Sender

FORMAT = "shailoo-door/1"
FREE = (Application.Kind.INTERNATIONAL, Application.Kind.MEDIA)
"""Who moves freely and is known by name everywhere: accredited by the CEC for the whole country."""


@dataclass(frozen=True, slots=True)
class DoorList:
    """The list as it is sent, and the name of this state of it."""

    text: str
    tag: str


def door_list(commission: Body, election: Election) -> DoorList:
    """The list of one commission; the same text as long as nobody is added. One query where it is known."""
    last = Accreditation.objects.filter(election=election).aggregate(
        people=Max("pk"), interpreters=Max("interpreters__pk")
    )
    return _door_list(commission.pk, election.pk, last["people"] or 0, last["interpreters"] or 0)


@lru_cache(maxsize=64)
def _door_list(commission: int, election: int, people: int, interpreters: int) -> DoorList:
    senders, everywhere, elsewhere = _everywhere(election, people, interpreters)
    here = _here(commission, election, people)
    body = Body.objects.get(pk=commission)
    text = canonical(
        {
            "format": FORMAT,
            "election": Election.objects.values_list("slug", flat=True).get(pk=election),
            "commission": body.code,
            "senders": senders,
            "people": [*everywhere, *here],
            "elsewhere": elsewhere,
        }
    )
    return DoorList(text, sha256(text)[:32])


@lru_cache(maxsize=8)
def _everywhere(
    election: int, people: int, interpreters: int
) -> tuple[dict[str, object], list[list[object]], list[list[object]]]:
    """What every commission's list holds: senders by their key, those who move freely, observers by distances."""
    found = Accreditation.objects.filter(election=election, pk__lte=people)
    told = found.filter(kind__in=FREE).values_list("certificate__number", "sender", "certificate__holder", "kind")
    rows: list[list[object]] = [[number, sender, name, kind, 0] for number, sender, name, kind in told]
    spoken = Interpreter.objects.filter(accreditation__election=election, pk__lte=interpreters).values_list(
        "certificate__number", "accreditation__sender", "name", "accreditation__certificate__number"
    )
    rows += [[number, sender, name, Who.INTERPRETER.value, 0, of] for number, sender, name, of in spoken]
    return _senders(election), rows, _distances(election, people)


def _senders(election: int) -> dict[str, object]:
    """Whoever sent somebody to the election, by the key that the rows cite."""
    found = Sender.objects.filter(accreditations__election=election).distinct().select_related("body")
    return {str(each.pk): {"ky": each.body.name_ky, "ru": each.body.name_ru, "en": each.body.name_en} for each in found}


def _distances(election: int, people: int) -> list[list[object]]:
    """Party observers by sender and series of numbers, each as its distance from the one before."""
    found = Accreditation.objects.filter(election=election, pk__lte=people, kind=Application.Kind.OBSERVER)
    series: dict[tuple[int, str], list[int]] = defaultdict(list)
    for sender, number in found.values_list("sender", "certificate__number"):
        series[sender, number[:7]].append(int(number[8:]))
    return [
        [sender, prefix, [after - before for before, after in pairwise([0, *sorted(places)])]]
        for (sender, prefix), places in sorted(series.items())
    ]


def _here(commission: int, election: int, people: int) -> list[list[object]]:
    """Those who are directed to this commission or were accredited by it."""
    found = Accreditation.objects.filter(election=election, pk__lte=people, commission=commission)
    rows = found.filter(~Q(kind__in=FREE)).values_list("certificate__number", "sender", "certificate__holder", "kind")
    return [[number, sender, name, kind, 1] for number, sender, name, kind in rows]
