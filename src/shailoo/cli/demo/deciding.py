"""What the demo's CEC decides before its chair acts on results: how a norm is read, and what the result is."""

from __future__ import annotations

from datetime import datetime

from shailoo.cli.demo.sittings import Asked, decide
from shailoo.cli.demo.staff import Staff
from shailoo.commissions import queries as commissions
from shailoo.commissions.models import Decision
from shailoo.elections.models import Voting
from shailoo.results import matters


def result_decided(voting: Voting, staff: Staff, *, at: datetime) -> Decision:
    """The decision of the CEC on the result (L37.1.a)."""
    asked = matters.determination(voting)
    election = voting.election
    question = Asked(
        asked.matter,
        asked.subject,
        f"Шайлоонун жыйынтыгын аныктоо жөнүндө: {election.name_ky}",
        f"Об определении результатов выборов: {election.name_ru}",
        f"On the determination of the result: {election.name_en}",
        "Протоколдордун негизинде шайлоонун жыйынтыгы аныкталсын.",
        "Определить результаты выборов на основании протоколов.",
        "The result is determined on the basis of the protocols.",
        norms=("L37.1.a", "L64.1"),
    )
    return _decided(question, voting, staff, at=at)


def base_decided(voting: Voting, staff: Staff, *, at: datetime) -> Decision:
    """The file has no voters who took part: the CEC decides on the base that the file allows (L64.2)."""
    asked = matters.reading(voting.election, "threshold_base")
    question = Asked(
        asked.matter,
        asked.subject,
        "Тоскоол пайызынын эсептөө негизи жөнүндө",
        "О базе для исчисления порога",
        "On the base of the threshold",
        "Файлда добуш берүүгө катышкандардын саны жок; чек жарактуу бюллетендердин (баарына каршы кошо) санынан "
        "эсептелет. Демонстрация үчүн алынган чечим.",
        "В файле нет числа участников голосования; порог считается от действительных бюллетеней, включая поданные "
        "против всех. Решение для демонстрации.",
        "The file has no number of voters who took part; the threshold is of valid ballots, those against all "
        "included. A decision for the demonstration.",
        norms=("L64.2",),
    )
    return _decided(question, voting, staff, at=at)


def _decided(question: Asked, voting: Voting, staff: Staff, *, at: datetime) -> Decision:
    cec = commissions.cec()
    if cec is None:
        raise LookupError("the demo's CEC has not been established")
    (taken,) = decide(staff, cec, (question,), at=at, election=voting.election.slug)
    return taken
