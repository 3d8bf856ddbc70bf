"""Issuing the papers of an act, in the act's own transaction: frozen, numbered, in Kyrgyz and Russian."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from django.utils import timezone

from shailoo.accounts.models import Body
from shailoo.documents.actions import address_of, issue
from shailoo.documents.models import Document
from shailoo.documents.queries import latest
from shailoo.documents.rendering import Imprint
from shailoo.elections.models import Election, Voting
from shailoo.law.mandates import Allocation
from shailoo.law.outcome import records
from shailoo.law.protocol.summed import SUMMED_LINES
from shailoo.results.figures import facts_of
from shailoo.results.models import Determination, TecProtocol
from shailoo.results.papers import contents
from shailoo.results.papers.words import LANGUAGES, WORDS
from shailoo.results.queries.outcome import as_determined, mandates
from shailoo.results.queries.tabulating import options_of
from shailoo.results.queries.territorial import latest_tec_protocols
from shailoo.results.reckoning import percentage_base
from shailoo.results.tabulation import OptionRow, Sums
from shailoo.wording import Catalogue, text

_MARKS = {Election.Origin.GENERATED: "generated", Election.Origin.PUBLIC_RECORD: "public_record"}
_LEAD = 2  # a stored table's row begins with the precinct's number and its protocol's version


def papers_of(subject: str) -> list[Document]:
    """Every paper of one act ("tec_protocol:3", "determination:1")."""
    return list(Document.objects.filter(subject=subject).select_related("file").order_by("kind", "language"))


@records("L36.3.a2")
def issue_tec_papers(signed: TecProtocol) -> list[Document]:
    """A TEC's protocol and its summary table (L36.2.b3, L36.3.a2)."""
    voting = signed.voting
    options = options_of(voting)
    lines = {line: signed.sums[line] for line in SUMMED_LINES}
    sums = _sums(signed, lines)
    issued = []
    for language in LANGUAGES:
        head = _head(voting, signed.tec.body, "", language)
        protocol = contents.protocol(
            head,
            "tec_protocol",
            basis=[
                ("precincts", signed.pec_count),
                ("precinct_protocols", signed.protocols_used),
                ("invalidated", sum(row["reason"] == "invalidated" for row in signed.not_summed)),
            ],
            options=options,
            lines=lines,
            votes=signed.votes,
            base=percentage_base(sums, voting.election.edition),
            notes=_notes(signed.version, signed.reason, language),
        )
        table = contents.summary(
            head,
            "tec_summary_table",
            options=options,
            rows=[(str(row[0]), row[_LEAD:]) for row in signed.table],
            total=[*lines.values(), *signed.votes],
            not_summed=[(row["precinct"], _reason(row["reason"], language)) for row in signed.not_summed],
        )
        stem = f"{_stem(voting)}/{signed.tec.body.code}"
        subject = f"tec_protocol:{signed.pk}"
        content: contents.Paper
        for kind, content in (("tec_protocol", protocol), ("tec_summary_table", table)):
            number = f"{stem}/{_short(kind)}-{signed.version}"
            issued.append(_issue(kind, content, number, subject, language, voting, signed))
    return issued


@records("L64.6.a", "L64.6.1", "L64.6.2")
def issue_cec_papers(made: Determination) -> list[Document]:
    """The CEC's protocol, its summary table, and where seats were given the mandate protocol (L37.2, L64.6)."""
    voting = made.voting
    facts = facts_of(made.figures)
    outcome = as_determined(made)
    base = percentage_base(facts.national, voting.election.edition)
    issued = []
    for language in LANGUAGES:
        head = _head(voting, made.office.body, _decided(made, language), language)
        papers: dict[str, contents.Paper] = {
            "cec_protocol": _cec_protocol(head, made, base, language),
            "cec_summary_table": _cec_summary(head, made, facts.options),
        }
        if isinstance(outcome.value, Allocation) and outcome.value.seats:
            elected = _elected(voting, language)
            papers["mandate_protocol"] = contents.mandates(head, facts, outcome, outcome.value, base[1], elected)
        for kind, content in papers.items():
            number = f"{_stem(voting)}/cec/{_short(kind)}-{made.version}"
            issued.append(_issue(kind, content, number, f"determination:{made.pk}", language, voting, made))
    return issued


def _cec_protocol(head: contents.Head, made: Determination, base: tuple[str, int], language: str) -> contents.Protocol:
    facts = facts_of(made.figures)
    national = facts.national
    received = latest_tec_protocols(made.voting).count()
    return contents.protocol(
        head,
        "cec_protocol",
        basis=[
            ("tecs", made.voting.precincts.values("tec").distinct().count()),
            ("tec_protocols", received),
            ("precincts", national.expected),
            ("precinct_protocols", national.summed),
            ("invalidated", national.invalidated),
        ],
        options=facts.options,
        lines=national.lines,
        votes=national.votes,
        base=base,
        notes=_notes(made.version, made.reason, language),
    )


