"""Pausing many promotions, and opening them again."""

from typing import Any

from django.utils.translation import gettext_lazy, ngettext

from loyalty_site.bulk.actions import SAME, Action, Order
from loyalty_site.bulk.one_field import OTHER, OneField
from promotions import services
from promotions.models import Promotion

Status = Promotion.Status


def _write(promotion: Any, status: str, order: Order) -> None:
    services.set_status(promotion.pk, Status(status), actor=order.actor, at=order.at)


STATUS = OneField(
    column="status",
    hold=lambda key: services.locked(int(key)),
    write=_write,
    kind="promotion",
    touching=("promotion changed",),
)
PAUSE = Action(
    name="promotions.pause",
    model="promotions.promotion",
    permission="promotions.change_promotion",
    title=gettext_lazy("Pause"),
    weigh=STATUS.weigh([Status.ACTIVE.value], Status.PAUSED.value),
    act=STATUS.act([Status.ACTIVE.value], Status.PAUSED.value),
    undo=STATUS.undo,
    changes=lambda n: ngettext("%(n)s promotion is paused.", "%(n)s promotions are paused.", n),
    changed=lambda n: ngettext("%(n)s promotion paused.", "%(n)s promotions paused.", n),
    whys={
        SAME: lambda n: ngettext("%(n)s is paused already.", "%(n)s are paused already.", n),
        OTHER: lambda n: ngettext("%(n)s is a draft, or cancelled.", "%(n)s are drafts, or cancelled.", n),
    },
)
REOPEN = Action(
    name="promotions.reopen",
    model="promotions.promotion",
    permission="promotions.change_promotion",
    title=gettext_lazy("Open again after a pause"),
    weigh=STATUS.weigh([Status.PAUSED.value], Status.ACTIVE.value),
    act=STATUS.act([Status.PAUSED.value], Status.ACTIVE.value),
    undo=STATUS.undo,
    changes=lambda n: ngettext("%(n)s promotion is opened again.", "%(n)s promotions are opened again.", n),
    changed=lambda n: ngettext("%(n)s promotion opened again.", "%(n)s promotions opened again.", n),
    whys={
        SAME: lambda n: ngettext("%(n)s is on already.", "%(n)s are on already.", n),
        OTHER: lambda n: ngettext("%(n)s is a draft, or cancelled.", "%(n)s are drafts, or cancelled.", n),
    },
)
