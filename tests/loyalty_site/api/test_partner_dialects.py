"""What each partner's dialect answers when something is wrong, on and beside its paths."""

import re
from datetime import UTC, datetime

import pytest
from django.utils import timezone

from loyalty_site.access import endpoints
from loyalty_site.access.actors import Role
from loyalty_site.access.endpoints import partner
from loyalty_site.access.scopes import OFFERS_ANSWER, POINTS_ASSIGN
from loyalty_site.api.exchange_solutions import EXCHANGE_SOLUTIONS
from tests.callers import ANONYMOUS, told, with_token

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("tests.loyalty_site.api.partner_site"),
    pytest.mark.once("sqlite"),
]

PATHS = {"rbi": "/loyalty/user/{}/points", "capillary": "/v2/promotion/{}", "es": "/client/users/{}"}
GOOD = {"points": 1, "partner": "Brame"}


@pytest.fixture(autouse=True)
def _table(monkeypatch):
    row = {"GET": partner(POINTS_ASSIGN), "POST": partner(POINTS_ASSIGN)}
    monkeypatch.setattr(endpoints, "ENDPOINTS", dict.fromkeys(PATHS, row))


@pytest.fixture
def caller():
    return with_token(Role.PARTNER, [POINTS_ASSIGN])


def path_of(name, who="ann"):
    return PATHS[name].format(who)


def rbi(status, code, message, errors=None):
    details = {"errors": errors} if errors else {}
    return {"statusCode": status, "code": code, "message": message, "isEngineError": status >= 500, "details": details}


def rbi_invalid(field, message, status=400):
    return rbi(status, "ValidationError", "Request validation failed", [{"field": field, "message": message}])


def capillary(code, message):
    return {"warnings": [], "errors": [{"status": False, "code": code, "message": message}]}


def es(status, message, code):
    return {"statusCode": status, "errorMessage": message, "errorCode": code}


CASES = {
    "none": (
        401,
        lambda caller, path: ANONYMOUS.post(path, GOOD),
        rbi(401, "Unauthorized", "Unauthorized"),
        capillary(401, "Invalid credentials"),
        es(401, "Unauthorized", "UNAUTHORIZED"),
    ),
    "wrong": (
        401,
        lambda caller, path: ANONYMOUS.post(path, GOOD, x_api_key="wrong"),
        rbi(401, "Unauthorized", "Unauthorized"),
        capillary(401, "Invalid credentials"),
        es(401, "Unauthorized", "UNAUTHORIZED"),
    ),
    "another scope": (
        403,
        lambda caller, path: with_token(Role.PARTNER, [OFFERS_ANSWER]).post(path, GOOD),
        rbi(403, "Forbidden", "Forbidden"),
        capillary(403, "Forbidden"),
        es(403, "Forbidden", "FORBIDDEN"),
    ),
    "another role": (
        403,
        lambda caller, path: with_token(Role.ADMIN, [POINTS_ASSIGN]).post(path, GOOD),
        rbi(403, "Forbidden", "Forbidden"),
        capillary(403, "Forbidden"),
        es(403, "Forbidden", "FORBIDDEN"),
    ),
    "no such path": (
        404,
        lambda caller, path: caller.post(f"{path}/nothing", GOOD),
        rbi(404, "NotFoundError", "Not Found"),
        capillary(404, "Not Found"),
        es(404, "Not Found", "NOT_FOUND"),
    ),
    "a slash at the end": (
        404,
        lambda caller, path: caller.post(f"{path}/", GOOD),
        rbi(404, "NotFoundError", "Not Found"),
        capillary(404, "Not Found"),
        es(404, "Not Found", "NOT_FOUND"),
    ),
    "no such method": (
        405,
        lambda caller, path: told(caller.send("DELETE", path)),
        rbi(405, "MethodNotAllowed", "Method Not Allowed"),
        capillary(405, "Method Not Allowed"),
        es(405, "Method Not Allowed", "METHOD_NOT_ALLOWED"),
    ),
    "another media type": (
        415,
        lambda caller, path: caller.post(path, "points=1"),
        rbi_invalid("body", 'Unsupported media type "application/x-www-form-urlencoded" in request.', 415),
        capillary(415, "Unsupported Media Type"),
        es(415, "Unsupported Media Type", "UNSUPPORTED_MEDIA_TYPE"),
    ),
    "empty": (
        400,
        lambda caller, path: caller.post(path, b"", media="application/json"),
        rbi_invalid("body", "The body is empty."),
        capillary(400, "Input is invalid"),
        es(400, "Acceptance state is invalid", "INVALID_REQUEST"),
    ),
    "no JSON": (
        400,
        lambda caller, path: caller.post(path, b'{"points": NaN}', media="application/json"),
        rbi_invalid("body", "The body is not JSON."),
        capillary(400, "Input is invalid"),
        es(400, "Acceptance state is invalid", "INVALID_REQUEST"),
    ),
    "wrong fields": (
        400,
        lambda caller, path: caller.post(path, {"points": "1", "partner": "Brame"}),
        rbi_invalid("points", "must be a whole number"),
        capillary(400, "Input is invalid"),
        es(400, "Acceptance state is invalid", "INVALID_REQUEST"),
    ),
    "a bad key": (
        400,
        lambda caller, path: caller.post(path, GOOD, Idempotency_Key="a b"),
        rbi_invalid("body", "Idempotency-Key must be 1 to 255 visible ASCII characters."),
        capillary(400, "Input is invalid"),
        es(400, "Idempotency-Key must be 1 to 255 visible ASCII characters.", "INVALID_REQUEST"),
    ),
    "too large": (
        413,
        lambda caller, path: caller.post(path, b"x" * 2_621_441, media="application/json"),
        rbi_invalid("body", "Payload Too Large", 413),
        capillary(413, "Payload Too Large"),
        es(413, "Payload Too Large", "PAYLOAD_TOO_LARGE"),
    ),
}


