"""The integer lines of a protocol that a territorial commission sums (L36.2.a1), in the order of the protocol."""

from __future__ import annotations

SUMMED_LINES = (
    "voters_listed",
    "participated",
    "cheques_total",
    "ballots_received",
    "ballots_given_mobile",
    "issued_premises",
    "issued_mobile",
    "issued_total",
    "unused_total",
    "spoiled_total",
    "cancelled_total",
    "mobile_applications",
    "mobile_found_total",
    "found_stationary",
    "found_scanners",
    "found_total",
    "unofficial",
    "invalid_mobile_over",
    "invalid",
    "valid",
    "against_all",
)
