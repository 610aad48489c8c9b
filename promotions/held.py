"""The promotions that the customer takes part in."""

from loyalty_site.privacy import Section

SECTIONS = [
    Section(
        "enrolments",
        "promotions.Enrolment",
        lambda key: {"customer": key},
        frozenset({"actor", "actor_label"}),
        more={"promotion_name": "promotion__name"},
    ),
    Section("turns in promotions", "promotions.Participation", lambda key: {"customer": key}),
]
