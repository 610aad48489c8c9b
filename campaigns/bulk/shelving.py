"""Withdrawing many codes, and putting withdrawn ones back on sale: each is the undoing of the other."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns import services, shelving, stock
from campaigns.models import Campaign, Coupon
from loyalty_site.backoffice.numbers import grouped
from loyalty_site.bulk.actions import GONE, RESTORED, SAME, TOUCHED, Action, Deed, Done, Order, Stay, Tally, tally

IsAsLeft = Callable[[Coupon], bool]
Restore = Callable[..., list[int]]
SOLD = "sold"
NAMED = 5  # campaigns of which is told what they have left
PIECE = 2_000  # codes; buyers of a campaign wait for a piece of it


def _weigh_withdrawing(rows: QuerySet, order: Order) -> Tally:
    free, withdrawn, sold = _counted(rows)
    return tally({"": free, SAME: withdrawn, SOLD: sold})


def _weigh_releasing(rows: QuerySet, order: Order) -> Tally:
    free, withdrawn, sold = _counted(rows)
    return tally({"": withdrawn, SAME: free, SOLD: sold})


def _counted(rows: QuerySet) -> tuple[int, int, int]:
    """How many are free, withdrawn and sold; each is one of these."""
    found = rows.with_sold().aggregate(
        total=Count("pk"),
        withdrawn=Count("pk", filter=Q(voided_at__isnull=False)),
        sold_ones=Count("pk", filter=Q(sold=True)),
    )
    return found["total"] - found["withdrawn"] - found["sold_ones"], found["withdrawn"], found["sold_ones"]


def _left_on_sale(rows: QuerySet, order: Order) -> Sequence[str]:
    """Of the campaigns whose codes these are, what customers can buy now."""
    campaigns = Campaign.objects.with_stock().filter(pk__in=rows.order_by().values("campaign").distinct())
    told = []
    for campaign in campaigns.order_by("name")[:NAMED]:
        left = _("no limit") if campaign.has_endless_stock else grouped(stock.left(campaign))
        told.append(_("On sale in “%(name)s” now: %(left)s.") % {"name": campaign.name, "left": left})
    return told


def _withdraw(keys: Sequence[str], order: Order) -> Mapping[str, Deed]:
    facts = {"actor": order.actor, "at": order.at, "reason": order.reason}
    gone = {pk for campaign, pks in _by_campaign(keys) for pk in shelving.withdraw(campaign, pks, **facts)}
    found = dict(Coupon.objects.filter(pk__in=keys).values_list("pk", "voided_at"))
    return {str(pk): Deed() if pk in gone else Deed(why=SAME if withdrawn else SOLD) for pk, withdrawn in found.items()}


def _release(keys: Sequence[str], order: Order) -> Mapping[str, Deed]:
    """Keeps the place that each gets: who finds it at another one finds it changed since."""
    facts = {"actor": order.actor, "at": order.at, "reason": order.reason}
    back = {pk for campaign, pks in _by_campaign(keys) for pk in shelving.release(campaign, pks, **facts)}
    found = Coupon.objects.filter(pk__in=keys).with_sold().values_list("pk", "position", "sold")
    return {
        str(pk): Deed(after={"position": position}) if pk in back else Deed(why=SOLD if sold else SAME)
        for pk, position, sold in found
    }


def _release_again(done: Sequence[Done], order: Order, batch: str) -> Mapping[str, Stay]:
    """Those that are withdrawn since that very moment."""
    moments = {int(one.key): one.at for one in done}

    def is_as_left(coupon: Coupon) -> bool:
        return coupon.voided_at == moments[coupon.pk]

    return _taken_back(done, order, is_as_left, shelving.release)


def _withdraw_again(done: Sequence[Done], order: Order, batch: str) -> Mapping[str, Stay]:
    """Those that still wait for a buyer where they were put."""
    places = {int(one.key): one.after["position"] for one in done}

    def is_as_left(coupon: Coupon) -> bool:
        return coupon.voided_at is None and not coupon.sold and coupon.position == places[coupon.pk]

    return _taken_back(done, order, is_as_left, shelving.withdraw)


def _taken_back(done: Sequence[Done], order: Order, is_as_left: IsAsLeft, restore: Restore) -> Mapping[str, Stay]:
    stays: dict[str, Stay] = {}
    for campaign_id, pks in _by_campaign([one.key for one in done]):
        services.locked(campaign_id)  # nobody moves, withdraws or releases codes of it from here on
        coupons = list(Coupon.objects.filter(pk__in=pks).with_sold())
        as_left = [coupon.pk for coupon in coupons if is_as_left(coupon)]
        restored = set(restore(campaign_id, as_left, actor=order.actor, at=order.at))
        sold = set(Coupon.objects.filter(pk__in=pks).with_sold().filter(sold=True).values_list("pk", flat=True))
        for pk in pks:
            stays[str(pk)] = RESTORED if pk in restored else Stay(SOLD if pk in sold else TOUCHED)
    return {one.key: stays.get(one.key, Stay(GONE)) for one in done}


def _by_campaign(keys: Iterable[str]) -> list[tuple[UUID, list[int]]]:
    """In the order of campaigns, in which all such acts lock them."""
    found: dict[UUID, list[int]] = defaultdict(list)
    for pk, campaign_id in Coupon.objects.filter(pk__in=list(keys)).order_by("pk").values_list("pk", "campaign_id"):
        found[campaign_id].append(pk)
    return sorted(found.items())


WITHDRAW = Action(
    name="campaigns.withdraw_codes",
    model="campaigns.coupon",
    permission="campaigns.change_coupon",
    title=gettext_lazy("Withdraw free codes"),
    weigh=_weigh_withdrawing,
    act=_withdraw,
    undo=_release_again,
    reach=_left_on_sale,
    changes=lambda n: ngettext("%(n)s free code goes off sale.", "%(n)s free codes go off sale.", n),
    changed=lambda n: ngettext("%(n)s code withdrawn.", "%(n)s codes withdrawn.", n),
    whys={
        SAME: lambda n: ngettext("%(n)s is withdrawn already.", "%(n)s are withdrawn already.", n),
        SOLD: lambda n: ngettext(
            "%(n)s was sold: it stays valid for its customer.", "%(n)s were sold: they stay valid for customers.", n
        ),
    },
    asks_why=True,
    dangerous=True,
    piece=PIECE,
)
RELEASE = Action(
    name="campaigns.release_codes",
    model="campaigns.coupon",
    permission="campaigns.change_coupon",
    title=gettext_lazy("Put withdrawn codes back on sale"),
    weigh=_weigh_releasing,
    act=_release,
    undo=_withdraw_again,
    reach=_left_on_sale,
    changes=lambda n: ngettext(
        "%(n)s withdrawn code goes back on sale, behind the others of its campaign.",
        "%(n)s withdrawn codes go back on sale, behind the others of their campaigns.",
        n,
    ),
    changed=lambda n: ngettext("%(n)s code put back on sale.", "%(n)s codes put back on sale.", n),
    whys={
        SAME: lambda n: ngettext("%(n)s is not withdrawn.", "%(n)s are not withdrawn.", n),
        SOLD: lambda n: ngettext(
            "%(n)s was sold and stays with its customer.", "%(n)s were sold and stay with customers.", n
        ),
    },
    asks_why=True,
    piece=PIECE,
)
