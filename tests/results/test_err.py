"""Results in the common data format: valid, complete, and every reference leads somewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import jsonschema
import pytest

from shailoo.results.publication import err
from tests.results import nation
from tests.results.err_format import schema


def report(**changes: Any) -> dict[str, Any]:
    found = nation.snapshot()
    return dict(json.loads(err.report(replace(found, heading=replace(found.heading, **changes)))))


def selections(found: dict[str, Any]) -> dict[str, dict[str, int]]:
    """Votes by selection and unit."""
    contest = found["Election"][0]["Contest"][0]
    return {
        each["@id"]: {count["GpUnitId"]: count["Count"] for count in each["VoteCounts"]}
        for each in contest["BallotSelection"]
    }


def test_a_report_is_of_the_form() -> None:
    jsonschema.validate(report(), schema())


def test_a_presidential_report_is_of_the_form_too() -> None:
    found = nation.snapshot()
    options = tuple(replace(o, kind="candidate") if o.kind == "list" else o for o in found.options)
    heading = replace(found.heading, kind="presidential", voting="repeat")
    data = json.loads(err.report(replace(found, options=options, heading=heading)))
    jsonschema.validate(data, schema())
    assert data["Election"][0]["Type"] == "runoff"


@pytest.mark.parametrize("damage", ["Status", "SequenceStart", "GpUnit"])
def test_the_form_refuses_what_is_not_of_it(damage: str) -> None:
    data = report()
    data[damage] = "something else"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, schema())


def test_precincts_add_up_to_regions_and_regions_to_the_nation() -> None:
    found = nation.snapshot()
    regions = {row.number: row.region for row in found.precincts}
    for votes in selections(report()).values():
        by_region = dict.fromkeys(("KG02", "KG11", "ABROAD"), 0)
        for unit, count in votes.items():
            if unit.startswith("precinct-"):
                by_region[regions[unit.removeprefix("precinct-")]] += count
        assert {f"unit-{code}": count for code, count in by_region.items()}.items() <= votes.items()
        assert sum(by_region.values()) == votes["unit-KG"]


def references(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        for name, value in node.items():
            if name.endswith("Ids"):
                yield from value
            elif name.endswith("Id") and name not in ("@id", "VendorApplicationId"):
                yield value
            yield from references(value)
    elif isinstance(node, list):
        for each in node:
            yield from references(each)


def ids(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        if "@id" in node:
            yield node["@id"]
        for value in node.values():
            yield from ids(value)
    elif isinstance(node, list):
        for each in node:
            yield from ids(each)


def test_every_reference_leads_to_something_named_once() -> None:
    data = report()
    named = list(ids(data))
    assert len(named) == len(set(named))
    assert set(references(data)) <= set(named)


def test_the_status_says_what_the_numbers_are_worth() -> None:
    assert report()["Status"] == "unofficial-partial"
    assert report(publication="official")["Status"] == "certified"
    assert report()["IsTest"] is True
    assert report(origin="commission")["IsTest"] is False


def test_beyond_the_limit_only_sums_are_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(err, "PRECINCT_LEVEL_UP_TO", 39)
    data = report()
    assert data["Format"] == "summary-contest"
    assert not any(unit["@id"].startswith("precinct-") for unit in data["GpUnit"])
