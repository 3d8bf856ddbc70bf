"""Lists on paper at the desk: who sees what, the way of a copy by its pages, and that no page shows a voter."""

from __future__ import annotations

import io
import logging
import re
import zipfile

import pytest
from pytest_django import DjangoAssertNumQueries

from shailoo.accounts.models import Office, Person, PersonalReading
from shailoo.accounts.roles import Role
from shailoo.jobs.actions import cancel
from shailoo.jobs.models import Work
from shailoo.ledger.models import Act
from shailoo.voters.lists.columns import Copy
from shailoo.voters.models import Entry
from shailoo.voters.printing.actions import bind, hand_over
from shailoo.voters.printing.models import Batch, Binding, Handover, PrintedList, Receipt
from tests.commissions.sittings import done
from tests.counting.browser import signed_in
from tests.voters.lists.scene import FIRST, NAMES, SECOND
from tests.voters.printing.scene import FINAL, Press
from tests.voters.scene import AN_HOUR

LATER = FINAL + 2 * AN_HOUR
TOP = "/ky/desk/voters/printing/"
QUERIES_OF_A_TEC, QUERIES_OF_THE_FIRST_PAGE, QUERIES_OF_A_BATCH = 10, 12, 10


def text(response: object) -> str:
    content = getattr(response, "content", b"") or b"".join(getattr(response, "streaming_content", []))
    return str(content.decode())


def main_of(page: str) -> str:
    """The words of the page's main part."""
    return re.sub(r"<[^>]+>", " ", page[page.index("<main") : page.index("</main")])


def final(copy: Copy = Copy.FULL) -> Batch:
    return Batch.objects.get(copy=copy.value, edition__stage="final")


def everything(paper: Press) -> list[str]:
    """Every page of the room, with a copy on its way and one that waits."""
    full = paper.printed(Copy.FULL)
    done(bind(full, full.pages, "0417", by=paper.operator, at=LATER))
    act = done(hand_over(paper.final, paper.land.precincts[FIRST], by=paper.operator, at=LATER))
    batch = final().pk
    return [
        *("", "?election=rehearsal-2020", f"batches/{batch}/", f"batches/{batch}/TEC-1/"),
        *(f"copies/{full.pk}/", f"copies/{paper.printed(Copy.FULL, SECOND).pk}/", f"acts/{act.pk}/"),
    ]


def personal() -> list[str]:
    """What tells of a voter: PIN, surname, birth, address."""
    return [
        *map(str, Entry.objects.values_list("pin", flat=True)),
        *(name for name, *_rest in NAMES),
        "01.01.1990",
        "Манас",
    ]


# ------------------------------------------------------------------------------------- what pages show


def test_pages_are_in_their_language_and_show_no_voter(paper: Press) -> None:
    client = signed_in(paper.operator)
    barred = personal()
    for place in everything(paper):
        for language in ("ky", "ru"):
            response = client.get(f"/{language}/desk/voters/printing/{place}")
            assert response.status_code == 200, place
            page = text(response)
            assert [word for word in barred if word in page] == [], place
            known = r"Region|Election|TEC|PEC|CEC|rehearsal|handover|list|[0-9a-f]{64}"
            assert re.findall(r"\b[A-Za-z]{4,}\b", re.sub(known, "", main_of(page))) == [], (language, place)
    assert not PersonalReading.objects.exists()


def test_a_precinct_s_page_says_what_is_late_and_by_which_norm(paper: Press) -> None:
    page = text(signed_in(paper.operator).get(f"{TOP}batches/{final().pk}/TEC-1/"))
    assert page.count("Акыркы күн: 18.09.2020. (15-берене, 5-бөлүк)") == 5
    assert "№ 1001" in page
    assert "басылган" in page


