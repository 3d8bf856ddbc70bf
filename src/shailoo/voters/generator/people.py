"""People by households: who lives together, how old they are, where, and under which number."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate
from random import Random

from shailoo.voters.generator.names import QUARTERS, STREETS, Origin, origins

ADULTS = (25, 24, 21, 18, 9, 3)  # of a hundred generations, by ages of 18, 30, 40, 50, 65, 80 and above
AGES = (18, 30, 40, 50, 65, 80, 100)
ALONE = 18  # of a hundred households
FIRST_BIOMETRICS = date(2014, 8, 4).toordinal()
OWN, ADDED, PLANTED = 80_000, 80_000, 90_000
"""Where the five last digits of a PIN come from: people, those who are added later, those whose PIN is made wrong."""
STEP = 7_919  # a prime, so that numbers of a day of birth come in no order and none twice


@dataclass(frozen=True, slots=True)
class Place:
    """A precinct in which generated people live."""

    number: str
    district: str
    locality: str
    abroad: bool = False
    town: bool = False


@dataclass(slots=True)
class Voter:
    """One row, each field as the file has it. Changed in place where a fault is planted."""

    pin: str
    surname: str
    name: str
    patronymic: str
    sex: str
    born: str
    citizenship: str
    biometric_on: str
    incapable_from: str
    incapable_until: str
    custody: str
    precinct: str
    basis: str
    district: str
    locality: str
    street: str
    house: str
    flat: str

    def row(self) -> str:
        """The row of the file, without what an incremental one has in front."""
        return ",".join([getattr(self, name) for name in self.__slots__])


@dataclass
class Numbers:
    """PINs that are given once: a digit for the sex, the day of birth, five digits."""

    first: int = 0
    size: int = OWN
    given: dict[tuple[str, int], int] = field(default_factory=dict)

    def next(self, sex: str, born: date) -> str:
        day = born.toordinal()
        count = self.given.get((sex, day), 0)
        self.given[sex, day] = count + 1
        serial = self.first + (count * STEP + day * 31) % self.size
        return f"{1 if sex == 'f' else 2}{born.day:02d}{born.month:02d}{born.year:04d}{serial:05d}"


@dataclass
class Population:
    """Makes households one after the other, the same for the same lot."""

    lot: Random
    voting_day: date
    made_on: date
    numbers: Numbers = field(default_factory=Numbers)
    _ages: list[int] = field(default_factory=lambda: list(accumulate(ADULTS)))

    def of_place(self, place: Place, voters: int) -> Iterator[Voter]:
        """So many voters of a precinct, family by family."""
        left = voters
        while left > 0:
            for person in self.household(place)[:left]:
                left -= 1
                yield person

    def household(self, place: Place) -> list[Voter]:
        """Those of a household who may vote: somebody alone, a couple, grown children, a parent of theirs."""
        lot = self.lot.random
        origin = self._origin()
        family = origin.surnames[int(lot() * len(origin.surnames))]
        home = self._home(place)
        oldest = self._age()
        ages = [(oldest, "fm"[int(lot() * 2)])]
        if lot() * 100 >= ALONE:
            ages.append((max(18, oldest - 3 + int(lot() * 7)), "f" if ages[0][1] == "m" else "m"))
            ages += [(age, "fm"[int(lot() * 2)]) for age in self._children(oldest)]
        return [self._person(origin, family, age, sex, home, place) for age, sex in ages]

    def _children(self, oldest: int) -> list[int]:
        grown = oldest - 21
        if grown < 18:
            return []
        return [min(grown, 18 + int(self.lot.random() * 15)) for _child in range(int(self.lot.random() * 3))]

    def _origin(self) -> Origin:
        kyrgyz, russian, uzbek = origins()
        drawn = self.lot.random() * 100
        return kyrgyz if drawn < kyrgyz.share else russian if drawn < kyrgyz.share + russian.share else uzbek

    def _age(self) -> int:
        drawn = bisect(self._ages, self.lot.random() * self._ages[-1] - 1e-9)
        return AGES[drawn] + int(self.lot.random() * (AGES[drawn + 1] - AGES[drawn]))

    def _home(self, place: Place) -> tuple[str, str, str, str, str]:
        lot = self.lot.random
        if place.abroad:
            return "consular", place.locality, "", "", ""
        street = QUARTERS[int(lot() * len(QUARTERS))] if lot() < 0.004 else STREETS[int(lot() * len(STREETS))]
        flat = str(1 + int(lot() * 90)) if place.town and lot() < 0.6 else ""
        basis = "voting_address" if lot() < 0.01 else "residence"
        return basis, place.locality, street, str(1 + int(lot() * 160)), flat

    def _person(
        self,
        origin: Origin,
        family: tuple[str, str],
        age: int,
        sex: str,
        home: tuple[str, str, str, str, str],
        place: Place,
    ) -> Voter:
        lot = self.lot.random
        woman = sex == "f"
        given = origin.women if woman else origin.men
        father = origin.patronymics[int(lot() * len(origin.patronymics))]
        last = self.voting_day.toordinal() - int(age * 365.25) - 1
        born = date.fromordinal(last - int(lot() * 360))
        since = max(FIRST_BIOMETRICS, born.toordinal() + 16 * 365)
        until = max(since + 1, self.made_on.toordinal() - 1)
        biometric = date.fromordinal(min(since + int(lot() * (until - since)), until))
        basis, locality, street, house, flat = home
        return Voter(
            self.numbers.next(sex, born),
            family[1] if woman else family[0],
            given[int(lot() * len(given))],
            father[1] if woman else father[0],
            sex,
            born.isoformat(),
            "KGZ",
            biometric.isoformat(),
            "",
            "",
            "none",
            place.number,
            basis,
            place.district,
            locality,
            street,
            house,
            flat,
        )


def shares(places: Sequence[Place], voters: int, lot: Random) -> list[int]:
    """How many voters each precinct has: unequal, and together exactly so many."""
    weights = [(0.25 if place.abroad else 1.0) * (0.3 + lot.random() * 1.4) for place in places]
    ends = [round(voters * part / sum(weights)) for part in accumulate(weights)]
    return [end - before for before, end in zip([0, *ends], ends, strict=False)]
