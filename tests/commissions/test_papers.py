"""Published decisions and minutes as documents: in which languages, under which numbers, marked, superseded, frozen."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest

from shailoo.accounts.models import Person
from shailoo.commissions import actions, register
from shailoo.commissions.actions import MinutesText, Question, Text
from shailoo.commissions.clocks import Occasion
from shailoo.commissions.minuted import read
from shailoo.commissions.models import (
    Decision,
    DecisionPublication,
    Matter,
    Minutes,
    MinutesPublication,
    Sitting,
    Vote,
)
from shailoo.commissions.papers import issuing
from shailoo.commissions.papers.contents import decision_on_paper
from shailoo.commissions.papers.forms import DECISION, MINUTES
from shailoo.documents.actions import NumberTakenError, address_of, issue
from shailoo.documents.forms import MisfitError, fitted, form_of
from shailoo.documents.models import Document
from shailoo.documents.rendering import Imprint
from shailoo.ledger.models import Act
from tests.commissions.scene import AT, Scene, build
from tests.commissions.sittings import decided, done, in_session

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


@pytest.fixture
def scene() -> Scene:
    return build()


def taken(scene: Scene, text: Text, *, election: str = "") -> Decision:
    """A decision that all members but the last vote for, who is against and has an individual opinion."""
    sitting, members = in_session(scene.cec.body, at=AT, election=election)
    chair, against = members[0], members[-1]
    question = Question(Matter.FORM, title_ky="Үлгү жөнүндө", title_ru="О форме")
    item = done(actions.propose_item(sitting, question, by=chair, at=AT))
    done(actions.include_item(item, by=chair, at=AT))
    motion = done(actions.put_motion(item, text, by=chair, at=AT))
    choices = dict.fromkeys(members, Vote.Choice.FOR) | {against: Vote.Choice.AGAINST}
    done(actions.record_votes(motion, choices, by=scene.secretary, at=AT))
    decision = done(actions.conclude_motion(motion, by=chair, at=AT))
    assert isinstance(decision, Decision)
    done(actions.dissent(decision, text="Макул эмесмин.", by=against, at=AT))
    return decision


def published(decision: Decision, scene: Scene) -> list[Document]:
    done(actions.publish_decision(decision, by=scene.secretary, at=LATER))
    return register.papers_of(decision)


@pytest.mark.norm("L8.1")
def test_a_decision_is_published_as_a_document_in_each_language_of_its_text(scene: Scene) -> None:
    text = Text(text_ky="1. Үлгү бекитилсин.\n\n2. Жарыялансын.", text_ru="1. Утвердить форму.", norms=("L37.1",))
    decision = taken(scene, text)
    assert register.papers_of(decision) == []
    ky, ru = published(decision, scene)
    assert [(each.number, each.language, each.kind) for each in (ky, ru)] == [
        ("decision/CEC/2020/1", "ky", DECISION),
        ("decision/CEC/2020/1", "ru", DECISION),
    ]
    assert DecisionPublication.objects.get().document == ky
    assert json.loads(Act.objects.get(name="decision.published").payload)["document"] == "decision/CEC/2020/1"
    data = ky.data
    assert (data["title"], data["issuer"], data["official"]) == ("Чечим № 1/2020", "CEC ky", ["CEC ru"])
    assert data["text"] == ["1. Үлгү бекитилсин.", "2. Жарыялансын."]
    assert dict(data["votes"]) == {
        "Макул": 5,
        "Каршы": 1,
        "Калыс": 0,
        "Катышкан мүчөлөр": 6,
        "Комиссиянын мүчөлөрүнүн толук курамы": 6,
    }
    facts = dict(data["facts"])
    assert facts["Отурум"].startswith("№ 1/2020, ")
    assert (facts["Орду"], facts["Кабыл алынган күнү жана сааты"]) == ("Бишкек", "16.10.2020 14:00")
    assert facts["Нормалар"] == "37-берене, 1-бөлүк"
    assert [name for _, name in data["signers"]] == [scene.chair.person.name, scene.secretary.person.name]
    assert [member.split(",")[0] for member, _ in data["opinions"]] == [scene.members[-1].person.name]
    assert ru.data["subject"] == {"language": "ru", "lines": ["О форме"]}


def test_the_document_of_a_decision_supersedes_that_of_the_one_it_replaces_in_its_language(scene: Scene) -> None:
    old = taken(scene, Text(text_ky="Мурунку.", text_ru="Прежнее."))
    new = taken(scene, Text(text_ky="Жаңы.", text_en="New.", replaces=old))
    late = decided(scene.cec.body, Matter.FORM, "", at=AT)
    last = decided(scene.cec.body, Matter.FORM, "", at=AT, replaces=late)
    old_ky, old_ru = published(old, scene)
    new_ky, new_en = published(new, scene)
    assert (new_ky.supersedes, new_en.supersedes) == (old_ky, None)
    assert not Document.objects.filter(supersedes=old_ru).exists()
    assert ("Replaces", old.label) in [tuple(row) for row in new_en.data["facts"]]
    (of_last,) = published(last, scene)
    assert of_last.supersedes is None, "what it replaces is not published yet"
    (of_late,) = published(late, scene)
    assert ["Ушул чечим менен алмаштырылган", last.label] in of_late.data["facts"], "it says itself that it has ended"


def test_papers_of_rehearsals_and_of_generated_data_are_marked(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("Шайлоо", "Выборы", "Election")
    known = [Occasion("drill", *names, rehearsal=True), Occasion("made", *names, origin="generated")]
    monkeypatch.setattr(issuing, "occasions", lambda: known)
    imprints: list[str] = []

    def noted(kind: str, content: object, **rest: object) -> object:
        imprints.append(getattr(rest["imprint"], "mark", ""))
        return issue(kind, content, **rest)  # type: ignore[arg-type]  # what it was called with, as it came

    monkeypatch.setattr(issuing, "issue", noted)
    numbers, titles = [], []
    for election in ("drill", "made", ""):
        (paper,) = published(taken(scene, Text(text_en="Ok."), election=election), scene)
        numbers.append(paper.number)
        titles.append((paper.data["title"], paper.data["about"], paper.data["rehearsal"]))
    assert numbers == ["rehearsal/decision/CEC/2020/1", "decision/CEC/2020/2", "decision/CEC/2020/3"]
    assert titles == [
        ("Rehearsal: this is not a real election. Decision № 1/2020", "Election", True),
        ("Decision № 2/2020", "Election", False),
        ("Decision № 3/2020", "", False),
    ]
    assert imprints == ["Rehearsal: this is not a real election", "Generated data", ""]


def test_what_cannot_be_issued_is_not_published_and_bad_data_are_no_paper(scene: Scene) -> None:
    decision = taken(scene, Text(text_ky="Чечсин.", text_ru="Решить."))
    content = decision_on_paper(decision, None, "ky")
    form = form_of(DECISION)
    for wrong in (
        {"votes": (("Макул", "беш"),)},
        {"text": "Чечсин."},
        {"subject": None},
        {"signers": (("Төрага",),)},
        {"rehearsal": "жок"},
    ):
        with pytest.raises(MisfitError, match=next(iter(wrong))):
            fitted(form, replace(content, **wrong), "ky")
    with pytest.raises(MisfitError):
        fitted(form_of(MINUTES), content, "ky")
    number = "decision/CEC/2020/1"
    other = replace(decision_on_paper(decision, None, "ru"), title="Башка")
    issue(DECISION, other, imprint=Imprint(number, "ru", AT, address_of(number, "ru")), subject="x", by=None)
    before = (Document.objects.count(), Act.objects.count())
    with pytest.raises(NumberTakenError):
        actions.publish_decision(decision, by=scene.secretary, at=LATER)
    assert (Document.objects.count(), Act.objects.count()) == before
    assert not DecisionPublication.objects.exists()


def signed(sitting: Sitting, text: MinutesText, scene: Scene) -> Minutes:
    minutes = done(actions.draft_minutes(sitting, text, by=scene.secretary, at=LATER))
    for signer in (scene.chair, scene.secretary):
        done(actions.sign_minutes(minutes, by=signer, at=LATER))
    return minutes


@pytest.mark.norm("L8.1")
def test_minutes_are_published_as_a_document_of_what_was_frozen(scene: Scene) -> None:
    decision = taken(scene, Text(text_ky="Үлгү бекитилсин."))
    sitting, against = decision.sitting, scene.members[-1].person
    done(actions.close_sitting(sitting, by=scene.chair, at=LATER))
    first = signed(sitting, MinutesText(), scene)
    frozen, was = first.content, against.name
    Person.objects.filter(pk=against.pk).update(name="Башка Аты")
    done(actions.publish_minutes(first, by=scene.secretary, at=LATER))
    (paper,) = register.papers_of(first)
    assert (paper.number, paper.language, paper.kind) == ("minutes/CEC/2020/1-1", "ky", MINUTES)
    assert MinutesPublication.objects.get().document == paper
    assert (paper.data["sha256"], paper.data["course"]) == (first.sha256, [])
    (question,) = paper.data["questions"]
    (motion,) = question["motions"]
    assert [was, "Каршы"] in motion["votes"]
    assert motion["opinions"] == [[was, ["Макул эмесмин."]]]
    assert motion["result"] == "Кабыл алынды. Чечим № 1/2020"
    assert [row[0] for row in paper.data["signers"]] == [scene.chair.person.name, scene.secretary.person.name]
    assert "Башка Аты" not in str(paper.data)
    second = signed(sitting, MinutesText("Угулду.", "Заслушано."), scene)
    done(actions.publish_minutes(second, by=scene.secretary, at=LATER))
    ky, ru = register.papers_of(second)
    assert (ky.number, ky.supersedes, ru.supersedes) == ("minutes/CEC/2020/1-2", paper, None)
    assert (ky.data["course"], ru.data["course"]) == (["Угулду."], ["Заслушано."])
    with pytest.raises(msgspec.ValidationError, match="present"):
        read({**frozen, "present": [{"name": 1}]})
