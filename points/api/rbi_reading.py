"""What RBI's partners read of a customer's points. Rule: RBI, partner endpoints, "Fetch user details" and others."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from customers.api.rbi import USER_NOT_FOUND, user_in_path
from customers.models import Customer
from loyalty_site.access.actors import Principal
from loyalty_site.api.milliseconds import written
from loyalty_site.api.paging import MOST_PER_PAGE, page_of
from loyalty_site.api.rbi import Rbi
from loyalty_site.api.rbi_requests import RbiCall
from loyalty_site.api.strict import Object
from loyalty_site.api.strict_fields import SomeOf, Uuid
from points.api.rbi_transaction import CHANNELS, listed_object
from points.days import day_of
from points.models import Bucket, Transfer
from points.questions import TransferQuerySet

DIALECT = Rbi(USER_NOT_FOUND)
STATUSES = ("PENDING", "CLAIMED")
EVERY_CHANNEL = (*dict.fromkeys(CHANNELS.values()), "WEB", "REMEDIATION")
SEARCH = Object(
    {
        "loyaltyId": Uuid(),
        "statuses": SomeOf(STATUSES, required=False),
        "excludedChannels": SomeOf(EVERY_CHANNEL, required=False),
    }
)


class UserView(RbiCall, APIView):
    """`GET /loyalty/user/<loyaltyUserId>`"""

    dialect = DIALECT

    def get(self, request: Request, user: str) -> Response:
        self.check_headers(request)
        return Response(user_object(user_in_path(user, request.user), timezone.now()))


class TransactionsView(RbiCall, APIView):
    """`GET /loyalty/user/<loyaltyUserId>/transactions?page&perPage`: all movements, the latest first."""

    dialect = DIALECT

    def get(self, request: Request, user: str) -> Response:
        self.check_headers(request)
        page, total = page_of(_movements_of(user, request.user), request, sorts={}, default="-sequence")
        return Response({"transactions": [listed_object(one, request.user.partner) for one in page], "total": total})


class TransactionSearchView(RbiCall, APIView):
    """`POST /transactions/search`: the latest movements of one customer, at most 1,000."""

    dialect = DIALECT

    def post(self, request: Request) -> Response:
        asked = self.asked(request, SEARCH)
        found = _movements_of(str(asked["loyaltyId"]), request.user)
        if "CLAIMED" not in asked.get("statuses", STATUSES):
            found = found.none()  # nothing waits: points count from the moment they are added
        if excluded := asked.get("excludedChannels"):
            found = found.exclude(channel__in=[own for own, theirs in CHANNELS.items() if theirs in excluded])
        latest = found.order_by("-sequence")[:MOST_PER_PAGE]
        return Response([listed_object(movement, request.user.partner) for movement in latest])


def user_object(customer: Customer, at: datetime) -> dict[str, Any]:
    """The balance is the sum of the buckets that can still be spent, so that the two always agree."""
    live = Bucket.objects.filter(account=customer.pk, points__gt=0, expires_on__gte=day_of(at))
    buckets = list(live.values_list("expires_on", "points"))
    return {
        "id": str(customer.pk),
        "name": customer.full_name,
        "email": customer.email or "",
        "createdAt": written(customer.created_at),
        "updatedAt": written(customer.updated_at),
        "points": sum(points for _, points in buckets),
        "expirationBuckets": [{"expirationDate": day.isoformat(), "pointsToExpire": points} for day, points in buckets],
        "loyaltyTier": {"loyaltyTierKey": customer.level.name},
        "pointsEarningDisabled": False,  # points can be added whatever the status
    }


def _movements_of(user: str, caller: Principal) -> TransferQuerySet:
    return Transfer.objects.filter(account=user_in_path(user, caller).pk)
