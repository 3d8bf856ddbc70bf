"""Am I on the list? What is answered, what never is, and that trying out leads nowhere."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from shailoo.voters.enquiry.tries import MOST_WRONG
from shailoo.voters.models import Entry
from tests.voters.enquiry.scene import Counted

ADDRESS = "/ky/voters/am-i-listed/"


def asked(entry: Entry, **changed: str) -> dict[str, str]:
    """What this voter types."""
    return {"pin": str(entry.pin), "born": f"{entry.born:%d.%m.%Y}", **changed}


def post(client: Client, given: dict[str, str]) -> str:
    response = client.post(ADDRESS, given)
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def test_a_listed_voter_finds_precinct_and_number(counted: Counted) -> None:
    entry = counted.somebody(precinct__number="1003")
    page = post(Client(), asked(entry))
    assert "№ 1003" in page
