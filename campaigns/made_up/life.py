"""The demo's campaigns beside those of the documents, and the year in which customers buy what they offer."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from campaigns import photos
from campaigns.images import redrawn
from campaigns.made_up import purchases
from campaigns.made_up.catalogue import SAMPLES
from campaigns.made_up.pictures import photo_of
from campaigns.made_up.samples import Pool
from campaigns.made_up.shelves import Member, Shelf
from campaigns.made_up.year import MARKETING, PlayedYear
from campaigns.models import Campaign
from campaigns.services import Draft, create
from customers.made_up.groups import LEVELS
from customers.models import Customer, SegmentMembership, Transaction
from loyalty_site.bulk_rows import add_all
from loyalty_site.made_up.dice import Dice
from loyalty_site.made_up.seasons import midnight_before
from points.made_up import telling, writing

COUPONS = 20_000


def load(say: Callable[[str], object], at: datetime, *, coupons: int = COUPONS) -> None:
    """Add them, unless they are there."""
    dice = Dice("campaigns")
    shelves = [Shelf(dice.uuid(), sample, midnight_before(at), dice) for sample in SAMPLES]
    if Campaign.objects.filter(pk=shelves[0].id).exists():
        say("the campaigns' life is there already")
        return
    year = PlayedYear(_members(), shelves, at, dice)
    _fill_up(shelves, coupons)
    say(f"{sum(_add(shelf) for shelf in shelves)} coupons of {len(shelves)} campaigns")
    say(f"{_add_photos(shelves)} photos of campaigns")
    say(f"{writing.write(year.books.values())} movements of points")
    purchases.write(year.bought, dice)
    say(f"{len(year.bought)} rewards bought")
    told = [*telling.entries_of(year.books.values()), *purchases.entries_of(year.bought)]
    add_all(sorted(told, key=lambda entry: entry.at))
    say(f"{len(told)} entries in the audit trail")


def _members() -> list[Member]:
    """The made-up customers with their sales, in an order that does not depend on the database."""
    segments, sales = defaultdict(set), defaultdict(list)
    for customer_id, segment_id in SegmentMembership.objects.values_list("customer", "segment"):
        segments[customer_id].add(segment_id)
    documents = Transaction.objects.filter(customer__level__in=LEVELS).order_by("purchased_at", "document_number")
    for customer_id, *sale in documents.values_list("customer", "purchased_at", "gross_value", "document_number"):
        sales[customer_id].append(tuple(sale))
    everybody = Customer.objects.filter(level__in=LEVELS).order_by("number").values_list("pk", "level")
    return [Member(pk, level_id, frozenset(segments[pk]), sales[pk]) for pk, level_id in everybody]


def _fill_up(shelves: list[Shelf], coupons: int) -> None:
    """The last pool to be filled makes up the number."""
    for shelf in sorted(shelves, key=lambda shelf: shelf.sample.codes is Pool.THE_REST):
        shelf.fill_up(coupons - sum(len(other.codes) for other in shelves if other is not shelf))


def _add(shelf: Shelf) -> int:
    """The campaign with its pool, as staff made it. Returns the size of the pool."""
    sample = shelf.sample
    draft = Draft(
        settings=sample.settings(shelf.today, limit=sample.limited_to or len(shelf.codes)),
        codes=shelf.codes,
        level_ids=sample.levels,
        segment_ids=sample.segments,
        labels=sample.labels,
    )
    create(draft, campaign_id=shelf.id, actor=MARKETING, at=sample.made_at(shelf.today))
    return len(shelf.codes)


def _add_photos(shelves: Iterable[Shelf]) -> int:
    """Through the door that uploads go through."""
    shown = [shelf for shelf in shelves if shelf.sample.motif]
    for shelf in shown:
        name = photos.keep(redrawn(photo_of(shelf.sample)))
        at = shelf.sample.made_at(shelf.today) + timedelta(minutes=25)
        shows = f"{shelf.sample.name} (drawing: {shelf.sample.motif.replace('_', ' ')})"
        photos.set_photo(shelf.id, name, actor=MARKETING, at=at, framing=photos.Framing(shows))
    return len(shown)
