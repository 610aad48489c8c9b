"""The languages that are shipped beside English, and where their texts lie."""

from pathlib import Path

from django.conf import settings

LANGUAGES = {"de": "German", "pl": "Polish"}


def po_file(language: str) -> Path:
    """What translators write."""
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def mo_file(language: str) -> Path:
    """What is read while the product runs."""
    return po_file(language).with_suffix(".mo")
