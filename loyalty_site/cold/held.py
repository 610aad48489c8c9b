"""Partners' calls about a customer that are still to be done, or were refused."""

from loyalty_site.privacy import Section

SECTIONS = [
    Section(
        "partners' calls",
        "cold.ColdCall",
        lambda key: {"customer_id": key},
        frozenset({"actor_key", "actor_label"}),
        more={"partner_name": "partner__name"},
    )
]
