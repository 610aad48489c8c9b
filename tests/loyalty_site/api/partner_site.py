"""Views of the three partners' dialects, at paths like theirs, for the tests of the kit."""

from django.urls import path
from rest_framework.response import Response
from rest_framework.views import APIView

from loyalty_site.api.capillary import Capillary
from loyalty_site.api.dialects import Saying
from loyalty_site.api.edge import run_write
from loyalty_site.api.exchange_solutions import ExchangeSolutions
from loyalty_site.api.parsing import ObjectParser
from loyalty_site.api.rbi import Rbi
from loyalty_site.api.strict import Object, read
from loyalty_site.api.strict_fields import Integer, Text
from loyalty_site.errors import DomainError
from loyalty_site.urls import handler400, handler403, handler404, handler500  # noqa: F401

BODY = Object({"points": Integer(), "partner": Text(8)})


class NobodyThere(DomainError):
    pass


class Thing(APIView):
    parser_classes = (ObjectParser,)

    def post(self, request, who):
        values = read(request, BODY)
        return run_write(request, lambda: self.effect(who, values), dialect=self.dialect)

    def effect(self, who, values):
        if who == "nobody":
            raise NobodyThere(who=who)
        if who == "bug":
            raise ZeroDivisionError
        return 200, values


class RbiThing(Thing):
    dialect = Rbi(says={NobodyThere: Saying(404, "UserNotFoundError", "There is no {who}")})


class CapillaryThing(Thing):
    dialect = Capillary(says={NobodyThere: Saying(400, 8015, "Customer not found for the given identifiers")})


class EsThing(Thing):
    dialect = ExchangeSolutions(
        {NobodyThere: Saying(404, "PROMO_NOT_FOUND", "Targeted offer does not exist")},
        invalid="Acceptance state is invalid",
    )

    def get(self, request, who):
        return Response({"who": who})


urlpatterns = [
    path("loyalty/user/<str:who>/points", RbiThing.as_view(), name="rbi"),
    path("v2/promotion/<str:who>", CapillaryThing.as_view(), name="capillary"),
    path("client/users/<str:who>", EsThing.as_view(), name="es"),
]
