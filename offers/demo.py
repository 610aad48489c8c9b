"""The demo's offers: the config offer of the partners' documents, and Tom's offers in every state there is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from customers.demo import JOHN, TOM
from loyalty_site.access.actors import SYSTEM
from loyalty_site.access.demo import PARTNER
from loyalty_site.access.models import Partner
from offers import services
from offers.answering import Answer
from offers.assigning import Terms
from offers.models import Offer

CONFIG = UUID("1ac7eb33-1e04-40ea-b6f2-38af6bb4bf7a")
YEARS = timedelta(days=2 * 366)
LONG_AGO, YESTERDAY, SOON = timedelta(days=-60), timedelta(days=-1), timedelta(days=400)


@dataclass(frozen=True)
class Sample:
    """An offer and whom it was given to; its dates lie so far from the day of loading."""

    name: str
    displayed: timedelta = LONG_AGO
    effective: timedelta = LONG_AGO
    expires: timedelta | None = YEARS
    status: Offer.Status = Offer.Status.ACTIVE
    customer: UUID = TOM
    declined: bool = False
    completed: bool = False


SAMPLES: dict[str, Sample] = {
    "OFFER_OPEN_1": Sample("A coffee with any cake"),
    "OFFER_OPEN_2": Sample("Two for one on Tuesdays"),
    "OFFER_OPEN_3": Sample("Ten percent off bread"),
    "OFFER_NOEXPIRY": Sample("A birthday present", expires=None),
    "OFFER_PREVIEW": Sample("A summer drink", effective=SOON),
    "OFFER_DECLINED": Sample("A newsletter's reward", declined=True),
    "OFFER_COMPLETED": Sample("A welcome present", completed=True),
    "OFFER_PAUSED": Sample("A second helping", status=Offer.Status.PAUSED),
    "OFFER_EXPIRED": Sample("Last month's special", expires=YESTERDAY),
    "OFFER_UPCOMING": Sample("Next year's special", displayed=SOON, effective=SOON),
    "OFFER_OTHER_MEMBER": Sample("A present for John", customer=JOHN),
}


def load(say: Callable[[str], None], at: datetime) -> None:
    """Add the demo's offers, unless they are there."""
    if Offer.objects.filter(pk=CONFIG).exists():
        say("offers are there already")
        return
    game = {"code": "GAME_PRIZE", "name": "A prize of the game", "status": Offer.Status.ACTIVE}
    released = [Partner.objects.get(pk=PARTNER)]
    services.create_offer(pk=CONFIG, partners=released, **game, actor=SYSTEM, at=at + LONG_AGO)
    for code, sample in SAMPLES.items():
        _add(code, sample, at)
    say(f"{len(SAMPLES) + 1} offers")


def _add(code: str, sample: Sample, now: datetime) -> None:
    """Given when it is first displayed, or long ago; answered right then."""
    given_at = now + LONG_AGO
    by = {"actor": SYSTEM, "at": given_at}
    offer = services.create_offer(code=code, name=sample.name, status=Offer.Status.ACTIVE, **by)
    terms = Terms(
        displayed_from=now + sample.displayed,
        effective_from=now + sample.effective,
        expires_at=now + sample.expires if sample.expires else None,
        source="demo",
    )
    services.assign(offer.pk, sample.customer, terms, **by)
    if sample.declined:
        services.respond(sample.customer, code, Answer.DECLINED, **by)
    if sample.completed:
        services.respond(sample.customer, code, Answer.ACCEPTED, **by)
        services.complete(sample.customer, code, **by)
    if sample.status != Offer.Status.ACTIVE:
        services.set_status(offer.pk, sample.status, actor=SYSTEM, at=now)
