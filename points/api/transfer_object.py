"""A movement of points as Open Loyalty's clients read it. Rule: Open Loyalty, "Points transfers"."""

from datetime import datetime, time
from typing import Any

from loyalty_site.api.dates import house_zone, write_moment
from points.history import ADDITIONS, state_of
from points.models import Transfer

Channel = Transfer.Channel
ISSUERS = {Channel.ADMIN: "admin", Channel.SELLER: "seller", Channel.PARTNER: "api"}  # all others: system
ADDING, SPENDING = "adding", "spending"


def transfer_object(movement: Transfer, at: datetime) -> dict[str, Any]:
    """The object of a movement that `history.movements` gave. Points are never locked: there is no `lockedUntil`."""
    customer, ends = movement.account.customer, _ends(movement)
    body = {
        "pointsTransferId": str(movement.pk),
        "accountId": str(movement.account_id),
        "customerId": str(movement.account_id),
        "customerFirstName": customer.first_name,
        "customerLastName": customer.last_name,
        "customerLoyaltyCardNumber": customer.card_number,
        "customerEmail": customer.email,
        "customerPhone": customer.phone,
        "createdAt": write_moment(movement.created_at),
        "expireAt": ends,
        "expiresAt": ends,
        "value": movement.value,
        "state": state_of(movement, at).value,
        "type": ADDING if movement.kind in ADDITIONS else SPENDING,
        "comment": movement.comment,
        "issuer": ISSUERS.get(movement.channel, "system"),
    }
    return {key: value for key, value in body.items() if value not in (None, "")}


def _ends(movement: Transfer) -> str | None:
    """The last second of an addition's last day."""
    if movement.expires_on is None:
        return None
    return write_moment(datetime.combine(movement.expires_on, time(23, 59, 59), house_zone()))
