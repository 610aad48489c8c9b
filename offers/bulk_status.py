"""Pausing many offers, and switching them on again."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy, ngettext

from loyalty_site.bulk.actions import SAME, Action, Order
from loyalty_site.bulk.one_field import OTHER, OneField
from offers import services
from offers.models import Offer

Status = Offer.Status


def _write(offer: Any, status: str, order: Order) -> None:
    services.set_status(offer.pk, Status(status), actor=order.actor, at=order.at)


STATUS = OneField(
    column="status",
    hold=lambda key: services.locked(UUID(key)),
    write=_write,
    kind="offer",
    touching=("offer changed",),
)
PAUSE = Action(
    name="offers.pause",
    model="offers.offer",
    permission="offers.change_offer",
    title=gettext_lazy("Pause"),
    weigh=STATUS.weigh([Status.ACTIVE.value], Status.PAUSED.value),
    act=STATUS.act([Status.ACTIVE.value], Status.PAUSED.value),
    undo=STATUS.undo,
    changes=lambda n: ngettext("%(n)s offer is paused.", "%(n)s offers are paused.", n),
    changed=lambda n: ngettext("%(n)s offer paused.", "%(n)s offers paused.", n),
    whys={
        SAME: lambda n: ngettext("%(n)s is paused already.", "%(n)s are paused already.", n),
        OTHER: lambda n: ngettext("%(n)s is a draft, or cancelled.", "%(n)s are drafts, or cancelled.", n),
    },
)
RESUME = Action(
    name="offers.resume",
    model="offers.offer",
    permission="offers.change_offer",
    title=gettext_lazy("Switch on again after a pause"),
    weigh=STATUS.weigh([Status.PAUSED.value], Status.ACTIVE.value),
    act=STATUS.act([Status.PAUSED.value], Status.ACTIVE.value),
    undo=STATUS.undo,
    changes=lambda n: ngettext("%(n)s offer goes on again.", "%(n)s offers go on again.", n),
    changed=lambda n: ngettext("%(n)s offer switched on.", "%(n)s offers switched on.", n),
    whys={
        SAME: lambda n: ngettext("%(n)s is on already.", "%(n)s are on already.", n),
        OTHER: lambda n: ngettext("%(n)s is a draft, or cancelled.", "%(n)s are drafts, or cancelled.", n),
    },
)
