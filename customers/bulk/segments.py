"""Putting many customers into a segment, and taking them out of one."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy, ngettext

from customers import services
from customers.errors import SegmentNotFound
from customers.models import Customer, Segment, SegmentMembership
from customers.segment_moves import PUT_IN, TAKEN_OUT, put_in, take_out
from loyalty_site.backoffice.theme import SelectWidget
from loyalty_site.bulk.actions import GONE, RESTORED, SAME, TOUCHED, Action, Deed, Done, Order, Stay, Tally, tally
from loyalty_site.bulk.since import changed_since

TOUCHING = (PUT_IN, TAKEN_OUT, "customer segments changed")
PIECE = 500


class SegmentForm(forms.Form):
    segment = forms.ModelChoiceField(Segment.objects.all(), label=gettext_lazy("Segment"), widget=SelectWidget)

    def data_kept(self) -> dict[str, str]:
        segment = self.cleaned_data["segment"]
        return {"segment": str(segment.pk), "name": segment.name}


def _counted(rows: QuerySet, order: Order) -> tuple[int, int, int]:
    """How many of them are in the segment, are not, and were erased."""
    memberships = SegmentMembership.objects.filter(customer=OuterRef("pk"), segment=order.data["segment"])
    living = ~Q(status=Customer.Status.ERASED)
    found = rows.annotate(is_in=Exists(memberships)).aggregate(
        all=Count("pk"), living=Count("pk", filter=living), inside=Count("pk", filter=living & Q(is_in=True))
    )
    return found["inside"], found["living"] - found["inside"], found["all"] - found["living"]


def _weigh_joining(rows: QuerySet, order: Order) -> Tally:
    inside, outside, erased = _counted(rows, order)
    return tally({"": outside, SAME: inside, GONE: erased})


def _weigh_leaving(rows: QuerySet, order: Order) -> Tally:
    inside, outside, erased = _counted(rows, order)
    return tally({"": inside, SAME: outside, GONE: erased})


def _join(keys: Sequence[str], order: Order) -> Mapping[str, Deed]:
    try:
        with transaction.atomic():
            joined = put_in(_segment(order), [UUID(key) for key in keys], **_facts(order))
    except SegmentNotFound:
        return {}
    changed = {str(customer): Deed(after={"membership": pk}) for customer, pk in joined.items()}
    return _others(keys) | changed


def _leave(keys: Sequence[str], order: Order) -> Mapping[str, Deed]:
    try:
        with transaction.atomic():
            left = take_out(_segment(order), [UUID(key) for key in keys], **_facts(order))
    except SegmentNotFound:
        return {}
    return _others(keys) | {str(customer): Deed() for customer in left}


def _others(keys: Sequence[str]) -> dict[str, Deed]:
    """Who is not changed is so already, unless erased."""
    present = Customer.objects.filter(pk__in=keys).exclude(status=Customer.Status.ERASED)
    return {str(pk): Deed(why=SAME) for pk in present.values_list("pk", flat=True)}


def _leave_again(done: Sequence[Done], order: Order, batch: str) -> Mapping[str, Stay]:
    """Those who are in by that very membership."""
    memberships = {one.key: one.after["membership"] for one in done}
    return _taken_back(done, order, batch, lambda key, now: now == memberships[key], take_out)


def _join_again(done: Sequence[Done], order: Order, batch: str) -> Mapping[str, Stay]:
    return _taken_back(done, order, batch, lambda key, now: now is None, put_in)


def _taken_back(done: Sequence[Done], order: Order, batch: str, is_as_left: Any, restore: Any) -> Mapping[str, Stay]:
    held = {str(pk) for pk in services.held(sorted(UUID(one.key) for one in done))}
    since = changed_since("customer", [one for one in done if one.key in held], TOUCHING, batch=batch)
    inside = SegmentMembership.objects.filter(segment=order.data["segment"], customer__in=held)
    now = {str(customer): pk for customer, pk in inside.values_list("customer_id", "pk")}
    back = [key for key in held if key not in since and is_as_left(key, now.get(key))]
    try:
        with transaction.atomic():
            restore(_segment(order), [UUID(key) for key in back], **_facts(order))
    except SegmentNotFound:
        return {}
    stays = {key: RESTORED if key in back else Stay(TOUCHED, since.get(key, "")) for key in held}
    return {one.key: stays.get(one.key, Stay(GONE)) for one in done}


def _segment(order: Order) -> UUID:
    return UUID(order.data["segment"])


def _facts(order: Order) -> dict[str, Any]:
    return {"actor": order.actor, "at": order.at, "reason": order.reason}


def _gone(n: int) -> str:
    return ngettext("%(n)s was erased, or the segment was.", "%(n)s were erased, or the segment was.", n)


PUT_INTO = Action(
    name="customers.put_into_segment",
    model="customers.customer",
    permission="customers.change_customer",
    title=gettext_lazy("Put into a segment"),
    weigh=_weigh_joining,
    act=_join,
    undo=_leave_again,
    changes=lambda n: ngettext("%(n)s customer comes into it.", "%(n)s customers come into it.", n),
    changed=lambda n: ngettext("%(n)s customer put into the segment.", "%(n)s customers put into the segment.", n),
    whys={SAME: lambda n: ngettext("%(n)s is in it already.", "%(n)s are in it already.", n), GONE: _gone},
    form=SegmentForm,
    told=lambda data: data["name"],
    piece=PIECE,
)
TAKE_OUT_OF = Action(
    name="customers.take_out_of_segment",
    model="customers.customer",
    permission="customers.change_customer",
    title=gettext_lazy("Take out of a segment"),
    weigh=_weigh_leaving,
    act=_leave,
    undo=_join_again,
    changes=lambda n: ngettext("%(n)s customer leaves it.", "%(n)s customers leave it.", n),
    changed=lambda n: ngettext(
        "%(n)s customer taken out of the segment.", "%(n)s customers taken out of the segment.", n
    ),
    whys={SAME: lambda n: ngettext("%(n)s is not in it.", "%(n)s are not in it.", n), GONE: _gone},
    form=SegmentForm,
    told=lambda data: data["name"],
    piece=PIECE,
)
