"""What no partner should send over RBI's API: type × field × endpoint, and bodies that cannot be read.

Whatever is wrong is told in RBI's shape, at its field, and nothing is written.
"""

from uuid import UUID

import pytest

from loyalty_site.access.partner_models import Partner
from tests.bad_input import JSON, NO_IDS, UNREADABLE, json_or_text, row_counts
from tests.builders import customer
from tests.callers import FORM
from tests.offers.builders import offer
from tests.rbi import USER_NOT_FOUND, failed, fields_of, rbi_partner

pytestmark = [pytest.mark.django_db, pytest.mark.once("sqlite")]

USER, CONFIG = UUID("6d13456a-1304-5109-a117-af4de20b2487"), UUID("1ac7eb33-1e04-40ea-b6f2-38af6bb4bf7a")
# By the type of a field: what it does not take.
NO_TEXT = [None, True, 0, 1.5, [], ["x"], {}, {"a": "b"}, "a\x00b", "\ud800", "x" * 70_000]
NO_ID = [*NO_TEXT, "", "x", str(USER)[:-1], str(USER).replace("-", ""), f"{{{USER}}}", f" {USER}"]
NO_NUMBER = [None, True, False, "100", "", 1.5, 1.0, 1e300, 10**400, [], [1], {}, {"a": 1}, 2**31, -(2**63) - 1]
NO_DAY = [*NO_TEXT[:-1], "yyyy-mm-dd", "", "2026-02-29", "2026-5-21", "20260521", "2026-05-21T00:00:00", "0001-01-01"]
NO_OBJECT = [None, True, 0, "", "x", "{}", [], [{}]]
NO_LIST = [None, True, 0, "", "CLAIMED", {}, {"0": "CLAIMED"}, ["x"], [None], [1], [["CLAIMED"]], [{}]]
FILLED = ["", "  ", "\u3000"]

ASSIGN, CREATE, SEARCH = "/bulk-action/hot/assign-points", "/bulk-action/hot/create-offer", "/transactions/search"
POINTS = f"/loyalty/user/{USER}/points"
SENT = {
    POINTS: {"points": 1, "partner": "Partner", "reference": "r"},
    ASSIGN: {"userId": str(USER), "pointsEarned": 1, "source": "s", "reference": "r"},
    CREATE: {
        "userId": str(USER),
        "source": "s",
        "reference": "r",
        "configId": str(CONFIG),
        "ruleParams": {"startDate": "2026-05-21", "endDate": "2026-05-22"},
        "rank": 1,
    },
    SEARCH: {"loyaltyId": str(USER), "statuses": ["CLAIMED"], "excludedChannels": ["WEB"]},
}
WRONG = {
    (POINTS, "points"): [*NO_NUMBER, 0, -0.0, -(2**31)],
    (POINTS, "partner"): [*NO_TEXT, *FILLED, "Other", "partner", "Partner\n", ["Partner"]],
    (POINTS, "reference"): [*NO_TEXT, "r" * 256],
    (ASSIGN, "userId"): NO_ID,
    (ASSIGN, "email"): [*NO_TEXT, *FILLED, "x" * 255],
    (ASSIGN, "pointsEarned"): [*NO_NUMBER, 0, -1],
    (ASSIGN, "source"): [*NO_TEXT, *FILLED, "s" * 65],
    (ASSIGN, "reference"): [*NO_TEXT, "r" * 256],
    (CREATE, "userId"): NO_ID,
    (CREATE, "email"): [*NO_TEXT, *FILLED, "x" * 255],
    (CREATE, "source"): [*NO_TEXT, *FILLED, "s" * 65],
    (CREATE, "reference"): [*NO_TEXT, "r" * 256],
    (CREATE, "configId"): NO_ID,
    (CREATE, "ruleParams"): NO_OBJECT,
    (CREATE, "ruleParams.startDate"): NO_DAY,
    (CREATE, "ruleParams.endDate"): [*NO_DAY, "2026-05-21", "2026-05-20"],
    (CREATE, "rank"): [*NO_NUMBER, -1, 32_768],
    (SEARCH, "loyaltyId"): NO_ID,
    (SEARCH, "statuses"): NO_LIST,
    (SEARCH, "excludedChannels"): NO_LIST,
}


COLD = {path: path.replace("/hot/", "/cold/") for path in (ASSIGN, CREATE)}
SENT |= {cold: SENT[hot] for hot, cold in COLD.items()}
WRONG |= {(COLD[path], field): values for (path, field), values in WRONG.items() if path in COLD}