def test_the_first_page_tells_how_far_every_printing_is_and_offers_what_is_not_ordered(paper: Press) -> None:
    client = signed_in(paper.operator)
    words = " ".join(main_of(text(client.get(TOP))).split())
    assert "Акыркы тизмелер, редакция № 1" in words
    assert words.count("Бардык тизмелерди басып чыгаруу") == 1
    answer = client.post(f"{TOP}editions/{paper.control.pk}/posted/", follow=True)
    assert "Тизмелер басылып жатат" in text(answer)
    assert Work.objects.filter(kind="voter_lists_printing").count() == 4
    (work,) = Work.objects.filter(subject=f"voter_list_batch:{Batch.objects.latest('pk').pk}")
    here = f"{TOP}batches/{Batch.objects.latest('pk').pk}/"
    assert client.post(f"{here}rest/").status_code == 422, "it is under way"
    done(cancel(work, by=paper.operator, at=LATER))
    assert "5 тизме басыла элек" in text(client.get(here))
    assert "5 тизме басыла элек" not in text(client.post(f"{here}rest/", follow=True))
    refused = client.post(f"{TOP}editions/{paper.control.pk}/posted/")
    assert refused.status_code == 422
    assert "мурун тапшырылган" in text(refused)


# ------------------------------------------------------------------------------------- the way by the pages


def test_a_copy_goes_its_way_by_the_pages(paper: Press) -> None:
    operator, pec = signed_in(paper.operator), signed_in(paper.pec)
    full = paper.printed(Copy.FULL)
    here = f"{TOP}copies/{full.pk}/"
    assert "Тигип, мөөр басуу" in text(operator.get(here))
    wrong = operator.post(f"{here}bind/", {"sheets": "99", "seal": "0417"})
    assert wrong.status_code == 422
    assert 'value="0417"' in text(wrong)
    assert "туура келбейт" in text(wrong)
    assert "Баракчалардын санын жазыңыз." in text(operator.post(f"{here}bind/", {}))
    bound = operator.post(f"{here}bind/", {"sheets": str(full.pages), "seal": "0417"}, follow=True)
    assert "Нуска тигилип, мөөр басылды." in text(bound)
    assert Binding.objects.get().office == paper.operator
    page = text(operator.post(f"{here}hand-over/", follow=True))
    act = Handover.objects.get()
    assert act.number in page
    assert f"/documents/{act.number}/ru.pdf" in page
    assert act.number in text(pec.get(f"{TOP}received/"))
    there = f"{TOP}acts/{act.pk}/"
    assert "Тизмелерди кабыл алуу" in text(pec.get(there))
    assert "Тизмелерди кабыл алуу" not in text(operator.get(there))
    page = text(pec.post(there, {"remark": "Бир барак айрылган"}, follow=True))
    assert "Тизмелер кабыл алынды." in page
    assert "Бир барак айрылган" in page
    assert Receipt.objects.get().office == paper.pec
    assert pec.post(there, {"remark": ""}).status_code == 422


def test_a_tec_s_precincts_are_handed_over_by_one_button(paper: Press) -> None:
    operator = signed_in(paper.operator)
    here = f"{TOP}batches/{final(Copy.SECOND).pk}/TEC-1/"
    assert "Даяр болгон 5 участканын" in text(operator.get(here))
    page = text(operator.post(f"{here}hand-over/", follow=True))
    assert "5 акты түзүлдү." in page
    assert "Даяр болгон" not in page
    assert Handover.objects.count() == 5


def test_a_list_is_printed_again_by_its_page_with_a_reason(paper: Press) -> None:
    operator = signed_in(paper.operator)
    second = paper.printed(Copy.SECOND)
    here = f"{TOP}copies/{second.pk}/"
    assert operator.post(f"{here}again/", {"reason": ""}).status_code == 422
    page = text(operator.post(f"{here}again/", {"reason": "Суу тийди"}, follow=True))
    assert "Мурунку нуска күчүн жоготту." in page
    assert "Суу тийди" in page
    assert "алмаштырылган" in text(operator.get(here))


# ------------------------------------------------------------------------------------- who


def test_files_are_given_to_the_office_of_the_cec_alone_and_their_reading_is_recorded(paper: Press) -> None:
    full, batch = paper.printed(Copy.FULL), final()
    file, archive = f"{TOP}copies/{full.pk}/list.pdf", f"{TOP}batches/{batch.pk}/TEC-1/files.zip"
    for other in (paper.land.tec_secretary, paper.pec, paper.land.scene.member, paper.land.scene.service):
        client = signed_in(other)
        assert {client.get(file).status_code, client.get(archive).status_code} == {403}
    assert not PersonalReading.objects.exists()
    client = signed_in(paper.operator)
    answer = client.get(file)
    assert answer.content[:4] == b"%PDF"
    assert "no-store" in answer["Cache-Control"]
    assert "Өмүрова" not in str(answer.headers)
    packed = client.get(archive)
    with zipfile.ZipFile(io.BytesIO(b"".join(packed.streaming_content))) as found:  # type: ignore[attr-defined]  # streamed
        assert found.namelist() == [f"F1-{number}-full-1.pdf" for number in range(1001, 1006)]
        assert found.read(f"F1-{FIRST}-full-1.pdf") == answer.content
    read = PersonalReading.objects.order_by("pk").values_list("what", "subject")
    assert list(read) == [
        ("printed voter lists", f"printed_list:{full.pk}"),
        ("printed voter lists", f"voter_list_batch:{batch.pk} TEC-1"),
    ]


