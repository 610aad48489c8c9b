"""The customer's level, and the way to the next."""

from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from customers.models import Customer
from customers.progress import Progress, progress_of
from loyalty_site.backoffice.panels import Panel


def level(request: HttpRequest, customer: Customer, at: datetime) -> Panel | None:
    if not request.user.has_perm("customers.view_transaction"):
        return None
    progress = progress_of(customer)
    told = {"progress": progress, "sentence": sentence(customer, progress), "by_hand": customer.level_set_by_hand}
    return Panel(
        _("Level %(level)s") % {"level": customer.level.name},
        drawn=render_to_string("customers/admin/level.html", told),
        anchor="level",
    )


def sentence(customer: Customer, progress: Progress) -> str:
    following = progress.following
    facts = {
        "spent": money(progress.amount),
        "missing": money(progress.missing),
        "level": following.name if following else customer.level.name,
    }
    if following is None:
        return _("%(spent)s spent. %(level)s is the highest level.") % facts
    if progress.missing == 0:
        return _("%(spent)s spent, which is enough for %(level)s.") % facts
    return _("%(missing)s to %(level)s: %(spent)s spent so far.") % facts


def money(amount: Decimal) -> str:
    """With two decimals, in the currency of the programme."""
    return f"{number_format(amount, 2)} {settings.CURRENCY.upper()}"
