"""The trace from the law to the code: norm -> rules that carry it out -> tests that show it.

Rules are marked `@applies("L64.3.d")`, tests `@pytest.mark.norm("L64.3.d")`, acts `@records("L36.1.a1")`. All are
read from the source, so that the trace is the same for every floor of the house and nothing has to be started for
it. A mark may cite a paragraph ("L64.3"), which stands for every norm of it. Two kinds of rules are data, whose file
is their mark: control correlations and the events of the calendar. What no software can decide is said in
`law/human/*.toml`, each norm with the way in which people do.
"""

from __future__ import annotations

import ast
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from shailoo.law.calendar import events
from shailoo.law.norms import Area, article_of, known, norm, norms, resolve
from shailoo.law.outcome import NormId
from shailoo.law.protocol import correlations

PACKAGE = Path(__file__).parent.parent
TESTS = PACKAGE.parent.parent / "tests"  # of a checkout; an installed package has none


class Status(StrEnum):
    """What the house does with a norm."""

    DECIDED = "decided"  # a rule decides, and a test shows it
    DATED = "dated"  # the calendar computes its term
    RECORDED = "recorded"  # an act or a document of a department keeps it
    HUMAN = "human"  # no software can decide it
    OPEN = "open"  # a department will take it


class Way(StrEnum):
    """How people do what no software can decide; the norm's page says what the house shows for it."""

    PRINCIPLE = "principle"  # a general principle or aim
    DEFINITION = "definition"  # a meaning that other norms use
    CONDUCT = "conduct"  # behaviour that people watch and complain about
    COURT = "court"  # a court, prosecutor or law enforcement body decides
    OTHER_BODY = "other_body"  # a state body or company acts under its own law
    DISCRETION = "discretion"  # a commission judges
    REPEALED = "repealed"  # nothing is left to keep


DEPARTMENTS: Mapping[Area, str] = MappingProxyType(
    {
        Area.BALLOTS: "ballots",
        Area.CALENDAR: "elections",
        Area.CAMPAIGN: "campaign",
        Area.COMMISSIONS: "commissions",
        Area.COMPLAINTS: "complaints",
        Area.COOPERATION: "cooperation",
        Area.COUNTING: "counting",
        Area.DETERMINATION: "results",
        Area.FINANCE: "funds",
        Area.IDENTITY: "accounts",
        Area.MANDATES: "results",
        Area.MEDIA: "campaign",
        Area.NOMINATION: "nominations",
        Area.OBSERVERS: "observation",
        Area.POLLING_DAY: "polling",
        Area.PUBLICATION: "results",
        Area.REGISTRATION: "nominations",
        Area.REPRESENTATIVES: "observation",
        Area.SANCTIONS: "complaints",
        Area.TABULATION: "results",
        Area.TERRITORY: "territory",
        Area.VOTERS: "voters",
    }
)
"""Which room takes the norms of an area that are still open."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A citation of the law in the source, and what it stands on."""

    citation: NormId
    where: str  # "shailoo.law.mandates.allocate" or "tests/law/test_mandates.py::test_quotient"


@dataclass(frozen=True, slots=True)
class Trace:
    """One norm: the rules that carry it out, the tests that show it, the events that date it, the acts that record it.

    `way` says how people do it where no software can decide.
    """

    status: Status
    rules: tuple[str, ...]
    tests: tuple[str, ...]
    events: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    way: Way | None = None


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

    @property
    def by_area(self) -> dict[Area, dict[Status, int]]:
        """Area -> status -> number of its norms, every status named."""
        found = {area: dict.fromkeys(Status, 0) for area in Area}
        for name, each in self.trace.items():
            found[norm(name).area][each.status] += 1
        return found

    @property
    def open(self) -> dict[NormId, str]:
        """The norms that nothing keeps yet -> the room that will take each."""
        return {name: DEPARTMENTS[norm(name).area] for name, each in self.trace.items() if each.status is Status.OPEN}


def coverage(*, package: Path = PACKAGE, tests: Path = TESTS) -> Coverage:
    """The trace of the law in the sources of `package` and `tests`."""
    rules, shown, acts = _marks_of_all_rules(package), list(marks_of_tests(tests)), list(marks_of_acts(package))
    dates, people = list(_marks_of_events()), list(_marks_of_people(package))
    found = [_by_norm(marks) for marks in (rules, shown, dates, acts, people)]
    trace = {name: _trace(*(places.get(name, ()) for places in found)) for name in norms()}
    unknown = tuple(mark for mark in (*rules, *shown, *dates, *acts, *people) if not known(mark.citation))
    return Coverage(MappingProxyType(trace), unknown, tests.is_dir())


def _marks_of_all_rules(package: Path) -> list[Mark]:
    return [*marks_of_rules(package), *_correlation_marks()]


def marks_of_rules(package: Path) -> Iterator[Mark]:
    """Every citation of `@applies` in the sources under `package`."""
    yield from _marks_under(package, "applies")


def _marks_under(package: Path, wanted: str) -> Iterator[Mark]:
    for path in sorted(package.rglob("*.py")):
        module = ".".join((package.name, *path.relative_to(package).with_suffix("").parts)).removesuffix(".__init__")
        yield from _marks(path, wanted, f"{module}.")


def marks_of_acts(package: Path) -> Iterator[Mark]:
    """Every citation of `@records` in the sources under `package`."""
    yield from _marks_under(package, "records")


def marks_of_tests(tests: Path) -> Iterator[Mark]:
    """Every citation of `pytest.mark.norm` in the test files under `tests`."""
    for path in sorted(tests.rglob("test_*.py")):
        yield from _marks(path, "pytest.mark.norm", f"{path.relative_to(tests.parent).as_posix()}::")


def _correlation_marks() -> Iterator[Mark]:
    for found in correlations():
        yield from (Mark(each, f"shailoo.law.protocol.correlations:{found.id}") for each in found.norms)


def _marks_of_events() -> Iterator[Mark]:
    for each in events().values():
        yield from (Mark(citation, each.id) for citation in each.norms)


def _marks_of_people(package: Path) -> Iterator[Mark]:
    """What people decide; a way that is none raises ValueError."""
    for path in sorted((package / "law" / "human").glob("*.toml")):
        for citation, way in tomllib.loads(path.read_text(encoding="utf-8")).items():
            yield Mark(citation, Way(way).value)


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


def _trace(
    rules: tuple[str, ...],
    tests: tuple[str, ...],
    dates: tuple[str, ...],
    acts: tuple[str, ...],
    people: tuple[str, ...],
) -> Trace:
    status = Status.OPEN
    if rules and tests:
        status = Status.DECIDED
    elif dates:
        status = Status.DATED
    elif acts:
        status = Status.RECORDED
    elif people:
        status = Status.HUMAN
    return Trace(status, rules, tests, dates, acts, Way(people[0]) if people else None)
