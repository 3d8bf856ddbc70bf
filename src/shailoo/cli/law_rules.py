"""`shailoo law rules` and `shailoo law check RULE FILE`: any rule of the law on facts from a file.

Exit codes of `check`: 0 no error is found, 1 the law finds an error, 2 the rule is unknown or the facts cannot be read.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import Annotated

from cyclopts import Parameter

from shailoo.cli.law_seats import EditionId, Readings, Source, edition_with, refuse, text_of
from shailoo.law import rulebook
from shailoo.law.editions import editions
from shailoo.law.facts import Json
from shailoo.law.json_reader import Faulty, Problem
from shailoo.law.rulebook import NamedRule
from shailoo.wording import sentences

FOUND = 1


def rules(
    name: str | None = None, /, *, json_output: Annotated[bool, Parameter(name="--json", negative=())] = False
) -> None:
    """List the rules that can be asked by name; with --json or a name, each with the JSON schema of its facts.

    Parameters
    ----------
    name
        One rule; all of them if none is named.
    """
    found = [_rule(name)] if name else list(rulebook.rules())
    if json_output:
        _print([_document(each) for each in found])
        return
    for each in found:
        print(f"{each.name:27}{each.summary}")
        if name:
            print(json.dumps(each.schema(), ensure_ascii=False, indent=2))


def check_rule(
    name: str, file: Source, /, *, edition_id: EditionId = None, readings: Readings = None, language: str = "en"
) -> None:
    """Ask a rule of the law about facts from a JSON file and print the outcome: value, findings, grounds, steps.

    Parameters
    ----------
    name
        A rule, see `shailoo law rules`.
    language
        Of the sentences beside the codes: ky, ru or en.
    """
    asked = _rule(name)
    edition = edition_with(edition_id or editions()[-1].id, readings or [])
    outcome = asked.ask(text_of(file), edition)
    if isinstance(outcome, Faulty):
        refuse(outcome)
    document = rulebook.printed(outcome, edition)
    for printed, step in zip(_objects(document["steps"]), outcome.steps, strict=True):
        printed["text"] = sentences.step(step, language)
    for printed, finding in zip(_objects(document["findings"]), outcome.findings, strict=True):
        printed["text"] = sentences.finding(finding, language)
    _print({"rule": name, **document})
    if outcome.errors:
        sys.exit(FOUND)


def _rule(name: str) -> NamedRule:
    """The rule of that name; ends the command where there is none."""
    try:
        return rulebook.rule(name)
    except KeyError as error:
        refuse(Faulty((Problem("RULE", str(error.args[0])),)))


def _document(each: NamedRule) -> dict[str, Json]:
    return {"name": each.name, "summary": each.summary, "norms": list(each.norms), "facts": each.schema()}


def _objects(value: Json) -> Iterable[dict[str, Json]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _print(document: Json) -> None:
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
