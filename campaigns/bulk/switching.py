"""Publishing many campaigns, and pausing them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns import services
from campaigns.bulk.reach import reached
from campaigns.models import Campaign
from campaigns.readiness import Check, findings_of
from loyalty_site.backoffice.numbers import grouped
from loyalty_site.bulk.actions import GONE, SAME, Action, Deed, Done, Order, Stay, Tally, tally
from loyalty_site.bulk.singly import each, take_back

TOUCHING = (
    "campaign paused by itself",
    "campaign switched on",
    "campaign switched off",
    "campaign changed",
    "campaign replaced",
)
NAMED = 5  # campaigns of each reason
AT_ONCE = 200  # campaigns that are judged together


def blocked(campaign_ids: Iterable[UUID], at: datetime) -> dict[UUID, str]:
    """Of the campaigns that are not ready to be published, which check is first in the way of each."""
    found = findings_of(campaign_ids, at)
    return {pk: findings[0].check.value for pk, findings in found.items() if findings and findings[0].blocks}


def _weigh_publishing(rows: QuerySet, order: Order) -> Tally:
    return _weighed(rows, order, active=True)


def _weigh_pausing(rows: QuerySet, order: Order) -> Tally:
    return _weighed(rows, order, active=False)


def _weighed(rows: QuerySet, order: Order, *, active: bool) -> Tally:
    counted: Counter[str] = Counter()
    names: dict[str, list[str]] = defaultdict(list)
    for some in _parts(rows.order_by("name", "pk").values_list("pk", "name", "active")):
        obstacles = blocked([pk for pk, _, _ in some], order.at) if active else {}
        for pk, name, is_on in some:
            why = SAME if is_on == active else obstacles.get(pk, "")
            counted[why] += 1
            if why not in ("", SAME) and len(names[why]) < NAMED:
                names[why].append(name)
    return tally(counted, names)


def _parts(rows: QuerySet) -> Iterator[Sequence[tuple]]:
    waiting = rows.iterator(chunk_size=AT_ONCE)
    while some := list(islice(waiting, AT_ONCE)):
        yield some


def _reach(rows: QuerySet, order: Order) -> Sequence[str]:
    """Of those that would go on."""
    off = list(rows.filter(active=False).values_list("pk", flat=True))
    obstacles = blocked(off, order.at)
    count = reached([pk for pk in off if pk not in obstacles])
    return [ngettext("Reaches %(n)s customer.", "Reaches %(n)s customers.", count) % {"n": grouped(count)}]


def _publish(keys: Sequence[str], order: Order) -> Mapping[str, Deed]:
    return _switched(keys, order, active=True)


def _pause(keys: Sequence[str], order: Order) -> Mapping[str, Deed]:
    return _switched(keys, order, active=False)


def _switched(keys: Sequence[str], order: Order, *, active: bool) -> Mapping[str, Deed]:
    ids = sorted(UUID(key) for key in keys)
    held = {str(campaign.pk): campaign for campaign in _held(ids)}
    obstacles = blocked(ids, order.at) if active else {}

    def switch(key: str) -> Deed:
        campaign = held.get(key)
        if campaign is None:
            return Deed(why=GONE)
        if campaign.active == active:
            return Deed(why=SAME)
        if campaign.pk in obstacles:
            return Deed(why=obstacles[campaign.pk])
        paused_at = campaign.paused_by_itself_at
        services.switch(campaign.pk, active, actor=order.actor, at=order.at)
        before = {"active": not active, "paused_by_itself_at": paused_at and paused_at.isoformat()}
        return Deed(before, {"active": active})

    return each(keys, switch)


def _held(ids: Sequence[UUID]) -> QuerySet:
    return Campaign.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")


def _switch_back(done: Sequence[Done], order: Order, batch: str) -> Mapping[str, Stay]:
    def restore(campaign: Campaign, one: Done) -> None:
        """A campaign that rested from being watched, or was off by itself, is so again."""
        paused_at = one.before.get("paused_by_itself_at")
        moment = datetime.fromisoformat(paused_at) if paused_at else None
        services.switch_back(campaign.pk, one.before["active"], moment, actor=order.actor, at=order.at)

    return take_back(
        done,
        hold=lambda key: services.locked(UUID(key)),
        is_as_left=lambda campaign, one: campaign.active == one.after["active"],
        restore=restore,
        kind="campaign",
        touching=TOUCHING,
        column="active",
        batch=batch,
    )


PUBLISH = Action(
    name="campaigns.publish",
    model="campaigns.campaign",
    permission="campaigns.change_campaign",
    title=gettext_lazy("Publish"),
    weigh=_weigh_publishing,
    act=_publish,
    undo=_switch_back,
    reach=_reach,
    changes=lambda n: ngettext("%(n)s campaign goes on.", "%(n)s campaigns go on.", n),
    changed=lambda n: ngettext("%(n)s campaign published.", "%(n)s campaigns published.", n),
    whys={
        SAME: lambda n: ngettext("%(n)s is on already.", "%(n)s are on already.", n),
        Check.DATES.value: lambda n: ngettext(
            "%(n)s cannot be published: its days are over, or do not fit.",
            "%(n)s cannot be published: their days are over, or do not fit.",
            n,
        ),
        Check.TARGET.value: lambda n: ngettext(
            "%(n)s cannot be published: it is aimed at nobody.",
            "%(n)s cannot be published: they are aimed at nobody.",
            n,
        ),
        Check.STOCK.value: lambda n: ngettext(
            "%(n)s cannot be published: it has no code to sell.",
            "%(n)s cannot be published: they have no codes to sell.",
            n,
        ),
    },
)
PAUSE = Action(
    name="campaigns.pause",
    model="campaigns.campaign",
    permission="campaigns.change_campaign",
    title=gettext_lazy("Pause"),
    weigh=_weigh_pausing,
    act=_pause,
    undo=_switch_back,
    reach=lambda rows, order: [_("At once nobody can see or buy them. Codes that customers hold stay valid.")],
    changes=lambda n: ngettext("%(n)s campaign goes off.", "%(n)s campaigns go off.", n),
    changed=lambda n: ngettext("%(n)s campaign paused.", "%(n)s campaigns paused.", n),
    whys={SAME: lambda n: ngettext("%(n)s is off already.", "%(n)s are off already.", n)},
)
