"""Adding, spending and cancelling points, as Open Loyalty's clients do it. Rule: Open Loyalty, "Points transfers"."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from customers.api.path import customer_id_in_sight
from customers.errors import CustomerMayNotSpend, CustomerNotFound
from loyalty_site.access.actors import Principal
from loyalty_site.access.store_scope import in_scope_of
from loyalty_site.api.dialects import Saying
from loyalty_site.api.edge import run_write
from loyalty_site.api.fields import TextField, UUIDField
from loyalty_site.api.form_errors import INVALID
from loyalty_site.api.forms import FieldSaying, Form
from loyalty_site.api.ids import uuid_in
from loyalty_site.api.number_fields import IntegerField
from loyalty_site.api.openloyalty import OpenLoyalty
from loyalty_site.api.parameters import parameters_of
from points import services
from points.days import MOST_DAYS, last_valid_day
from points.errors import NotCorrectable, NotEnoughPoints, NothingLeft, TransferNotFound
from points.ledger import Note
from points.models import Transfer

LARGEST = 2**31 - 1
TOO_LOW = "This value should be 1 or more."
NOT_CANCELABLE = Saying(400, text="this transfer cannot be canceled")


class TransferForm(Form):
    customer = UUIDField(required=True)
    points = IntegerField(required=True, min_value=1, max_value=LARGEST, too_low=TOO_LOW)
    comment = TextField(max_length=2_000)
    validityDuration = IntegerField(min_value=1, max_value=MOST_DAYS, too_low=TOO_LOW)


class TransferViewSet(ViewSet):
    """Movements by hand. The answer is the id of the ledger's row."""

    channel = Transfer.Channel.ADMIN
    dialect = OpenLoyalty(
        says={
            CustomerNotFound: FieldSaying(TransferForm, "customer", INVALID),
            CustomerMayNotSpend: FieldSaying(TransferForm, "customer", INVALID),
            NotEnoughPoints: FieldSaying(TransferForm, "points", "not enough points"),
        }
    )

    def add(self, request: Request) -> Response:
        """`POST /api/points/transfer/add`: the points can be spent for `validityDuration` days."""
        at, form = timezone.now(), TransferForm.read(request.data, root="transfer")
        expires_on = last_valid_day(at, form["validityDuration"])
        return self._move(request, form, lambda **facts: services.earn(**facts, at=at, expires_on=expires_on))

    def spend(self, request: Request) -> Response:
        """`POST /api/points/transfer/spend`"""
        at, form = timezone.now(), TransferForm.read(request.data, root="transfer")
        return self._move(request, form, lambda **facts: services.spend(**facts, at=at))

    def _move(self, request: Request, form: dict[str, Any], move: Callable[..., Transfer]) -> Response:
        note = Note(channel=self.channel, actor=request.user.actor, comment=form["comment"] or "")

        def effect() -> tuple[int, dict[str, str]]:
            customer_id = customer_id_in_sight(form["customer"], request.user)
            transfer = move(customer_id=customer_id, points=form["points"], note=note)
            return 200, {"pointsTransferId": str(transfer.pk)}

        return run_write(request, effect, dialect=self.dialect)


class TillTransferViewSet(TransferViewSet):
    """The same at a till, `POST /api/pos/points/transfer/…`: for sellers whose account allows it."""

    channel = Transfer.Channel.SELLER


class CancelViewSet(ViewSet):
    """What is left of an addition is taken back."""

    dialect = OpenLoyalty(
        says={
            TransferNotFound: Saying(404),
            NotCorrectable: NOT_CANCELABLE,
            NothingLeft: NOT_CANCELABLE,
        }
    )

    def cancel(self, request: Request, transfer: str) -> Response:
        """`POST /api/points/transfer/<transfer>/cancel`. What was cancelled before stays so, and is no error."""
        at, note = timezone.now(), Note(channel=Transfer.Channel.ADMIN, actor=request.user.actor)
        parameters_of(request)  # none is needed, but what cannot be read is refused

        def effect() -> tuple[int, list[Any]]:
            transfer_id = _transfer_in_sight(transfer, request.user)
            try:
                with transaction.atomic():
                    services.cancel(transfer_id, at=at, note=note)
            except NotCorrectable as refusal:
                if not _is_cancelled(refusal):
                    raise
            return 200, []

        return run_write(request, effect, dialect=self.dialect)


def _transfer_in_sight(text: str, caller: Principal) -> UUID:
    """The id in a path, of a movement of a customer whom the caller may see. Raises TransferNotFound."""
    transfer_id = uuid_in(text)
    in_sight = Transfer.objects.filter(in_scope_of(caller.store_id, "account__customer__store"))
    if transfer_id is None or (caller.store_id and not in_sight.filter(pk=transfer_id).exists()):
        raise TransferNotFound(id=text)
    return transfer_id


def _is_cancelled(refusal: NotCorrectable) -> bool:
    return refusal.facts == {"kind": Transfer.Kind.EARN, "corrected": True}
