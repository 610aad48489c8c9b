"""What becomes of rewards whose buyer is erased: nothing. They were paid for, and a sold code is never sold again."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.models import Purchase
from loyalty_site.access.actors import Actor
from loyalty_site.privacy import Erasure, Person


def erase(person: Person, *, actor: Actor, at: datetime) -> None:
    """Purchases name the empty shell, and hold nothing of the person."""


def foretold(person: Person, at: datetime) -> list[str]:
    unused = Purchase.objects.filter(customer=person.id, used=False, refunded_at=None).count()
    told = [_("Purchases stay in the books, without the person.")]
    if unused:
        stay = ngettext(
            "%(n)d coupon was not used. It stays sold, and nobody gets it back.",
            "%(n)d coupons were not used. They stay sold, and nobody gets them back.",
            unused,
        )
        told.append(stay % {"n": unused})
    return told


ERASURE = Erasure(erase, foretold)
