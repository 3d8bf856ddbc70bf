"""A photograph for a badge: looked at before it is unpacked, cut to three by four, judged by simple measures.

What is kept is a new picture made of the pixels alone. Whether a face is on it, people see; here it is told whether a
picture is large enough, upright, and not so dark, bright or blurred that a badge of it would show nobody.
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from PIL import Image, ImageFilter, ImageOps, ImageStat

from shailoo.documents.uploads import MIB
from shailoo.law.outcome import Fact, Finding, NormId, Severity

LARGEST = 15 * MIB
MOST_PIXELS = 40_000_000
LEAST_WIDTH, LEAST_HEIGHT = 300, 400
KEPT_WIDTH, KEPT_HEIGHT = 450, 600
MOST_RATIO = 3  # height to width, or the other way round: what is longer is no photograph of a person
DARKEST, BRIGHTEST, FLATTEST, SOFTEST = 40, 235, 10, 3
FORMATS = ("JPEG", "PNG")
MEDIA_TYPE = "image/jpeg"
QUALITY = 88
_EDGES = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128)
_BROKEN = (OSError, ValueError, SyntaxError, struct.error, MemoryError, ArithmeticError, LookupError, TypeError)
_PERCENT = 100


class Unfit(StrEnum):
    """Why a photograph cannot be used."""

    EMPTY = "photo_missing"
    TOO_LARGE = "photo_too_many_bytes"
    NO_PICTURE = "photo_not_a_picture"
    PIXELS = "photo_too_many_pixels"
    BROKEN = "photo_damaged"
    SMALL = "photo_too_small"
    SHAPE = "photo_of_another_shape"
    DARK = "photo_too_dark"
    BRIGHT = "photo_too_bright"
    FLAT = "photo_without_contrast"
    BLURRED = "photo_blurred"


@dataclass(frozen=True, slots=True)
class Crop:
    """Which part is cut out, in hundredths: its width of the largest that fits, its place from the left and the top."""

    size: int = 100
    left: int = 50
    top: int = 50


WHOLE = Crop()


@dataclass(frozen=True, slots=True)
class Portrait:
    """A photograph ready for a badge, and the upright picture that it was cut from (empty where nothing was cut)."""

    content: bytes
    source: bytes = b""


class UnfitPhotoError(ValueError):
    """A picture cannot be used as a photograph; `facts` fill the sentence."""

    def __init__(self, ground: Unfit, **facts: Fact) -> None:
        super().__init__(ground.value)
        self.ground = ground
        self.facts: Mapping[str, Fact] = MappingProxyType(facts)

    def finding(self, norm: NormId) -> Finding:
        """The same as a finding at the field "photo"."""
        return Finding(norm, self.ground.value, Severity.ERROR, dict(self.facts), ("photo",))


def portrait(content: bytes, crop: Crop = WHOLE) -> Portrait:
    """The photograph for a badge, 450 by 600 or smaller. Raises UnfitPhotoError."""
    upright = _upright(content)
    cut = _cut(upright, crop)
    kept = cut.resize((KEPT_WIDTH, KEPT_HEIGHT), Image.Resampling.BILINEAR) if cut.width > KEPT_WIDTH else cut
    _judge(kept)
    whole = cut.size == upright.size
    return Portrait(_jpeg(kept), b"" if whole else _jpeg(upright))


def _upright(content: bytes) -> Image.Image:
    """The picture in colours, turned as its camera says, unpacked at no more than twice the size that is needed."""
    if not content:
        raise UnfitPhotoError(Unfit.EMPTY)
    if len(content) > LARGEST:
        raise UnfitPhotoError(Unfit.TOO_LARGE, most=LARGEST // MIB)
    image = _opened(content)
    width, height = _turned(image)
    if width < LEAST_WIDTH or height < LEAST_HEIGHT:
        raise UnfitPhotoError(
            Unfit.SMALL, width=width, height=height, least_width=LEAST_WIDTH, least_height=LEAST_HEIGHT
        )
    if max(width, height) > MOST_RATIO * min(width, height):
        raise UnfitPhotoError(Unfit.SHAPE)
    try:
        image.draft("RGB", (2 * KEPT_WIDTH, 2 * KEPT_WIDTH))
        image.load()
        turned = ImageOps.exif_transpose(image)
    except _BROKEN as broken:
        raise UnfitPhotoError(Unfit.BROKEN) from broken
    return _on_white(turned)


def _opened(content: bytes) -> Image.Image:
    """The picture with only its head read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is the lower one
            image = Image.open(io.BytesIO(content), formats=FORMATS)
    except Image.DecompressionBombError as bomb:
        raise UnfitPhotoError(Unfit.PIXELS, most=MOST_PIXELS // 1_000_000) from bomb
    except _BROKEN as broken:
        raise UnfitPhotoError(Unfit.NO_PICTURE) from broken
    if image.width * image.height > MOST_PIXELS:
        raise UnfitPhotoError(Unfit.PIXELS, most=MOST_PIXELS // 1_000_000)
    return image


def _turned(image: Image.Image) -> tuple[int, int]:
    """Width and height as people will see them."""
    try:
        on_its_side = image.getexif().get(0x0112, 1) in (5, 6, 7, 8)
    except _BROKEN:
        on_its_side = False
    return (image.height, image.width) if on_its_side else (image.width, image.height)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in ("RGB", "L"):
        return image.convert("RGB")
    layered = image.convert("RGBA")
    paper = Image.new("RGBA", layered.size, "white")
    paper.alpha_composite(layered)
    return paper.convert("RGB")


def _cut(image: Image.Image, crop: Crop) -> Image.Image:
    """The part of three by four that `crop` names; the whole picture where it has these proportions already."""
    width = min(image.width, image.height * LEAST_WIDTH // LEAST_HEIGHT)
    width = max(width * crop.size // _PERCENT, 1)
    height = width * LEAST_HEIGHT // LEAST_WIDTH
    if crop == WHOLE and abs(image.width - width) <= 2 and abs(image.height - height) <= 2:
        return image
    if width < LEAST_WIDTH or height < LEAST_HEIGHT:
        raise UnfitPhotoError(
            Unfit.SMALL, width=width, height=height, least_width=LEAST_WIDTH, least_height=LEAST_HEIGHT
        )
    left = (image.width - width) * crop.left // _PERCENT
    top = (image.height - height) * crop.top // _PERCENT
    return image.crop((left, top, left + width, top + height))


def _judge(image: Image.Image) -> None:
    """Light, contrast and sharpness, measured in grey at one size."""
    grey = image.convert("L")
    light = ImageStat.Stat(grey)
    mean, spread = light.mean[0], light.stddev[0]
    if mean < DARKEST:
        raise UnfitPhotoError(Unfit.DARK)
    if mean > BRIGHTEST:
        raise UnfitPhotoError(Unfit.BRIGHT)
    if spread < FLATTEST:
        raise UnfitPhotoError(Unfit.FLAT)
    small = grey.resize((LEAST_WIDTH, LEAST_HEIGHT), Image.Resampling.BILINEAR) if grey.width > LEAST_WIDTH else grey
    edges = small.filter(_EDGES).crop((1, 1, small.width - 1, small.height - 1))  # the rim is not filtered
    if ImageStat.Stat(edges).var[0] < SOFTEST:
        raise UnfitPhotoError(Unfit.BLURRED)


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
