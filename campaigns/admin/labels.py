"""Labels as staff write them: `type:promotion; season:summer; new`."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from campaigns.models import Label

LONGEST = 255


def written(labels: Iterable[Label]) -> str:
    return "; ".join(str(label) for label in labels)


def read(text: str) -> list[tuple[str, str | None]]:
    """Keys and values; a label without a colon has no value. Raises ValidationError."""
    return [_read_one(part.strip()) for part in text.split(";") if part.strip()]


def _read_one(part: str) -> tuple[str, str | None]:
    key, colon, value = (piece.strip() for piece in part.partition(":"))
    if not key or ":" in value:
        raise ValidationError(
            _("“%(label)s” is no label: write a key, or a key, one colon and a value."), params={"label": part}
        )
    if max(len(key), len(value)) > LONGEST:
        raise ValidationError(_("A key or value has at most %(most)d characters."), params={"most": LONGEST})
    return key, value if colon else None
