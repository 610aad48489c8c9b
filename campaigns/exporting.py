"""Noting that a list of what customers bought left the house."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from campaigns.models import Purchase
from loyalty_site.access import audit
from loyalty_site.access.actors import Actor
from loyalty_site.database import unit_of_work


@unit_of_work
def note_export(filters: Mapping[str, Any], *, actor: Actor, at: datetime) -> None:
    """Write down who takes the purchases that meet these filters, with their buyers' names, e-mails and phones.

    To be called before the first of them is sent: an export that breaks off is one too.
    """
    audit.record("purchases exported", Purchase, actor=actor, at=at, after=dict(filters))
