"""The table of endpoints as DRF asks for it."""

from django.views import View
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from loyalty_site.access.actors import Principal
from loyalty_site.access.endpoints import ANYBODY, Allowed, allowed, route_of, row_of


class ByEndpointTable(BasePermission):
    """Nobody may call what the table does not name. DRF answers 401 to callers without a credential, 403 to others."""

    def has_permission(self, request: Request, view: View) -> bool:
        route = route_of(request)
        entry = allowed(route, request.method)
        if entry is None:
            return _leads_to_405(route, request, view)
        return entry is ANYBODY or _may(request.user, entry)


def _may(caller: Principal | None, entry: Allowed) -> bool:
    if caller is None or caller.role not in entry.roles:
        return False
    if entry.by_account and caller.scopes is None and not caller.may_transfer_points:
        return False
    return entry.scope is None or caller.has_scope(entry.scope)


def _leads_to_405(route: str | None, request: Request, view: View) -> bool:
    """A known route without that method is said to be so, to those who may know that the route exists."""
    row = row_of(route)
    offered = request.method != "OPTIONS" and hasattr(view, request.method.lower())  # every view of DRF has `options`
    if not row or offered:
        return False
    return request.user is not None or all(entry is ANYBODY for entry in row.values())
