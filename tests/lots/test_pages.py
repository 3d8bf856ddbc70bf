"""The pages of lots: what everyone sees and when, what staff may send, and a whole draw in a real browser."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page

from shailoo.accounts.models import Office
from shailoo.accounts.roles import Role
from shailoo.lots.actions import enter_seed, void
from shailoo.lots.checking import check
from shailoo.lots.drawing import written
from shailoo.lots.models import Draw
from tests.browser.test_desk_pages import (
    SITE,
    SMALL,
    beside_a_running_loop,
    browser_type_launch_args,
    faults,
    opened,
    untold,
)
from tests.counting.browser import Answer, signed_in, snapshot
from tests.lots.scene import (
    DICE,
    PARTIES,
    ballot,
    cec,
    drawn,
    duties,
    fresh,
    frozen,
    later,
    office,
    pec,
    published,
    throw,
)

__all__ = ["beside_a_running_loop", "browser_type_launch_args"]
pytestmark = pytest.mark.django_db
PUBLIC = "/ky/lots/"
NAMES = {"lot", "json", "Python"}  # numbers of documents and files; formulas and programs are marked as English
SIGNED_IN = {"accounts_person", "axes_accesslog"}  # what a sign-in writes


def get(address: str, **query: str) -> Answer:
    return Client().get(address, query)


def post(who: Office, address: str, data: Mapping[str, object]) -> Answer:
    return signed_in(who).post(f"/ky/desk/lots/{address}", dict(data))


def changed(before: dict[str, str]) -> set[str]:
    """The tables that are not what they were."""
    after = snapshot()
    return {name for name in after if after[name] != before.get(name)}


def text(answer: Answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_everyone_sees_a_lot_from_its_list_on_and_never_the_digits_of_one_person() -> None:
    table = cec()
    lot = frozen(table, ballot())
    place = f"{PUBLIC}CEC/2020/1/"
    assert get(place).status_code == 404
    assert PARTIES[1] not in text(get(PUBLIC))
    lot = published(table, ballot(title="Жогорку Кеңеш"))
    place = f"{PUBLIC}CEC/2020/2/"
    assert lot.list_hash in text(get(place))
    enter_seed(lot, table.sitting, DICE, by=table.members[0], at=later(2))
    seen = [text(get(place)), text(get(f"{place}lot.json"))]
    seen += [
        text(signed_in(each).get(f"/ky/desk/lots/{lot.pk}/{page}"))
        for each in table.members[:2]
        for page in ("", "digits/")
    ]
    assert all(DICE not in page for page in seen), "the second person learns nothing of the first entry"
    done = drawn(table, ballot())
    page, file = text(get(f"{PUBLIC}CEC/2020/3/")), text(get(f"{PUBLIC}CEC/2020/3/lot.json"))
    assert throw(done, 1) in page
    assert check(file).holds
    assert text(get(f"{PUBLIC}CEC/2020/3/list.txt")) == written(PARTIES)
    assert "/documents/lot/CEC/2020/3/ky.pdf" in page
    assert Client().get("/ky/documents/lot/CEC/2020/3/en.pdf").content.startswith(b"%PDF")
    for wrong in ("CEC/2020/9/", "CEC/99999999999/1/", "TEC-9/2020/1/", "CEC/2020/1/lot.json", "checkers/../x"):
        assert get(f"{PUBLIC}{wrong}").status_code == 404, wrong


def test_the_list_of_lots_is_searched_filtered_and_taken_away() -> None:
    table = cec()
    published(table, ballot(title="Жогорку Кеңеш"))
    void(published(table, ballot()), "Партия чакыртып алынды", by=table.chair, at=later(2))
    rows = get(f"{PUBLIC}lots.json").json()
    assert [(row["number"], row["state"], row["entries"]) for row in rows] == [(2, "voided", 4), (1, "published", 4)]
    for query, numbers in (
        ({"q": "Кеңеш"}, {1}),
        ({"state": "voided"}, {2}),
        ({"purpose": "air_time"}, set()),
        ({"q": "cec"}, {1, 2}),
        ({"state": "x'"}, {1, 2}),
        ({"page": "99"}, {1, 2}),
    ):
        assert {row["number"] for row in get(f"{PUBLIC}lots.json", **query).json()} == numbers, query
        found = text(get(PUBLIC, **query))
        assert all((f"№ {number}/2020" in found) is (number in numbers) for number in (1, 2)), query
    assert "ballot_order" in text(get(f"{PUBLIC}lots.csv"))
    assert "Партия чакыртып алынды" in text(get(f"{PUBLIC}CEC/2020/2/"))


def test_a_list_is_frozen_from_what_was_typed_or_sent_and_nothing_typed_is_lost() -> None:
    table = cec()
    address = "prepare/?purpose=ballot_order"
    typed: dict[str, object] = {"items": "Үмүт / Надежда\nДостук;Дружба\n\n", "title": "", "election": "", "drawn": ""}
    before = snapshot()
    refused: tuple[tuple[dict[str, object], str], ...] = (
        ({"items": "Үмүт"}, "кеминде эки"),
        ({"items": "Үмүт\nҮмүт"}, "эки жолу"),
        ({"file": SimpleUploadedFile("a.txt", "Үмүт\nДостук".encode())}, "экөөнү тең эмес"),
        ({"items": "", "file": SimpleUploadedFile("a.txt", b"\xff\xfe\x00a")}, "UTF-8"),
        ({"items": "", "file": SimpleUploadedFile("a.txt", b"a\n" * (2 * 1024 * 1024 + 1))}, "4 МБ"),
        ({"items": "", "file": SimpleUploadedFile("a.zip", b"PK\x03\x04\x00\x00")}, "UTF-8"),
    )
    for wrong, words in refused:
        answer = post(table.secretary, address, typed | wrong)
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert str(wrong.get("items", "Надежда")) in answer.content.decode()
    assert changed(before) <= SIGNED_IN
    answer = post(table.secretary, address, typed)
    lot = Draw.objects.get()
    assert answer["Location"] == f"/ky/desk/lots/{lot.pk}/"
    assert list(lot.items.values_list("label", flat=True)) == ["Үмүт / Надежда", "Достук / Дружба"]
    sent = typed | {"items": "", "file": SimpleUploadedFile("list.txt", "\ufeffҮмүт\r\nДостук\r\n".encode())}
    assert post(table.secretary, address, sent).status_code == 302
    assert list(Draw.objects.latest("pk").items.values_list("label", flat=True)) == ["Үмүт", "Достук"]
    asked = signed_in(table.secretary).get("/ky/desk/lots/prepare/").content.decode()
    assert "ballot_order" in asked
    assert "station_duties" not in asked, "a duty at a station is drawn by its own commission"


def test_only_the_commission_itself_opens_its_lots_and_acts_on_them() -> None:
    table = pec()
    lot = published(table, duties(table))
    chair = Office.objects.get(role="cec_chair")
    operator = office(table.commission.body, Role.PEC_OPERATOR)
    before = snapshot()
    for who in (chair, operator):
        for page in ("", "digits/", "void/"):
            assert signed_in(who).get(f"/ky/desk/lots/{lot.pk}/{page}").status_code == 403, (who.role, page)
        for act in ("publish/", "digits/", "draw/", "void/"):
            assert post(who, f"{lot.pk}/{act}", {"digits": DICE, "reason": "x"}).status_code == 403, (who.role, act)
    assert signed_in(table.members[0]).post(f"/ky/desk/lots/{lot.pk}/draw/").status_code == 403
    assert post(table.absent, f"{lot.pk}/digits/", {"digits": DICE, "sitting": table.sitting.pk}).status_code == 422
    assert changed(before) <= SIGNED_IN
    page = signed_in(table.secretary).get("/ky/desk/lots/prepare/?purpose=mobile_team").content.decode()
    assert table.members[0].person.name in page
    assert table.chair.person.name not in page, "the heads take no part"


# ------------------------------------------------------------------------------------- in a browser


def looked_at(page: Page, address: str, found: dict[str, list[str]]) -> None:
    """Open a page, judge it at both widths, and go on at 320 pixels."""
    answer = page.goto(f"{SITE}/ky/{address}", wait_until="load")
    assert answer is not None
    assert answer.status == 200, address
    wrong = faults(page)
    page.evaluate("document.querySelectorAll('main [lang=en], main [download]').forEach((each) => each.remove())")
    if wrong := wrong + [word for word in untold(page, "ky") if word not in NAMES]:
        found[address] = wrong
    on_small_screen(page, address)


def on_small_screen(page: Page, address: str) -> None:
    page.set_viewport_size({"width": SMALL, "height": 900})
    page.goto(f"{SITE}/ky/{address}", wait_until="load")


@pytest.mark.browser
@pytest.mark.long
def test_three_people_draw_a_lot_on_small_screens_and_a_visitor_finds_a_manipulated_file(
    browser: Browser, tmp_path: Path
) -> None:
    table = cec()
    wrong: dict[str, list[str]] = {}
    secretary = opened(browser, table.secretary)
    looked_at(secretary, "desk/lots/", wrong)
    looked_at(secretary, "desk/lots/prepare/", wrong)
    secretary.locator("input[value=ballot_order]").check()
    secretary.locator("main form button").click()
    looked_at(secretary, "desk/lots/prepare/?purpose=ballot_order", wrong)
    secretary.locator("[name=items]").fill("\n".join(("Үмүт", "Достук", "Келечек")))
    secretary.locator("main form button").click()
    secretary.locator("form[action$='/publish/'] button").click()
    lot = Draw.objects.get()
    digits = "".join("345612"[(int(sign) + 2) % 6] for sign in DICE)
    looked_at(opened(browser, table.members[0]), f"desk/lots/{lot.pk}/", wrong)
    looked_at(opened(browser, table.members[0]), f"desk/lots/{lot.pk}/digits/", wrong)
    for who in table.members[:2]:
        member = opened(browser, who)
        on_small_screen(member, f"desk/lots/{lot.pk}/digits/")
        member.locator("[name=digits]").fill(digits)
        member.locator("main form button").click()
        member.locator(".govuk-notification-banner--success").wait_for()
    on_small_screen(secretary, f"desk/lots/{lot.pk}/")
    secretary.locator("form[action$='/draw/'] button").click()
    secretary.locator(".govuk-notification-banner--success").wait_for()
    assert fresh(lot).state == "drawn"

    looked_at(secretary, "lots/", wrong)
    looked_at(secretary, f"lots/CEC/{timezone.localdate().year}/1/", wrong)
    secretary.locator("[data-lot-act] button").click()
    secretary.locator("[data-lot-answer][data-holds=yes]").wait_for()
    assert secretary.locator("[data-lot-place]", has_text="✓").count() == 3
    file = json.loads(text(get(f"{PUBLIC}CEC/{timezone.localdate().year}/1/lot.json")))
    rows = file["rounds"][0]["order"]
    rows[0]["item"], rows[1]["item"] = rows[1]["item"], rows[0]["item"]
    forged = tmp_path / "lot.json"
    forged.write_text(json.dumps(file), encoding="utf-8")
    looked_at(secretary, "lots/how/", wrong)
    secretary.locator("#lot-file").set_input_files(forged)
    secretary.locator("[data-lot-answer][data-holds=no]").wait_for()
    assert "1-тур" in secretary.inner_text("[data-lot-answer]") or "тур 1" in secretary.inner_text("[data-lot-answer]")
    assert wrong == {}
