"""What the search of the back office finds of promotions."""

from collections.abc import Sequence

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from loyalty_site.backoffice.finding import Finder, Hit, few, hit
from promotions.models import Promotion

MOST_DIGITS = 18  # of a number that the column can hold


def _promotions(request: HttpRequest, text: str) -> Sequence[Hit]:
    """Promotions are few: any part of their names will do."""
    asked = Q(name__icontains=text)
    if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS:
        asked |= Q(pk=int(text))
    return [hit(promotion) for promotion in few(Promotion.objects.filter(asked))]


PROMOTIONS = Finder(
    _("Promotions"),
    _("A part of a promotion's name, or its number"),
    ("promotions.view_promotion",),
    _promotions,
    "admin:promotions_promotion_changelist",
)
