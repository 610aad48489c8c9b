"""Blocking many customers, and activating them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from customers import services
from customers.models import Customer
from loyalty_site.bulk.actions import GONE, SAME, Action, Order
from loyalty_site.bulk.one_field import OneField

Status = Customer.Status
LIVING = (Status.NEW.value, Status.ACTIVE.value, Status.BLOCKED.value)


def _write(customer: Any, status: str, order: Order) -> None:
    services.change_status(customer.pk, status, actor=order.actor, at=order.at, reason=order.reason)


STATUS = OneField(
    column="status",
    hold=lambda key: services.locked(UUID(key)),
    write=_write,
    kind="customer",
    touching=("customer status changed",),
    gone=(Status.ERASED.value,),
)


def _gone(n: int) -> str:
    return ngettext("%(n)s was erased.", "%(n)s were erased.", n)


def _blocked(rows: QuerySet, order: Order) -> Sequence[str]:
    return [
        _("They keep their points, and can neither spend them nor log in."),
        _("Undoing this does not log them in again."),
    ]


BLOCK = Action(
    name="customers.block",
    model="customers.customer",
    permission="customers.change_customer",
    title=gettext_lazy("Block"),
    weigh=STATUS.weigh(LIVING, Status.BLOCKED.value),
    act=STATUS.act(LIVING, Status.BLOCKED.value),
    undo=STATUS.undo,
    reach=_blocked,
    changes=lambda n: ngettext("%(n)s customer is blocked.", "%(n)s customers are blocked.", n),
    changed=lambda n: ngettext("%(n)s customer blocked.", "%(n)s customers blocked.", n),
    whys={SAME: lambda n: ngettext("%(n)s is blocked already.", "%(n)s are blocked already.", n), GONE: _gone},
    asks_why=True,
    dangerous=True,
)
ACTIVATE = Action(
    name="customers.activate",
    model="customers.customer",
    permission="customers.change_customer",
    title=gettext_lazy("Activate"),
    weigh=STATUS.weigh(LIVING, Status.ACTIVE.value),
    act=STATUS.act(LIVING, Status.ACTIVE.value),
    undo=STATUS.undo,
    changes=lambda n: ngettext(
        "%(n)s customer becomes active and may spend points.", "%(n)s customers become active and may spend points.", n
    ),
    changed=lambda n: ngettext("%(n)s customer activated.", "%(n)s customers activated.", n),
    whys={SAME: lambda n: ngettext("%(n)s is active already.", "%(n)s are active already.", n), GONE: _gone},
    asks_why=True,
)
