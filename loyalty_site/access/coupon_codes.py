"""Who may read coupon codes, wherever they stand: pools, purchases, and what a movement of points says it paid for."""

from django.conf import settings

from loyalty_site.access import scopes
from loyalty_site.access.actors import Principal, Role


def sees_codes(caller: Principal) -> bool:
    """API tokens see codes by their scope, sellers who log in unless the setting says otherwise.

    Customers see none but those that they bought, on lists of nobody else's: see `sees_bought_codes`.
    """
    if caller.scopes is not None:
        return caller.has_scope(scopes.COUPONS_READ)
    return caller.role == Role.ADMIN or (caller.role == Role.SELLER and settings.SELLERS_SEE_COUPONS)


def sees_bought_codes(caller: Principal) -> bool:
    """The same of codes that somebody holds: customers, who read of nobody else, see their own."""
    return caller.role == Role.CUSTOMER or sees_codes(caller)
