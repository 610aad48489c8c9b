"""The customer whom a page of another app is about."""

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from customers.models import Customer


def customer_for(site: AdminSite, request: HttpRequest, customer_id: str) -> Customer:
    """The customer of that id. Raises Http404 where there is none, or one who was erased.

    Raises PermissionDenied for who may not look at customers: pages tell their names.
    """
    customers = site.get_model_admin(Customer)
    if not customers.has_view_permission(request):
        raise PermissionDenied
    customer = customers.get_object(request, customer_id)
    if customer is None or customer.status == Customer.Status.ERASED:
        raise Http404
    return customer
