"""Whom the paths of Exchange Solutions name, and how a call about nobody is refused."""

from rest_framework.request import Request

from loyalty_site.api.dialects import Saying
from loyalty_site.api.ids import uuid_in
from loyalty_site.api.texts import is_storable
from offers.members import Correlation

NOT_TARGETED = Saying(404, "PROMO_NOT_FOUND", "Targeted offer does not exist")


def correlation(request: Request, text: str) -> Correlation:
    """What `:correlation_id` stands for in the caller's path, or would stand for."""
    caller = request.user
    return Correlation(caller.partner.id, stored_form(text), uuid_in(text), caller.store_id)


def stored_form(text: str) -> str:
    """A text of a path as it can be looked up: one that the database cannot keep is nobody's, as no text at all."""
    return text if is_storable(text) else ""
