"""The language of the control correlations: what it can say, and that nothing else gets in."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shailoo.law.editions import edition
from shailoo.law.protocol import Formula, FormulaError, ProtocolDataError
from shailoo.law.protocol.correlations import read as read_correlations
from shailoo.law.protocol.numbers import with_numbers

KNOWN = frozenset({"a", "b", "c", "boxes", "votes", "scanners", "copies", "election_day"})
LAW = edition("2017-06-05")


def value(text: str, **facts: Any) -> Any:
    return Formula.parse(text, KNOWN).read({"edition": LAW, **facts})


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        ("a == b + c", {"a": 3, "b": 1, "c": 2}, True),
        ("a <= b <= c", {"a": 1, "b": 1, "c": 0}, False),
        ("a - b * 2 // 3", {"a": 10, "b": 4}, 8),
        ("not a == b or c != -1", {"a": 1, "b": 1, "c": -1}, False),
        ("a == 1 and b == 2 and c == 3", {"a": 1, "b": 2, "c": 3}, True),
        ("sum(x.n for x in boxes if x.valid)", {"boxes": [{"n": 2, "valid": True}, {"n": 3, "valid": False}]}, 2),
        ("all(x.n == 2 for x in boxes)", {"boxes": []}, True),
        ("all(votes[o] == sum(s.votes.get(o, 0) for s in scanners) for o in votes)",
         {"votes": {"A": 3}, "scanners": [{"votes": {"A": 1}}, {"votes": {"A": 2}}]}, True),
        ("{**votes, 'against_all': a} == b", {"votes": {"A": 1}, "a": 2, "b": {"A": 1, "against_all": 2}}, True),
        ("set(votes) | set(a) == set(b)", {"votes": {"A": 1}, "a": ["B"], "b": ["B", "A"]}, True),
        ("max(votes.values()) < a", {"votes": {"A": 1, "B": 5}, "a": 6}, True),
        ("a in (0, b)", {"a": 4, "b": 4}, True),
        ("b if a else c", {"a": False, "b": 1, "c": 2}, 2),
        ("copies[0].n == 1", {"copies": [{"n": 1}]}, True),
        ("all(a[t] >= sum(b[t]) for t in range(len(a)))", {"a": [3, 3], "b": [[1, 2], [2]]}, True),
        ("a.n is None", {"a": {"n": None}}, True),
        ("isinstance(a, int)", {"a": True}, False),
        ("isinstance(a, int)", {"a": 7}, True),
        ("a <= edition.mobile_boxes", {"a": 3}, True),
        ("a > b * edition.majority", {"a": 1, "b": 2}, False),
        ("ballot_limit(a)", {"a": 1000}, 1001),
        ("moment(a) > moment(edition.voting_closes)", {"a": "20:01"}, True),
    ],
)  # fmt: skip
def test_the_language_says_what_the_correlations_need(text: str, facts: dict[str, Any], expected: object) -> None:
    assert value(text, **facts) == expected


@pytest.mark.parametrize(
    "text",
    [
        "a.__class__",
        "a._private",
        "().__class__.__bases__",
        "votes.values.__self__",
        "votes.__class__.__mro__[1].__subclasses__()",
        "edition.__class__",
        "edition.with_readings",
        "edition.clauses",
        "edition",
        "__import__('os')",
        "eval('1')",
        "open('x')",
        "getattr(a, 'b')",
        "votes.pop('A', 0)",
        "votes.get('A')",
        "votes.get('A', b)",
        "votes.items()",
        "a ** b",
        "9 ** 9 ** 9",
        "a << 9999",
        "a @ b",
        "a % b",
        "a / b",
        "~a",
        "+a",
        "0.5 * a",
        "10001 * a",
        "1j",
        "b'x'",
        "'not an identifier'",
        "'__class__'",
        "True if a",
        "lambda: a",
        "(lambda: a)()",
        "[x for x in boxes]",
        "{x for x in boxes}",
        "{x: 1 for x in boxes}",
        "[a, b]",
        "(x := 5)",
        "f'{a}'",
        "a[0:5]",
        "*a",
        "(*a, b)",
        "print(a)",
        "sum(boxes, a)",
        "sum(*boxes)",
        "sum(x for x in boxes for y in x)",
        "sum(x for x, y in boxes)",
        "sum(x for x in boxes if x if a)",
        "sum(a for a in boxes)",
        "all(all(x for x in boxes) for x in boxes)",
        "all(x.n for sum in boxes)",
        "all(boxes)",
        "max(x for x in boxes)",
        "(x for x in boxes)",
        "isinstance(a, str)",
        "isinstance(a, (int, str))",
        "range(a)",
        "range(10000)",
        "a not in b",
        "unknown_line == 1",
        "sum",
        "x.n",
        "await a",
        "yield",
        "import os",
        "a; b",
        "a = 1",
        "a) or (b",
        "",
        "a == b)",
        ")(",
        "a" + " + a" * 200,
        "(" * 250 + "a" + ")" * 250,
        "a == 1 or " * 120 + "a",
        "a\x00",
    ],
)
def test_everything_else_is_refused_when_the_formula_is_loaded(text: str) -> None:
    with pytest.raises(FormulaError):
        Formula.parse(text, KNOWN)


@given(st.text(alphabet="abcx019.,()[]{}'\"*+-/<>=_: \n&|^%@!~", max_size=60))
def test_any_text_is_either_a_formula_or_refused(text: str) -> None:
    try:
        formula = Formula.parse(text, KNOWN)
    except FormulaError:
        return
    assert set(formula.names) <= KNOWN


def test_a_record_is_read_by_key_and_never_by_attribute() -> None:
    class Box:
        found = 3

    with pytest.raises(TypeError):
        value("a.found == 3", a=Box())


def test_what_a_record_lacks_is_named_by_line_and_field() -> None:
    with pytest.raises(KeyError, match=r"boxes\.found"):
        value("sum(x.found for x in boxes)", boxes=[{"number": 1}])
    with pytest.raises(KeyError, match=r"votes\.B"):
        value("all(votes[o] == 0 for o in boxes)", votes={"A": 0}, boxes=["B"])


def test_only_one_branch_of_a_choice_is_needed() -> None:
    formula = Formula.parse("a == (b if c else copies)", KNOWN)
    assert formula.required == {"a", "c"}
    assert formula.names == ("a", "b", "c", "copies")


def test_a_formula_does_not_change_what_it_reads() -> None:
    facts = {"edition": LAW, "boxes": [{"n": 1}], "votes": {"A": 1}, "a": 1}
    Formula.parse("{**votes, 'against_all': a} == votes or sum(x.n for x in boxes) == 1", KNOWN).read(facts)
    assert facts["votes"] == {"A": 1}
    assert facts["boxes"] == [{"n": 1}]


@pytest.mark.parametrize(
    ("text", "facts", "shown"),
    [
        ("a == b + c", {"a": 3, "b": 1, "c": 2}, "3 == 1 + 2"),
        ("a - (b - c)", {"a": 3, "b": 1, "c": 2}, "3 - (1 - 2)"),
        ("a == 1 or b == 2 and c == 3", {"a": 1, "b": 2, "c": 3}, "1 == 1 or (2 == 2 and 3 == 3)"),
        ("sum(x.n for x in boxes) == a", {"boxes": [{"n": 4}, {"n": 5}], "a": 9}, "(4 + 5) == 9"),
        ("sum(x.n for x in boxes) == a", {"boxes": [], "a": 0}, "0 == 0"),
        ("sum(x.n for x in boxes) == a", {"boxes": [{"n": 1}] * 6, "a": 6}, "6 == 6"),
        ("all(x.n == a for x in boxes)", {"boxes": [{"n": 1}, {"n": 2}], "a": 1}, "2 == 1"),
        ("all(v == a for v in votes.values())", {"votes": {"A": 1, "B": 2}, "a": 1}, "B: 2 == 1"),
        ("all(isinstance(v, int) for v in votes.values())", {"votes": {"A": "1"}}, "A: isinstance('1', int)"),
        ("all(x.n == a for x in boxes)", {"boxes": [], "a": 1}, "nothing to compare"),
        ("all(x.n == a for x in boxes)", {"boxes": [{"n": 1}] * 6, "a": 1}, " and ".join(["1 == 1"] * 4 + ["2 more"])),
        ("all(votes[o] == 0 for o in a)", {"votes": {"A": 1}, "a": ["A"]}, "A: 1 == 0"),
        ("a > b * edition.majority", {"a": 5, "b": 10}, "5 > 10 * 1/2"),
        ("moment(a) == moment(edition.voting_opens)", {"a": "08:10"}, "08:10 == 08:00"),
        ("a <= ballot_limit(b)", {"a": 2003, "b": 2000}, "2003 <= 2002"),
        ("a == (b if c else copies)", {"a": 1, "b": 2, "c": True}, "1 == 2"),
        ("not a", {"a": False}, "not False"),
        ("set(votes) == set(a)", {"votes": {"B": 1, "A": 1}, "a": ["A"]}, "{A, B} == {A}"),
        ("{**votes, 'x': a} == b", {"votes": {"A": 1}, "a": 2, "b": {"A": 1}}, "{A: 1, x: 2} == {A: 1}"),
        ("a in (0, b)", {"a": 5, "b": 4}, "5 in (0, 4)"),
        ("a == b", {"a": 1}, "1 == b"),
    ],
)  # fmt: skip
def test_a_formula_shows_the_numbers_put_in(text: str, facts: dict[str, Any], shown: str) -> None:
    assert with_numbers(Formula.parse(text, KNOWN), {"edition": LAW, **facts}, KNOWN) == shown


@given(a=st.integers(-(10**6), 10**6), b=st.integers(-(10**6), 10**6), c=st.integers(1, 10**6))
def test_arithmetic_is_that_of_whole_numbers(a: int, b: int, c: int) -> None:
    assert value("a + b * 3 - a // c", a=a, b=b, c=c) == a + b * 3 - a // c
    assert value("a <= b", a=a, b=b) is (a <= b)
    assert value("a > c * edition.null_share", a=a, c=c) is (Fraction(a) > Fraction(c, 3))


CORRELATION = """
[[correlation]]
id = "CR900"
level = ["PEC"]
formula = "valid == invalid"
severity = "warning"
nature = "source"
norms = ["L35.15"]
meaning = "invented"
on_breach = "note"
"""


@pytest.mark.norm("L35.15")
def test_a_commission_may_add_a_correlation_by_decision(tmp_path: Path) -> None:
    (tmp_path / "more.toml").write_text(CORRELATION, encoding="utf-8")
    (found,) = read_correlations(tmp_path / "more.toml", {"valid", "invalid"})
    assert (found.id, found.fields) == ("CR900", ("valid", "invalid"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            CORRELATION.replace("valid == invalid", "valid ** invalid"),
            r"more.toml: CR900: .*not allowed: valid \*\* invalid",
        ),
        (CORRELATION.replace("valid == invalid", "valid == vaild"), "more.toml: CR900: 'vaild' is no line"),
        (CORRELATION + 'when = "valid.__class__"', "more.toml: CR900: the name '__class__' is not allowed"),
        (CORRELATION + CORRELATION, "more.toml: CR900 stands twice"),
        (CORRELATION.replace('["L35.15"]', "[]"), "more.toml: CR900 needs a norm"),
        (CORRELATION.replace('"warning"', '"mild"'), "more.toml: Invalid enum value 'mild'"),
        (CORRELATION.replace("on_breach", "then"), "more.toml: .*`(then|on_breach)`"),
        ("[[correlation", "more.toml: "),
    ],
)
def test_a_bad_correlation_is_refused_with_file_and_id(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "more.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ProtocolDataError, match=said):
        read_correlations(tmp_path / "more.toml", {"valid", "invalid"})