@pytest.fixture(scope="module")
def brame(for_the_module):
    """A partner, the customer and the offer of the bodies above."""
    with for_the_module():
        caller = rbi_partner()
        customer(points=100, pk=USER)
        offer(pk=CONFIG, partners=[Partner.objects.get(name="Brame")])
        caller.post("/bulk-action/hot/create-offer", {})  # notes that the key is in use
        return caller


def test_there_are_enough():
    assert sum(len(values) for values in WRONG.values()) > 250


@pytest.mark.parametrize("path", SENT)
def test_the_bodies_themselves_are_taken(path, brame):
    assert brame.post(path, SENT[path])[0] == 200


def with_value(body, field, value):
    """The body with another value in that field; `a.b` is field b of the object a."""
    head, _, rest = field.partition(".")
    return body | {head: with_value(body[head], rest, value) if rest else value}


@pytest.mark.parametrize(("path", "field"), WRONG, ids=lambda part: part.removeprefix("/bulk-action/"))
def test_a_value_that_does_not_fit_is_told_at_its_field(path, field, brame):
    before = row_counts()
    for value in WRONG[path, field]:
        status, body = brame.post(path, with_value(SENT[path], field, value))
        assert (status, fields_of(body)) == (400, [field]), ascii(json_or_text(value))
        assert set(body) == {"statusCode", "code", "message", "isEngineError", "details"}
    assert row_counts() == before


@pytest.mark.parametrize("path", SENT)
def test_a_field_that_is_not_there_is_told(path, brame):
    before = row_counts()
    needed = {"points", "partner", "userId", "pointsEarned", "source", "configId", "ruleParams", "loyaltyId"}
    for field in SENT[path].keys() & needed:
        body = {name: value for name, value in SENT[path].items() if name != field}
        assert fields_of(brame.post(path, body)[1]) == [field]
    assert row_counts() == before


def as_rbi_reads_it(name):
    """Where RBI differs from dialects with forms: these bodies are objects of unknown fields, or no JSON at all."""
    body, media, status = UNREADABLE[name]
    return body, media, 415 if media in (FORM, "multipart/form-data") and status != 413 else status


# Objects that can be read; what is wrong with them is that fields are not there.
READABLE = {
    name for name, (body, _, _) in UNREADABLE.items() if name.startswith(("a NUL in", "half a surrogate pair in"))
}


@pytest.mark.parametrize("path", SENT)
def test_a_body_that_cannot_be_read(path, brame):
    before = row_counts()
    for name in UNREADABLE:
        content, media, wanted = as_rbi_reads_it(name)
        status, body = brame.post(path, content, media=media)
        assert status == wanted, name
        if not (media == JSON and name in READABLE):
            assert fields_of(body) == ["body"], name
    assert row_counts() == before


@pytest.mark.parametrize("path", SENT)
def test_without_a_body(path, brame):
    for media in (JSON, FORM):
        status, body = brame.post(path, media=media)
        assert (status, fields_of(body)) == (400, ["body"])


@pytest.mark.parametrize("rest", ["", "/points", "/transactions", "/offers"])
def test_what_is_no_id_in_a_path(rest, brame):
    for name, text in NO_IDS.items():
        status, body = brame.get(f"/loyalty/user/{text}{rest}")
        assert (status, body["code"]) in {(404, "UserNotFoundError"), (404, "NotFoundError")}, name


def test_what_is_no_id_in_the_path_of_a_change(brame):
    before = row_counts()
    for name, text in NO_IDS.items():
        answer = brame.post(f"/loyalty/user/{text}/points", SENT[POINTS])
        assert answer in (USER_NOT_FOUND, failed(404, "NotFoundError", "Not Found")), name
    assert row_counts() == before


@pytest.mark.parametrize("path", [f"/loyalty/user/{USER}/transactions", f"/loyalty/user/{USER}/offers"])
@pytest.mark.parametrize(
    "query",
    ["page=x", "page=-1", "page=0&perPage=0", f"page={'9' * 500}", "perPage=-1", "page[]=1", "page=%D9%A2", "a=&&=b"],
)
def test_pages_that_are_none(path, query, brame):
    status, body = brame.get(f"{path}?{query}")
    assert status in {200, 400}
    assert "total" in body or fields_of(body) == ["body"]
