"""Giving many campaigns a label, and taking one from them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns import labelling, services
from campaigns.admin.labels import read
from campaigns.labelling import LabelText
from campaigns.models import Campaign, Label
from loyalty_site.backoffice.theme import TextWidget
from loyalty_site.bulk.actions import SAME, Action, Deed, Done, Order, Stay, Tally, tally
from loyalty_site.bulk.singly import each, take_back

TOUCHING = ("campaign changed", "campaign replaced", labelling.LABELLED)


class LabelForm(forms.Form):
    label = forms.CharField(
        label=gettext_lazy("Label"),
        widget=TextWidget,
        help_text=gettext_lazy("A key, or a key, one colon and a value, such as season:summer."),
    )

    def clean_label(self) -> LabelText:
        labels = read(self.cleaned_data["label"])
        if len(labels) != 1:
            raise forms.ValidationError(_("Write one label."))
        return labels[0]

    def data_kept(self) -> dict[str, str | None]:
        key, value = self.cleaned_data["label"]
        return {"key": key, "value": value}


def _label(order: Order) -> LabelText:
    return order.data["key"], order.data["value"]


def _told(data: Mapping[str, Any]) -> str:
    return data["key"] if data["value"] is None else f"{data['key']}:{data['value']}"


def _counted(rows: QuerySet, order: Order) -> tuple[int, int]:
    """How many have the label, and how many have not."""
    key, value = _label(order)
    found = rows.annotate(labelled=Exists(Label.objects.filter(campaign=OuterRef("pk"), key=key, value=value)))
    counted = found.aggregate(all=Count("pk"), having=Count("pk", filter=Q(labelled=True)))
    return counted["having"], counted["all"] - counted["having"]


def _weigh_adding(rows: QuerySet, order: Order) -> Tally:
    having, others = _counted(rows, order)
    return tally({"": others, SAME: having})


def _weigh_removing(rows: QuerySet, order: Order) -> Tally:
    having, others = _counted(rows, order)
    return tally({"": having, SAME: others})


def _add(keys: Sequence[str], order: Order) -> Mapping[str, Deed]:
    def add(key: str) -> Deed:
        made = labelling.add(UUID(key), _label(order), actor=order.actor, at=order.at)
        return Deed(why=SAME) if made is None else Deed(after={"label": made})

    return each(keys, add)


def _remove(keys: Sequence[str], order: Order) -> Mapping[str, Deed]:
    def remove(key: str) -> Deed:
        place = labelling.remove(UUID(key), _label(order), actor=order.actor, at=order.at)
        return Deed(why=SAME) if place is None else Deed(before={"position": place})

    return each(keys, remove)


def _take_back_adding(done: Sequence[Done], order: Order, batch: str) -> Mapping[str, Stay]:
    return take_back(
        done,
        hold=lambda key: services.locked(UUID(key)),
        is_as_left=lambda campaign, one: campaign.labels.filter(pk=one.after["label"]).exists(),
        restore=lambda campaign, one: labelling.remove(campaign.pk, _label(order), actor=order.actor, at=order.at),
        kind="campaign",
        touching=TOUCHING,
        column="labels",
        batch=batch,
    )


def _take_back_removing(done: Sequence[Done], order: Order, batch: str) -> Mapping[str, Stay]:
    def is_as_left(campaign: Campaign, one: Done) -> bool:
        key, value = _label(order)
        return not campaign.labels.filter(key=key, value=value).exists()

    def restore(campaign: Campaign, one: Done) -> None:
        facts = {"actor": order.actor, "at": order.at, "position": one.before["position"]}
        labelling.add(campaign.pk, _label(order), **facts)

    return take_back(
        done,
        hold=lambda key: services.locked(UUID(key)),
        is_as_left=is_as_left,
        restore=restore,
        kind="campaign",
        touching=TOUCHING,
        column="labels",
        batch=batch,
    )


ADD = Action(
    name="campaigns.add_label",
    model="campaigns.campaign",
    permission="campaigns.change_campaign",
    title=gettext_lazy("Add a label"),
    weigh=_weigh_adding,
    act=_add,
    undo=_take_back_adding,
    changes=lambda n: ngettext("%(n)s campaign gets it.", "%(n)s campaigns get it.", n),
    changed=lambda n: ngettext("%(n)s campaign labelled.", "%(n)s campaigns labelled.", n),
    whys={SAME: lambda n: ngettext("%(n)s has it already.", "%(n)s have it already.", n)},
    form=LabelForm,
    told=_told,
)
REMOVE = Action(
    name="campaigns.remove_label",
    model="campaigns.campaign",
    permission="campaigns.change_campaign",
    title=gettext_lazy("Remove a label"),
    weigh=_weigh_removing,
    act=_remove,
    undo=_take_back_removing,
    changes=lambda n: ngettext("%(n)s campaign loses it.", "%(n)s campaigns lose it.", n),
    changed=lambda n: ngettext("Label removed from %(n)s campaign.", "Label removed from %(n)s campaigns.", n),
    whys={SAME: lambda n: ngettext("%(n)s does not have it.", "%(n)s do not have it.", n)},
    form=LabelForm,
    told=_told,
)
