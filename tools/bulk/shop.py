"""Campaigns to load codes into, and files of codes."""

import secrets
from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from campaigns.models import Campaign
from campaigns.services import Draft, create
from loyalty_site.access.actors import SYSTEM

IN_A_PIECE = 10_000


def new_campaign(name: str) -> Campaign:
    settings = {
        "name": name,
        "cost_in_points": 0,
        "unlimited": True,
        "all_time_active": True,
        "all_time_visible": True,
    }
    return create(Draft(settings=settings, codes=["FIRST"]), actor=SYSTEM, at=now())


def now() -> datetime:
    return timezone.now()


def new_codes(count: int) -> list[str]:
    """Random ones, as a printer delivers them."""
    return [f"{number:07}-{secrets.token_hex(5).upper()}"[::-1] for number in range(count)]


def as_file(codes: list[str]) -> Iterator[bytes]:
    for first in range(0, len(codes), IN_A_PIECE):
        yield "".join(f"{code}\n" for code in codes[first : first + IN_A_PIECE]).encode()
