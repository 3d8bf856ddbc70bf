"""The pages on sources: who sees what, in which words, with how many queries; and that reading people is recorded."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from shailoo.accounts.models import Office, PersonalReading
from shailoo.commissions.models import Matter
from shailoo.voters.sources.actions import pass_on_mission_data
from shailoo.voters.sources.models import AddressPlan, InstitutionReport, MissionReport, Placement, PlanApproval
from shailoo.voters.sources.people import MISSION
from tests.commissions.sittings import decided, done
from tests.counting.browser import signed_in
from tests.voters.scene import AT, accepted, package, row
from tests.voters.sources.scene import HEADER, LATER, PLAN, Sources
from tests.voters.sources.test_reports import GOOD, ROWS

TOP = "/ky/desk/voters/sources/"
PEOPLE = ("10101199010001", "Асанова", "1990-01-01", "Berlin")


def text(response: object) -> str:
    return str(getattr(response, "content").decode())  # noqa: B009  # of any client


def csv_file(content: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("rows.csv", content.encode())


def kyrgyz(page: str) -> list[str]:
    """Words in Latin letters on a Kyrgyz page, but for columns of files, hashes and names of the scene."""
    main = page[page.index("<main") : page.index("</main")]
    main = re.sub(r"<code.*?</code>|<span class=\"document__hash\">.*?</span>", " ", main)
    words = re.findall(r"\b[A-Za-z]{4,}\b", re.sub(r"<[^>]+>", " ", main))
    return [word for word in words if word not in ("Election", "CONSULATE", "JSON", "XLSX", "Region", "minisig")]


def opens(client: Client, address: str, django_assert_max_num_queries: object) -> str:
    """A page of a signed-in office in few queries and in Kyrgyz."""
    with django_assert_max_num_queries(22):  # type: ignore[operator]  # a fixture
        response = client.get(address)
    assert response.status_code == 200, address
    assert kyrgyz(text(response)) == [], address
    return text(response)


def test_addresses_go_from_the_tec_to_the_cec_on_the_pages(
    scene: Sources, django_assert_max_num_queries: object
) -> None:
    voters = scene.voters
    accepted(voters, package(voters, [row(pin="10101199010001"), row(pin="10101199010002", locality="Көк-Жар")]))
    tec = signed_in(scene.surveyor)
    opens(tec, f"{TOP}addresses/", django_assert_max_num_queries)
    answer = tec.post(f"{TOP}addresses/", {"file": csv_file(HEADER + PLAN.replace("51,,", "49,,"))})
    assert (answer.status_code, "2-сап 1-сап менен кесилишет" in text(answer)) == (422, True)
    answer = tec.post(f"{TOP}addresses/", {"file": csv_file(HEADER + PLAN)})
    plan = AddressPlan.objects.get()
    assert answer["Location"] == f"{TOP}addresses/{plan.pk}/"
    opens(tec, answer["Location"], django_assert_max_num_queries)
    assert tec.get(f"{TOP}placement/").status_code == tec.get(f"{TOP}addresses/{plan.pk}/approve/").status_code == 403
    cec = signed_in(voters.secretary)
    assert "return" in opens(cec, f"{TOP}addresses/{plan.pk}/", django_assert_max_num_queries)
    opens(cec, f"{TOP}addresses/{plan.pk}/approve/", django_assert_max_num_queries)
    opens(cec, f"{TOP}addresses/{plan.pk}/return/", django_assert_max_num_queries)
    assert cec.post(f"{TOP}addresses/{plan.pk}/return/", {"reason": ""}).status_code == 422
    decision = decided(voters.chair.body, Matter.PRECINCTS, plan.subject, at=AT)
    assert cec.post(f"{TOP}addresses/{plan.pk}/approve/", {"decision": decision.pk}).status_code == 302
    assert PlanApproval.objects.get().carries_out == decision
    operator = signed_in(voters.operator)
    assert operator.post(f"{TOP}placement/").status_code == 302
    placed = Placement.objects.get()
    assert (placed.placed, placed.nowhere) == (1, 1)
    page = opens(operator, f"{TOP}placement/?ground=locality_unknown", django_assert_max_num_queries)
    assert "Көк-Жар" in page
    assert "Көк-Жар" in text(operator.get(f"{TOP}placement/1/streets.csv"))
    assert operator.get(f"{TOP}placement/1/streets.exe").status_code == 404
    assert cec.post(f"{TOP}placement/").status_code == 422


def test_a_missions_data_go_on_the_pages_and_only_the_service_reads_them(
    scene: Sources, django_assert_max_num_queries: object
) -> None:
    voters = scene.voters
    consul, ministry, service = (signed_in(each) for each in (scene.consul, scene.ministry, voters.service))
    opens(consul, f"{TOP}missions/", django_assert_max_num_queries)
    answer = consul.post(f"{TOP}missions/", {"file": csv_file(",".join(MISSION) + "\n" + ROWS)})
    report = MissionReport.objects.get()
    one = f"{TOP}missions/{report.pk}/"
    assert (answer.status_code, answer["Location"]) == (302, one)
    assert ministry.post(f"{one}move/receive/").status_code == 422
    assert ministry.post(f"{one}move/pass_on/").status_code == 302
    for client in (consul, ministry, service, signed_in(voters.secretary)):
        for address in (TOP, f"{TOP}missions/", one):
            page = opens(client, address, django_assert_max_num_queries)
            assert [word for word in PEOPLE if word in page] == []
    assert {client.get(f"{one}voters.csv").status_code for client in (consul, ministry)} == {403}
    assert not PersonalReading.objects.exists()
    assert PEOPLE[0] in text(service.get(f"{one}voters.csv"))
    assert PersonalReading.objects.get().subject == f"mission_report:{report.pk}"
    assert service.post(f"{one}return/", {"reason": "кайра"}).status_code == 302
    assert MissionReport.objects.get().state == "returned"
    assert "кайра" in text(consul.get(one))
    assert ministry.get(f"{one}move/pass_on/").status_code == 405


def test_an_institutions_voters_are_shown_to_their_pec_and_the_service_alone(
    scene: Sources, django_assert_max_num_queries: object
) -> None:
    voters = scene.voters
    accepted(voters, package(voters, [row(pin="10101199010001")]))
    pec = signed_in(scene.pec)
    opens(pec, f"{TOP}institutions/", django_assert_max_num_queries)
    number = voters.voting.precincts.get(precinct__number="1001").precinct_id
    given = {"kind": "hospital", "name": "Оорукана", "precinct": number, "received_on": "2020-07-20", "pins": PEOPLE[0]}
    for wrong in ({"pins": ""}, {"received_on": "20.07.2020"}, {"kind": "school"}):
        assert pec.post(f"{TOP}institutions/", given | wrong).status_code == 422
    assert pec.post(f"{TOP}institutions/", given).status_code == 302
    report = InstitutionReport.objects.get()
    one = f"{TOP}institutions/{report.pk}/"
    page = opens(pec, one, django_assert_max_num_queries)
    assert ("Асанова" in page, PEOPLE[0] in page, "1990-01-01" in page) == (True, False, False)
    service = signed_in(voters.service)
    assert service.post(f"{one}confirm/").status_code == 302
    opens(service, one, django_assert_max_num_queries)
    assert PersonalReading.objects.filter(subject=f"institution_report:{report.pk}").count() == 2
    for stranger in (scene.consul, scene.ministry, voters.secretary, voters.clerk):
        assert signed_in(stranger).get(one).status_code == 403
    assert Client().get(one).status_code == 302


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_pages_speak_every_language(scene: Sources, language: str) -> None:
    top = TOP.replace("/ky/", f"/{language}/")
    done(pass_on_mission_data(_sent(scene), by=scene.ministry, at=LATER))
    pages: tuple[tuple[Office, str], ...] = (
        (scene.surveyor, "addresses/"),
        (scene.voters.operator, "placement/"),
        (scene.voters.service, "missions/"),
        (scene.voters.service, f"missions/{MissionReport.objects.get().pk}/"),
        (scene.pec, "institutions/"),
    )
    for office, page in pages:
        assert signed_in(office).get(f"{top}{page}").status_code == 200, page


def _sent(scene: Sources) -> MissionReport:
    from tests.voters.sources.test_reports import sent

    return sent(scene, GOOD)
