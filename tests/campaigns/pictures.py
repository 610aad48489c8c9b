"""Pictures drawn for tests."""

from io import BytesIO

from PIL import Image

from campaigns.images import Picture

# One that is kept without being looked at.
PICTURE = Picture("png", {width: f"{width} pixels wide".encode() for width in (0, 160, 320, 640)})
BLUE, YELLOW = (40, 90, 160), (250, 200, 10)


def drawn(width: int = 800, height: int = 600) -> Image.Image:
    """Blue, with the top left quarter in yellow."""
    image = Image.new("RGB", (width, height), BLUE)
    image.paste(YELLOW, (0, 0, width // 2, height // 2))
    return image


def file_of(image: Image.Image, kind: str = "PNG", **options) -> bytes:
    kept = BytesIO()
    image.save(kept, kind, **options)
    return kept.getvalue()


def read(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image
