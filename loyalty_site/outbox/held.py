"""What others were told of a customer, and the mail to the customer."""

from loyalty_site.privacy import Section

SECTIONS = [
    Section("what others were told", "outbox.Event", lambda key: {"customer_id": key}),
    Section(
        "mail",
        "outbox.Delivery",
        lambda key: {"event__customer_id": key, "subscription": None},
        more={"kind": "event__kind"},
    ),
]
