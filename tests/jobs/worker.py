"""A worker as `shailoo jobs work` starts it, with the works of tests; it ends when nothing waits.

What the minute's look for lost work puts into the queue while the worker is already ending waits for the next minute in
an installation, whose worker stays; here the worker looks again itself.
"""

from __future__ import annotations

import django

if __name__ == "__main__":
    django.setup()
    from django.core.management import call_command

    from shailoo.jobs.models import Work
    from shailoo.jobs.running import recover
    from shailoo.jobs.states import UNFINISHED
    from tests.jobs import kinds

    assert kinds.AGAIN
    recover()
    while Work.objects.filter(state__in=UNFINISHED).exists():
        call_command("procrastinate", "worker", "--one-shot", "--concurrency", "2")
        recover()
