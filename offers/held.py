"""The offers that the customer was given, and partners' sessions for the customer."""

from loyalty_site.privacy import Section

SECTIONS = [
    Section("offers", "offers.CustomerOffer", lambda key: {"customer": key}, more={"offer_name": "offer__name"}),
    Section(
        "sessions with partners",
        "offers.MemberSession",
        lambda key: {"customer": key},
        frozenset({"correlation_id"}),
        more={"partner_name": "partner__name"},
    ),
]
