"""What a movement says: the payment for a reward names the reward's coupon there, which not everybody may see."""

from django.db.models import Case, F, TextField, Value, When
from django.http import HttpRequest

from points.models import Transfer

SOLD_CODES = "campaigns.view_sold_codes"  # by its name: campaigns stand above points
WITHOUT_CODES = Case(
    When(kind=Transfer.Kind.SPEND, channel=Transfer.Channel.REWARD, then=Value("")),
    default=F("comment"),
    output_field=TextField(),
)


def may_read_all(request: HttpRequest) -> bool:
    return request.user.has_perm(SOLD_CODES)


def said_to(request: HttpRequest) -> Case | F:
    """The comment as far as the reader may see it."""
    return F("comment") if may_read_all(request) else WITHOUT_CODES
