"""How long it takes to check one precinct's whole protocol, beside the bare minimum in plain Python.

100,000 protocols come in one import: 150 microseconds each are 15 seconds of it.
"""

from __future__ import annotations

from typing import Any

from pytest_benchmark.fixture import BenchmarkFixture
from tests.law.protocol_cases import consistent_protocol

from shailoo.law import protocol
from shailoo.law.editions import editions

LAW = editions()[-1]


def bare_minimum(lines: dict[str, Any]) -> bool:
    """The linear identities alone, written out by hand: no data, no codes, no absent lines."""
    return bool(
        lines["participated"] == lines["signed_premises"] + lines["signed_mobile"]
        and lines["cheques_total"] == lines["cheques_premises"] + lines["cheques_mobile"]
        and lines["issued_total"] == lines["issued_premises"] + lines["issued_mobile"]
        and lines["unused_total"] == lines["unused_with_members"] + lines["unused_in_safe"] + lines["unused_mobile"]
        and lines["cancelled_total"] == lines["unused_total"] + lines["spoiled_total"]
        and lines["ballots_received"] == lines["issued_total"] + lines["cancelled_total"]
        and lines["found_total"] == lines["mobile_found_total"] + lines["found_stationary"] + lines["found_scanners"]
        and lines["found_total"] == lines["valid"] + lines["invalid"]
        and lines["valid"] == sum(lines["votes"].values()) + lines["against_all"]
        and lines["invalid"] == lines["invalid_will"] + lines["invalid_marks"] + lines["invalid_mobile_over"]
    )


def test_bare_minimum_ten_identities_by_hand(benchmark: BenchmarkFixture) -> None:
    assert benchmark(bare_minimum, consistent_protocol())


def test_check_of_a_full_protocol(benchmark: BenchmarkFixture) -> None:
    found = benchmark(protocol.check, consistent_protocol(), LAW)
    assert not found.failures
    assert not found.not_made


def test_check_of_what_a_results_file_holds(benchmark: BenchmarkFixture) -> None:
    """Votes, against all, valid and participants: most correlations cannot be made."""
    whole = consistent_protocol()
    lines = {name: whole[name] for name in ("votes", "against_all", "valid", "participated", "precinct_no")}
    assert benchmark(protocol.check, lines, LAW).not_made


def test_numbers_put_in_for_every_correlation(benchmark: BenchmarkFixture) -> None:
    found = protocol.check(consistent_protocol(), LAW)
    assert benchmark(lambda: [result.with_numbers for result in found.results])
