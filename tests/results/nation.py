"""A small invented nation as a snapshot: two regions, abroad, three lists, every status of a precinct."""

from __future__ import annotations

from dataclasses import replace

from shailoo.law.protocol.summed import SUMMED_LINES
from shailoo.results.publication.snapshot import Heading, PrecinctRow, Snapshot, Status
from shailoo.results.publication.summing import added, resummed
from shailoo.results.tabulation import OptionRow, Row

OPTIONS = (
    OptionRow("A", 1, "list", "Тоо", "Горы", "Mountains", 1),
    OptionRow("B", 2, "list", "Көл", "Озеро", "Lake", 2),
    OptionRow("C", 3, "list", "Өзөн", "Река", "River", 3),
    OptionRow("against", 4, "against_all", "Баарына каршы", "Против всех", "Against all", None),
)
HEADING = Heading(
    slug="invented-2020",
    kind="jogorku_kenesh",
    occasion="regular",
    name_ky="Ойлоп табылган шайлоо",
    name_ru="Вымышленные выборы",
    name_en="Invented election",
    origin="generated",
    voting="general",
    day="2020-10-04",
    edition="2020-06-30",
    readings={},
    version=3,
    publication="preliminary",
    as_of="2020-10-05T04:00:00+06:00",
    decision="",
)


def precinct(number: int, region: str, status: Status = Status.SUMMED) -> PrecinctRow:
    """A precinct whose figures follow from its number, so that any two differ."""
    votes = (200 + number, 100 + 3 * number, 40 + number % 7)
    against = number % 5
    lines: dict[str, int | None] = dict.fromkeys(SUMMED_LINES, 0)
    valid = sum(votes) + against
    lines |= {"against_all": against, "valid": valid, "invalid": 2, "participated": valid + 2, "voters_listed": 900}
    tec = f"tec-{region.lower()}"
    place = (str(1000 + number), "ordinary", "generated", region, region, tec)
    if status is Status.MISSING:
        return PrecinctRow(*place, status, None, "", None, None)
    return PrecinctRow(*place, status, 1, "original", lines, votes)


def snapshot() -> Snapshot:
    """Forty precincts: most summed, one quarantined, one invalidated, one missing; the sums claimed are right."""
    statuses = {7: Status.QUARANTINED, 11: Status.INVALIDATED, 13: Status.MISSING}
    regions = ["KG02", "KG11", "ABROAD"]
    rows = tuple(precinct(n, regions[n % 3], statuses.get(n, Status.SUMMED)) for n in range(40))
    empty = added((), 3)
    names = {
        "KG02": ("oblast", "Ысык-Көл облусу", "Иссык-Кульская область", "Issyk-Kul"),
        "KG11": ("republican_city", "Бишкек ш.", "г. Бишкек", "Bishkek"),
        "ABROAD": ("abroad", "Чет өлкө", "За рубежом", "Abroad"),
    }
    bare = Snapshot(
        heading=HEADING,
        options=OPTIONS,
        withdrawn=(),
        precincts=rows,
        national=empty,
        regions=tuple(Row(code, *names[code], empty) for code in regions),
        tecs=tuple(Row(f"tec-{code.lower()}", "tec", code, code, code, empty) for code in regions),
    )
    return resummed(bare)


def with_readings(found: Snapshot, **readings: str) -> Snapshot:
    """The same nation under other readings."""
    return replace(found, heading=replace(found.heading, readings=readings))