@pytest.mark.parametrize("number", range(3))
@pytest.mark.parametrize("case", CASES)
def test_each_dialect_tells_what_is_wrong_in_its_shape(caller, case, number):
    status, call, *bodies = CASES[case]
    assert call(caller, path_of(list(PATHS)[number])) == (status, bodies[number])


@pytest.mark.parametrize("name", PATHS)
def test_what_is_right_is_answered(caller, name):
    assert caller.post(path_of(name), GOOD) == (200, GOOD)


@pytest.mark.parametrize("name", PATHS)
def test_no_token_against_forged_requests_is_asked_for(caller, name):
    caller.client.handler.enforce_csrf_checks = True
    assert caller.post(path_of(name), GOOD) == (200, GOOD)


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("rbi", (404, rbi(404, "UserNotFoundError", "There is no nobody"))),
        ("capillary", (400, capillary(8015, "Customer not found for the given identifiers"))),
        ("es", (404, es(404, "Targeted offer does not exist", "PROMO_NOT_FOUND"))),
    ],
)
def test_the_domains_refusals(caller, name, answer):
    assert caller.post(path_of(name, "nobody"), GOOD) == answer


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("rbi", rbi(422, "IdempotencyKeyReused", "Unprocessable Entity")),
        ("capillary", capillary(422, "Unprocessable Entity")),
        ("es", es(422, "Unprocessable Entity", "UNPROCESSABLE_ENTITY")),
    ],
)
@pytest.mark.django_db(transaction=True)
def test_the_key_of_another_request(caller, name, body):
    assert caller.post(path_of(name), GOOD, Idempotency_Key="1") == (200, GOOD)
    assert caller.post(path_of(name), GOOD | {"points": 2}, Idempotency_Key="1") == (422, body)


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("rbi", rbi(500, "InternalServerError", "Internal Server Error")),
        ("capillary", capillary(500, "Internal Server Error")),
        ("es", es(500, "Internal Server Error", "INTERNAL_SERVER_ERROR")),
    ],
)
def test_an_error_of_the_program(caller, name, body):
    caller.client.raise_request_exception = False
    assert caller.post(path_of(name, "bug"), GOOD) == (500, body)


def test_all_fields_that_are_wrong_are_listed(caller):
    _, body = caller.post(path_of("rbi"), {"partner": "123456789"})
    assert body["details"]["errors"] == [
        {"field": "points", "message": "is required"},
        {"field": "partner", "message": "must have at most 8 characters"},
    ]


