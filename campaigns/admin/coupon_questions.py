"""What is asked before one code is withdrawn, or put back on sale."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns import shelving
from campaigns.models import Coupon
from loyalty_site.backoffice.decisions import Decision
from loyalty_site.backoffice.reasons import ReasonForm
from loyalty_site.backoffice.staff import actor_of
from loyalty_site.errors import DomainError


class NotSoAnyMore(DomainError):
    """Somebody was faster: the code was sold, withdrawn or released meanwhile."""


def withdrawing(request: HttpRequest, coupon: Coupon) -> Decision:
    return Decision(
        title=_("Withdraw “%(code)s”") % {"code": coupon},
        explanation=_("The code goes off sale at once. It can be put back later."),
        button=_("Withdraw"),
        act=_acting(request, coupon, shelving.withdraw, _("The code is withdrawn.")),
        refused=_refused,
        form=ReasonForm,
        back=_page(coupon),
        dangerous=True,
    )


def releasing(request: HttpRequest, coupon: Coupon) -> Decision:
    return Decision(
        title=_("Put “%(code)s” back on sale") % {"code": coupon},
        explanation=_(
            "The code can be bought again, behind the others of “%(campaign)s” and as far as the limit allows."
        )
        % {"campaign": coupon.campaign},
        button=_("Put back on sale"),
        act=_acting(request, coupon, shelving.release, _("The code is back on sale.")),
        refused=_refused,
        form=ReasonForm,
        back=_page(coupon),
    )


def _acting(
    request: HttpRequest, coupon: Coupon, service: Callable[..., list[int]], told: str
) -> Callable[[dict[str, Any]], str]:
    def act(data: dict[str, Any]) -> str:
        facts = {"actor": actor_of(request), "at": timezone.now(), "reason": data["reason"]}
        if not service(coupon.campaign_id, [coupon.pk], **facts):
            raise NotSoAnyMore
        return told

    return act


def _refused(refusal: DomainError) -> str:
    return _("Nothing was done: the code was sold, withdrawn or put back in the meantime.")


def _page(coupon: Coupon) -> str:
    return reverse("admin:campaigns_coupon_change", args=[coupon.pk])
