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
# What a camera does to an upright picture, by the number that it notes.
BACK = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def refused(data: bytes, error: type) -> dict:
    with pytest.raises(error) as caught:
        redrawn(BytesIO(data))
    assert type(caught.value) is error
    return caught.value.facts


def is_yellow(pixel: tuple[int, ...]) -> bool:
    return pixel[0] > 200 and pixel[2] < 60


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


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize("turned", range(1, 9))
def test_however_a_camera_was_held_its_picture_is_upright(kind, turned):
    upright, exif = drawn(600, 600), Image.Exif()
    exif[ORIENTATION] = turned
    sent = upright.transpose(BACK[turned]) if turned in BACK else upright
    kept = read(redrawn(BytesIO(file_of(sent, kind, exif=exif))).by_width[0])
    assert [is_yellow(kept.getpixel(place)) for place in ((10, 10), (590, 10), (10, 590), (590, 590))] == [
        *[True, False, False, False]
    ]


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_metadata_that_cannot_be_read_do_not_keep_a_picture_out(kind):
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    sent = file_of(drawn(), kind, exif=b"Exif\0\0" + b"no such header" + exif.tobytes())
    assert read(redrawn(BytesIO(sent)).by_width[0]).size == (800, 600)


@pytest.mark.parametrize("orientation", [0, 9, 77])
def test_an_orientation_that_does_not_exist_turns_nothing(orientation):
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    kept = read(redrawn(BytesIO(file_of(drawn(), exif=exif))).by_width[0])
    assert (kept.size, kept.getpixel((10, 10))) == ((800, 600), YELLOW)


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


@pytest.mark.parametrize(("mode", "kept_as"), [("1", "RGB"), ("L", "RGB"), ("LA", "RGBA"), ("P", "RGB"), ("RGBA",) * 2])
def test_every_kind_of_png_is_taken(mode, kept_as):
    sent = drawn().convert(mode)
    kept = read(redrawn(BytesIO(file_of(sent))).by_width[0])
    assert (kept.mode, kept.size) == (kept_as, (800, 600))
    assert kept.getpixel((10, 10))[:3] == sent.convert("RGB").getpixel((10, 10))
    assert kept.getpixel((790, 590))[:3] == sent.convert("RGB").getpixel((790, 590))


@pytest.mark.parametrize(("sent", "kept"), [(0, 0), (30_000, 116), (65_535, 255)])
def test_sixteen_bits_of_grey_stay_the_same_grey(sent, kept):
    picture = redrawn(BytesIO(file_of(Image.new("I;16", (800, 600), sent))))
    assert read(picture.by_width[0]).getpixel((10, 10)) == (kept, kept, kept)


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_every_kind_of_jpeg_is_taken(mode):
    kept = read(redrawn(BytesIO(file_of(drawn().convert(mode), "JPEG"))).by_width[0])
    wanted = drawn().convert(mode).convert("RGB").getpixel((10, 10))
    assert (kept.mode, kept.size) == ("RGB", (800, 600))
    assert max(abs(a - b) for a, b in zip(kept.getpixel((10, 10)), wanted, strict=True)) <= 3


def test_a_phones_jpeg_with_more_pictures_behind_it_is_the_first_of_them():
    sent = file_of(drawn(), "MPO", save_all=True, append_images=[Image.new("RGB", (800, 600), "red")])
    picture = redrawn(BytesIO(sent))
    kept = read(picture.by_width[0])
    assert (picture.extension, kept.format, is_yellow(kept.getpixel((10, 10)))) == ("jpg", "JPEG", True)


@pytest.mark.parametrize("kind", ["PNG", "GIF"])
def test_a_palette_with_a_hole_in_it_stays_see_through(kind):
    image = Image.new("P", (800, 600), 1)
    image.putpalette([*YELLOW, *BLUE])
    image.paste(0, (0, 0, 400, 300))
    kept = read(redrawn(BytesIO(file_of(image, kind, transparency=0))).by_width[0]).convert("RGBA")
    assert (kept.getpixel((10, 10))[3], kept.getpixel((790, 590))) == (0, (*BLUE, 255))


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


def test_a_jpeg_of_more_scans_than_any_camera_writes_is_refused():
    data = file_of(drawn(), "JPEG", progressive=True)
    last_scan = data[data.rindex(b"\xff\xda") : -2]
    assert redrawn(BytesIO(data)).extension == "jpg"
    refused(data[:-2] + last_scan * 50 + data[-2:], NotAnImage)


def test_a_narrow_picture_is_refused():
    assert refused(file_of(drawn(599, 800)), ImageTooNarrow) == {"width": 599, "least": 600}


def test_a_low_picture_is_refused():
    assert refused(file_of(drawn(800, 599)), ImageTooLow) == {"height": 599, "least": 600}


def test_only_the_width_is_told_of_a_small_picture():
    assert refused(file_of(drawn(100, 100)), ImageTooNarrow) == {"width": 100, "least": 600}
