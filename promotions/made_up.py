"""The demo's promotions beside those of the documents: in every state, with customers enrolled in them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from customers.made_up.groups import LEVELS
from customers.models import Customer
from loyalty_site.access import audit, demo
from loyalty_site.access.actors import Actor
from loyalty_site.access.models import AuditEntry
from loyalty_site.bulk_rows import add_all, add_rows
from loyalty_site.made_up.dice import Dice
from promotions import services
from promotions.demo import PROGRAM, number_on
from promotions.models import Enrolment, Participation, Program, Promotion

Kind, Status, State = Promotion.Kind, Promotion.Status, Enrolment.State
MARKETING = Actor("user", str(demo.MARKETING), "marketing")
CAPILLARY = Actor("token", str(demo.CAPILLARY), "Capillary client")
SEASONS = 470
SOURCES = {"INSTORE": 5, "MOBILE_APP": 3, "ECOMMERCE": 2}


@dataclass(frozen=True)
class Sample:
    """A promotion; its days are told from today, `days` is how long an enrolment runs."""

    number: int
    program: int
    name: str
    opens: int
    closes: int | None
    share: float = 0  # of the customers who were enrolled
    limit: int = 1
    days: int | None = None
    kind: Promotion.Kind = Kind.LOYALTY_EARNING
    status: Promotion.Status = Status.ACTIVE


SAMPLES = [
    Sample(65801, PROGRAM, "Ten stamps, one coffee", -200, None, share=0.45, limit=12, days=60),
    Sample(65802, PROGRAM, "Bring a friend, get 100 points", -90, 120, share=0.2, limit=3, days=30),
    Sample(65803, SEASONS, "Double points in autumn", -60, 20, share=0.3),
    Sample(65804, SEASONS, "Summer of cold brew", -170, -80, share=0.35, limit=2, days=30),
    Sample(65805, SEASONS, "Triple points in January", 40, 71),
    Sample(65806, SEASONS, "Twelve days of coffee", 20, 32, status=Status.DRAFT),
    Sample(65807, PROGRAM, "Points for your own cup", -120, 200, share=0.15, limit=5, status=Status.PAUSED),
    Sample(65808, PROGRAM, "Scratch cards", -150, 60, share=0.05, status=Status.CANCELLED),
    Sample(65809, PROGRAM, "Points on every gift card", -300, None, kind=Kind.GENERIC),
]


def load(say: Callable[[str], object], at: datetime) -> None:
    """Add them, unless they are there."""
    if Program.objects.filter(pk=SEASONS).exists():
        say("the promotions' life is there already")
        return
    dice, enrolments = Dice("promotions"), []
    services.add_program(pk=SEASONS, name="Seasons", actor=MARKETING, at=at - timedelta(days=210))
    known = Customer.objects.filter(level__in=LEVELS).order_by("number").values_list("pk", "created_at")
    for sample in SAMPLES:
        promotion = _add(sample, at)
        for customer_id, joined_at in known:
            if dice.falls(sample.share):
                enrolments += _turns(promotion, customer_id, max(joined_at, promotion.starts_at), at, dice)
    number_on()
    Enrolment.objects.bulk_create(sorted(enrolments, key=lambda turn: turn.enrolled_at), batch_size=1_000)
    _count(enrolments)
    add_all(_told(enrolment) for enrolment in enrolments)
    say(f"{len(SAMPLES)} promotions, {len(enrolments)} enrolments")


def _add(sample: Sample, at: datetime) -> Promotion:
    starts_at = at + timedelta(days=sample.opens)
    made_at = min(starts_at, at) - timedelta(days=5)
    promotion = services.create_promotion(
        pk=sample.number,
        program=Program.objects.get(pk=sample.program),
        name=sample.name,
        kind=sample.kind,
        status=sample.status if sample.status == Status.DRAFT else Status.ACTIVE,
        starts_at=starts_at,
        ends_at=None if sample.closes is None else at + timedelta(days=sample.closes),
        enrolment_limit=sample.limit,
        valid_days=sample.days,
        actor=MARKETING,
        at=made_at,
    )
    if sample.status not in (Status.DRAFT, Status.ACTIVE):
        services.set_status(promotion.pk, sample.status, actor=MARKETING, at=at - timedelta(days=2))
    return promotion


def _turns(promotion: Promotion, customer_id: UUID, since: datetime, at: datetime, dice: Dice) -> list[Enrolment]:
    """The customer's turns, of which only the last one runs; one in thirty is taken back."""
    until = min(at - timedelta(days=3), promotion.ends_at or at)
    if since >= until:
        return []
    most = min(promotion.enrolment_limit, 1 + int(dice.random() * 3))
    moments = sorted(dice.moment(since, until) for _ in range(most))
    return [
        Enrolment(
            promotion=promotion,
            customer_id=customer_id,
            turn=turn,
            state=State.REPLACED if turn < most else State.REVOKED if dice.falls(0.03) else State.RUNNING,
            enrolled_at=moment,
            ends_at=promotion.enrolment_ends_at(moment),
            source=dice.weighted(SOURCES),
            actor=CAPILLARY.key,
            actor_label=CAPILLARY.label,
        )
        for turn, moment in enumerate(moments, start=1)
    ]


def _count(enrolments: list[Enrolment]) -> None:
    counted: dict[tuple[int, UUID], list[int]] = {}
    for enrolment in enrolments:
        turns = counted.setdefault((enrolment.promotion_id, enrolment.customer_id), [0, 0])
        turns[0] += 1
        turns[1] += enrolment.state == State.REVOKED
    add_rows(Participation, ["promotion", "customer", "turns", "revoked"], ((*key, *n) for key, n in counted.items()))


def _told(enrolment: Enrolment) -> AuditEntry:
    facts = {"customer": str(enrolment.customer_id), "turn": enrolment.turn, "source": enrolment.source}
    return audit.entry("customer enrolled", enrolment.promotion, actor=CAPILLARY, at=enrolment.enrolled_at, after=facts)
