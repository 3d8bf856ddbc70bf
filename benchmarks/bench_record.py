"""The record's pages over many acts: every search that a reader can ask for, one act with its history, a file of them.

Aim: a search under 50 ms. What no index holds (an act that is rare, a norm that is rare, a day) is measured without an
aim: it reads the acts backwards until a page is full, so that its time grows with the record.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import psycopg
import pytest
from django.core.management import call_command
from django.http import QueryDict
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.bench_ledger import url
from benchmarks.measuring import Aim, take
from shailoo.ledger.models import Act
from shailoo.ledger.openness import Sight
from shailoo.portal.views import record, record_search

__all__ = ["url"]
AT = datetime(2020, 10, 4, 14, 0, tzinfo=UTC)
ACTS = 200_000
PAYLOAD = '{"findings":[],"lines":{"p01":1887,"p02":1543,"p17":12},"round":1,"state":"accepted"}'
MANY = """
SELECT ledger_append('PEC-' || n %% 2467, CASE WHEN n = 5000 THEN 'result.determined' ELSE 'protocol.settled' END,
    'protocol:' || n / 8, NULL, %s::timestamptz + n * interval '5 seconds',
    ARRAY[CASE WHEN n %% 50000 = 0 THEN 'L64.3' ELSE 'L36.2.a1' END], %s)
FROM generate_series(1, %s::int) n
"""
GROUP = f"the record of {ACTS} acts"
SEARCHES = {
    "newest": "",
    "old_page": "before={middle}",
    "frequent_act": "act=protocol.settled",
    "rare_act": "act=result.determined",
    "body": "body=PEC-7",
    "record": "subject=protocol:700",
    "rare_norm": "norm=64.3",
    "norm_of_one_body": "norm=36.2.a1&body=PEC-7",
    "recent_day": "since=2020-10-15&until=2020-10-15",
    "early_day": "since=2020-10-05&until=2020-10-05",
    "nothing": "body=NOBODY",
}
WITHOUT_INDEX = {"rare_act", "rare_norm", "recent_day", "early_day"}


@pytest.fixture(scope="module")
def acts(url: str) -> int:
    """The acts, on a server of their own; the number of the first one."""
    call_command("migrate", "accounts", verbosity=0)  # whose offices stand beside acts
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(MANY, [AT, PAYLOAD, ACTS])
        connection.execute("VACUUM ANALYZE")
    return Act.objects.order_by("pk").values_list("pk", flat=True)[0]


def page(query: str) -> record_search.Found:
    """What the view of the search computes, without its template."""
    asked = QueryDict(query)
    record_search.recorded()
    return record_search.page_of(record_search.acts(record_search.asked(asked)), asked, Sight.PUBLIC)


@pytest.mark.parametrize("what", SEARCHES)
def test_search(benchmark: BenchmarkFixture, acts: int, what: str) -> None:
    query = SEARCHES[what].format(middle=acts + ACTS // 2)
    found = take(benchmark, GROUP, partial(page, query), rounds=5, aim=Aim(None if what in WITHOUT_INDEX else 0.05))
    assert bool(found.rows) == (what != "nothing")


@pytest.mark.usefixtures("acts")
def test_one_act_with_its_history(benchmark: BenchmarkFixture) -> None:
    act = Act.objects.select_related("chain").get(chain="PEC-7", sequence=50)
    work: Callable[[], dict[str, object]] = partial(record.context_of, act, Sight.PUBLIC)
    assert take(benchmark, GROUP, work, rounds=20, aim=Aim(0.05))["last"] == act.chain.sequence


@pytest.mark.usefixtures("acts")
def test_file_of_50_000_acts(benchmark: BenchmarkFixture) -> None:
    def written() -> int:
        asked = record_search.asked(QueryDict(""))
        return len(record_search.file(record_search.acts(asked), "csv", Sight.PUBLIC).getvalue())

    assert take(benchmark, GROUP, written, rounds=1) > 10_000_000
