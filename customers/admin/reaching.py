"""The customer whom a page of another app is about."""

from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest

from customers.models import Customer


def customer_for(site: AdminSite, request: HttpRequest, customer_id: str) -> Customer:
    """The customer of that id. Raises Http404 where there is none, or one who was erased."""
    customer = site.get_model_admin(Customer).get_object(request, customer_id)
    if customer is None or customer.status == Customer.Status.ERASED:
        raise Http404
    return customer
