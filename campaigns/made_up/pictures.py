"""Photos of made-up campaigns, drawn in code: a gradient, soft circles, a motif and the name."""

from io import BytesIO

from PIL import Image, ImageColor, ImageDraw, ImageFont

from campaigns.made_up.motifs import MOTIFS, PAPER, Colour, Pen
from campaigns.made_up.samples import Sample
from loyalty_site.made_up.dice import Dice

WIDTH, HEIGHT = 800, 600
BADGE, ABOVE = 300, 70  # pixels: how large the motif's field is, and what is free above it
FINE = 2  # the motif is drawn so many times larger, for smooth edges
TITLE, BASELINE, MARGIN = 56, 500, 40


def photo_of(sample: Sample) -> BytesIO:
    """A file as staff would upload it."""
    first, second = (ImageColor.getrgb(colour)[:3] for colour in sample.colours)
    image = _gradient(first, second)
    _lay_circles_on(image, Dice(sample.name))
    _put_badge_on(image, sample.motif, first)
    _write_on(image, sample.name)
    file = BytesIO()
    image.save(file, "JPEG", quality=90)
    file.seek(0)
    return file


def _gradient(first: Colour, second: Colour) -> Image.Image:
    """From one corner to the other."""
    middle = tuple((one + other) // 2 for one, other in zip(first, second, strict=True))
    corners = Image.new("RGB", (2, 2))
    for place, colour in (((0, 0), first), ((1, 0), middle), ((0, 1), middle), ((1, 1), second)):
        corners.putpixel(place, colour)
    return corners.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)


def _lay_circles_on(image: Image.Image, dice: Dice) -> None:
    veil = Image.new("L", image.size, 0)
    pen = ImageDraw.Draw(veil)
    for _ in range(7):
        x, y, r = dice.randint(0, WIDTH), dice.randint(0, HEIGHT), dice.randint(40, 240)
        pen.ellipse((x - r, y - r, x + r, y + r), fill=dice.randint(14, 40))
    image.paste(PAPER, (0, 0, *image.size), mask=veil)


def _put_badge_on(image: Image.Image, motif: str, ink: Colour) -> None:
    field = Image.new("RGB", (BADGE * FINE, BADGE * FINE), PAPER)
    MOTIFS[motif](Pen(field, ink))
    disc = Image.new("L", field.size, 0)
    ImageDraw.Draw(disc).ellipse((0, 0, *field.size), fill=255)
    image.paste(field.reduce(FINE), ((WIDTH - BADGE) // 2, ABOVE), disc.reduce(FINE))


def _write_on(image: Image.Image, name: str) -> None:
    """In the middle, as large as the width allows, with a little shadow."""
    pen = ImageDraw.Draw(image)
    font = ImageFont.load_default(TITLE)
    width = pen.textlength(name, font=font)
    if width > WIDTH - 2 * MARGIN:
        font = ImageFont.load_default(TITLE * (WIDTH - 2 * MARGIN) / width)
    for shift, ink in ((2, (0, 0, 0)), (0, PAPER)):
        pen.text((WIDTH / 2 + shift, BASELINE + shift), name, font=font, fill=ink, anchor="ms")
