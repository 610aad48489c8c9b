"""What the photos show, in a few strokes each, on a field of 200 by 200."""

from math import cos, pi, sin

from PIL import Image, ImageDraw

Colour = tuple[int, int, int]
Point = tuple[float, float]
FIELD = 200
PAPER: Colour = (255, 250, 240)


class Pen:
    """Draws on a square field of any size, in coordinates of 0 to 200."""

    def __init__(self, field: Image.Image, ink: Colour) -> None:
        self.draw, self.scale, self.ink = ImageDraw.Draw(field), field.width / FIELD, ink

    def oval(self, x: float, y: float, rx: float, ry: float, ink: Colour | None = None) -> None:
        self.draw.ellipse(self._at(x - rx, y - ry, x + rx, y + ry), fill=ink or self.ink)

    def box(self, *corners: float, ink: Colour | None = None, rounded: float = 6) -> None:
        self.draw.rounded_rectangle(self._at(*corners), radius=rounded * self.scale, fill=ink or self.ink)

    def shape(self, *points: float, ink: Colour | None = None) -> None:
        self.draw.polygon(self._at(*points), fill=ink or self.ink)

    def line(self, *points: float, ink: Colour | None = None, width: float = 7) -> None:
        self.draw.line(self._at(*points), fill=ink or self.ink, width=int(width * self.scale), joint="curve")

    def bow(self, *corners: float, start: float, end: float, width: float = 9) -> None:
        self.draw.arc(self._at(*corners), start, end, fill=self.ink, width=int(width * self.scale))

    def _at(self, *values: float) -> list[float]:
        return [value * self.scale for value in values]


def cup(pen: Pen, x: float = 100, y: float = 118, size: float = 1.0) -> None:
    pen.bow(x + 22 * size, y - 26 * size, x + 66 * size, y + 18 * size, start=-90, end=110)
    pen.box(x - 42 * size, y - 34 * size, x + 42 * size, y + 26 * size, rounded=18 * size)
    pen.oval(x, y + 38 * size, 58 * size, 7 * size)
    for shift in (-20, 2, 24):
        pen.bow(
            x + (shift - 9) * size, y - 80 * size, x + (shift + 9) * size, y - 46 * size, start=90, end=270, width=5
        )


def two_cups(pen: Pen) -> None:
    cup(pen, 66, 112, 0.62)
    cup(pen, 128, 128, 0.62)


def mug(pen: Pen) -> None:
    pen.bow(118, 66, 170, 126, start=-90, end=90, width=13)
    pen.box(48, 46, 136, 150, rounded=12)
    for y in (72, 96, 120):
        pen.line(58, y, 76, y - 9, 94, y, 112, y - 9, 126, y, ink=PAPER, width=6)


def beans(pen: Pen) -> None:
    for x, y in ((70, 76), (128, 84), (96, 136)):
        pen.oval(x, y, 25, 34)
        pen.line(x - 5, y - 30, x + 6, y - 8, x - 6, y + 8, x + 5, y + 30, ink=PAPER, width=5)


def parcel(pen: Pen) -> None:
    pen.box(44, 66, 156, 152)
    pen.box(92, 66, 108, 152, ink=PAPER, rounded=0)
    pen.line(44, 92, 156, 92, ink=PAPER, width=5)
    pen.shape(58, 50, 142, 50, 156, 64, 44, 64)


def cake(pen: Pen) -> None:
    pen.shape(42, 92, 148, 58, 160, 92)
    pen.box(42, 98, 160, 116, rounded=2)
    pen.box(42, 122, 160, 148, rounded=4)
    pen.oval(126, 52, 12, 12)


def letter(pen: Pen) -> None:
    pen.box(38, 62, 162, 146)
    pen.line(44, 70, 100, 112, 156, 70, ink=PAPER, width=7)


def gift(pen: Pen) -> None:
    pen.box(46, 92, 154, 156)
    pen.box(38, 72, 162, 94)
    pen.box(93, 72, 107, 156, ink=PAPER, rounded=0)
    pen.bow(62, 40, 102, 76, start=90, end=350)
    pen.bow(98, 40, 138, 76, start=190, end=450)


def star(pen: Pen) -> None:
    corners = [(66 if n % 2 == 0 else 27, pi * n / 5 - pi / 2) for n in range(10)]
    pen.shape(*(value for r, angle in corners for value in (100 + r * cos(angle), 104 + r * sin(angle))))


def leaf(pen: Pen) -> None:
    """Two bends between the stalk and the tip."""
    there = [_bend(n / 12, (44, 158), (40, 60), (156, 44)) for n in range(13)]
    back = [_bend(n / 12, (156, 44), (150, 148), (44, 158)) for n in range(13)]
    pen.shape(*(value for point in [*there, *back] for value in point))
    pen.line(36, 168, 64, 136, 124, 78, ink=PAPER, width=6)


def _bend(t: float, first: Point, towards: Point, last: Point) -> Point:
    """A point of a quadratic Bézier curve."""
    weights = (1 - t) ** 2, 2 * t * (1 - t), t**2
    x, y = (sum(w * p[axis] for w, p in zip(weights, (first, towards, last), strict=True)) for axis in (0, 1))
    return x, y


def snow(pen: Pen) -> None:
    for n in range(6):
        x, y = cos(pi * n / 3), sin(pi * n / 3)
        pen.line(100, 100, 100 + 62 * x, 100 + 62 * y)
        for turn in (-0.6, 0.6):
            angle = pi * n / 3 + turn
            pen.line(100 + 34 * x, 100 + 34 * y, 100 + 34 * x + 22 * cos(angle), 100 + 34 * y + 22 * sin(angle))


def ticket(pen: Pen) -> None:
    pen.box(34, 64, 166, 138, rounded=8)
    for x in (34, 166):
        pen.oval(x, 101, 13, 13, ink=PAPER)
    for y in range(72, 136, 13):
        pen.line(124, y, 124, y + 6, ink=PAPER, width=4)


def sun(pen: Pen) -> None:
    pen.oval(100, 100, 32, 32)
    for n in range(12):
        x, y = cos(pi * n / 6), sin(pi * n / 6)
        pen.line(100 + 44 * x, 100 + 44 * y, 100 + 64 * x, 100 + 64 * y)


def heart(pen: Pen) -> None:
    pen.oval(76, 84, 30, 30)
    pen.oval(124, 84, 30, 30)
    pen.shape(49, 98, 151, 98, 100, 158)


def bag(pen: Pen) -> None:
    pen.bow(72, 36, 128, 100, start=180, end=360)
    pen.shape(50, 74, 150, 74, 160, 160, 40, 160)
    pen.oval(100, 116, 17, 17, ink=PAPER)


MOTIFS = {
    "bag": bag,
    "beans": beans,
    "cake": cake,
    "cup": cup,
    "gift": gift,
    "heart": heart,
    "leaf": leaf,
    "letter": letter,
    "mug": mug,
    "parcel": parcel,
    "snow": snow,
    "star": star,
    "sun": sun,
    "ticket": ticket,
    "two cups": two_cups,
}
