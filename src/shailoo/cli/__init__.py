"""`shailoo`: the command line. Each command's module is loaded only when it is called.

So `shailoo verify`, `shailoo law …` and `shailoo db …` need neither Django nor a database, and `--help` is quick.
"""

from __future__ import annotations

import os
import sys
from importlib.metadata import version

from cyclopts import App

app = App(
    name="shailoo",
    version=lambda: version("shailoo"),
    help="""Shailoo: an election commission's system of record in which the law is the program.

    Begin with `shailoo demo`: it sets up a database of its own, counts a whole election and shows it.

    Where commands find things: SHAILOO_DATA names the folder of the installation's data, SHAILOO_DATABASE_URL a
    PostgreSQL server of your own in place of the one that Shailoo brings along.

    Exit codes: 0 done, 1 failed or found wrong, 2 wrongly called or refused; a command may name more.
    """,
)
app.command("shailoo.cli.demo:demo", name="demo", help="Count a whole election in a database of its own, and show it.")
app.command("shailoo.cli.demo.codes:code", name="demo-code", help="The second factor of a person of the demo, now.")
app.command("shailoo.cli.serve:serve", name="serve", help="Serve the pages of this installation.")
app.command("shailoo.cli.territory:app", name="territory", help="Areas, boundaries and precincts.")
app.command("shailoo.cli.voters:app", name="voters", help="The register of voters: deliveries, faults, decisions.")
app.command("shailoo.cli.results:app", name="results", help="Import protocols, tabulate, determine results.")
app.command("shailoo.cli.results:publish", name="publish", help="Publish the results as a numbered, signed version.")
app.command("shailoo.cli.verify:verify", name="verify", help="Check a published bundle, without a database.")
app.command("shailoo.cli.ledger:app", name="ledger", help="Verify the record of acts, sign its log, prove, export.")
app.command("shailoo.cli.law:app", name="law", help="What the law says and what follows from it, without a database.")
app.command("shailoo.cli.certificates:app", name="certificates", help="Check certificates without a network.")
app.command("shailoo.cli.permissions:permissions", name="permissions", help="Print who may open and do what.")
app.command("shailoo.cli.cooperation:app", name="cooperation", help="Load a register of cooperation from a file.")
app.command("shailoo.cli.lots:app", name="lots", help="Check public lots, without a database.")
app.command("shailoo.cli.ca:app", name="ca", help="The commission's own certificates, which sign its documents.")
app.command("shailoo.cli.sealed:app", name="sealed", help="Personal documents that are encrypted at rest.")
app.command("shailoo.cli.keys:app", name="keys", help="Issue, list and revoke the keys of machines.")
app.command("shailoo.cli.jobs:app", name="jobs", help="Work in the background: who asked, how far it is.")
app.command("shailoo.cli.db:app", name="db", help="Look after the database server that Shailoo brings along.")


def main() -> None:
    """The entry point of the `shailoo` command. A reader who closes the pipe early (`| head`) is no error."""
    try:
        try:
            app()
        finally:  # also where a command has ended the process with its exit code
            sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python flushes once more when it ends
        sys.exit(0)
