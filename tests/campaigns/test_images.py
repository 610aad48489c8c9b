"""What becomes of the files that are sent as photos."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from campaigns.errors import EmptyFile, FileTooLarge, ImageTooLow, ImageTooNarrow, NotAnImage, TooManyPixels
from campaigns.images import LARGEST_FILE, redrawn
from tests.campaigns.pictures import BLUE, YELLOW, drawn, file_of, read

ORIENTATION = 0x0112


def refused(data: bytes, error: type) -> dict:
    with pytest.raises(error) as caught:
        redrawn(BytesIO(data))
    assert type(caught.value) is error
    return caught.value.facts


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_that_claims(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(("kind", "extension"), [("PNG", "png"), ("GIF", "gif"), ("JPEG", "jpg")])
def test_a_picture_keeps_its_kind_and_size(kind, extension):
    picture = redrawn(BytesIO(file_of(drawn(), kind)))
    assert (picture.extension, read(picture.by_width[0]).format) == (extension, kind)
    assert read(picture.by_width[0]).size == (800, 600)


def test_smaller_renditions_keep_the_shape():
    picture = redrawn(BytesIO(file_of(drawn(1200, 600))))
    sizes = {width: read(data).size for width, data in picture.by_width.items()}
    assert sizes == {0: (1200, 600), 160: (160, 80), 320: (320, 160), 640: (640, 320)}


def test_a_rendition_is_never_larger_than_the_picture():
    picture = redrawn(BytesIO(file_of(drawn(600, 600))))
    assert read(picture.by_width[640]).size == (600, 600)


def test_a_picture_that_lies_on_its_side_is_set_upright():
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # to be turned clockwise by a quarter
    picture = read(redrawn(BytesIO(file_of(drawn(900, 700), exif=exif))).by_width[0])
    assert picture.size == (700, 900)
    assert (picture.getpixel((690, 10)), picture.getpixel((10, 10))) == (YELLOW, BLUE)


def test_metadata_is_left_behind():
    exif, notes = Image.Exif(), PngImagePlugin.PngInfo()
    exif[0x013B] = "Jane Photographer"
    notes.add_text("comment", "taken at home")
    sent = file_of(drawn(), exif=exif, pnginfo=notes, dpi=(300, 300), icc_profile=b"profile of some camera")
    kept = redrawn(BytesIO(sent)).by_width[0]
    assert b"Jane Photographer" in sent
    assert read(kept).info == {}
    assert not any(text in kept for text in (b"Jane", b"home", b"profile"))


@pytest.mark.parametrize("kind", ["PNG", "GIF", "JPEG"])
def test_what_hangs_behind_the_picture_is_left_behind(kind):
    kept = redrawn(BytesIO(file_of(drawn(), kind) + b"<script>alert(1)</script>")).by_width[0]
    assert b"script" not in kept


def test_an_animation_becomes_its_first_frame():
    frames = [drawn(), Image.new("RGB", (800, 600), "red")]
    sent = file_of(frames[0], "GIF", save_all=True, append_images=frames[1:])
    kept = read(redrawn(BytesIO(sent)).by_width[0])
    assert getattr(kept, "n_frames", 1) == 1
    assert kept.convert("RGB").getpixel((10, 10)) == YELLOW


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_kind_of_png_is_taken(mode):
    kept = redrawn(BytesIO(file_of(drawn().convert("L").convert(mode) if mode == "I;16" else drawn().convert(mode))))
    assert read(kept.by_width[0]).size == (800, 600)


def test_a_print_shops_jpeg_is_taken():
    assert read(redrawn(BytesIO(file_of(drawn().convert("CMYK"), "JPEG"))).by_width[0]).mode == "RGB"


def test_what_can_be_seen_through_stays_so():
    image = drawn().convert("RGBA")
    image.putalpha(0)
    assert read(redrawn(BytesIO(file_of(image))).by_width[0]).getpixel((10, 10))[3] == 0


def test_an_empty_file_is_refused():
    assert refused(b"", EmptyFile) == {}


def test_a_file_above_two_megabytes_is_refused_before_it_is_looked_at():
    assert refused(b"x" * (LARGEST_FILE + 1), FileTooLarge) == {"size": LARGEST_FILE + 1, "most": LARGEST_FILE}


def test_two_megabytes_are_taken():
    data = file_of(drawn())
    assert redrawn(BytesIO(data + b"\0" * (LARGEST_FILE - len(data)))).extension == "png"


@pytest.mark.parametrize("kind", ["BMP", "TIFF", "WEBP", "ICO", "PPM"])
def test_other_kinds_of_picture_are_refused(kind):
    refused(file_of(drawn(), kind), NotAnImage)


@pytest.mark.parametrize(
    "data",
    [
        b"hello",
        b"<svg xmlns='http://www.w3.org/2000/svg' width='800' height='800'/>",
        b"<html><body>photo.png</body></html>",
        b"%PDF-1.7",
        b"\x89PNG\r\n\x1a\n",
        b"GIF89a",
        b"\xff\xd8\xff\xe0",
    ],
)
def test_what_is_no_picture_is_refused(data):
    refused(data, NotAnImage)


@pytest.mark.parametrize("kind", ["PNG", "GIF", "JPEG"])
def test_half_a_picture_is_refused(kind):
    data = file_of(drawn(), kind)
    refused(data[: len(data) // 2], NotAnImage)


@pytest.mark.parametrize("side", [5_000, 13_000, 60_000])
def test_a_bomb_is_refused_by_its_header(side):
    assert refused(png_that_claims(side, side), TooManyPixels) == {"most": 16_000_000}


def test_a_narrow_picture_is_refused():
    assert refused(file_of(drawn(599, 800)), ImageTooNarrow) == {"width": 599, "least": 600}


def test_a_low_picture_is_refused():
    assert refused(file_of(drawn(800, 599)), ImageTooLow) == {"height": 599, "least": 600}


def test_only_the_width_is_told_of_a_small_picture():
    assert refused(file_of(drawn(100, 100)), ImageTooNarrow) == {"width": 100, "least": 600}
