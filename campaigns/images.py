"""Pictures that strangers send: what is taken, and what is made of it.

The content decides, never the name. What is kept is drawn anew from the pixels of the first frame, upright, without
metadata and without whatever else the file held. Rule: Open Loyalty, "Reward Campaigns API", "Add a photo to the
campaign", with the bounds of its form.
"""

import struct
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from PIL import ExifTags, Image, UnidentifiedImageError

from campaigns.errors import EmptyFile, FileTooLarge, ImageTooLow, ImageTooNarrow, NotAnImage, TooManyPixels

LARGEST_FILE = 2 * 1024 * 1024  # bytes
MOST_PIXELS = 16_000_000  # as the header tells: a small file can unfold into gigabytes
LEAST_WIDTH = LEAST_HEIGHT = 600  # pixels
WIDTHS = (160, 320, 640)  # of the smaller renditions
EXTENSIONS = {"PNG": "png", "GIF": "gif", "JPEG": "jpg"}
JPEGS = {"JPEG", "MPO"}  # MPO: a JPEG with more pictures behind it, as many phones write them
MOST_SCANS = 50  # of a JPEG, which needs about ten: each takes its time, and 2 MB can hold tens of thousands
CONTENT_TYPES = {"png": "image/png", "gif": "image/gif", "jpg": "image/jpeg"}
QUALITY = 88
TURNS = {  # what sets a picture upright, by what its camera noted
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# Pillow warns of a picture that is much too large, or refuses it.
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
UNREADABLE = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error)


@dataclass(frozen=True)
class Picture:
    """A picture drawn anew: its bytes by width, 0 for the full one, and the extension of its kind."""

    extension: str
    by_width: dict[int, bytes]


def redrawn(file: BinaryIO) -> Picture:
    """The picture in the file, fit to be kept.

    Raises, in this order: EmptyFile, FileTooLarge, NotAnImage, TooManyPixels, ImageTooNarrow and ImageTooLow.
    """
    data = file.read(LARGEST_FILE + 1)
    size = max(len(data), getattr(file, "size", 0) or 0)
    if size == 0:
        raise EmptyFile
    if size > LARGEST_FILE:
        raise FileTooLarge(size=size, most=LARGEST_FILE)
    image = _decoded(data)
    if image.width < LEAST_WIDTH:
        raise ImageTooNarrow(width=image.width, least=LEAST_WIDTH)
    if image.height < LEAST_HEIGHT:
        raise ImageTooLow(height=image.height, least=LEAST_HEIGHT)
    kind = "JPEG" if image.format in JPEGS else image.format
    pixels = _in_colours(_upright(image), transparent=kind != "JPEG")
    return Picture(EXTENSIONS[kind], {width: _drawn(pixels, kind, width) for width in (0, *WIDTHS)})


def _decoded(data: bytes) -> Image.Image:
    """The first frame, decoded only when the header says that it is of a bearable size."""
    try:
        image = Image.open(BytesIO(data), formats=list(EXTENSIONS))
        if image.width * image.height > MOST_PIXELS:
            raise TooManyPixels(most=MOST_PIXELS)
        if image.format in JPEGS and data.count(b"\xff\xda") > MOST_SCANS:
            raise NotAnImage
        image.load()
    except BOMBS as error:
        raise TooManyPixels(most=MOST_PIXELS) from error
    except UNREADABLE as error:
        raise NotAnImage from error
    return image


def _upright(image: Image.Image) -> Image.Image:
    """Turned as its metadata says; metadata that cannot be read say nothing."""
    try:
        turn = TURNS.get(image.getexif().get(ExifTags.Base.Orientation))
    except UNREADABLE:
        return image
    return image if turn is None else image.transpose(turn)


def _drawn(pixels: Image.Image, kind: str, width: int) -> bytes:
    """At that width (0: as they are), in the kind of file they came in."""
    if 0 < width < pixels.width:
        height = max(1, round(pixels.height * width / pixels.width))
        pixels = pixels.resize((width, height), Image.Resampling.LANCZOS)
    kept = BytesIO()
    pixels.save(kept, kind, quality=QUALITY, optimize=kind != "PNG")
    return kept.getvalue()


def _in_colours(image: Image.Image, *, transparent: bool) -> Image.Image:
    """The pixels alone, as RGB, or as RGBA where something can be seen through and the kind of file can hold that."""
    if image.mode.startswith("I"):  # 16 bits of grey, which Pillow would not scale but cut off at white
        return image.point(lambda grey: grey * (1 / 257)).convert("L").convert("RGB")
    see_through = "transparency" in image.info or image.mode in ("LA", "PA", "RGBA", "La", "RGBa")
    pixels = image.convert("RGBA" if see_through and transparent else "RGB")
    pixels.info = {}
    return pixels
