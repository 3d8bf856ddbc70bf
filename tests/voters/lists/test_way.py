"""Posting: what a commission may say of it, when it is late by the law, who sees what of it."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from shailoo.documents.sealed.actions import opened
from shailoo.elections.clock import local
from shailoo.law.outcome import Refused
from shailoo.ledger.models import Act
from shailoo.voters.lists import queries
from shailoo.voters.lists.actions import Told, post_list
from shailoo.voters.lists.models import Posting, Stage
from tests.commissions.sittings import done, refused
from tests.voters.lists.scene import A_DAY, COMPILED, FIRST, SECOND, Country
from tests.voters.scene import row

PLACE = "Мектептин кире бериши"
HOUR = timedelta(hours=1)


def picture() -> bytes:
    """A small photograph with a camera's note in it."""
    out = io.BytesIO()
    image = Image.new("RGB", (40, 30), "white")
    note = Image.Exif()
    note[0x010F] = "Camera of a voter"
    image.save(out, "JPEG", exif=note)
    return out.getvalue()


def told(moment: datetime, **more: object) -> Told:
    return Told(posted_at=moment, place=PLACE, **more)  # type: ignore[arg-type]  # fields by name


def late(land: Country, at: datetime) -> Mapping[str, list[tuple[str, str]]]:
    """Precinct -> (norm, code) of what its commission is late with."""
    return {
        way.precinct_number: [(each.norm, each.code) for stage in Stage for each in way.verdict.of(stage)]
        for way in queries.ways(land.register, at)
    }


def test_a_commission_records_its_own_posting_once_and_puts_it_right_with_a_reason(land: Country) -> None:
    found = land.found(land.compiled().edition)
    at = COMPILED + A_DAY

    def said(what: Told, number: str = FIRST) -> object:
        return post_list(found, what, by=land.secretary(number), at=at)

    assert refused(said(told(at), SECOND)) == ("other_territory",)
    assert refused(post_list(found, told(at), by=land.scene.secretary, at=at)) == ("office_may_not",)
    assert refused(said(told(at + HOUR))) == ("voter_list_posted_in_future",)
    assert refused(said(told(COMPILED - HOUR))) == ("voter_list_posted_before_made",)
    assert refused(said(Told(at, "  "))) == ("voter_list_place_needed",)
    assert refused(said(told(at, reason="error"))) == ("voter_list_reason_unneeded",)
    assert not Posting.objects.exists()
    first = done(post_list(found, told(at - HOUR), by=land.secretary(), at=at))
    assert refused(said(told(at))) == ("voter_list_posted_before",)
    second = done(post_list(found, told(at, reason="Саат ката жазылган"), by=land.secretary(), at=at))
    assert [each.pk for each in queries.postings_of(found)] == [second.pk, first.pk]
    payload = json.loads(Act.objects.get(hash=second.act).payload)
    assert (payload["precinct"], payload["version"]) == (FIRST, 2)
    assert PLACE not in payload.values()
    with pytest.raises(IntegrityError), transaction.atomic():
        Posting.objects.create(
            list=found, version=4, posted_at=at, place=PLACE, reason="x", office=land.secretary(), at=at, act="-"
        )


def test_a_photograph_is_checked_stripped_and_sealed(land: Country) -> None:
    found = land.found(land.compiled().edition)
    at = COMPILED + A_DAY
    answer = post_list(found, told(at, photograph=b"MZ no picture"), by=land.secretary(), at=at)
    assert isinstance(answer, Refused)
    assert answer.codes == ("upload_of_another_type",)
    assert not Posting.objects.exists()
    assert Act.objects.filter(name="upload.refused").count() == 1
    posting = done(post_list(found, told(at, photograph=picture()), by=land.secretary(), at=at))
    sealed = posting.photograph
    assert sealed is not None
    content = opened(sealed)
    assert b"Camera of a voter" not in content
    assert Image.open(io.BytesIO(content)).size == (40, 30)
    assert content not in bytes(sealed.ciphertext or b"")


