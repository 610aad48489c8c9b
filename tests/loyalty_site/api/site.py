"""Small views that do one thing each, for the tests of the kit."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError, connection
from django.http import Http404, HttpResponse
from django.urls import path
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated, NotFound, Throttled
from rest_framework.exceptions import PermissionDenied as Forbidden
from rest_framework.response import Response
from rest_framework.views import APIView

from loyalty_site.api.dialects import Dialect, Saying
from loyalty_site.api.openloyalty import OpenLoyalty
from loyalty_site.errors import DomainError
from loyalty_site.urls import handler400, handler403, handler404, handler500  # noqa: F401


class SoldOut(DomainError):
    pass


class NothingLeftToday(SoldOut):
    pass


class Unknown(DomainError):
    pass


class Unworded(DomainError):
    pass


class Numbered(Dialect):
    """A dialect of another kind."""

    challenge = "Basic"

    def refused(self, saying, text):
        return {"errors": [{"code": saying.code, "message": text}]}

    def failed(self, status, error=None):
        return {"errors": [{"code": status}]}


class Open(APIView):
    authentication_classes = ()
    permission_classes = ()


class Echo(Open):
    def get(self, request):
        return Response({"data": request.data})

    post = put = get


class Raising(Open):
    dialect = OpenLoyalty(says={SoldOut: Saying(400, None, "Only {left} left"), Unknown: Saying(404)})
    error: Exception = Http404()

    def get(self, request):
        raise self.error


class RaisingInNumbers(Raising):
    dialect = Numbered(says={SoldOut: Saying(409, 8874, "none of {wanted}")})


class Small(Open):
    max_body = 10

    def post(self, request):
        return Response({"data": request.data})


class SmallInNumbers(Small):
    dialect = Numbered()


def lost_database():
    error = OperationalError("server closed the connection unexpectedly")
    error.__cause__ = Exception("no SQLSTATE")
    return error


def middleware_traces(request):
    connection.ensure_connection()
    return HttpResponse(f"{hasattr(request, 'session')} {hasattr(request, 'user')} {hasattr(request, '_messages')}")


ERRORS = {
    "no-token": NotAuthenticated(),
    "bad-token": AuthenticationFailed(),
    "bad-log-in": AuthenticationFailed("Bad credentials"),
    "forbidden": Forbidden(),
    "permission-denied": PermissionDenied(),
    "not-found": NotFound(),
    "http-404": Http404(),
    "suspicious": SuspiciousOperation(),
    "throttled": Throttled(wait=2.5),
    "lost-database": lost_database(),
    "sold-out": SoldOut(left=0, wanted=3),
    "nothing-left-today": NothingLeftToday(left=1, wanted=3),
    "unknown": Unknown(),
    "unworded": Unworded(),
    "bug": ZeroDivisionError(),
}

urlpatterns = [
    path("admin/traces", middleware_traces),
    path("admin/", admin.site.urls),
    path("api/traces", middleware_traces),
    path("api/echo", Echo.as_view()),
    path("api/small", Small.as_view()),
    path("v2/small", SmallInNumbers.as_view()),
    *[path(f"api/raise/{name}", Raising.as_view(error=error)) for name, error in ERRORS.items()],
    *[path(f"v2/raise/{name}", RaisingInNumbers.as_view(error=error)) for name, error in ERRORS.items()],
]
