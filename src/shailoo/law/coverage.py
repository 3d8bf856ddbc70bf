"""The trace from the law to the code: norm -> rules that carry it out -> tests that show it.

Rules are marked `@applies("L64.3.d")`, tests `@pytest.mark.norm("L64.3.d")`. Both are read from the source, so that the
trace is the same for every floor of the house and nothing has to be started for it. A mark may cite a paragraph
("L64.3"), which stands for every norm of it. A control correlation is a rule that is data: its file is its mark.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from shailoo.law.norms import article_of, known, norms, resolve
from shailoo.law.outcome import NormId
from shailoo.law.protocol import correlations

PACKAGE = Path(__file__).parent.parent
TESTS = PACKAGE.parent.parent / "tests"  # of a checkout; an installed package has none


class Status(StrEnum):
    """What the house does with a norm."""

    DECIDED = "decided"  # a rule decides, and a test shows it
    DATED = "dated"  # the calendar computes its term
    RECORDED = "recorded"  # an act or a document keeps it
    HUMAN = "human"  # people do it; the house can only remind
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Mark:
    """A citation of the law in the source, and what it stands on."""

    citation: NormId
    where: str  # "shailoo.law.mandates.allocate" or "tests/law/test_mandates.py::test_quotient"


@dataclass(frozen=True, slots=True)
class Trace:
    """One norm: the rules that carry it out and the tests that show it."""

    status: Status
    rules: tuple[str, ...]
    tests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ArticleCoverage:
    """One article: how many norms it holds, and how many of them are no longer open."""

    total: int
    covered: int


@dataclass(frozen=True)
class Coverage:
    """The whole trace. `unknown` are citations of norms that the law does not have: each is a mistake in the source."""

    trace: Mapping[NormId, Trace]
    unknown: tuple[Mark, ...]
    tests_known: bool = field(default=True)  # False where the tests are not part of the installation

    @property
    def total(self) -> int:
        return len(self.trace)

    @property
    def statuses(self) -> dict[Status, int]:
        """Status -> number of norms, every status named."""
        counted = Counter(each.status for each in self.trace.values())
        return {status: counted[status] for status in Status}

    @property
    def by_article(self) -> dict[str, ArticleCoverage]:
        """Letter and number of the article ("L64", "R3") -> its norms, in the order of the law."""
        total: Counter[str] = Counter()
        covered: Counter[str] = Counter()
        for name, each in self.trace.items():
            article = name[0] + article_of(name)
            total[article] += 1
            covered[article] += each.status is not Status.OPEN
        return {article: ArticleCoverage(number, covered[article]) for article, number in total.items()}


def coverage(*, package: Path = PACKAGE, tests: Path = TESTS) -> Coverage:
    """The trace of the law in the sources of `package` and `tests`."""
    rules = [*marks_of_rules(package), *_correlation_marks()]
    shown = list(marks_of_tests(tests))
    rules_of, tests_of = _by_norm(rules), _by_norm(shown)
    trace = {name: _trace(rules_of.get(name, ()), tests_of.get(name, ())) for name in norms()}
    unknown = tuple(mark for mark in (*rules, *shown) if not known(mark.citation))
    return Coverage(MappingProxyType(trace), unknown, tests.is_dir())


def marks_of_rules(package: Path) -> Iterator[Mark]:
    """Every citation of `@applies` in the sources under `package`."""
    for path in sorted(package.rglob("*.py")):
        module = ".".join((package.name, *path.relative_to(package).with_suffix("").parts)).removesuffix(".__init__")
        yield from _marks(path, "applies", f"{module}.")


def marks_of_tests(tests: Path) -> Iterator[Mark]:
    """Every citation of `pytest.mark.norm` in the test files under `tests`."""
    for path in sorted(tests.rglob("test_*.py")):
        yield from _marks(path, "pytest.mark.norm", f"{path.relative_to(tests.parent).as_posix()}::")


def _correlation_marks() -> Iterator[Mark]:
    for found in correlations():
        yield from (Mark(norm, f"shailoo.law.protocol.correlations:{found.id}") for norm in found.norms)


def _marks(path: Path, wanted: str, place: str) -> Iterator[Mark]:
    source = path.read_text(encoding="utf-8")
    if wanted.rpartition(".")[2] not in source:
        return
    for owner, call in _calls(ast.parse(source, str(path)), ()):
        if ast.unparse(call.func) == wanted:
            yield from (Mark(citation, place + owner) for citation in _texts(call.args))


def _calls(node: ast.AST, owner: tuple[str, ...]) -> Iterator[tuple[str, ast.Call]]:
    """Every call under `node` with the dotted name of the function or class that it stands in or decorates."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        owner = (*owner, node.name)
    if isinstance(node, ast.Call):
        yield ".".join(owner) or "module", node
    for child in ast.iter_child_nodes(node):
        yield from _calls(child, owner)


def _texts(arguments: Iterable[ast.expr]) -> Iterator[str]:
    for each in arguments:
        if isinstance(each, ast.Constant) and isinstance(each.value, str):
            yield each.value


def _by_norm(marks: Iterable[Mark]) -> dict[NormId, tuple[str, ...]]:
    found: dict[NormId, dict[str, None]] = {}
    for mark in marks:
        for each in resolve(mark.citation) if known(mark.citation) else ():
            found.setdefault(each.id, {})[mark.where] = None
    return {name: tuple(places) for name, places in found.items()}


def _trace(rules: tuple[str, ...], tests: tuple[str, ...]) -> Trace:
    return Trace(Status.DECIDED if rules and tests else Status.OPEN, rules, tests)
