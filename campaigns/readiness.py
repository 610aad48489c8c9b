"""Whether a campaign is ready for customers, and what to do where it is not.

What blocks keeps staff from publishing it; what does not is only said. The API switches campaigns on and off as its
document has it, whatever is found here.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import Campaign
from campaigns.standing import Standing, Window, saved_standings


class Check(TextChoices):
    """What is looked at, in the order in which it is told."""

    DATES = "dates", gettext_lazy("Dates")
    TARGET = "target", gettext_lazy("Who sees it")
    STOCK = "stock", gettext_lazy("Stock and limit")
    COST = "cost", gettext_lazy("Cost")
    PHOTO = "photo", gettext_lazy("Picture")
    TEXTS = "texts", gettext_lazy("Texts")


@dataclass(frozen=True)
class Finding:
    """Something that is not as it should be."""

    check: Check
    blocks: bool
    sentence: str
    remedy: str
    place: str  # where to mend it: a field of the campaign's form, or an action of its page


Rule = Callable[[Standing, datetime], Iterable[Finding]]
LOADING = "generate_coupons"


def findings(campaign: Campaign, at: datetime) -> list[Finding]:
    """What is found of a campaign as it is saved. What blocks comes first."""
    return findings_of([campaign.pk], at)[campaign.pk]


def findings_of(campaign_ids: Iterable[UUID], at: datetime) -> dict[UUID, list[Finding]]:
    """The same of many, in as many queries as of one; those that do not exist are left out."""
    return {pk: judged(standing, at) for pk, standing in saved_standings(campaign_ids).items()}


def judged(standing: Standing, at: datetime) -> list[Finding]:
    """What is found of a campaign that stands like this, saved or not. What blocks comes first."""
    found = [finding for rule in RULES for finding in rule(standing, at)]
    return sorted(found, key=lambda finding: not finding.blocks)


def _dates(standing: Standing, at: datetime) -> Iterator[Finding]:
    """Customers need both windows: what is not shown cannot be bought."""
    bought, shown = standing.bought_within, standing.shown_within
    over = False
    if bought and bought[1] < at:
        over = True
        sentence = _("It could be bought until %(end)s: that is over.") % {"end": _moment(bought[1])}
        yield Finding(Check.DATES, True, sentence, _("Choose a later end."), "active_to")
    if shown and shown[1] < at:
        over = True
        sentence = _("It was shown until %(end)s: that is over.") % {"end": _moment(shown[1])}
        yield Finding(Check.DATES, True, sentence, _("Choose a later end, or show it at any time."), "visible_to")
    if bought and shown and not over:
        yield from _gaps(bought, shown)


def _gaps(bought: Window, shown: Window) -> Iterator[Finding]:
    """Where the windows do not fit."""
    facts = {"first": _moment(bought[0]), "last": _moment(bought[1])}
    facts |= {"shown_from": _moment(shown[0]), "shown_to": _moment(shown[1])}
    if shown[1] < bought[0] or bought[1] < shown[0]:
        sentence = _(
            "Nobody can ever buy it: it is shown from %(shown_from)s to %(shown_to)s, "
            "and can be bought only from %(first)s to %(last)s."
        )
        yield Finding(Check.DATES, True, sentence % facts, _("Let the days overlap."), "visible_from")
        return
    if bought[0] < shown[0]:
        sentence = _("It can be bought from %(first)s, but is shown only from %(shown_from)s: nobody buys it before.")
        yield Finding(Check.DATES, False, sentence % facts, _("Show it from the same day."), "visible_from")
    if shown[1] < bought[1]:
        sentence = _("It can be bought until %(last)s, but is shown only until %(shown_to)s: nobody buys it later.")
        yield Finding(Check.DATES, False, sentence % facts, _("Show it until the same day."), "visible_to")
    if shown[0] < bought[0]:
        sentence = _("It is shown from %(shown_from)s, but can be bought only from %(first)s.")
        yield Finding(Check.DATES, False, sentence % facts, _("Leave it so if you mean to announce it."), "active_from")


def _target(standing: Standing, at: datetime) -> Iterator[Finding]:
    if not standing.groups:
        sentence = _("It was aimed at levels or segments that do not exist any more: nobody sees it.")
        if not standing.aims:
            sentence = _("It is aimed at nobody.")
        yield Finding(Check.TARGET, True, sentence, _("Choose a level or a segment."), "levels")
        return
    if len(standing.groups) < standing.aims:
        sentence = _("It is also aimed at levels or segments that do not exist any more.")
        yield Finding(Check.TARGET, False, sentence, _("Take out those that were deleted."), "levels")
    for group in standing.groups:
        if not group.active:
            sentence = _("“%(name)s” is not active.") % {"name": group.name}
            yield Finding(Check.TARGET, False, sentence, _("Activate it, or choose another one."), group.field)
    if not any(group.has_members for group in standing.groups):
        sentence = _("No customer is on these levels or in these segments now.")
        yield Finding(Check.TARGET, False, sentence, _("Choose others, unless customers are still to come."), "levels")


def _stock(standing: Standing, at: datetime) -> Iterator[Finding]:
    campaign, place = standing.campaign, "codes" if standing.campaign.single_coupon else LOADING
    if not standing.has_codes:
        remedy = _("Enter the code.") if campaign.single_coupon else _("Generate, import or enter codes.")
        yield Finding(Check.STOCK, True, _("It has no codes: there is nothing to sell."), remedy, place)
    elif not campaign.unlimited and standing.sold >= campaign.limit:
        sentence = _("The limit is reached: %(sold)d of %(limit)d are sold.")
        facts = {"sold": standing.sold, "limit": campaign.limit}
        yield Finding(Check.STOCK, True, sentence % facts, _("Raise the limit."), "limit")
    elif not campaign.single_coupon:
        yield from _pool(standing)


def _pool(standing: Standing) -> Iterator[Finding]:
    if standing.free == 0:
        sentence = _("No code is left: all were handed out or withdrawn.")
        yield Finding(Check.STOCK, True, sentence, _("Generate, import or enter more codes."), LOADING)
    elif not standing.campaign.unlimited and standing.free + standing.sold < standing.campaign.limit:
        sentence = _("The codes do not reach for the limit of %(limit)d: %(n)d can be sold in all.")
        facts = {"limit": standing.campaign.limit, "n": standing.free + standing.sold}
        yield Finding(Check.STOCK, False, sentence % facts, _("Add codes, or lower the limit."), LOADING)


def _cost(standing: Standing, at: datetime) -> Iterator[Finding]:
    if standing.campaign.cost_in_points <= 0:
        remedy = _("Leave it so if you mean to give it away.")
        yield Finding(Check.COST, False, _("It costs no points."), remedy, "cost_in_points")


def _photo(standing: Standing, at: datetime) -> Iterator[Finding]:
    if not standing.campaign.photo:
        sentence = _("It has no picture: apps show an empty box.")
        yield Finding(Check.PHOTO, False, sentence, _("Choose a picture."), "picture")
    elif not standing.campaign.photo_alt:
        sentence = _("Nothing says what the picture shows, for people who cannot see it.")
        yield Finding(Check.PHOTO, False, sentence, _("Describe it in a few words."), "photo_alt")


def _texts(standing: Standing, at: datetime) -> Iterator[Finding]:
    missing = {
        "short_description": (_("The short description is missing."), _("Say what customers get.")),
        "conditions_description": (_("The conditions are missing."), _("Say for whom and for what it holds.")),
        "usage_instruction": (_("How to use it is missing."), _("Say what to do with the code.")),
    }
    for field, (sentence, remedy) in missing.items():
        if not getattr(standing.campaign, field).strip():
            yield Finding(Check.TEXTS, False, sentence, remedy, field)


RULES: Sequence[Rule] = (_dates, _target, _stock, _cost, _photo, _texts)


def _moment(at: datetime) -> str:
    return date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")
