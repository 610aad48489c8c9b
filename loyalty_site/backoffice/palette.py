"""A brand's colour in eleven shades for the theme, each dark or light enough to be read where the theme has it.

Colours are mixed in Oklab (Björn Ottosson, "A perceptual color space for image processing"); contrast is counted as in
WCAG 2.2, "Contrast (Minimum)".
"""

from collections.abc import Callable
from math import atan2, cos, hypot, sin

Rgb = tuple[float, float, float]  # linear, 0 to 1
READABLE = 4.6  # the least contrast of text that WCAG lets pass is 4.5
LIGHT, DARK = "#f9fafb", "#1e2939"  # the least white and the least black that the theme has behind coloured text
# lightness and part of the brand's chroma, as the theme's own shades have them
SHADES = {
    "50": (0.977, 0.06),
    "100": (0.946, 0.13),
    "200": (0.902, 0.25),
    "300": (0.827, 0.45),
    "400": (0.714, 0.8),
    "500": (0.627, 1.0),
    "600": (0.558, 1.0),
    "700": (0.496, 0.95),
    "800": (0.438, 0.8),
    "900": (0.381, 0.65),
    "950": (0.291, 0.55),
}


def palette(colour: str) -> dict[str, str]:
    """The shades of a colour such as `#9810fa`, by the names of the theme.

    600 and what is darker is read on white, and white on it; 500 and what is lighter on the dark theme's black. 600 is
    the colour itself where it can be read.
    """
    own, chroma, hue = _lch(colour)
    shades = {}
    for name, (lightness, part) in SHADES.items():
        shades[name] = _until(_wish(name), _start(name, lightness, own), chroma * part, hue)
    return shades


def contrast(one: str, other: str) -> float:
    """From 1, the same, to 21, black on white."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _start(name: str, usual: float, own: float) -> float:
    """Lightness to begin with. What is darker than 600 stays so under a dark brand."""
    if name == "600":
        return own
    return usual * min(1, own / SHADES["600"][0]) if int(name) > 600 else usual


def _wish(name: str) -> Callable[[str], float]:
    """By how much a shade must be made darker (below 0) or lighter; 0: it can be read."""
    number = int(name)
    if number >= 600:
        return lambda shade: 0 if contrast(shade, LIGHT) >= READABLE else -0.005
    if number >= 400:
        return lambda shade: 0 if contrast(shade, DARK) >= READABLE else 0.005
    return lambda shade: 0


def _until(wish: Callable[[str], float], lightness: float, chroma: float, hue: float) -> str:
    shade = _hex(lightness, chroma, hue)
    while step := wish(shade):
        lightness += step
        shade = _hex(lightness, chroma, hue)
    return shade


def _lch(colour: str) -> tuple[float, float, float]:
    red, green, blue = _linear(colour)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short, hypot(a, b), atan2(b, a)


def _hex(lightness: float, chroma: float, hue: float) -> str:
    """With as much of the chroma as a screen can show at that lightness."""
    rgb = _rgb(lightness, chroma, hue)
    while chroma > 0.001 and not all(-0.0005 <= part <= 1.0005 for part in rgb):
        chroma *= 0.97
        rgb = _rgb(lightness, chroma, hue)
    return "#" + "".join(f"{round(255 * _gamma(min(max(part, 0), 1))):02x}" for part in rgb)


def _rgb(lightness: float, chroma: float, hue: float) -> Rgb:
    a, b = chroma * cos(hue), chroma * sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _linear(colour: str) -> Rgb:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return red, green, blue


def _gamma(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
