"""Where the rows behind a figure of campaigns and purchases are listed."""

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse


def campaigns(**chosen: str) -> str:
    """The list of campaigns with these filters chosen."""
    page = reverse("admin:campaigns_campaign_changelist")
    return f"{page}?{urlencode(chosen)}" if chosen else page


def purchases(moment: str, first: date, last: date, **chosen: str) -> str:
    """The purchases that were bought, used or refunded, as the name of the moment says, on these days."""
    asked = chosen | {f"{moment}_from": first.isoformat(), f"{moment}_to": last.isoformat()}
    return f"{reverse('admin:campaigns_purchase_changelist')}?{urlencode(asked)}"
