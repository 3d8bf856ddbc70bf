"""A mission of fifty in a real browser: invited, listed with four faulty rows, mended, decided on, badged, checked.

The CEC works in Kyrgyz, the mission writes in Russian on a telephone, and the precinct's member stands at the door with
one that has no network. Every page fits its screen and can be used by everyone.
"""

from __future__ import annotations

import re
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from shailoo.accounts.models import Office
from shailoo.accounts.roles import Role
from shailoo.commissions.models import Matter
from shailoo.cooperation.kinds import OrganizationKind, Specialization
from shailoo.cooperation.models import Invitation, Organization
from shailoo.documents.certificates import code
from shailoo.observation.intake.columns import Field
from shailoo.observation.models import Accreditation, Answer, AnswerList, Application, Passage, Sender
from tests.browser.axe import violations
from tests.commissions.sittings import decided
from tests.observation import scene as at_work
from tests.observation.intake.files import abroad, archive, workbook
from tests.observation.presence.browsing import at_the_door, beside_a_running_loop, chromium, telephone
from tests.observation.presence.test_door_in_the_browser import looked, renewed
from tests.observation.scene import DECIDED, ELECTION_DAY, Scene, portrait

__all__ = ["beside_a_running_loop", "chromium"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PEOPLE = 50
FAULTY = {
    4: {"born": "31.02.1980"},
    11: {"citizenships": "Atlantis"},
    23: {"document_number": ""},
    37: {"surname": ""},
}
"""Row -> what is wrong in it: no such day, no such state, no number of a passport, nobody's name."""
REFUSED = 50  # the row of a citizen of Kyrgyzstan


@pytest.fixture
def scene(db: None) -> Scene:
    found = at_work.build()
    Organization.objects.filter(code="ORG-CEC-KG").update(body=found.cec)
    return found


def window(chromium: Browser, who: Office, site: str, width: int = 1280) -> BrowserContext:
    return telephone(chromium, who, site, width)


def seen(page: Page) -> None:
    """The page fits its screen, and everyone can use it."""
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, page.url


def chosen(page: Page, name: str, value: str) -> None:
    """Choose among the answers of a question, whether they stand in a list or one below the other."""
    radio = page.locator(f"main input[name={name}][value='{value}']")
    if radio.count():
        radio.check()
    elif page.locator(f"main select[name={name}]").count():
        page.locator(f"main select[name={name}]").select_option(value)
    else:
        only = page.locator(f"main input[name={name}]").input_value()  # one answer alone is not asked
        assert only == value, (name, only)


def pressed(page: Page, address: str) -> None:
    """Press the button of the page's form, and come to the address (a glob) without a complaint."""
    with page.expect_navigation():
        page.locator("main form[method=post] button").first.click()
    errors = page.locator(".govuk-error-summary")
    assert errors.count() == 0, errors.first.inner_text()
    page.wait_for_url(address)


def rows() -> list[dict[Field, str]]:
    """Fifty people as the mission types them, four of them wrongly."""
    people = [abroad(number, **FAULTY.get(number, {})) for number in range(1, PEOPLE + 1)]
    people[REFUSED - 1] = abroad(REFUSED, citizenships="Швеция, Кыргызстан")
    return people


def invited(context: BrowserContext, site: str, scene: Scene) -> Invitation:
    """The CEC invites the organization to the election, in Kyrgyz."""
    page = context.new_page()
    page.goto(f"{site}/ky/desk/cooperation/invitations/{scene.election.slug}/invite/")
    seen(page)
    page.locator("input[name=inviting_body][value=cec]").check()
    page.locator("input[name=channel][value=direct]").check()
    page.locator("input[name=purpose][value=observation]").check()
    page.locator("input[name=source]").fill("№ 12, 11.07.2020")
    page.locator("input[name=invitees][value=ORG-SOUTH]").check()
    pressed(page, "**/invitations/" + scene.election.slug + "/")
    assert "Southern Observers" in page.locator("main").inner_text()
    seen(page)
    page.close()
    return Invitation.objects.get(invitee__code="ORG-SOUTH")


def test_a_mission_of_fifty(chromium: Browser, live_server: LiveServer, scene: Scene, tmp_path: Path) -> None:
    site = live_server.url
    south = Organization.objects.create(
        code="ORG-SOUTH",
        kind=OrganizationKind.INTERNATIONAL,
        name="Southern Observers",
        country="SE",
        specialization=Specialization.ELECTIONS,
        legal_capacity_confirmed=True,
        names=["southern observers"],
        source="generated",
    )
    desk = window(chromium, scene.operator, site)
    invitation = invited(desk, site, scene)
    writer = at_work.sender("MISSION-2", Sender.Kind.INTERNATIONAL_ORGANIZATION, "Southern Observers", south)

    page = window(chromium, writer, site, 320).new_page()
    application = drafted(page, site, scene, invitation)
    listed(page, site, application)
    mended(page, site, application)
    pictured(page, site, application)
    handed_in(page, site, application)

    answered(desk, chromium, site, scene, application)
    assert Accreditation.objects.count() == PEOPLE - 1
    refused = Answer.objects.get(accredited=False)
    assert (refused.applicant.row, refused.ground, refused.norm) == (REFUSED, "citizenship", "L10.1.b")
    badges(desk, site, tmp_path)
    told_in_russian(page, site, application)
    at_the_polls(desk, chromium, site, scene)


def drafted(page: Page, site: str, scene: Scene, invitation: Invitation) -> Application:
    """The mission begins an application on its telephone, in Russian."""
    page.goto(f"{site}/ru/desk/observation/own/")
    seen(page)
    page.goto(f"{site}/ru/desk/observation/own/begin/")
    chosen(page, "election", scene.election.slug)
    chosen(page, "kind", Application.Kind.INTERNATIONAL.value)
    pressed(page, "**/own/*/")
    application = Application.objects.get()
    seen(page)
    page.goto(f"{site}/ru/desk/observation/own/{application.pk}/plan/")
    seen(page)
    chosen(page, "form", Application.Form.MISSION.value)
    chosen(page, "route", Application.Route.DIRECT.value)
    chosen(page, "invitation", str(invitation.pk))
    pressed(page, f"**/own/{application.pk}/")
    application.refresh_from_db()
    assert application.invitation == invitation
    return application


def listed(page: Page, site: str, application: Application) -> None:
    """The list is sent as a workbook; four rows are told, each with its fault, and nothing of them is lost."""
    page.goto(f"{site}/ru/desk/observation/own/{application.pk}/list/")
    seen(page)
    content = workbook(application.kind, rows())
    page.locator("input[type=file]").set_input_files(
        {"name": "люди.xlsx", "mimeType": "application/octet-stream", "buffer": content}
    )
    pressed(page, "**/people/?only=stopped")
    seen(page)
    shown = page.locator("main").inner_text()
    for row in FAULTY:
        assert re.search(rf"\b{row}\b", shown), row
    assert application.applicants.count() == PEOPLE


def mended(page: Page, site: str, application: Application) -> None:
    """Each faulty row is opened; what was typed stands in the field, and is corrected there."""
    for row, wrong in FAULTY.items():
        page.goto(f"{site}/ru/desk/observation/own/{application.pk}/people/{row}/")
        seen(page)
        good = abroad(row)
        for name, typed in wrong.items():
            field = page.locator(f"[name={name}]")
            assert field.input_value() == typed, (row, name)
            field.fill(good[Field(name)])
        with page.expect_navigation():
            page.locator("main form[data-keep] button").click()


def pictured(page: Page, site: str, application: Application) -> None:
    """Photographs and copies come as archives, named by the rows."""
    held = archive({f"{row}.jpg": portrait() for row in range(1, PEOPLE + 1)})
    for contains in ("photos", "identity_copies"):
        page.goto(f"{site}/ru/desk/observation/own/{application.pk}/archive/")
        page.locator(f"input[name=contains][value={contains}]").check()
        page.locator("input[type=file]").set_input_files(
            {"name": "a.zip", "mimeType": "application/zip", "buffer": held}
        )
        pressed(page, "**/people/**")
    assert application.applicants.filter(photo__isnull=False).count() == PEOPLE
    assert list(application.applicants.exclude(faults=[]).values_list("row", flat=True)) == [REFUSED]


def handed_in(page: Page, site: str, application: Application) -> None:
    page.goto(f"{site}/ru/desk/observation/own/{application.pk}/hand-in/")
    seen(page)
    page.locator("input[name=sure]").check()
    pressed(page, "**/receipt/")
    seen(page)
    application.refresh_from_db()
    assert application.label in page.locator("main").inner_text()


def answered(desk: BrowserContext, chromium: Browser, site: str, scene: Scene, application: Application) -> None:
    """The CEC's desk draws up one list of fifty answers, leads to the sitting, and carries the decision out."""
    page = desk.new_page()
    page.goto(f"{site}/ky/desk/observation/")
    seen(page)
    with page.expect_navigation():
        page.get_by_role("link", name=application.label).click()
    seen(page)
    page.goto(f"{site}/ky/desk/observation/applications/{application.pk}/answers/")
    seen(page)
    barred = application.applicants.get(row=REFUSED)
    assert page.locator(f"#person-{barred.pk}").count() == 1
    page.locator(f"textarea[name=reason_{barred.pk}]").fill("Кыргыз Республикасынын жараны.")
    pressed(page, "**/lists/**")
    found = AnswerList.objects.get()
    seen(page)

    secretary = window(chromium, scene.secretary, site).new_page()
    secretary.goto(f"{site}/ky/desk/observation/lists/{found.pk}/")
    leads = secretary.locator(f"a[href*='answer_list%3A{found.pk}']")
    assert leads.count() >= 1, "the list leads to the sitting"
    decision = decided(scene.cec, Matter.ACCREDITATION, found.subject, at=DECIDED, election=scene.election.slug)
    scene.desk.at(DECIDED)
    page.reload()
    chosen(page, "decision", str(decision.pk))
    with page.expect_navigation():
        page.locator(f"form[action*='/lists/{found.pk}/carry-out/'] button").click()
    assert page.locator(".govuk-error-summary").count() == 0
    seen(page)
    page.close()


def badges(desk: BrowserContext, site: str, folder: Path) -> None:
    """Forty-nine badges with photographs, four on a sheet."""
    page = desk.new_page()
    page.goto(f"{site}/ky/desk/observation/accredited/")
    seen(page)
    answer = page.evaluate(
        """async () => {
            const form = document.querySelector("form[action*='badges']");
            const sent = await fetch(form.action, {method: "POST", body: new FormData(form)});
            return Array.from(new Uint8Array(await sent.arrayBuffer()));
        }"""
    )
    sheet = folder / "badges.pdf"
    sheet.write_bytes(bytes(answer))
    pages = pypdf.PdfReader(sheet).pages
    assert len(pages) == 13
    numbers = {number for each in pages for number in re.findall(r"IO-2020-\d{5}", each.extract_text())}
    assert len(numbers) == PEOPLE - 1
    page.close()


def told_in_russian(page: Page, site: str, application: Application) -> None:
    """The mission reads what became of each person, the refusal with its ground."""
    page.goto(f"{site}/ru/desk/observation/own/{application.pk}/people/{REFUSED}/")
    seen(page)
    shown = page.locator("main").inner_text()
    assert "Кыргыз Республикасынын жараны" in shown
    page.goto(f"{site}/ru/desk/observation/own/{application.pk}/")
    seen(page)


def at_the_polls(desk: BrowserContext, chromium: Browser, site: str, scene: Scene) -> None:
    """A telephone without a network finds one in force; once one is revoked and the list is renewed, it says so."""
    member = at_work.office("member-1001", scene.pec, Role.PEC_MEMBER)
    first, second = Accreditation.objects.select_related("certificate").order_by("pk")[:2]
    phone = telephone(chromium, member, site)
    door = at_the_door(phone, site)
    door.locator("[data-door][data-kept=yes][data-talked=yes]").wait_for()
    phone.set_offline(True)
    door.reload()
    door.locator("[data-door][data-ready=yes]").wait_for()
    assert looked(door, code.digits(first.certificate.signed)) == "valid"
    door.locator("[data-part=in]").click()
    door.locator("[data-door][data-waiting='1']").wait_for()
    assert looked(door, code.digits(second.certificate.signed)) == "valid"

    revoked(desk, site, scene, second)
    assert looked(door, code.digits(second.certificate.signed)) == "valid", "it cannot know without a network"
    phone.set_offline(False)
    renewed(door)
    assert looked(door, code.digits(second.certificate.signed)) == "revoked"
    assert door.locator("[data-part=in]").is_hidden()
    assert Passage.objects.get().certificate == first.certificate
    seen(door)


def revoked(desk: BrowserContext, site: str, scene: Scene, accreditation: Accreditation) -> None:
    """The CEC takes an accreditation back by decision, with the norm that was broken."""
    at = ELECTION_DAY
    decision = decided(scene.cec, Matter.REVOCATION, accreditation.subject, at=at, election=scene.election.slug)
    scene.desk.at(at)
    page = desk.new_page()
    page.goto(f"{site}/ky/desk/observation/accredited/{accreditation.pk}/revocation/")
    seen(page)
    chosen(page, "decision", str(decision.pk))
    chosen(page, "ground", "electoral_law_broken")
    chosen(page, "gross", "yes")
    page.locator("[name=norm_broken]").fill("L10.5")
    page.locator("textarea[name=reason]").fill("Үгүт жүргүзгөн.")
    pressed(page, f"**/accredited/{accreditation.pk}/")
    seen(page)
    page.close()
