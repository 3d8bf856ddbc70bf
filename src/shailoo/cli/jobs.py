"""`shailoo jobs`: the work that nobody waits for at a page."""

from __future__ import annotations

from cyclopts import App

from shailoo.cli.environment import DONE, FAILED, require_access_rules, require_tables, start_django

app = App(name="jobs", help="Work in the background: reminders of deadlines.")


@app.command
def work() -> int:
    """Do the work in the background until Ctrl-C: reminders every ten minutes.

    One worker is enough; a second one takes over where the first one stops.
    """
    start_django()
    require_tables()
    require_access_rules()
    from django.core.management import call_command

    call_command("procrastinate", "worker")
    return DONE


@app.command
def remind() -> int:
    """Send the reminders of deadlines that are due now, once, and say how many.

    Exit code 1 where a mail could not be sent; it is tried again next time.
    """
    start_django()
    require_tables()
    from shailoo.elections.jobs import remind_all

    found = remind_all()
    print(f"{found.sent} sent, {found.without_address} offices without an address, {found.failed} failed")
    return FAILED if found.failed else DONE