def test_a_tec_sees_its_own_precincts_and_a_precinct_commission_its_own_acts(paper: Press) -> None:
    places = everything(paper)
    act = places[-1]
    own, other = signed_in(paper.land.tec_secretary), signed_in(paper.land.other_tec)
    for place in places:
        assert own.get(TOP + place).status_code == 200, place
    below = [place for place in places if place.startswith(("copies", "acts")) or "TEC-1" in place]
    assert {other.get(TOP + place).status_code for place in below} == {403}
    assert "TEC-1" not in main_of(text(other.get(f"{TOP}batches/{final().pk}/")))
    assert signed_in(paper.pec).get(TOP + act).status_code == 200
    assert signed_in(paper.land.secretary(SECOND)).get(TOP + act).status_code == 403
    assert {signed_in(paper.pec).get(TOP + place).status_code for place in places if place != act} == {403}


def test_an_office_for_another_election_is_shown_nothing_of_this_one(paper: Press) -> None:
    person = Person.objects.create(username="stranger", name="Stranger", password="!")
    body, since = paper.operator.body, paper.operator.since
    stranger = Office.objects.create(
        person=person, body=body, role=Role.CEC_OPERATOR, since=since, election="other-2021"
    )
    client = signed_in(stranger)
    for place in everything(paper):
        if place and not place.startswith("?"):
            assert client.get(TOP + place).status_code == 403, place
    assert "Акыркы тизмелер" not in text(client.get(TOP))


@pytest.mark.parametrize("place", ["batches/999999/", "copies/999999/", "acts/999999/", "?election=none"])
def test_what_is_not_there_is_not_found(paper: Press, place: str) -> None:
    assert signed_in(paper.operator).get(TOP + place).status_code == 404


# ------------------------------------------------------------------------------------- cost and silence


def test_pages_ask_the_database_a_fixed_number_of_times(
    paper: Press, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(paper.operator)
    here = f"{TOP}batches/{final().pk}/TEC-1/"
    for address in (TOP, f"{TOP}batches/{final().pk}/", here):
        client.get(address)  # what is known for a process is asked for once
    with django_assert_num_queries(QUERIES_OF_A_TEC):
        client.get(here)
    everything(paper)
    with django_assert_num_queries(QUERIES_OF_A_TEC):
        client.get(here)
    with django_assert_num_queries(QUERIES_OF_THE_FIRST_PAGE):
        client.get(TOP)
    with django_assert_num_queries(QUERIES_OF_A_BATCH):
        client.get(f"{TOP}batches/{final().pk}/")


def test_no_log_line_error_or_act_names_a_voter(paper: Press, caplog: pytest.LogCaptureFixture) -> None:
    client = signed_in(paper.operator)
    with caplog.at_level(logging.DEBUG):
        for place in everything(paper):
            client.get(TOP + place)
        client.get(f"{TOP}copies/{paper.printed(Copy.FULL).pk}/list.pdf")
        client.post(f"{TOP}copies/{paper.printed(Copy.FULL).pk}/bind/", {"sheets": "5", "seal": ""})
    told = caplog.text + " ".join(map(str, Act.objects.values_list("payload", flat=True)))
    assert [word for word in personal() if word in told] == []
    assert PrintedList.objects.exists()


def test_the_desk_leads_whoever_may_to_the_room(paper: Press) -> None:
    home = "/ky/desk/"
    assert f'href="{TOP}"' in text(signed_in(paper.operator).get(home))
    pec = text(signed_in(paper.pec).get(home))
    assert f'href="{TOP}received/"' in pec
    assert f'href="{TOP}"' not in pec
    assert TOP not in text(signed_in(paper.land.scene.service).get(home))