@pytest.mark.parametrize(
    ("name", "challenge"),
    [("rbi", "Bearer"), ("capillary", 'Basic realm="loyalty", charset="UTF-8"'), ("es", "Bearer")],
)
def test_a_401_names_the_dialects_challenge(name, challenge):
    assert ANONYMOUS.send("POST", path_of(name), GOOD)["WWW-Authenticate"] == challenge


def test_a_405_names_the_methods_there_are(caller):
    assert "POST" in caller.send("DELETE", path_of("es"))["Allow"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/bulk-action/hot/nothing", rbi(404, "NotFoundError", "Not Found")),
        ("/transactions/nothing", rbi(404, "NotFoundError", "Not Found")),
        ("/v2/nothing", capillary(404, "Not Found")),
        ("/v3/nothing", capillary(404, "Not Found")),
        ("/client/nothing", es(404, "Not Found", "NOT_FOUND")),
        ("/clients/nothing", {"error": {"code": 404, "message": "Not Found"}}),
    ],
)
def test_below_each_path_its_dialect_is_spoken(path, body):
    assert ANONYMOUS.get(path) == (404, body)


# --- Exchange Solutions' headers -------------------------------------------------------------------------------------

ID = re.compile("mck-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
ALWAYS = {
    "Cache-Control": "no-cache, no-store, must-revalidate",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "sameorigin",
    "Referrer-Policy": "no-referrer",
    "MCK-APPID": "ES-CB-V1",
}


@pytest.mark.parametrize("case", CASES)
def test_every_answer_carries_them(caller, case, monkeypatch):
    seen = []
    send = type(caller).send
    monkeypatch.setattr(type(caller), "send", lambda *args, **options: seen.append(send(*args, **options)) or seen[-1])
    CASES[case][1](caller, path_of("es"))
    assert {name: seen[0][name] for name in ALWAYS} == ALWAYS
    assert ID.fullmatch(seen[0]["MCK-MSGID"])
    assert ID.fullmatch(seen[0]["MCK_CORRELATIONID"])


def test_an_error_of_the_program_carries_them(caller):
    caller.client.raise_request_exception = False
    answer = caller.send("POST", path_of("es", "bug"), GOOD)
    assert answer.status_code == 500
    assert {name: answer[name] for name in ALWAYS} == ALWAYS


def test_a_good_answer_carries_them_too(caller, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: datetime(2020, 5, 21, 3, 55, 46, tzinfo=UTC))
    answer = caller.send("GET", path_of("es"))
    assert {name: answer[name] for name in ALWAYS} == ALWAYS
    assert answer["MCK-MSGTIMESTAMP"] == "May 21st 2020, 3:55:46"
    assert answer["MCK-MSGID"] != caller.send("GET", path_of("es"))["MCK-MSGID"]


@pytest.mark.parametrize(
    "day", [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (22, "22nd"), (31, "31st")]
)
def test_the_day_of_the_time_stamp(rf, monkeypatch, day):
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 1, day[0], 13, 5, 9, tzinfo=UTC))
    assert EXCHANGE_SOLUTIONS.headers(rf.get("/"))["MCK-MSGTIMESTAMP"] == f"January {day[1]} 2026, 13:05:09"


def test_the_callers_correlation_id_comes_back(caller):
    assert caller.send("GET", path_of("es"), MCK_CORRELATIONID="mck-1")["MCK_CORRELATIONID"] == "mck-1"


@pytest.mark.parametrize("text", ["", "a\r\nX: 1", "ż", "x" * 256])
def test_a_correlation_id_that_must_not_stand_in_a_header_does_not_come_back(rf, text):
    answered = EXCHANGE_SOLUTIONS.headers(rf.get("/", headers={"MCK-CORRELATIONID": text}))["MCK_CORRELATIONID"]
    assert ID.fullmatch(answered)


@pytest.mark.parametrize(("secure", "told_to"), [(True, "max-age=31536000"), (False, None)])
def test_https_is_insisted_on_over_https(client, secure, told_to):
    answer = client.get(path_of("es"), secure=secure)
    assert answer.headers.get("Strict-Transport-Security") == told_to


@pytest.mark.parametrize("path", ["/loyalty/user/a/points", "/v2/x", "/api/x", "/clients/x"])
def test_other_dialects_do_not_carry_them(client, path):
    assert "MCK-APPID" not in client.get(path)
