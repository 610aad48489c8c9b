"""What the books hold on a customer. Names of staff are left out: they are other people's data."""

from loyalty_site.privacy import Section

STAFF = frozenset({"actor", "actor_label"})
DECIDERS = frozenset({"asked_by", "decided_by"})

SECTIONS = [
    Section("account", "points.Account", lambda key: {"pk": key}),
    Section("points by expiry day", "points.Bucket", lambda key: {"account": key}, frozenset({"moved"})),
    Section("movements of points", "points.Transfer", lambda key: {"account": key}, STAFF),
    Section(
        "adjustments of points",
        "points.Adjustment",
        lambda key: {"customer": key},
        DECIDERS,
        more={"reason_text": "reason__name"},
    ),
    Section("points by partner and day", "points.PartnerDay", lambda key: {"customer": key}),
]
