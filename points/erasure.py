"""The points of somebody who is erased: taken with a movement of their own, so that the books say where they went."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loyalty_site.access.actors import Actor
from loyalty_site.privacy import Erasure, Person
from points import ledger, services
from points.adjustments import deciding
from points.adjustments.models import Adjustment
from points.expiry import expire_account
from points.ledger import Note
from points.models import Account, Transfer

REFERENCE = "erased"


def erase(person: Person, *, actor: Actor, at: datetime) -> None:
    """Raises CustomerNotFound for somebody who was erased before."""
    ledger.hold(person.id)
    deciding.close_all_of(person.id, at=at)
    expire_account(person.id, at=at)
    left = Account.objects.spendable_of(person.id, at)
    if left:
        note = Note(channel=Transfer.Channel.ADMIN, actor=actor, reference=REFERENCE)
        services.deduct(person.id, left, at=at, note=note)


def foretold(person: Person, at: datetime) -> list[str]:
    left = Account.objects.spendable_of(person.id, at)
    waiting = Adjustment.objects.filter(customer=person.id, state=Adjustment.State.WAITING).count()
    told = [
        ngettext("%(n)d point is taken; the ledger says so.", "%(n)d points are taken; the ledger says so.", left)
        % {"n": left}
        if left
        else _("There are no points left to take."),
        _("The movements of points stay in the books, without the person."),
    ]
    if waiting:
        closed = ngettext(
            "%(n)d adjustment that waits for approval is closed.",
            "%(n)d adjustments that wait for approval are closed.",
            waiting,
        )
        told.append(closed % {"n": waiting})
    return told


ERASURE = Erasure(erase, foretold)
