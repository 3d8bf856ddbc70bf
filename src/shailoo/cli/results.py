"""`shailoo results` and `shailoo publish`: the state of the count, the determination and the publications."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import App, Parameter

from shailoo.cli.environment import DONE, REFUSED, leave, require_tables, start_django

if TYPE_CHECKING:
    from shailoo.accounts.models import Office
    from shailoo.elections.models import Voting
    from shailoo.law.outcome import Finding

MOST_SHOWN = 50  # obstacles printed as text; --json prints all

app = App(name="results", help="Import protocols, tabulate, determine results.")
app.command("shailoo.cli.results_import:import_file", name="import", help="Import precinct protocols from a file.")

Json = Annotated[bool, Parameter(name="--json", negative="", help="Print one JSON object.")]
Election = Annotated[str, Parameter(help="The election's short name; without it the latest one.")]
Username = Annotated[str, Parameter(help="User name of the person in whose office the act is done.")]


@app.command
def tabulate(*, election: Election = "", json_output: Json = False) -> int:
    """Print the sums of the nation, and how complete they are.

    A line that some protocol lacks is printed as unknown: a part never stands for the whole.
    """
    voting = _voting(election)
    from shailoo.results import queries

    found = queries.tabulate(voting)
    national = found.national
    votes = {option.code: n for option, n in zip(found.options, national.votes, strict=False)}
    if json_output:
        state: dict[str, object] = {
            "expected": national.expected,
            "summed": national.summed,
            "quarantined": national.quarantined,
        }
        state |= {"invalidated": national.invalidated, "votes": votes, "against_all": national.against_all}
        state |= {"lines": dict(national.lines), "revision": found.revision}
        print(json.dumps(state, ensure_ascii=False))
        return DONE
    print(f"{voting.election.name_en}: {national.summed} of {national.expected} protocols in the sums")
    if national.quarantined or national.invalidated:
        print(f"beside them: {national.quarantined} quarantined, {national.invalidated} invalid")
    for option in found.options:
        number = national.against_all if option.kind == "against_all" else votes[option.code]
        print(f"{number:>12,}  {option.name_en}")
    for name, label in (("participated", "voters who took part"), ("invalid", "invalid ballots")):
        number_or_none = national.lines[name]
        print(f"{'unknown' if number_or_none is None else format(number_or_none, ','):>12}  {label}")
    return DONE


@app.command
def determine(
    *, by: Username = "", decision: str = "", reason: str = "", election: Election = "", json_output: Json = False
) -> int:
    """Show what would be determined now and what stands in the way; with --by and --decision, determine it.

    Exit code 2 where an obstacle stands: each is named with its norm, and nothing is written.

    Parameters
    ----------
    decision
        The commission's decision on the result, by its number ("12/2026"); it is taken at a sitting.
    reason
        Why the result is determined anew, where it was determined before.
    """
    voting = _voting(election)
    from shailoo.commissions.queries.decisions import Wanted, decisions
    from shailoo.elections import clock
    from shailoo.law.outcome import Refused
    from shailoo.results import actions, queries

    if not decision:
        draft = queries.draft(voting)
        _tell_draft(draft.outcome.value.result.value, draft.obstacles, as_json=json_output)
        return DONE if draft.ready else REFUSED
    office = _office(by, "results.determine")
    taken = decisions(Wanted(body=office.body.code, text=decision)).first()
    made = actions.determine(voting, decision=taken, by=office, at=clock.now(voting.election), reason=reason)
    if isinstance(made, Refused):
        _tell_draft("refused", made.findings, as_json=json_output)
        return REFUSED
    if json_output:
        print(json.dumps({"version": made.version, "decision": made.decision, **made.value}, ensure_ascii=False))
        return DONE
    print(f"determined: version {made.version}, decision {made.decision}: {made.outcome}")
    for code, seats in made.value.get("seats", {}).items():
        print(f"{seats:>6}  {code}")
    if made.value.get("elected"):
        print(f"elected: {made.value['elected']}")
    return DONE


def publish(
    kind: Literal["preliminary", "official"] = "preliminary",
    /,
    *,
    by: Username,
    election: Election = "",
    json_output: Json = False,
) -> int:
    """Publish the results as a numbered, signed version.

    A preliminary publication has no legal significance; an official one follows the determination.

    Parameters
    ----------
    kind
        Which kind of publication is made.
    """
    voting = _voting(election)
    from shailoo.elections import clock
    from shailoo.law.outcome import Refused
    from shailoo.results import actions
    from shailoo.results.models import Publication

    made = actions.publish(
        voting, kind=Publication.Kind(kind), by=_office(by, "results.publish"), at=clock.now(voting.election)
    )
    if isinstance(made, Refused):
        _tell_draft("refused", made.findings, as_json=json_output)
        return REFUSED
    if json_output:
        print(json.dumps({"version": made.version, "kind": kind, "bundle_sha256": made.bundle_id}))
    else:
        print(f"published: version {made.version}, {kind}, bundle {made.bundle_id}")
    return DONE


def _voting(slug: str) -> Voting:
    start_django()
    require_tables()
    from shailoo.elections import queries as elections

    if not slug:
        found = elections.featured()
    else:
        election = elections.by_slug(slug)
        found = elections.voting_of(election) if election else None
    if found is None:
        leave(f"there is no voting {slug}".rstrip(), REFUSED)
    return found


def _office(username: str, act: str) -> Office:
    """The office of the person in which the act may be done."""
    from shailoo.accounts.models import Person
    from shailoo.accounts.queries import offices_of
    from shailoo.accounts.roles import MAY

    person = Person.objects.filter(username=username).first()
    held = [office for office in offices_of(person) if office.role in MAY[act]] if person else []
    if not held:
        leave(f"{username or 'nobody'} holds no office that may do {act}: name one by --by", REFUSED)
    return held[0]


def _tell_draft(outcome: str, findings: tuple[Finding, ...], *, as_json: bool) -> None:
    from shailoo.law.outcome import Severity

    errors = [found for found in findings if found.severity is Severity.ERROR]
    if as_json:
        listed = [{"norm": f.norm, "code": f.code, "facts": {n: str(v) for n, v in f.facts.items()}} for f in findings]
        print(json.dumps({"outcome": outcome, "obstacles": listed}, ensure_ascii=False))
        return
    print(f"outcome: {outcome}; {len(errors)} obstacles")
    for found in findings[:MOST_SHOWN]:
        facts = ", ".join(f"{name} {value}" for name, value in found.facts.items())
        print(f"{found.norm}  {found.code.replace('_', ' ')}{': ' if facts else ''}{facts}", file=sys.stderr)
    if len(findings) > MOST_SHOWN:
        print(f"and {len(findings) - MOST_SHOWN} more; --json prints all", file=sys.stderr)
