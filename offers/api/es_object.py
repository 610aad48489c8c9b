"""An offer of a customer as Exchange Solutions' clients read it: "Response to Offer" and "All Offers"."""

from datetime import datetime
from typing import Any

from loyalty_site.api.milliseconds import epoch, written
from offers.models import CustomerOffer


def answered(given: CustomerOffer) -> dict[str, Any]:
    """What an answer to the offer is answered with. Epochs are in milliseconds; without an expiry it never expires."""
    return {
        "accountID": str(given.customer_id),
        "offerCode": given.code,
        **_date("acceptanceDate", given.accepted_at if given.state == CustomerOffer.State.ACCEPTED else None),
        "acceptanceState": given.state,
        **_date("effectiveDate", given.effective_from),
        **_date("expiryDate", given.expires_at, never=""),
        "version": given.version,
    }


def listed(given: CustomerOffer) -> dict[str, Any]:
    """The same and what is shown of it."""
    return {
        "id": given.code,
        "rank": given.rank,
        "acceptanceMethod": "LTC",  # loaded to the card: the customer must accept it before it counts
        "shortDescription1": given.offer.name,
        "longDescription": given.offer.description,
        **_date("displayDate", given.displayed_from),
        **answered(given),
    }


def _date(name: str, moment: datetime | None, *, never: str | None = None) -> dict[str, str | int | None]:
    if moment is None:
        return {name: never, f"{name}Epoch": None}
    return {name: written(moment), f"{name}Epoch": epoch(moment)}