@pytest.mark.norm("L14.7.c", "L15.1")
def test_lateness_is_the_laws_word_under_sixty_and_under_forty_five_days(land: Country) -> None:
    """The voting is on 4 October: 60 full days before end on 4 August, 45 days before is 20 August."""
    edition = land.compiled().edition
    posted = {
        FIRST: datetime(2020, 8, 4, 17, 59, tzinfo=UTC),  # 23:59 in Bishkek
        SECOND: datetime(2020, 8, 4, 18, 0, tzinfo=UTC),  # midnight
        "1003": datetime(2020, 8, 21, 6, tzinfo=UTC),
    }
    before = late(land, datetime(2020, 8, 4, 12, tzinfo=UTC))
    assert set(map(tuple, before.values())) == {()}
    at = datetime(2020, 8, 21, 12, tzinfo=UTC)
    for number, moment in posted.items():
        done(post_list(land.found(edition, number), told(moment), by=land.secretary(number), at=at))
    found = late(land, at)
    assert local(posted[FIRST]).date() == date(2020, 8, 4)
    assert found[FIRST] == []
    assert found[SECOND] == [("L14.7.c", "polling_term_missed")]
    assert [norm for norm, _ in found["1003"]] == ["L14.7.c", "L15.1"]
    assert found["1004"] == [("L14.7.c", "polling_term_not_reported"), ("L15.1", "polling_term_not_reported")]
    ways = queries.ways(land.register, at)
    counted = queries.counts(ways, [Stage.PRELIMINARY])[0]
    assert (counted.precincts, counted.posted, counted.late) == (5, 3, 4)
    assert [each.late for each in ways] == [False, True, True, True, True]
    assert any(step.norm == "L14.7.c" for step in ways[0].verdict.steps)


@pytest.mark.norm("L15.3.d", "L15.5.c")
def test_control_and_final_lists_have_terms_of_their_own(land: Country) -> None:
    land.compiled()
    control = land.compiled(Stage.CONTROL, at=COMPILED + A_DAY).edition
    in_time = datetime(2020, 9, 13, 12, tzinfo=UTC)
    done(post_list(land.found(control), told(in_time), by=land.secretary(), at=in_time))
    land.closed(at=in_time + A_DAY)
    final = land.compiled(Stage.FINAL, at=in_time + 2 * A_DAY).edition
    on_the_day = datetime(2020, 10, 3, 12, tzinfo=UTC)
    done(post_list(land.found(final), told(on_the_day), by=land.secretary(), at=on_the_day))
    norms = {number: [norm for norm, _ in said] for number, said in late(land, on_the_day).items()}
    assert norms[FIRST] == ["L14.7.c", "L15.1", "L15.5.c"]
    assert norms[SECOND] == ["L14.7.c", "L15.1", "L15.3.d", "L15.5.c"]


def test_a_later_edition_takes_the_place_of_a_list(land: Country) -> None:
    first = land.compiled().edition
    land.changed([{"pin": "10101199017000", "change": "added", **_new()}], number=2, at=COMPILED + A_DAY)
    second = land.compiled(at=COMPILED + 2 * A_DAY).edition
    at = COMPILED + 3 * A_DAY
    old = post_list(land.found(first), told(at), by=land.secretary(), at=at)
    assert refused(old) == ("voter_list_of_old_edition",)
    done(post_list(land.found(second), told(at), by=land.secretary(), at=at))
    assert queries.ways(land.register, at, precinct=land.precincts[FIRST].pk)[0].current_posted == at


def _new() -> dict[str, str]:
    return {key: value for key, value in row(surname="Токтогулова").items() if key != "pin"}


def test_the_overview_asks_a_fixed_number_of_queries(
    land: Country, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    edition = land.compiled().edition
    at = COMPILED + A_DAY
    for number in (FIRST, SECOND, "1003"):
        done(post_list(land.found(edition, number), told(at), by=land.secretary(number), at=at))
    register = land.register
    with django_assert_num_queries(8):
        queries.ways(register, at)
