"""The nation: its precincts, the votes spread over them, its lists of candidates and its protocols."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from shailoo.elections.generator import people
from shailoo.elections.generator.anomalies import Anomaly
from shailoo.elections.generator.record import PartyList, Record, Region, record
from shailoo.elections.generator.sharing import share
from shailoo.elections.generator.sheets import Count, Sheet, sheet

CANDIDATES = 120  # names on a list: as many as there are mandates
FULLEST = 96  # per cent of the listed voters whose ballots may be valid at a precinct
STRENGTH = (30, 220, 80)  # per cent of its regional share that a list has at a precinct: least, most, most often
RARE = {
    Anomaly.CHEQUE_MISSING: 5,
    Anomaly.BALLOT_TAKEN_AWAY: 4,
    Anomaly.LATE_OPENING: 3,
    Anomaly.LATE_SCANNER_REPORT: 4,
    Anomaly.MEMBER_DID_NOT_SIGN: 3,
    Anomaly.UNOFFICIAL_BALLOT: 2,
    Anomaly.MONITOR_DIFFERS: 3,
    Anomaly.SCANNER_MISMATCH: 6,
    Anomaly.SCANNER_FAILED: 8,
    Anomaly.MOBILE_BOX_OVER: 1,
}
"""At how many precincts of the whole nation each thing happens, whatever its size; once more a ballot is missing."""


@dataclass(frozen=True, slots=True)
class Station:
    """A precinct: its number, the codes of its area and region, and its listed voters."""

    number: str
    area: str
    region: str
    listed: int

    @property
    def is_abroad(self) -> bool:
        return self.region == "ABROAD"


@dataclass(frozen=True, slots=True)
class Nation:
    """Everything but the protocols, which `sheets` makes one after another, so that any number fits into memory."""

    seed: int
    stations: tuple[Station, ...]
    counts: tuple[Count, ...]
    anomalies: dict[str, Anomaly]
    lists: tuple[PartyList, ...]
    candidates: dict[str, tuple[people.Name, ...]]
    called_on: date
    day: date

    def sheets(self) -> Iterator[Sheet]:
        """Every precinct's protocol, in the order of `stations`."""
        for station, count in zip(self.stations, self.counts, strict=True):
            lot = _lot(self.seed, "sheet", station.number)
            anomaly = self.anomalies.get(station.number)
            yield sheet(station.number, count, anomaly, lot, scanners=0 if station.is_abroad else 1)


def generate(*, precincts: int | None = None, seed: int = 2020) -> Nation:
    """The nation of `seed`.

    Without `precincts` it has the size of public record: 2,413 precincts, and in every region exactly the votes of
    record for each list. With another number voters and votes grow or shrink with it. Raises ValueError below ten
    precincts, one for each region and abroad.
    """
    facts = record()
    wanted = facts.precincts if precincts is None else precincts
    if wanted < len(facts.region):
        raise ValueError(f"a nation has at least {len(facts.region)} precincts")
    sizes = _sizes(facts, wanted)
    stations: list[Station] = []
    counts: list[Count] = []
    for region, size in zip(facts.region, sizes, strict=True):
        lot = _lot(seed, region.code, str(wanted))
        for station, count in _spread(facts, region, size, wanted, lot):
            stations.append(station)
            counts.append(count)
    return Nation(
        seed=seed,
        stations=tuple(stations),
        counts=tuple(counts),
        anomalies=_anomalies(stations, counts, _lot(seed, "anomalies", str(wanted))),
        lists=facts.list,
        candidates={party.code: people.party_list(_lot(seed, "list", party.code), CANDIDATES) for party in facts.list},
        called_on=facts.called_on,
        day=facts.day,
    )


def _lot(*seed: int | str) -> Random:
    """The nation's own source of chance: named, so that one part does not depend on how much another drew."""
    return Random("/".join(map(str, seed)))  # noqa: S311 - generated data must be repeatable, not unpredictable


def _sizes(facts: Record, wanted: int) -> list[int]:
    """Precincts of each region: as on record, or in proportion, but at least one."""
    if wanted == facts.precincts:
        return [region.precincts for region in facts.region]
    spare = wanted - len(facts.region)
    more = share(spare, [region.precincts for region in facts.region], [spare] * len(facts.region))
    return [1 + extra for extra in more]


def _spread(facts: Record, region: Region, size: int, wanted: int, lot: Random) -> Iterator[tuple[Station, Count]]:
    """A region's listed voters and votes over its precincts: sums exact, shares different everywhere."""
    listed_sum, votes, against_all = (
        facts.listed_in(region) * wanted // facts.precincts,
        [number * wanted // facts.precincts for number in region.votes],
        region.against_all * wanted // facts.precincts,
    )
    weights = [lot.randint(55, 140) for _ in range(size)]
    listed = share(listed_sum, weights, [listed_sum] * size)
    limits = [voters * FULLEST // 100 for voters in listed]
    turnout = [voters * lot.randint(80, 120) for voters in listed]
    valid = share(sum(votes) + against_all, turnout, limits)
    rows = _matrix([*votes, against_all], valid, lot)
    codes = [party.code for party in facts.list]
    for station, voters, row in zip(_stations(region, listed), listed, rows, strict=True):
        invalid = min(lot.randint(0, max(1, sum(row) // 35)), voters - sum(row))
        yield station, Count(voters, dict(zip(codes, row, strict=False)), row[-1], invalid)


def _matrix(columns: list[int], row_sums: list[int], lot: Random) -> list[list[int]]:
    """Whole numbers with exactly these sums of columns and rows; the largest column takes what the others leave."""
    left = list(row_sums)
    found = [[0] * len(columns) for _ in row_sums]
    for column in sorted(range(len(columns)), key=columns.__getitem__):
        least, most, mode = STRENGTH
        weights = [room * int(lot.triangular(least, most, mode)) for room in left]
        for row, part in enumerate(share(columns[column], weights, left)):
            found[row][column] = part
            left[row] -= part
    return found


def _stations(region: Region, listed: list[int]) -> Iterator[Station]:
    """Numbers in order through the region's rayons; each rayon has its part of the precincts."""
    size = len(listed)
    per_area = share(size, list(region.areas.values()), [size] * len(region.areas))
    areas = [area for area, part in zip(region.areas, per_area, strict=True) for _ in range(part)]
    width = max(3, len(str(size)))
    for place, (area, voters) in enumerate(zip(areas, listed, strict=True), 1):
        yield Station(f"{region.prefix}{place:0{width}}", area, region.code, voters)


def _anomalies(stations: list[Station], counts: list[Count], lot: Random) -> dict[str, Anomaly]:
    """Where each rare thing happened: precincts in the country with room for it, none with two.

    The difference that needs an act is in the area with most precincts, where a demonstration has most to show.
    """
    fit = {
        station.number: station.area
        for station, count in zip(stations, counts, strict=True)
        if not station.is_abroad and count.found > 200 and count.listed - count.found > 60
    }
    if not fit:
        return {}
    largest, _ = Counter(fit.values()).most_common(1)[0]
    found = {lot.choice([number for number, area in fit.items() if area == largest]): Anomaly.BALLOT_MISSING}
    kinds = [kind for kind, times in RARE.items() for _ in range(times)]
    others = [number for number in fit if number not in found]
    return found | dict(zip(lot.sample(others, min(len(others), len(kinds))), kinds, strict=False))
