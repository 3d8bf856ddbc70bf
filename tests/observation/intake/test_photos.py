"""Photographs: judged before they are unpacked, cut to three by four, and only pixels are kept."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image, ImageFilter

from shailoo.observation.intake import archives, photos
from shailoo.observation.intake.archives import Owners, UnfitArchiveError
from shailoo.observation.intake.photos import Crop, Unfit, UnfitPhotoError, portrait
from shailoo.wording import Catalogue, has
from tests.observation.intake.files import archive, picture, plain
from tests.observation.scene import portrait as drawn


def ground(content: bytes, crop: Crop = photos.WHOLE) -> Unfit:
    with pytest.raises(UnfitPhotoError) as unfit:
        portrait(content, crop)
    return unfit.value.ground


def size(content: bytes) -> tuple[int, int]:
    return Image.open(io.BytesIO(content)).size


def huge(width: int, height: int) -> bytes:
    """A PNG that says it has so many pixels and holds none of them."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def test_a_portrait_is_kept_as_it_is_and_a_larger_one_made_smaller() -> None:
    assert size(portrait(drawn()).content) == (300, 400)
    found = portrait(picture(1200, 1600))
    assert (size(found.content), found.source) == ((450, 600), b"")


def test_a_picture_of_another_shape_is_cut_where_it_is_asked_for() -> None:
    wide = picture(1600, 800)
    found = portrait(wide)
    assert size(found.content) == (450, 600)
    assert found.source, "the whole picture is kept, to be cut otherwise"
    left, right = (portrait(found.source, Crop(100, place, 50)).content for place in (0, 100))
    assert left != right
    assert size(portrait(picture(900, 1200), Crop(50, 50, 0)).content) == (450, 600)
    assert ground(picture(400, 533), Crop(60, 50, 50)) is Unfit.SMALL


def test_a_picture_that_lies_on_its_side_is_turned() -> None:
    image = Image.open(io.BytesIO(picture(800, 600)))
    exif = Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    found = portrait(out.getvalue())
    assert size(found.content) == (450, 600)
    assert not Image.open(io.BytesIO(found.content)).getexif(), "nothing but pixels is kept"


def test_two_hundred_megapixels_are_refused_before_they_are_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image.Image, "load", lambda *_: pytest.fail("it was unpacked"))
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", lambda *_: pytest.fail("it was unpacked"))
    assert ground(huge(20_000, 10_000)) is Unfit.PIXELS
    assert ground(huge(8_000, 5_001)) is Unfit.PIXELS


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (b"", Unfit.EMPTY),
        (b"%PDF-1.7", Unfit.NO_PICTURE),
        (b"GIF89a" + bytes(200), Unfit.NO_PICTURE),
        (huge(600, 800), Unfit.BROKEN),
        (picture()[:2000], Unfit.BROKEN),
        (picture(299, 400), Unfit.SMALL),
        (picture(300, 399), Unfit.SMALL),
        (picture(400, 1700), Unfit.SHAPE),
        (plain(10), Unfit.DARK),
        (plain(250), Unfit.BRIGHT),
        (plain(128), Unfit.FLAT),
        (bytes(photos.LARGEST + 1), Unfit.TOO_LARGE),
    ],
    ids=lambda value: value.value if isinstance(value, Unfit) else "",
)
def test_an_unfit_picture_is_refused_on_its_ground(content: bytes, wanted: Unfit) -> None:
    assert ground(content) is wanted


def test_a_blurred_picture_is_refused() -> None:
    soft = Image.open(io.BytesIO(drawn())).filter(ImageFilter.GaussianBlur(5))
    out = io.BytesIO()
    soft.save(out, "JPEG", quality=95)
    assert ground(out.getvalue()) is Unfit.BLURRED


@pytest.mark.parametrize("each", Unfit)
def test_every_ground_has_its_words(each: Unfit) -> None:
    assert has(Catalogue.FINDINGS, each.value)


# ------------------------------------------------------------------------------------- archives


def test_an_archive_is_read_file_by_file_without_what_systems_add() -> None:
    held = archive({"a/12.jpg": b"1", "__MACOSX/12.jpg": b"2", ".DS_Store": b"3", "P100.png": b"4"})
    found = list(archives.entries(io.BytesIO(held)))
    assert [(each.stem, each.content) for each in found] == [("12", b"1"), ("P100", b"4")]


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "archive_unreadable"), (b"PK no", "archive_unreadable"), (archive({}), "archive_empty")]
)
def test_what_is_no_archive_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(UnfitArchiveError, match=code):
        list(archives.entries(io.BytesIO(content)))
    assert has(Catalogue.FINDINGS, code)


def test_a_file_that_grows_without_end_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "LARGEST_ENTRY", 1000)
    (found,) = archives.entries(io.BytesIO(archive({"1.jpg": bytes(5000)})))
    assert found.content is None


def test_a_file_is_its_person_s_by_the_number_of_the_document_before_the_row() -> None:
    from shailoo.observation.dossier import identity_mark

    owners = Owners({identity_mark("AB 12-34"): 7}, {12: 8})
    whose = {name: owners.of(archives.Entry(name, b"")) for name in ("ab1234.jpg", "0012.png", "13.jpg", "x.jpg")}
    assert whose == {"ab1234.jpg": 7, "0012.png": 8, "13.jpg": None, "x.jpg": None}
