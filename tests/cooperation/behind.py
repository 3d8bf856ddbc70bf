"""A record behind every door of cooperation, for the walk through all pages (tests/doors.py)."""

from __future__ import annotations

from collections.abc import Mapping

from shailoo.cooperation import actions
from shailoo.cooperation.models import Agreement, AgreementFile, Delegate
from tests.cooperation.scene import AT, agreement, done, letter, mission, partner, scene
from tests.cooperation.test_delegations import image


def behind_doors() -> Mapping[str, Mapping[str, object]]:
    """Beginning of a pattern -> what stands in its places."""
    where = scene()
    other = partner(where, "Election Commission of Malaysia")
    signed = agreement(where, other)
    paper = actions.Paper("Текст", image(), is_public=True)
    file = done(actions.file_agreement(signed, paper, by=where.head, at=AT), AgreementFile).file
    done(actions.publish(signed, by=where.head, at=AT), Agreement)
    sent = mission(where)
    person = done(actions.enter_delegate(sent, actions.Person("Сапарова Айгүл"), by=where.head, at=AT), Delegate)
    own, desk = "ky/cooperation/<slug:commission>/", "ky/desk/cooperation/"
    return {
        "ky/cooperation/": {"commission": where.commission.code, "plural": "agreements", "kind": "csv"}
        | {"code": signed.code, "digest": file.sha256},
        "ky/cooperation/organizations": {"code": other.code, "kind": "csv"},
        f"{own}countries/": {"code": "MY"},
        f"{desk}register": {"plural": "agreements", "pk": signed.pk, "kind": "csv", "digest": file.sha256},
        f"{desk}letters": {"pk": letter(where, other).pk, "kind": "csv"},
        f"{desk}invitations": {"slug": "jk-2026", "kind": "csv", "pk": 1},
        f"{desk}delegations": {"pk": sent.pk, "delegate": person.pk},
    }
