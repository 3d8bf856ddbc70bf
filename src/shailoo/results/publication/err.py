"""Results in the Election Results Reporting common data format, version 2, as JSON.

Source: NIST Special Publication 1500-100r2 (field names, required members and enumerations). Every object names its
type. "Against all" is a selection of its own kind there, since it is neither a party nor a candidate.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from shailoo.results.publication.snapshot import Heading, PrecinctRow, Snapshot, Status
from shailoo.results.tabulation import OptionRow, Row

PRECINCT_LEVEL_UP_TO = 10_000  # precincts; larger voting is reported by region and TEC
_UNIT = {"country": "country", "oblast": "state", "republican_city": "city", "abroad": "other", "tec": "county"}
_NATION = "unit-KG"
_CONTEST = "contest"


def report(snapshot: Snapshot) -> bytes:
    """The election report as JSON, in canonical member order."""
    return json.dumps(_report(snapshot), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _report(snapshot: Snapshot) -> dict[str, object]:
    heading = snapshot.heading
    detailed = len(snapshot.precincts) <= PRECINCT_LEVEL_UP_TO
    found: dict[str, object] = {
        "@type": "ElectionResults.ElectionReport",
        "Format": "precinct-level" if detailed else "summary-contest",
        "GeneratedDate": heading.as_of,
        "Issuer": "Central Election Commission of the Kyrgyz Republic",
        "IssuerAbbreviation": "CEC",
        "SequenceStart": heading.version,
        "SequenceEnd": heading.version,
        "Status": _status(snapshot),
        "VendorApplicationId": "Shailoo",
        "IsTest": heading.rehearsal or heading.origin == "generated",
        "GpUnit": [*_units(snapshot), *(_precinct_units(snapshot) if detailed else ())],
        "Election": [_election(snapshot, snapshot.precincts if detailed else ())],
    }
    if found["IsTest"]:
        found["TestType"] = "rehearsal" if heading.rehearsal else "generated data"
    parties = [_party(option) for option in snapshot.options if option.kind == "list"]
    return found | ({"Party": parties} if parties else {})


def _status(snapshot: Snapshot) -> str:
    if snapshot.heading.publication == "official":
        return "certified"
    complete = snapshot.national.summed + snapshot.national.invalidated == snapshot.national.expected
    return "unofficial-complete" if complete else "unofficial-partial"


def _units(snapshot: Snapshot) -> Iterable[dict[str, object]]:
    national = snapshot.national
    yield {
        "@type": "ElectionResults.ReportingUnit",
        "@id": _NATION,
        "Type": "country",
        "Name": "Kyrgyz Republic",
        "ComposingGpUnitIds": [f"unit-{row.code}" for row in snapshot.regions],
        "SubUnitsReported": national.summed,
        "TotalSubUnits": national.expected,
    } | _voters(national.voters_listed, national.participated)
    for row in _rows(snapshot):
        yield _unit(row)


def _rows(snapshot: Snapshot) -> tuple[Row, ...]:
    return (*snapshot.regions, *snapshot.tecs)


def _unit(row: Row) -> dict[str, object]:
    kind = _UNIT[row.kind]
    unit: dict[str, object] = {
        "@type": "ElectionResults.ReportingUnit",
        "@id": f"unit-{row.code}",
        "Type": kind,
        "Name": row.name_en,
        "SubUnitsReported": row.sums.summed,
        "TotalSubUnits": row.sums.expected,
    }
    other = {"OtherType": row.kind} if kind == "other" else {}
    return unit | other | _voters(row.sums.voters_listed, row.sums.participated)


def _precinct_units(snapshot: Snapshot) -> Iterable[dict[str, object]]:
    for row in snapshot.precincts:
        unit: dict[str, object] = {
            "@type": "ElectionResults.ReportingUnit",
            "@id": f"precinct-{row.number}",
            "Type": "precinct",
            "Number": row.number,
        }
        lines = row.lines or {}
        yield unit | _voters(lines.get("voters_listed"), lines.get("participated"))


def _voters(listed: int | None, participated: int | None) -> dict[str, object]:
    found = {"VotersRegistered": listed, "VotersParticipated": participated}
    return {name: value for name, value in found.items() if value is not None}


def _election(snapshot: Snapshot, precincts: tuple[PrecinctRow, ...]) -> dict[str, object]:
    heading = snapshot.heading
    candidates = [_candidate(option) for option in snapshot.options if option.kind == "candidate"]
    election: dict[str, object] = {
        "@type": "ElectionResults.Election",
        "ElectionScopeId": _NATION,
        "StartDate": heading.day,
        "EndDate": heading.day,
        "Name": _text(*_names(heading)),
        "Type": "runoff" if heading.voting == "repeat" else "special" if heading.occasion == "early" else "general",
        "Contest": [_contest(snapshot, precincts)],
    }
    return election | ({"Candidate": candidates} if candidates else {})


def _names(heading: Heading) -> tuple[str, str, str]:
    """The names of the election in Kyrgyz, Russian and English; a rehearsal is called one."""
    names = (heading.name_ky, heading.name_ru, heading.name_en)
    if not heading.rehearsal:
        return names
    ky, ru, en = names
    return f"МАШЫГУУ: {ky}", f"РЕПЕТИЦИЯ: {ru}", f"REHEARSAL: {en}"


def _contest(snapshot: Snapshot, precincts: tuple[PrecinctRow, ...]) -> dict[str, object]:
    lists = any(option.kind == "list" for option in snapshot.options)
    contest: dict[str, object] = {
        "@type": f"ElectionResults.{'PartyContest' if lists else 'CandidateContest'}",
        "@id": _CONTEST,
        "ElectoralDistrictId": _NATION,
        "Name": _names(snapshot.heading)[2],
        "VoteVariation": "proportional" if lists else "majority",
        "SubUnitsReported": snapshot.national.summed,
        "TotalSubUnits": snapshot.national.expected,
        "BallotSelection": [_selection(snapshot, place, precincts) for place in range(len(snapshot.options))],
    }
    return contest if lists else contest | {"VotesAllowed": 1}


def _selection(snapshot: Snapshot, place: int, precincts: tuple[PrecinctRow, ...]) -> dict[str, object]:
    option = snapshot.options[place]
    territories = [(_NATION, snapshot.national), *((f"unit-{row.code}", row.sums) for row in _rows(snapshot))]
    counts = [_count(unit, _of(sums.votes, sums.against_all, place, option)) for unit, sums in territories]
    counts.extend(
        _count(f"precinct-{row.number}", _of(row.votes, row.lines["against_all"] or 0, place, option))
        for row in precincts
        if row.status is Status.SUMMED and row.votes is not None and row.lines is not None
    )
    return {
        **_selected(option),
        "@id": f"selection-{option.code}",
        "SequenceOrder": option.position,
        "VoteCounts": counts,
    }


def _selected(option: OptionRow) -> dict[str, object]:
    if option.kind == "list":
        return {"@type": "ElectionResults.PartySelection", "PartyIds": [f"party-{option.code}"]}
    if option.kind == "candidate":
        return {"@type": "ElectionResults.CandidateSelection", "CandidateIds": [f"candidate-{option.code}"]}
    name = _text(option.name_ky, option.name_ru, option.name_en)
    return {"@type": "ElectionResults.BallotMeasureSelection", "Selection": name}


def _of(votes: tuple[int, ...], against_all: int, place: int, option: OptionRow) -> int:
    return against_all if option.kind == "against_all" else votes[place]


def _count(unit: str, votes: int) -> dict[str, object]:
    return {"@type": "ElectionResults.VoteCounts", "GpUnitId": unit, "Type": "total", "Count": votes}


def _party(option: OptionRow) -> dict[str, object]:
    name = _text(option.name_ky, option.name_ru, option.name_en)
    return {"@type": "ElectionResults.Party", "@id": f"party-{option.code}", "Name": name}


def _candidate(option: OptionRow) -> dict[str, object]:
    name = _text(option.name_ky, option.name_ru, option.name_en)
    return {"@type": "ElectionResults.Candidate", "@id": f"candidate-{option.code}", "BallotName": name}


def _text(ky: str, ru: str, en: str) -> dict[str, object]:
    written = [("ky", ky), ("ru", ru), ("en", en)]
    strings = [
        {"@type": "ElectionResults.LanguageString", "Language": language, "Content": content}
        for language, content in written
        if content
    ]
    return {"@type": "ElectionResults.InternationalizedText", "Text": strings}
