"""What the customers' app holds on a customer."""

from loyalty_site.privacy import Section

SECTIONS = [
    Section(
        "customer",
        "customers.Customer",
        lambda key: {"pk": key},
        more={"level_name": "level__name", "store_name": "store__name"},
    ),
    Section(
        "segments",
        "customers.SegmentMembership",
        lambda key: {"customer": key},
        more={"segment_name": "segment__name"},
    ),
    Section("sales", "customers.Transaction", lambda key: {"customer": key}, more={"store_name": "store__name"}),
    Section("items of sales", "customers.TransactionItem", lambda key: {"transaction__customer": key}),
]
