"""The parts of the common data format that we write, as a JSON schema built from a short table of its classes.

Source: NIST Special Publication 1500-100r2, version 2 (members, which are required, and enumerations). Nothing that is
not in the table is allowed.
"""

from __future__ import annotations

from collections.abc import Mapping

TEXT, COUNT, FLAG = {"type": "string"}, {"type": "integer", "minimum": 0}, {"type": "boolean"}
DAY = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}([+-]\d{2}:\d{2}|Z)$"}


def one_of(*values: str) -> dict[str, object]:
    return {"enum": list(values)}


def a(*classes: str) -> dict[str, object]:
    references: list[dict[str, object]] = [{"$ref": f"#/definitions/{name}"} for name in classes]
    return references[0] if len(references) == 1 else {"oneOf": references}


def many(of: Mapping[str, object], least: int = 0) -> dict[str, object]:
    return {"type": "array", "items": dict(of), "minItems": least}


CLASSES: dict[str, tuple[dict[str, Mapping[str, object]], str]] = {
    "ElectionReport": (
        {
            "Format": one_of("precinct-level", "summary-contest"),
            "GeneratedDate": MOMENT,
            "IsTest": FLAG,
            "TestType": TEXT,
            "Issuer": TEXT,
            "IssuerAbbreviation": TEXT,
            "SequenceStart": COUNT,
            "SequenceEnd": COUNT,
            "Status": one_of(
                "certified", "correction", "pre-election", "recount", "unofficial-complete", "unofficial-partial"
            ),
            "VendorApplicationId": TEXT,
            "GpUnit": many(a("ReportingUnit")),
            "Election": many(a("Election")),
            "Party": many(a("Party")),
        },
        "Format GeneratedDate Issuer IssuerAbbreviation SequenceEnd SequenceStart Status VendorApplicationId",
    ),
    "ReportingUnit": (
        {
            "@id": TEXT,
            "Type": one_of("country", "state", "city", "county", "precinct", "other"),
            "OtherType": TEXT,
            "Name": TEXT,
            "Number": TEXT,
            "ComposingGpUnitIds": many(TEXT),
            "SubUnitsReported": COUNT,
            "TotalSubUnits": COUNT,
            "VotersParticipated": COUNT,
            "VotersRegistered": COUNT,
        },
        "Type @id",
    ),
    "Election": (
        {
            "ElectionScopeId": TEXT,
            "StartDate": DAY,
            "EndDate": DAY,
            "Name": a("InternationalizedText"),
            "Type": one_of("general", "other", "primary", "runoff", "special"),
            "Contest": many(a("PartyContest", "CandidateContest")),
            "Candidate": many(a("Candidate")),
        },
        "ElectionScopeId EndDate Name StartDate Type",
    ),
    "Party": ({"@id": TEXT, "Name": a("InternationalizedText")}, "Name @id"),
    "Candidate": ({"@id": TEXT, "BallotName": a("InternationalizedText")}, "BallotName @id"),
    "PartySelection": (
        {"@id": TEXT, "PartyIds": many(TEXT, 1), "SequenceOrder": COUNT, "VoteCounts": many(a("VoteCounts"))},
        "PartyIds @id",
    ),
    "CandidateSelection": (
        {"@id": TEXT, "CandidateIds": many(TEXT, 1), "SequenceOrder": COUNT, "VoteCounts": many(a("VoteCounts"))},
        "CandidateIds @id",
    ),
    "BallotMeasureSelection": (
        {
            "@id": TEXT,
            "Selection": a("InternationalizedText"),
            "SequenceOrder": COUNT,
            "VoteCounts": many(a("VoteCounts")),
        },
        "Selection @id",
    ),
    "VoteCounts": ({"Count": COUNT, "GpUnitId": TEXT, "Type": one_of("total")}, "Count Type"),
    "InternationalizedText": ({"Text": many(a("LanguageString"), 1)}, "Text"),
    "LanguageString": ({"Content": TEXT, "Language": TEXT}, "Content Language"),
}
_CONTEST: dict[str, Mapping[str, object]] = {
    "@id": TEXT,
    "ElectoralDistrictId": TEXT,
    "Name": TEXT,
    "VoteVariation": one_of("proportional", "majority", "plurality"),
    "SubUnitsReported": COUNT,
    "TotalSubUnits": COUNT,
    "BallotSelection": many(a("PartySelection", "CandidateSelection", "BallotMeasureSelection")),
}
CLASSES["PartyContest"] = (_CONTEST, "ElectoralDistrictId Name @id")
CLASSES["CandidateContest"] = (_CONTEST | {"VotesAllowed": COUNT}, "VotesAllowed ElectoralDistrictId Name @id")


def schema() -> dict[str, object]:
    """The JSON schema of a whole report."""
    definitions = {
        name: {
            "type": "object",
            "properties": {**members, "@type": {"enum": [f"ElectionResults.{name}"]}},
            "required": [*required.split(), "@type"],
            "additionalProperties": False,
        }
        for name, (members, required) in CLASSES.items()
    }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$ref": "#/definitions/ElectionReport",
        "definitions": definitions,
    }
