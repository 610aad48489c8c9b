"""Customers with what they bought, as Open Loyalty's clients read and change them.

Rule: Open Loyalty, "Customer API".
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from campaigns.api.customer_object import SHOWN_IN_DETAILS, SHOWN_IN_LISTS, customers_with_purchases
from customers import services
from customers.api.customer_filters import filtered, meeting
from customers.api.customer_form import ChangeForm, columns_of, settable_by
from customers.api.customer_object import asked_for
from customers.api.dialect import DIALECT, of_form
from customers.api.path import customer_in_path, customers_in_sight, readable_customer
from customers.api.places import level_change, store_change
from customers.api.segments import segment_in_path
from customers.models import Customer
from customers.questions import CustomerQuerySet
from loyalty_site.access.coupon_codes import sees_bought_codes
from loyalty_site.api.edge import run_write
from loyalty_site.api.fields import TextField
from loyalty_site.api.forms import Form
from loyalty_site.api.paging import page_of
from loyalty_site.api.parameters import read_after

SORTS = {  # each in the order of an index: others would sort a million customers for a page
    "customerId": "pk",
    "lastName": "last_name",
    "email": "lower_email",  # as its index has it
    "phone": "phone",
    "loyaltyCardNumber": "card_number",
    "createdAt": "created_at",
}
MOST_FOUND = 10  # customers that a till can choose from
TOO_MANY = {"error": "too many results"}


class SearchForm(Form):
    loyaltyCardNumber = TextField()
    phone = TextField()
    email = TextField()
    firstName = TextField()
    lastName = TextField()
    city = TextField()
    postcode = TextField()


class CustomerViewSet(ViewSet):
    dialect = of_form(ChangeForm)

    def list(self, request: Request) -> Response:
        """`GET /api/customer` and `/api/admin/customer`"""
        return _listed(customers_in_sight(request.user), request)

    def retrieve(self, request: Request, customer: str) -> Response:
        """`GET /api/customer/<customer>`: also the customer's segments."""
        found = readable_customer(customer, request.user)
        (body,) = _shown([found], request, SHOWN_IN_DETAILS)
        names = found.memberships.order_by("segment__name", "segment").values_list("segment", "segment__name")
        segments = [{"segmentId": str(segment_id), "name": name} for segment_id, name in names]
        return Response(body | {"segments": segments})

    def replace(self, request: Request, customer: str) -> Response:
        """`PUT /api/customer/<customer>`: what is sent is changed, what is left out stays as it is."""
        at = timezone.now()
        values = read_after(
            lambda: customer_in_path(customer, request.user),
            lambda: ChangeForm.read(request.data, root="customer", at=at),
        )

        def effect() -> tuple[int, dict[str, Any]]:
            found = customer_in_path(customer, request.user)
            taken = settable_by(request.user, values)
            places = level_change(taken, found.level_id) | store_change(taken, request.user, found.store_id)
            changed = services.change(found.pk, columns_of(taken) | places, actor=request.user.actor, at=at)
            (body,) = _shown([changed], request, SHOWN_IN_DETAILS)
            return 200, body

        return run_write(request, effect, dialect=self.dialect)

    def search(self, request: Request) -> Response:
        """`POST /api/pos/search/customer`: by parts of texts, all of which must fit; few customers or none at all."""
        texts = {name: text for name, text in SearchForm.read(request.data, root="search").items() if text}
        found = list(asked_for(meeting(customers_in_sight(request.user), texts)).order_by()[: MOST_FOUND + 1])
        if len(found) > MOST_FOUND:
            return Response(TOO_MANY, 400)
        found.sort(key=lambda customer: (customer.last_name, customer.first_name, customer.pk))
        return Response({"customers": _shown(found, request)})


class SegmentCustomerViewSet(ViewSet):
    dialect = DIALECT

    def list(self, request: Request, segment: str) -> Response:
        """`GET /api/segment/<segment>/customers`"""
        found = segment_in_path(segment)
        members = customers_in_sight(request.user).filter(memberships__segment=found)
        return _listed(members, request, {"segmentId": str(found.pk), "segmentName": found.name})


def _listed(customers: CustomerQuerySet, request: Request, more: Mapping[str, str] | None = None) -> Response:
    """A page of customers, each with `more` besides."""
    page, total = page_of(asked_for(filtered(customers, request)), request, sorts=SORTS, default="-nearest")
    objects = [{**(more or {}), **body} for body in _shown(page, request)]
    return Response({"customers": objects, "total": total})


def _shown(customers: Sequence[Customer], request: Request, most: int = SHOWN_IN_LISTS) -> list[dict[str, Any]]:
    """The customers as the caller may read them: with the codes that were bought to those who see codes at all."""
    return customers_with_purchases(customers, most=most, with_codes=sees_bought_codes(request.user))
