"""The limit of requests per token."""

from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.urls import path
from django.utils import timezone
from rest_framework.response import Response
from rest_framework.views import APIView

from loyalty_site.access import endpoints, throttles
from loyalty_site.access.actors import Role
from loyalty_site.access.endpoints import EVERY_ROLE, admin
from loyalty_site.access.models import AttemptCounter, IdempotencyKey
from loyalty_site.api.capillary import CAPILLARY
from loyalty_site.api.edge import run_write
from loyalty_site.api.openloyalty import OPEN_LOYALTY
from tests.bursts import burst
from tests.callers import Caller
from tests.loyalty_site.access.conftest import AT
from tests.statements import statements

TOO_MANY = {"error": {"code": 429, "message": "Too Many Requests"}}


class Thing(APIView):
    def get(self, request):
        return Response({})

    def post(self, request):
        return run_write(request, lambda: (200, {}), dialect=OPEN_LOYALTY)


class Numbered(Thing):
    dialect = CAPILLARY


urlpatterns = [
    path("thing", Thing.as_view(), name="thing"),
    path("other", Thing.as_view(), name="other"),
    path("v2/thing", Numbered.as_view(), name="numbered"),
]


@pytest.fixture(autouse=True)
def _things(monkeypatch, settings):
    settings.ROOT_URLCONF = __name__
    row = {"GET": EVERY_ROLE, "POST": EVERY_ROLE}
    forbidden = {"GET": admin("campaigns:read")}
    monkeypatch.setattr(endpoints, "ENDPOINTS", {"thing": row, "other": forbidden, "numbered": row})


@pytest.fixture(autouse=True)
def now(monkeypatch):
    """The edge's clock, which stands still until a test moves it."""
    clock = {"now": AT}
    monkeypatch.setattr(timezone, "now", lambda: clock["now"])
    return clock


@pytest.fixture
def limited(token_of):
    """Somebody with a token of two requests a minute."""
    return Caller(x_api_key=token_of(Role.PARTNER, requests_per_minute=2))


def test_requests_above_the_limit_wait_until_the_minute_is_over(limited, now):
    assert [limited.get("/thing")[0] for _ in range(2)] == [200, 200]
    now["now"] = AT + timedelta(seconds=20.5)
    answer = limited.send("GET", "/thing")
    assert (answer.status_code, answer.json(), answer["Retry-After"]) == (429, TOO_MANY, "40")
    now["now"] = AT + timedelta(seconds=60)
    assert [limited.get("/thing")[0] for _ in range(3)] == [200, 200, 429]


def test_the_refusal_is_told_in_the_dialects_words(limited):
    for _ in range(2):
        limited.get("/v2/thing")
    assert limited.get("/v2/thing") == (
        429,
        {"warnings": [], "errors": [{"status": False, "code": 429, "message": "Too Many Requests"}]},
    )


def test_all_endpoints_count_together(limited):
    assert [limited.get(url)[0] for url in ("/thing", "/v2/thing", "/thing")] == [200, 200, 429]


def test_another_token_is_not_touched(limited, token_of):
    other = Caller(x_api_key=token_of(Role.PARTNER, requests_per_minute=1))
    assert [limited.get("/thing")[0] for _ in range(3)] == [200, 200, 429]
    assert other.get("/thing")[0] == 200


def test_a_call_that_is_not_allowed_does_not_count(limited):
    assert [limited.get("/other")[0] for _ in range(3)] == [403] * 3
    assert limited.get("/thing")[0] == 200


def test_a_refused_request_is_kept_under_no_idempotency_key(limited, now):
    for _ in range(2):
        limited.get("/thing")
    assert limited.post("/thing", {}, Idempotency_Key="1")[0] == 429
    assert not IdempotencyKey.objects.exists()
    now["now"] = AT + timedelta(seconds=60)
    answer = limited.send("POST", "/thing", {}, Idempotency_Key="1")
    assert (answer.status_code, "Idempotent-Replayed" in answer) == (200, False)


def test_without_a_limit_nothing_is_counted(token_of):
    free = Caller(x_api_key=token_of(Role.PARTNER))
    free.get("/thing")
    with statements() as seen:
        assert free.get("/thing")[0] == 200
    assert len(seen) == 1
    assert not AttemptCounter.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_32_requests_at_once_exactly_the_limit_passes(token_of):
    plain = token_of(Role.PARTNER, requests_per_minute=7)
    callers = [Caller(x_api_key=plain) for _ in range(32)]
    answers = burst([lambda caller=caller: caller.get("/thing")[0] for caller in callers])
    assert sorted(answers) == [200] * 7 + [429] * 25
    assert AttemptCounter.objects.get().count == 7


@pytest.mark.django_db(transaction=True)
def test_a_counter_read_first_and_written_last_would_let_more_through():
    """What the one counting statement is for."""
    name, all_have_read = f"token:{uuid4()}", Barrier(16)

    def naively():
        so_far = AttemptCounter.objects.filter(key=name).values_list("count", flat=True).first() or 0
        all_have_read.wait(60)
        AttemptCounter.objects.update_or_create(key=name, defaults={"count": so_far + 1, "window_ends_at": AT})
        return so_far < 7

    assert burst([naively] * 16).count(True) == 16


@pytest.mark.django_db
def test_a_partners_own_limit_counts_what_the_edge_counts():
    token_id = uuid4()
    assert [throttles.seconds_to_wait(token_id, 1, at=AT) for _ in range(2)] == [0, 60]
    assert throttles.seconds_to_wait(token_id, None, at=AT) == 0
