"""The demo's offers beside those of the documents: in every status, given to many, with every kind of answer."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from customers.made_up.groups import LEVELS
from customers.models import Customer
from loyalty_site.access import audit, demo
from loyalty_site.access.actors import Actor
from loyalty_site.access.models import AuditEntry, Partner
from loyalty_site.bulk_rows import add_all, add_rows
from loyalty_site.made_up.dice import Dice
from offers import services
from offers.models import CustomerOffer, Offer

State, Status = CustomerOffer.State, Offer.Status
MARKETING = Actor("user", str(demo.MARKETING), "marketing")
PARTNER = Actor("token", str(demo.PARTNER), "Partner's system")
COLUMNS = [
    *("id", "trace_id", "offer", "customer", "code", "rank", "displayed_from", "effective_from", "expires_at"),
    *("state", "accepted_at", "version", "source", "reference", "partner", "given_at"),
]


@dataclass(frozen=True, kw_only=True)
class Sample:
    """An offer, and to which share of the customers it was given. Days are told from today; `lasts` None: for good."""

    code: str
    name: str
    description: str
    opens: int
    lasts: int | None
    share: float
    status: Offer.Status = Status.ACTIVE
    rank: int = 5
    by_partner: bool = False


SAMPLES = [
    Sample(
        code="SUMMER_CUP",
        name="The summer cup",
        description="A cup that keeps cold, with the third iced coffee.",
        opens=-150,
        lasts=60,
        share=0.3,
    ),
    Sample(
        code="BEANS_OF_THE_MONTH",
        name="Beans of the month",
        description="15 percent off the roast that we like best this month.",
        opens=-20,
        lasts=45,
        share=0.5,
        rank=1,
    ),
    Sample(
        code="TASTING_SEAT",
        name="A seat at the tasting",
        description="Five coffees, one table. Bring somebody along.",
        opens=-12,
        lasts=30,
        share=0.15,
        rank=2,
    ),
    Sample(
        code="BIRTHDAY_DRINK",
        name="A birthday drink",
        description="Any drink, in the week of your birthday.",
        opens=-60,
        lasts=None,
        share=0.25,
    ),
    Sample(
        code="GAME_SMALL_PRIZE",
        name="A small prize of the game",
        description="Won in the partner's game: a biscuit with the coffee.",
        opens=-40,
        lasts=80,
        share=0.2,
        rank=6,
        by_partner=True,
    ),
    Sample(
        code="WINTER_PREVIEW",
        name="The winter menu, before all others",
        description="From next month on.",
        opens=21,
        lasts=60,
        share=0.2,
    ),
    Sample(
        code="DOUBLE_WEEKEND",
        name="Double points this weekend",
        description="Stopped while the tills are being updated.",
        opens=-15,
        lasts=40,
        share=0.2,
        status=Status.PAUSED,
    ),
    Sample(
        code="OLD_CARD_BONUS",
        name="A bonus for the old card",
        description="Withdrawn: the old cards are gone.",
        opens=-200,
        lasts=120,
        share=0.08,
        status=Status.CANCELLED,
    ),
    Sample(
        code="EASTER_HUNT",
        name="Easter egg hunt",
        description="To be written.",
        opens=120,
        lasts=20,
        share=0,
        status=Status.DRAFT,
    ),
    Sample(
        code="OFFICE_BOX",
        name="A box for the office",
        description="Five kilos at the price of four.",
        opens=30,
        lasts=90,
        share=0,
        status=Status.DRAFT,
    ),
]
ANSWERS = {State.NONE: 5, State.ACCEPTED: 3, State.DECLINED: 1, State.COMPLETED: 2}


def load(say: Callable[[str], object], at: datetime) -> None:
    """Add them, unless they are there."""
    if Offer.objects.filter(code=SAMPLES[0].code).exists():
        say("the offers' life is there already")
        return
    dice, given = Dice("offers"), []
    active = Customer.objects.filter(level__in=LEVELS, status=Customer.Status.ACTIVE)
    customers = list(active.order_by("number").values_list("pk", flat=True))
    for sample in SAMPLES:
        offer = _add(sample, at, dice)
        some = [customer_id for customer_id in customers if dice.falls(sample.share)]
        given += [_given(sample, offer, customer_id, at, dice) for customer_id in some]
    add_rows(CustomerOffer, COLUMNS, (_row(one) for one in given))
    add_all(entry for one in given for entry in _told(one))
    say(f"{len(SAMPLES)} offers, given {len(given)} times")


def _add(sample: Sample, at: datetime, dice: Dice) -> Offer:
    """Made and released before it was first given; switched later to what it is now."""
    made_at = min(at + timedelta(days=sample.opens - 7), at - timedelta(days=2))
    fields = {"code": sample.code, "name": sample.name, "description": sample.description, "rank": sample.rank}
    partners = [Partner.objects.get(pk=demo.PARTNER)] if sample.by_partner else []
    offer = services.create_offer(pk=dice.uuid(), partners=partners, **fields, actor=MARKETING, at=made_at)
    if sample.status != Status.DRAFT:
        services.set_status(offer.pk, Status.ACTIVE, actor=MARKETING, at=made_at + timedelta(hours=2))
    if sample.status not in (Status.DRAFT, Status.ACTIVE):
        services.set_status(offer.pk, sample.status, actor=MARKETING, at=at - timedelta(days=1))
    return offer


def _given(sample: Sample, offer: Offer, customer_id: UUID, at: datetime, dice: Dice) -> CustomerOffer:
    """Given on a day of the first weeks, and answered a day or so later where it could be."""
    opens = at + timedelta(days=sample.opens)
    given_at = dice.moment(min(opens, at - timedelta(days=2)), min(opens + timedelta(days=14), at))
    answered_at = given_at + timedelta(hours=dice.randint(1, 60))
    state = dice.weighted(ANSWERS) if opens < given_at and answered_at < at else State.NONE
    return CustomerOffer(
        pk=dice.uuid(),
        trace_id=dice.uuid(),
        offer=offer,
        customer_id=customer_id,
        code=sample.code,
        rank=sample.rank,
        displayed_from=min(opens, given_at),
        effective_from=opens,
        expires_at=opens + timedelta(days=sample.lasts) if sample.lasts else None,
        state=state,
        accepted_at=answered_at if state in (State.ACCEPTED, State.COMPLETED) else None,
        version={State.NONE: 1, State.COMPLETED: 3}.get(state, 2),
        source="game" if sample.by_partner else "newsletter",
        reference=f"{sample.name} {opens:%B %Y}",
        partner_id=demo.PARTNER if sample.by_partner else None,
        given_at=given_at,
    )


def _row(given: CustomerOffer) -> list[object]:
    return [getattr(given, CustomerOffer._meta.get_field(name).attname) for name in COLUMNS]


def _told(given: CustomerOffer) -> Iterator[AuditEntry]:
    by = PARTNER if given.partner_id else MARKETING
    facts = {"customer": str(given.customer_id)}
    yield audit.entry("offer given", given, actor=by, at=given.given_at, after=facts)
    if given.accepted_at:
        after = {"state": State.ACCEPTED.value}
        yield audit.entry("offer accepted", given, actor=MARKETING, at=given.accepted_at, after=after)
