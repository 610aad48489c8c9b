"""A customer's log-in, and what was done about the customer."""

from loyalty_site.privacy import Section

SECTIONS = [
    Section(
        "log-in",
        "access.User",
        lambda key: {"pk": key},
        frozenset({"password", "token_version", "is_superuser", "is_staff"}),
    ),
    Section(
        "what was done",
        "access.AuditEntry",
        lambda key: {"object_type": "customer", "object_id": str(key)},
        frozenset({"actor", "actor_label", "address", "batch"}),
    ),
]