def _cec_summary(head: contents.Head, made: Determination, options: Iterable[OptionRow]) -> contents.Summary:
    national = facts_of(made.figures).national
    latest_of_each = latest_tec_protocols(made.voting).select_related("tec__body")
    signed = sorted(latest_of_each, key=lambda found: found.tec.body.code)
    rows = [
        (_name(found.tec.body, head.language), [*(found.sums[line] for line in SUMMED_LINES), *found.votes])
        for found in signed
    ]
    return contents.summary(
        head,
        "cec_summary_table",
        options=list(options),
        rows=rows,
        total=[*(national.lines[line] for line in SUMMED_LINES), *national.votes],
        not_summed=[],
    )


def _elected(voting: Voting, language: str) -> list[tuple[str, list[tuple[int, str]]]]:
    """The elected of each list by rank (L64.4)."""
    people: dict[str, list[tuple[int, str]]] = {}
    for deputy in mandates(voting).elected:
        name = deputy.name_ky if language == "ky" else deputy.name_ru
        people.setdefault(deputy.option.code, []).append((deputy.rank, name))
    return list(people.items())


def _issue(
    kind: str,
    content: contents.Paper,
    number: str,
    subject: str,
    language: str,
    voting: Voting,
    act: TecProtocol | Determination,
) -> Document:
    election = voting.election
    mark = _mark(election, language)
    if election.rehearsal:
        content = replace(content, title=f"{mark}. {content.title}", rehearsal=True)
    return issue(
        kind,
        content,
        imprint=Imprint(number, language, act.at, address_of(number, language), mark),
        subject=subject,
        by=act.office,
        supersedes=latest(kind, _subject_before(act), language) if act.version > 1 else None,
    )


def _stem(voting: Voting) -> str:
    """How the numbers of a voting's papers begin; those of a rehearsal by that word."""
    found = f"{voting.election.slug}/{voting.kind}"
    return f"rehearsal/{found}" if voting.election.rehearsal else found


def _subject_before(act: TecProtocol | Determination) -> str:
    """The subject of the papers that a new version supersedes."""
    if isinstance(act, TecProtocol):
        earlier = TecProtocol.objects.filter(voting=act.voting, tec=act.tec, version=act.version - 1)
        return f"tec_protocol:{earlier.values_list('pk', flat=True).first()}"
    made = Determination.objects.filter(voting=act.voting, version=act.version - 1)
    return f"determination:{made.values_list('pk', flat=True).first()}"


def _head(voting: Voting, issuer: Body, decided: str, language: str) -> contents.Head:
    election = voting.election
    name = election.name_ky if language == "ky" else election.name_ru
    return contents.Head(_name(issuer, language), f"{name}, {_date(voting.day)}", decided, language)


def _decided(made: Determination, language: str) -> str:
    words = WORDS[language]
    outcome = text(Catalogue.OUTCOMES, made.outcome, language)
    return f"{outcome} {words['decision'].format(number=made.decision, date=_date(made.at))}"


def _notes(version: int, reason: str, language: str) -> list[str]:
    return [WORDS[language]["version"].format(version=version, reason=reason)] if version > 1 else []


def _reason(reason: str, language: str) -> str:
    return WORDS[language]["invalidated"] if reason == "invalidated" else reason


def _mark(election: Election, language: str) -> str:
    if election.rehearsal:
        return WORDS[language]["rehearsal"]
    code = _MARKS.get(Election.Origin(election.origin))
    return WORDS[language][code] if code else ""


def _sums(signed: TecProtocol, lines: Mapping[str, int | None]) -> Sums:
    """The signed sums in the form that percentages are computed from."""
    return Sums(
        expected=signed.pec_count,
        summed=signed.protocols_used,
        quarantined=0,
        invalidated=0,
        votes=tuple(signed.votes),
        against_all=lines["against_all"] or 0,
        valid=lines["valid"] or 0,
        lines=lines,
    )


def _name(body: Body, language: str) -> str:
    return body.name_ky if language == "ky" else body.name_ru


def _short(kind: str) -> str:
    """How a kind of paper is called in numbers."""
    return {"mandate_protocol": "mandates"}.get(kind, kind.split("_", 1)[1].replace("_", "-"))


def _date(day: date) -> str:
    """A local date; an instant is read on the clock of the commission."""
    local = timezone.localtime(day) if isinstance(day, datetime) else day
    return f"{local:%d.%m.%Y}"
