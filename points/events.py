"""What others are told of points. The texts that receivers rely on stand in docs/webhooks.md."""

from django.utils.translation import gettext_lazy as _

from loyalty_site.outbox.kinds import EventKind
from loyalty_site.outbox.models import Event
from loyalty_site.outbox.telling import event
from points.models import Transfer

POINTS_ADDED = EventKind("points.added", _("A customer got points."))
POINTS_SPENT = EventKind("points.spent", _("A customer spent points, other than on a reward."))
POINTS_REMOVED = EventKind("points.removed", _("Points were taken away, or an addition cancelled."))
POINTS_RETURNED = EventKind("points.returned", _("Points that were spent or taken away came back."))
POINTS_EXPIRED = EventKind("points.expired", _("Points were not spent in time."))

KINDS = {
    Transfer.Kind.EARN: POINTS_ADDED,
    Transfer.Kind.SPEND: POINTS_SPENT,
    Transfer.Kind.DEDUCT: POINTS_REMOVED,
    Transfer.Kind.CANCEL: POINTS_REMOVED,
    Transfer.Kind.REVERSE: POINTS_RETURNED,
    Transfer.Kind.EXPIRE: POINTS_EXPIRED,
}


def moved(transfer: Transfer) -> Event:
    """Of a movement; a balance can be followed by the sequence, which counts those of one customer."""
    data = {
        "points": transfer.points,
        "balance": transfer.balance_after,
        "sequence": transfer.sequence,
        "channel": transfer.channel,
        "partner": transfer.partner,
        "reference": transfer.reference,
    }
    kind = KINDS[Transfer.Kind(transfer.kind)]
    return event(kind, transfer.pk, transfer.account_id, at=transfer.created_at, data=data)
