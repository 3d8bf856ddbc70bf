"""`shailoo jobs`: the work that nobody waits for at a page."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from cyclopts import App
from rich.console import Console
from rich.progress import Progress as Bars
from rich.table import Table

from shailoo.cli.environment import DONE, FAILED, REFUSED, leave, require_access_rules, require_tables, start_django

if TYPE_CHECKING:
    from shailoo.accounts.models import Office
    from shailoo.jobs.models import Work

MOST_LISTED = 50
app = App(name="jobs", help="Work in the background: what was asked for, reminders of deadlines, the worker itself.")


@app.command
def work() -> int:
    """Do the work in the background until Ctrl-C: what people asked for, and reminders every ten minutes.

    One worker is enough; a second one takes over where the first one stops. Work that a killed worker left is taken up
    again, or ended as interrupted, when a worker starts and every minute after.
    """
    start_django()
    require_tables()
    require_access_rules()
    from django.core.management import call_command

    from shailoo.jobs.running import recover

    recover()
    call_command("procrastinate", "worker")
    return DONE


@app.command(name="list")
def list_work(*, state: str = "", kind: str = "") -> int:
    """List the work that was asked for, the latest first.

    Parameters
    ----------
    state
        Only work in this state: waiting, running, done, failed or cancelled.
    kind
        Only work of this kind, such as ledger_verification.
    """
    start_django()
    require_tables()
    from shailoo.jobs.models import Work
    from shailoo.jobs.queries import Asked, narrowed

    found = narrowed(Work.objects.select_related("asked_by__body"), Asked(state, kind))
    table = Table("number", "kind", "state", "done", "asked", "by", box=None)
    for each in found[:MOST_LISTED]:
        by = f"{each.asked_by.role} of {each.asked_by.body.code}"
        table.add_row(str(each.pk), each.kind, each.state, _share(each), _local(each.asked_at), by)
    Console(highlight=False).print(table)
    total = found.count()
    if total > MOST_LISTED:
        print(f"and {total - MOST_LISTED:,} more; narrow the list by --state or --kind")
    return DONE


@app.command
def show(number: int, /) -> int:
    """Show one work: who asked, how far it is, what came of it. Exit code 1 where it failed, 2 where there is none."""
    found = _found(number)
    by = f"{found.asked_by.role} of {found.asked_by.body.code}"
    print(f"{found.kind} ({found.subject or 'about nothing in particular'}), asked {_local(found.asked_at)} by {by}")
    print(f"  {found.state}, attempt {found.attempts}, {_share(found)} {found.message}".rstrip())
    for name, at in (("begun", found.started_at), ("told of itself", found.heartbeat_at), ("ended", found.ended_at)):
        if at is not None:
            print(f"  {name} {_local(at)}")
    if found.error:
        print(f"  error: {found.error}")
    for name, value in (found.result or {}).items():
        print(f"  {name}: {value}")
    return FAILED if found.error else DONE


@app.command
def cancel(number: int, /, *, by: str) -> int:
    """Cancel a work in an office, as on its page. Exit code 2 where there is none, it has ended, or the office may not.

    Parameters
    ----------
    by
        User name of the person in whose office it is cancelled.
    """
    found = _found(number)
    from django.utils import timezone

    from shailoo.jobs.actions import cancel as act
    from shailoo.law.outcome import Refused
    from shailoo.wording import sentences

    answers = [act(found, by=office, at=timezone.now()) for office in _offices(by)]
    done = next((each for each in answers if not isinstance(each, Refused)), None)
    if done is None:
        refused = [finding for each in answers if isinstance(each, Refused) for finding in each.findings]
        leave("; ".join(sentences.finding(each, "en") for each in refused) or f"{by} holds no office.", REFUSED)
    print("cancelled" if done.state == "cancelled" else "it stops as soon as it can")
    return DONE


@app.command
def status() -> int:
    """Say whether work is done. Exit code 1 where something waits for more than five minutes and no worker runs."""
    start_django()
    require_tables()
    from django.utils import timezone

    from shailoo.jobs.queries import health

    found = health(timezone.now())
    since = f", the first of it due since {_local(found.due_since)}" if found.due_since else ""
    print(f"{found.workers} workers; {found.waiting} works wait{since}")
    if found.stuck:
        print("✗ nobody does it: start `shailoo jobs work`")
    return FAILED if found.stuck else DONE


@app.command
def run(kind: str, /) -> int:
    """Do a work of a kind here and now, with its progress, without asking for it at the desk.

    Exit code 1 where it cannot be done or where what it checks does not hold.

    Parameters
    ----------
    kind
        A kind without arguments: ledger_verification, ledger_export, file_check.
    """
    start_django()
    require_tables()
    from shailoo.jobs.kinds import KINDS
    from shailoo.jobs.progress import Told, WorkFailedError

    known = KINDS.get(kind)
    if known is None or known.arguments:
        plain = ", ".join(sorted(code for code, each in KINDS.items() if not each.arguments))
        leave(f"there is no such work: {kind}. There are: {plain}.", REFUSED)
    with Bars(console=Console(stderr=True), transient=True) as bars:
        bar = bars.add_task(kind, total=None)
        try:
            result = known.body(
                Told(lambda done, total, said: bars.update(bar, completed=done, total=total, description=said or kind))
            )
        except WorkFailedError as failed:
            leave(f"{kind}: {failed.code}", FAILED)
    for name, value in result.items():
        print(f"  {name}: {value}")
    return FAILED if result.get("verdict") == "broken" else DONE


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


def _found(number: int) -> Work:
    """The work of this number; ends the program where there is none."""
    start_django()
    require_tables()
    from shailoo.jobs.models import Work

    found = Work.objects.select_related("asked_by__body").filter(pk=number).first() if 0 < number < 2**63 else None
    if found is None:
        leave(f"there is no work {number}.", REFUSED)
    return found


def _offices(username: str) -> list[Office]:
    """The offices that the person holds now; none where there is nobody of this name."""
    from shailoo.accounts.models import Person
    from shailoo.accounts.queries import offices_of

    person = Person.objects.filter(username=username, is_active=True).first() if "\0" not in username else None
    return [] if person is None else list(offices_of(person))


def _share(work: Work) -> str:
    return f"{work.done:,} of {work.total:,}" if work.total else ""


def _local(at: datetime) -> str:
    from django.utils import timezone

    return f"{timezone.localtime(at):%Y-%m-%d %H:%M:%S}"
