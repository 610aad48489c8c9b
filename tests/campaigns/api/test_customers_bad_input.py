"""What no client should send about customers, levels and segments: told in the dialect's words, and nothing written."""

import pytest

from customers import services
from customers.api.customer_filters import FILTERS
from customers.models import Segment
from tests.bad_input import (
    BAD_QUERIES,
    NO_IDS,
    ODD_QUERIES,
    PHRASES,
    UNREADABLE,
    VALUES,
    errors_in,
    json_or_text,
    row_counts,
)
from tests.builders import SHOP, customer, level
from tests.callers import BAD_REQUEST, NOT_FOUND, failure, told

pytestmark = [pytest.mark.django_db, pytest.mark.once("postgresql")]

SEARCH = "/api/pos/search/customer"
LISTS = [
    "/api/customer",
    "/api/level",
    "/api/level/{level}/customers",
    "/api/segment",
    "/api/segment/{segment}/customers",
]
ONE = ["/api/customer/{}", "/api/level/{}", "/api/level/{}/customers", "/api/segment/{}", "/api/segment/{}/customers"]


@pytest.fixture(scope="module")
def world(for_the_module):
    """A customer on a level and in a segment."""
    with for_the_module():
        who, segment = customer(first_name="Jane"), Segment.objects.create(name="regulars")
        services.put_into_segment(segment, [who.pk], **SHOP)
        return {"level": str(level().pk), "segment": str(segment.pk)}


@pytest.mark.parametrize("path", LISTS)
def test_a_query_that_cannot_be_read(path, admin, world):
    answers = {bad: admin.get(f"{path.format(**world)}?{query}") for bad, query in BAD_QUERIES.items()}
    assert answers == dict.fromkeys(BAD_QUERIES, BAD_REQUEST)


@pytest.mark.parametrize("path", LISTS)
def test_an_odd_query(path, admin, world):
    for query in [
        *ODD_QUERIES.values(),
        "active[]=1&firstName[a]=b&email=%25%27%5C&strict[]=1",
        "phone=" + "9" * 60_000,
    ]:
        status, body = admin.get(f"{path.format(**world)}?{query}")
        assert (status, [*body][1:]) == (200, ["total"])


@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize("more", ["", "&strict=1", "&sort=email"])
def test_a_text_longer_than_any_that_is_kept_finds_nobody(name, more, admin, world):
    assert admin.get(f"/api/customer?{name}={'x' * 256}{more}") == (200, {"customers": [], "total": 0})


@pytest.mark.parametrize("path", ONE)
def test_an_id_that_names_nothing(path, admin, world):
    answers = {bad: admin.get(path.format(text)) for bad, text in NO_IDS.items()}
    assert answers == dict.fromkeys(NO_IDS, NOT_FOUND)


@pytest.mark.parametrize("path", [SEARCH, "/api/segment/{segment}/activate"])
def test_a_body_that_cannot_be_read(path, admin, world):
    before = row_counts()
    sent = {
        bad: told(admin.send("POST", path.format(**world), body, media=media))
        for bad, (body, media, _) in UNREADABLE.items()
    }
    assert sent == {bad: failure(status, PHRASES[status]) for bad, (_, _, status) in UNREADABLE.items()}
    assert (row_counts(), Segment.objects.get().active) == (before, False)


@pytest.mark.parametrize("field", ["phone", "email", "firstName", "city"])
def test_a_value_that_does_not_fit_a_search(field, seller, world):
    for value in VALUES:
        status, body = seller.post(SEARCH, {"search": {field: value}})
        assert status in {200, 400}, json_or_text(value)
        if status == 400:
            assert list(errors_in(body["form"])) == [field], json_or_text(value)
