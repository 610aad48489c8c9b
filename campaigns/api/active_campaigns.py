"""The names of what can be bought now, for the lists that front ends choose from."""

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from campaigns.api.openloyalty import DIALECT
from campaigns.eligibility import Question
from campaigns.models import Campaign
from loyalty_site.api.parameters import parameters_of

MOST = 10_000  # no list to choose from is longer; the full one, with pages, is `GET /api/campaign?active=1`


class ActiveCampaignViewSet(ViewSet):
    dialect = DIALECT

    def list(self, request: Request) -> Response:
        """`GET /api/campaign/active`: switched on and within the activity window, in order of creation; no pages."""
        parameters_of(request)  # none is needed, but what cannot be read is refused
        active = Campaign.objects.meeting(Question.ACTIVE, None, timezone.now())
        latest = list(active.order_by("-created_at", "-pk").values_list("pk", "name")[:MOST])
        return Response({"campaigns": [{"id": str(pk), "name": name} for pk, name in reversed(latest)]})
