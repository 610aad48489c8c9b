"""What the customer bought."""

from loyalty_site.privacy import Section

SECTIONS = [
    Section(
        "purchases",
        "campaigns.Purchase",
        lambda key: {"customer": key},
        frozenset({"actor"}),
        more={"campaign_name": "campaign__name", "code": "coupon__code"},
    )
]
