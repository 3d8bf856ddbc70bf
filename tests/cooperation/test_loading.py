"""Loading a register: every record of the file, nothing lost, every fault named, nothing kept of a faulty file."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from shailoo.cooperation import files
from shailoo.cooperation.loading import OWN, Fault, Loaded, load, read
from shailoo.cooperation.models import Agreement, Event, Invitation, Membership, Organization
from shailoo.cooperation.sorts import ALL, KEPT
from shailoo.ledger.models import Act
from tests.cooperation.scene import AT, done, scene

MAP = Path(__file__).parents[3] / "shared/law/cooperation.yaml"
pytestmark = pytest.mark.django_db
SMALL: dict[str, list[dict[str, Any]]] = {
    "organizations": [
        {"id": "ORG-A", "kind": "central_election_body", "name": "Commission A", "country": "KG", "src": "page:1"},
        {"id": "ORG-B", "kind": "association_of_election_bodies", "name": "Association B", "src": "page:2"},
    ],
    "memberships": [
        {"id": "MEM-1", "association": "ORG-B", "since": "1998", "date_precision": "year", "src": "page:3"},
    ],
    "agreements": [
        {"id": "AGR-1", "counterpart": "ORG-B", "type": "protocol", "signed_on": "2004-05-01", "src": "page:4"},
    ],
}


@pytest.mark.skipif(not MAP.is_file(), reason="the map of the three pages is not part of the project")
def test_every_record_of_the_map_is_loaded_and_none_twice() -> None:
    content = read(MAP)
    loaded = done(load(content, at=AT), Loaded)
    rows = content["records"]
    assert isinstance(rows, dict)
    assert dict(loaded.created) == {name: len(each) for name, each in rows.items()}
    again = done(load(content, at=AT), Loaded)
    assert (again.total, again.unchanged) == (0, loaded.total)
    written = {row["id"]: row for sort in ALL for row in (files.plain(sort, each) for each in sort.rows())}
    for name, each in rows.items():
        for row in each if name != "invitations" else ():
            assert written[row["id"]]["src"] == row["src"]
            lost = {key for key in row if row[key] and not _is_kept(key, row, written[row["id"]])}
            assert lost <= {"src", "id", "attendance", "head", "secretary", "party", "received_by", "partner"}, row


def _is_kept(key: str, row: dict[str, Any], written: dict[str, object]) -> bool:
    """Whether a key of the file stands with the same value in what the register writes."""
    return bool(written.get(key) == row[key])


def test_the_register_of_the_demo_is_whole_and_every_record_has_its_source() -> None:
    where = scene()
    loaded = done(load(read(OWN), at=AT), Loaded)
    assert loaded.total > 90
    assert {each.code for each in Organization.objects.filter(kind="central_election_body")} >= {
        "ORG-KG-CEC",
        "ORG-BY-CC",
        "ORG-BA-CEC",
    }
    for sort in KEPT:
        assert all(each.source and each.published_at for each in sort.rows()), sort.name
    assert all(
        each.name_ky and each.name_ru and each.name_en for each in Organization.objects.exclude(pk=where.commission.pk)
    )
    assert Act.objects.filter(name="cooperation.loaded").count() == 1


def test_the_commission_of_this_system_is_known_by_its_country() -> None:
    scene_body = scene().body
    Organization.objects.filter(body=scene_body).update(body=None)
    done(load(SMALL, at=AT), Loaded)
    assert Organization.objects.filter(body=scene_body).count() <= 1
    assert Organization.objects.get(code="ORG-A").body_id in (None, scene_body.pk)


def test_a_small_file_is_loaded_as_it_says() -> None:
    done(load(SMALL, at=AT), Loaded)
    member, signed = Membership.objects.get(), Agreement.objects.get()
    assert (member.commission.code, member.since.written) == ("ORG-A", "1998"), "the commission is that of the page"
    assert (signed.commission.code, signed.signed_on.isoformat()) == ("ORG-A", "2004-05-01")


@pytest.mark.parametrize(
    ("section", "values", "key", "code"),
    [
        ("organizations", {"colour": "red"}, "colour", "unknown_key"),
        ("organizations", {"kind": "x"}, "kind", "unreadable"),
        ("organizations", {"name": None}, "name", "missing"),
        ("organizations", {"src": None}, "src", "missing"),
        ("organizations", {"name": "x" * 400}, "name", "does_not_fit"),
        ("organizations", {"website": "no site"}, "website", "unreadable"),
        ("memberships", {"association": "ORG-Z"}, "association", "no_such_record"),
        ("memberships", {"since": "1998-05-01"}, "date_precision", "not_as_precise_as_it_says"),
        ("memberships", {"since": "never"}, "since", "unreadable"),
        ("memberships", {"commission": "ORG-Z"}, "commission", "no_such_record"),
        ("memberships", {"src": "elsewhere:1"}, "commission", "missing"),
        ("agreements", {"signed_on": "2004"}, "signed_on", "unreadable"),
        ("agreements", {"signed_on": "2099-01-01"}, "signed_on", "cooperation_in_the_future"),
        ("agreements", {"no_on_page": "one"}, "no_on_page", "unreadable"),
    ],
)
def test_a_fault_is_named_and_nothing_of_the_file_stays(
    section: str, values: dict[str, object], key: str, code: str
) -> None:
    content = deepcopy(SMALL)
    content[section][-1] |= values
    found = load(content, at=AT)
    assert not isinstance(found, Loaded)
    assert (section, key, code) in {(each.section, each.key, each.code) for each in found}
    assert not Organization.objects.exists()
    assert not Act.objects.exists()


def test_every_fault_is_named_in_one_pass() -> None:
    content: dict[str, Any] = deepcopy(SMALL) | {"x": [], "events": "y"}
    content["organizations"][0] |= {"colour": "red"}
    content["agreements"][0] |= {"signed_on": "2004"}
    found = load(content, at=AT)
    assert not isinstance(found, Loaded)
    assert {each.code for each in found} >= {"unknown_section", "not_a_list_of_tables", "unknown_key", "unreadable"}
    assert all(isinstance(each, Fault) for each in found)


def test_a_record_that_the_register_holds_otherwise_is_not_overwritten() -> None:
    done(load(SMALL, at=AT), Loaded)
    content = deepcopy(SMALL)
    content["agreements"][0] |= {"signed_on": "2005-05-01"}
    found = load(content, at=AT)
    assert not isinstance(found, Loaded)
    assert [(each.record, each.code) for each in found] == [("AGR-1", "differs_from_the_register")]
    assert Agreement.objects.get().signed_on.year == 2004


def test_invitations_events_and_persons_are_checked_too() -> None:
    content: dict[str, Any] = deepcopy(SMALL)
    content["invitations"] = [
        {"id": "INV-1", "invitee": "ORG-B", "inviting_body": "nobody", "country": "BY", "src": "page:5"},
        {"id": "INV-2", "invitee": "ORG-Z", "colour": "red", "election_day": "soon", "src": "page:5"},
    ]
    content["events"] = [
        {"id": "EVT-1", "event_type": "seminar", "title": "X", "attendance": {"cats": 3}, "src": "page:6"}
    ]
    content["working_groups"] = [{"id": "WG-1", "number": 1, "subject": "X", "head": {"name": "Y"}, "src": "page:7"}]
    found = load(content, at=AT)
    assert not isinstance(found, Loaded)
    assert {(each.section, each.key, each.code) for each in found} >= {
        ("invitations", "inviting_body", "unreadable"),
        ("invitations", "country", "of_another_commission"),
        ("invitations", "invitee", "no_such_record"),
        ("invitations", "colour", "unknown_key"),
        ("invitations", "election_day", "unreadable"),
        ("events", "attendance.cats", "unknown_key"),
        ("working_groups", "head_office", "missing"),
        ("working_groups", "secretary_name", "missing"),
    }
    assert not Invitation.objects.exists()
    assert not Event.objects.exists()


def test_a_file_that_is_no_table_cannot_be_read(tmp_path: Path) -> None:
    for name, text in (("a.yaml", "- 1"), ("b.toml", "x ="), ("c.yaml", "{")):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ValueError):
            read(path)
