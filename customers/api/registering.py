"""Registering customers, as Open Loyalty's clients do it, and letting them in or shutting them out.

Rule: Open Loyalty, "Customer API", 'Create a new customer', 'Activate a customer', 'Deactivate a customer'.
"""

from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from customers import services
from customers.api.customer_form import RegistrationForm, columns_of, settable_by
from customers.api.dialect import DIALECT, of_form
from customers.api.path import customer_id_in_path
from customers.api.places import level_change, store_change
from customers.joining import join
from customers.models import Customer
from loyalty_site.access.actors import Principal, Role
from loyalty_site.api.edge import run_write
from loyalty_site.api.forms import Values
from loyalty_site.api.parameters import parameters_of


class RegistrationViewSet(ViewSet):
    dialect = of_form(RegistrationForm)

    def register(self, request: Request) -> Response:
        """`POST /api/customer/register` and its twins below `/api/admin/` and `/api/seller/`"""
        at = timezone.now()
        values = RegistrationForm.read(request.data, root="customer", at=at)
        password = values["plainPassword"]
        password_hash = make_password(password) if password else None  # slow on purpose: outside the transaction

        def effect() -> tuple[int, dict[str, Any]]:
            fields = _fields(settable_by(request.user, values), request.user)
            customer = join(fields, password_hash=password_hash, actor=request.user.actor, at=at)
            return 200, {"customerId": str(customer.pk), "email": customer.email}

        return run_write(request, effect, dialect=self.dialect)


class CustomerStatusViewSet(ViewSet):
    dialect = DIALECT

    def activate(self, request: Request, customer: str) -> Response:
        """`POST /api/customer/<customer>/activate` and its twin below `/api/admin/`"""
        return self._switch(request, customer, Customer.Status.ACTIVE)

    def deactivate(self, request: Request, customer: str) -> Response:
        """`POST /api/customer/<customer>/deactivate` and its twin below `/api/admin/`"""
        return self._switch(request, customer, Customer.Status.BLOCKED)

    def _switch(self, request: Request, customer: str, status: Customer.Status) -> Response:
        at = timezone.now()
        parameters_of(request)  # none is needed, but what cannot be read is refused

        def effect() -> Response:
            customer_id = customer_id_in_path(customer, request.user)
            services.change_status(customer_id, status, actor=request.user.actor, at=at)
            return Response("")

        return run_write(request, effect, dialect=self.dialect)


def _fields(values: Values, caller: Principal) -> dict[str, Any]:
    """What a new customer has. Whom an administrator registers is active at once."""
    named = {name: values[name] for name in ("levelId", "posId") if values.get(name)}
    return {
        "status": Customer.Status.ACTIVE if caller.role == Role.ADMIN else Customer.Status.NEW,
        **({"store_id": caller.store_id} if caller.store_id else {}),
        **columns_of(values),
        **level_change(named),
        **store_change(named, caller, caller.store_id),
    }
