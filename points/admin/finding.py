"""What the search of the back office finds of points."""

from collections.abc import Sequence

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from loyalty_site.backoffice.finding import Finder, Hit, few, hit, uuid_in
from loyalty_site.backoffice.theme import moment
from points.models import Transfer


def _movements(request: HttpRequest, text: str) -> Sequence[Hit]:
    asked = Q(short_id=text.upper())
    if (transfer_id := uuid_in(text)) is not None:
        asked |= Q(pk=transfer_id)
    found = few(Transfer.objects.filter(asked).for_lists())
    return [hit(transfer, f"{transfer.account.customer} · {moment(transfer.created_at)}") for transfer in found]


MOVEMENTS = Finder(
    _("Movements of points"), _("The short id or the id of a movement of points"), ("points.view_transfer",), _movements
)
