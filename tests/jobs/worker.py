"""A worker as `shailoo jobs work` starts it, with the works of tests; it ends when nothing waits."""

from __future__ import annotations

import django

if __name__ == "__main__":
    django.setup()
    from django.core.management import call_command

    from shailoo.jobs.running import recover
    from tests.jobs import kinds

    assert kinds.AGAIN
    recover()
    call_command("procrastinate", "worker", "--one-shot", "--concurrency", "2")
