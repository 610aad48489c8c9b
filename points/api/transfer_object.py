"""A movement of points as Open Loyalty's clients read it. Rule: Open Loyalty, "Points transfers"."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from customers.models import Customer
from loyalty_site.api.dates import house_zone, write_moment
from points.history import ADDITIONS, State, corrected_among, state_of
from points.models import Transfer

Channel = Transfer.Channel
ISSUERS = {Channel.ADMIN: "admin", Channel.SELLER: "seller", Channel.PARTNER: "api"}  # all others: system
ADDING, SPENDING = "adding", "spending"


def transfer_objects(page: Sequence[Transfer], at: datetime, *, with_codes: bool) -> list[dict[str, Any]]:
    """The objects of movements that `history.movements` gave. What all of them show is asked for together.

    Without `with_codes` the payment for a reward has no comment: that names the reward's coupon.
    """
    customers = Customer.objects.in_bulk({movement.account_id for movement in page})
    corrected = corrected_among(page)
    states = [state_of(movement, at, corrected=movement.pk in corrected) for movement in page]
    return [_object(row, customers[row.account_id], state, with_codes) for row, state in zip(page, states, strict=True)]


def _object(movement: Transfer, customer: Customer, state: State, with_codes: bool) -> dict[str, Any]:
    """Points are never locked: there is no `lockedUntil`."""
    ends = _ends(movement)
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
        "state": state.value,
        "type": ADDING if movement.kind in ADDITIONS else SPENDING,
        "comment": movement.comment if with_codes or movement.channel != Channel.REWARD else None,
        "issuer": ISSUERS.get(movement.channel, "system"),
    }
    return {key: value for key, value in body.items() if value not in (None, "")}


def _ends(movement: Transfer) -> str | None:
    """The last second of an addition's last day."""
    if movement.expires_on is None:
        return None
    return write_moment(datetime.combine(movement.expires_on, time(23, 59, 59), house_zone()))
