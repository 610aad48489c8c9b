"""A movement of points as RBI's clients read it. Rule: RBI, "Update Points Balance", sample answers."""

from typing import Any

from loyalty_site.access.actors import PartnerFacts
from loyalty_site.api.milliseconds import written
from points.models import Transfer

Channel, Kind = Transfer.Channel, Transfer.Kind
# RBI's channels, by those of the ledger. Rule: RBI, loyalty events, `channel`.
CHANNELS = {
    Channel.PARTNER: "CAMPAIGN",
    Channel.ADMIN: "SUPPORT",
    Channel.SELLER: "RESTAURANT",
    Channel.SALE: "RESTAURANT",
    Channel.REWARD: "APP",
    Channel.EXPIRY: "POINTS_EXPIRATION",
    Channel.SYSTEM: "INITIAL_POINT_BALANCE",
}
EARNED, USED, DEDUCTED = "pointsEarned", "pointsUsed", "pointsDeducted"
COUNTED_AS = {
    Kind.EARN: EARNED,
    Kind.REVERSE: EARNED,
    Kind.SPEND: USED,
    Kind.DEDUCT: DEDUCTED,
    Kind.EXPIRE: DEDUCTED,
    Kind.CANCEL: DEDUCTED,
}


def transaction_object(movement: Transfer, reader: PartnerFacts) -> dict[str, Any]:
    """What the sample answers show. The reference is for the partner alone that gave it."""
    at = written(movement.created_at)
    counts = {EARNED: 0, USED: 0, DEDUCTED: 0} | {COUNTED_AS[Kind(movement.kind)]: abs(movement.points)}
    is_own = reader.has_signed(movement.partner)
    return {
        "id": str(movement.pk),
        "shortId": movement.short_id,
        "loyaltyId": str(movement.account_id),
        "channel": CHANNELS[Channel(movement.channel)],
        "status": "CLAIMED",  # points count from the moment they are added
        "createdAt": at,
        "impactedExpirationBuckets": [_bucket(change) for change in movement.buckets],
        "claimedAt": at,
        EARNED: counts[EARNED],
        "bonusPointsEarned": 0,
        USED: counts[USED],
        "transactionDetails": {
            "fulfillment": {"autoRelease": True, "type": "POINT_ASSIGNMENT"},
            "orders": [],
            "payments": [],
        },
        "metadata": {"partner": movement.partner, "reference": movement.reference if is_own else ""},
        DEDUCTED: counts[DEDUCTED],
    }


def listed_object(movement: Transfer, reader: PartnerFacts) -> dict[str, Any]:
    """The same in lists, with the sign of its points."""
    return transaction_object(movement, reader) | {"points": movement.points}


def _bucket(change: dict[str, Any]) -> dict[str, Any]:
    return {"expirationDate": change["expires_on"], "points": change["points"]}
