"""Fixed data for every legal form: names as long as they come, figures as wide as they come, several pages of rows.

A new form needs its sample here; `tools/looks.py` then writes down how it looks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from shailoo.commissions.papers import contents as commissions
from shailoo.commissions.papers.words import WORDS as OF_COMMISSIONS
from shailoo.documents.rendering import Imprint
from shailoo.lots import papers as lots
from shailoo.observation.papers import contents as observation
from shailoo.observation.papers.words import WORDS as OF_OBSERVATION
from shailoo.results.papers.contents import ElectedOf, Head, MandateProtocol, Part, Protocol, Summary
from shailoo.results.papers.words import WORDS
from shailoo.voters.applications.papers import contents as voters
from shailoo.voters.applications.papers.words import WORDS as OF_VOTERS
from shailoo.voters.printing import papers as printing
from shailoo.voters.printing.papers import WORDS as OF_PRINTING

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

AT = datetime(2020, 10, 5, 4, 30, tzinfo=UTC)
HASH = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
NAMES = {
    "ky": "Ысык-Көл облусунун Жети-Өгүз районунун шайлоо комиссиясы",
    "ru": "Джети-Огузская районная избирательная комиссия Иссык-Кульской области",
    "en": "Election commission of the Jeti-Oguz district of the Issyk-Kul region",
}
PERSON = "Токтогулова Айгүл Бекмырза кызы"


def imprint(kind: str, language: str) -> Imprint:
    """The imprint of a sample: the longest number that occurs, and a mark."""
    number = f"rehearsal/jogorku-kenesh-2020-repeat/general/{kind}-1"
    return Imprint(number, language, AT, f"https://shailoo.example/{language}/documents/{number}/", "DEMO")


def _head(language: str) -> Head:
    return Head(NAMES[language], "04.10.2020", NAMES[language], language)


def protocol(kind: str, language: str) -> Protocol:
    words = WORDS[language]
    return Protocol(
        **_head(language).of(kind),
        basis=tuple((words[name], 2_413) for name in ("tecs", "tec_protocols", "precincts", "invalidated")),
        lines=tuple((f"{words['line']} {n}. {NAMES[language]}", 1_887_345 if n % 5 else None) for n in range(1, 19)),
        votes=tuple((n, f"{words['option']} {n}", 412_000 - n, "24,85 %") for n in range(1, 18)),
        share_of=words["share_of"].format(base=words["participated"], count="1 887 345"),
        notes=(NAMES[language], NAMES[language]),
    )


def summary(kind: str, language: str) -> Summary:
    rows = tuple((f"{NAMES[language]} {n}", *range(1_887_345, 1_887_345 + 19)) for n in range(1, 25))
    parts = tuple(Part(columns=tuple(range(at, at + 19)), rows=rows, total=tuple(range(19))) for at in (1, 20))
    names = tuple(f"{WORDS[language]['line']} {n}" for n in range(1, 39))
    return Summary(**_head(language).of(kind), columns=names, parts=parts, not_summed=(("1007", NAMES[language]),))


def mandates(kind: str, language: str) -> MandateProtocol:
    words = WORDS[language]
    return MandateProtocol(
        **_head(language).of(kind),
        admitted=tuple((f"{words['list']} {n}", 412_345, "24,85 %", 21, "0,1234", 22) for n in range(1, 7)),
        excluded=tuple((f"{words['list']} {n}", 12_345, "0,85 %") for n in range(7, 18)),
        quotient=words["quotient"].format(votes="1 887 345", mandates="120", quotient="15 727,8750"),
        vacant=words["vacant"].format(count=55),
        elected=tuple(
            ElectedOf(name=f"{words['list']} {n}", candidates=tuple((rank, PERSON) for rank in range(1, 23)))
            for n in range(1, 4)
        ),
        grounds=("L64.2", "L64.3"),
    )


def lot(kind: str, language: str) -> lots.LotAct:
    del kind
    words = lots.WORDS[language]
    rows = tuple((place, 60 - place, f"{PERSON}, {place}", HASH[:16]) for place in range(1, 46))
    return lots.LotAct(
        title=f"{words['title']} № 12/2020",
        issuer=NAMES[language],
        about=NAMES[language],
        facts=tuple((words[name], NAMES[language]) for name in ("purpose", "grounds", "entries", "published", "drawn")),
        list_hash=HASH,
        formula=f"sha256(mobile-team|{words['list_hash']}|1|{words['seed']}|{words['number']})",
        rounds=tuple(
            lots.RoundDrawn(f"{words['round']} {n}", "61542316542316542316", "05.10.2020 10:30:00", rows, 7)
            for n in (1, 2)
        ),
        words=dict(words),
        signatures=(words["chair"], words["secretary"]),
    )


LINES = tuple(f"{n}. " + f"{PERSON}, " * 6 for n in range(1, 5))


def _of_commission(name: str, language: str) -> commissions.Common:
    """The members that every paper of a commission has."""
    words = OF_COMMISSIONS[language]
    others = tuple(NAMES[each] for each in ("ky", "ru") if each != language)
    return commissions.Common(
        title=f"{words['rehearsal']}. {words[name]} № 12/2020",
        issuer=NAMES[language],
        official=others,
        about=NAMES[language],
        words=dict(words),
        rehearsal=True,
    )


def decision(kind: str, language: str) -> commissions.CommissionDecision:
    del kind
    words = OF_COMMISSIONS[language]
    return commissions.CommissionDecision(
        **_of_commission("decision", language),
        subject=commissions.Passage("ky", (NAMES["ky"], NAMES["ky"])),
        facts=tuple((words[name], NAMES[language]) for name in ("sitting", "taken", "place", "norms", "replaced")),
        text=LINES * 4,
        votes=tuple((words[name], 12) for name in ("for", "against", "abstained", "present", "seats")),
        opinions=tuple((f"{PERSON}, {NAMES[language]}", "05.10.2020 10:30") for _ in range(2)),
        signers=tuple((words[name], PERSON) for name in ("presided", "kept")),
    )


def minutes(kind: str, language: str) -> commissions.CommissionMinutes:
    del kind
    words = OF_COMMISSIONS[language]
    counts = ("for", "against", "abstained", "present", "seats", "needed")
    motion = commissions.MotionVoted(
        title=words["draft"],
        text=commissions.Passage(language, LINES[:2]),
        norms=NAMES[language],
        result=f"{words['adopted']}. {words['decision']} № 12/2020",
        counts=tuple((words[name], 12) for name in counts),
        votes=tuple((PERSON, words["abstained"]) for _ in range(12)),
        opinions=((PERSON, LINES[:2]),),
    )
    title = commissions.Passage("ky", (NAMES["ky"],))
    facts = tuple(f"{words[name]}: {PERSON}" for name in ("reported", "proposed", "reason"))
    asked = tuple(commissions.Question(n, title, facts, (motion,)) for n in (1, 2))
    return commissions.CommissionMinutes(
        **_of_commission("minutes", language),
        facts=tuple((words[name], NAMES[language]) for name in ("kind", "place", "opened", "closed", "presided")),
        present=tuple((PERSON, NAMES[language], "05.10.2020 10:30", "05.10.2020 12:30") for _ in range(8)),
        questions=(*asked, commissions.Question(3, title, facts, ())),
        course=LINES,
        sha256=HASH,
        signers=tuple((PERSON, NAMES[language], "05.10.2020 10:30") for _ in range(2)),
    )


def answer(kind: str, language: str) -> observation.AnswerPaper:
    words = OF_OBSERVATION[language]
    titles = {"annex": "annex", "refusal": "refusal", "ending": "ending"}
    columns = ("number", "name", "citizenship", "sender", "certificate")
    row = (PERSON, "SE, HU", NAMES[language], "IO-2020-00017")
    return observation.AnswerPaper(
        title=words[titles[kind.removeprefix("accreditation_")]],
        issuer=NAMES[language],
        about=NAMES[language],
        facts=tuple((words[name], NAMES[language]) for name in ("decision", "kind", "sender", "norm", "reason")),
        text=(words["identity_not_printed"], words["appeal"]),
        columns=tuple(words[name] for name in columns) if kind.endswith("annex") else (),
        rows=tuple((str(n), *row) for n in range(1, 40)) if kind.endswith("annex") else (),
        signatures=(words["chair"],),
        words=dict(words),
    )


def voters_answer(kind: str, language: str) -> voters.NoticePaper:
    del kind
    words = OF_VOTERS[language]
    names = ("application", "kind", "received", "received_by", "target", "answer", "norm", "ground", "changed")
    return voters.NoticePaper(
        title=words["notice"],
        issuer=NAMES[language],
        about=NAMES[language],
        facts=tuple((words[name], NAMES[language]) for name in names),
        text=(words["biometrics"], words["not_printed"], words["appeal"]),
        words=dict(words),
    )


def handover(kind: str, language: str) -> printing.HandoverAct:
    del kind
    words = OF_PRINTING[language]
    row = printing.HandedRow("JK2020-1001-3", NAMES[language], 2_413, 97, 49, "000123", HASH)
    return printing.HandoverAct(
        title=f"{words['title']} № 12",
        about=NAMES[language],
        facts=tuple((words[name], NAMES[language]) for name in ("from", "to", "precinct", "lists", "ground")),
        rows=(row, row),
        voters=2_413,
        pages=194,
        words=dict(words),
        signatures=(words["giver"], words["taker"]),
    )


SAMPLES: Mapping[str, Callable[[str, str], DataclassInstance]] = {
    "cec_protocol": protocol,
    "tec_protocol": protocol,
    "cec_summary_table": summary,
    "tec_summary_table": summary,
    "mandate_protocol": mandates,
    "lot_act": lot,
    "commission_decision": decision,
    "commission_minutes": minutes,
    "accreditation_annex": answer,
    "accreditation_refusal": answer,
    "accreditation_ending": answer,
    "voter_application_answer": voters_answer,
    "voter_list_handover": handover,
}
"""Kind -> its data in a language."""
