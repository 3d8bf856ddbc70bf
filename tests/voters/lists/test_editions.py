"""Compiling: the order of the alphabet, one list for each precinct, the stages of the law, what is frozen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from shailoo.law.outcome import Refused
from shailoo.ledger.models import Act
from shailoo.territory.names import ky_sort_key
from shailoo.voters.lists import canonical, queries
from shailoo.voters.lists.actions import compile_edition
from shailoo.voters.lists.columns import VERSIONS, Column, Copy, columns, released
from shailoo.voters.lists.models import Difference, Edition, Stage, VoterList
from shailoo.voters.models import Entry
from tests.voters.lists.scene import A_DAY, COMPILED, FIRST, LATER, NAMES, SECOND, Country, people, pin
from tests.voters.scene import AN_HOUR, row


@pytest.mark.norm("L14.1")
def test_a_list_follows_the_kyrgyz_alphabet_and_numbers_its_lines_from_one(land: Country) -> None:
    edition = land.compiled().edition
    lines = queries.lines(land.found(edition), 1, 50)
    assert [(line.surname, line.name, line.patronymic) for line in lines] == list(NAMES)
    assert [line.number for line in lines] == list(range(1, 11))
    keys = [(ky_sort_key(line.surname), ky_sort_key(line.name), ky_sort_key(line.patronymic)) for line in lines]
    assert keys == sorted(keys)
    assert [line.number for line in queries.lines(land.found(edition), 4, 2)] == [4, 5]
    assert queries.lines(land.found(edition), 11, 50) == []
    assert queries.number_of(land.found(edition), lines[6].entry_id) == 7
    assert queries.number_of(land.found(edition, SECOND), lines[6].entry_id) is None
