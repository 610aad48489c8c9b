import pytest
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from loyalty_site.access.models import Store, User
from loyalty_site.api.paging import page_of
from loyalty_site.api.parsing import BracketFormParser, StrictJSONParser

pytestmark = pytest.mark.django_db

SORTS = {"name": "name", "address.city": "city", "postal": "postal", "country": "country"}


@pytest.fixture
def stores():
    """Twenty-five, in pairs of one city; created in the order of their names."""
    return Store.objects.bulk_create(
        Store(name=f"Store {n:02}", identifier=f"pos{n}", city=f"City {n // 2:02}") for n in range(25)
    )


def asked(query="", body=b"", content_type="application/x-www-form-urlencoded"):
    request = APIRequestFactory().generic("GET", f"/?{query}", body, content_type=content_type)
    return Request(request, parsers=[StrictJSONParser(), BracketFormParser()])


def names(query="", default="name", **options):
    rows, total = page_of(Store.objects.all(), asked(query, **options), sorts=SORTS, default=default)
    assert total == Store.objects.count()
    return [int(row.name[-2:]) for row in rows]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", range(10)),
        ("page=2", range(10, 20)),
        ("page=3", range(20, 25)),
        ("page=4", []),
        ("page=%2B2", range(10, 20)),
        ("page=0", range(10)),
        ("page=-5", range(10)),
        ("page=two", range(10)),
        ("page=2x", range(10)),
        ("page=2.5", range(10)),
        ("page=", range(10)),
        ("page[]=2", range(10)),
        ("page=1000000", []),
        ("page=999999999999999999999999999999", []),
        ("page=-999999999999999999999999999999", range(10)),
        ("page=٢", range(10)),
        ("perPage=5", range(5)),
        ("page=2&perPage=5", range(5, 10)),
        ("perPage=0", range(10)),
        ("perPage=ten", range(10)),
        ("perPage=", range(10)),
        ("perPage[a]=5", range(10)),
        ("perPage=-1", range(25)),
        ("perPage=1000", range(25)),
        ("perPage=99999999999999999999999", range(25)),
        ("perPage=-99999999999999999999999", range(25)),
    ],
)
def test_pages(stores, query, expected):
    assert names(query) == list(expected)


def test_a_page_holds_a_thousand_rows_at_most(stores):
    Store.objects.bulk_create(Store(name=f"More {n}", identifier=f"more{n}") for n in range(1_000))
    for per_page in ("1001", "-1"):
        rows, total = page_of(Store.objects.all(), asked(f"perPage={per_page}"), sorts=SORTS, default="name")
        assert (len(rows), total) == (1_000, 1_025)


def test_the_largest_page_there_is_is_the_millionth(stores):
    assert names("page=1000000&perPage=1000") == []
    assert names("page=1000001&perPage=-1") == []


def test_paging_may_come_in_the_body(stores):
    assert names(body=b"page=2&perPage=5") == list(range(5, 10))
    assert names(body=b'{"page": 2, "perPage": 5}', content_type="application/json") == list(range(5, 10))
    assert names(body=b'{"page": 2.0, "perPage": true}', content_type="application/json") == list(range(10))
    assert names("page=1", body=b"page=2&perPage=5") == list(range(5))


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("sort=name", 0),
        ("sort=name&direction=asc", 0),
        ("sort=name&direction=ASC", 0),
        ("sort=name&direction=Asc", 0),
        ("sort=name&direction=desc", 24),
        ("sort=name&direction=DESC", 24),
        ("sort=name&direction=ascending", 24),
        ("sort=name&direction=", 24),
        ("sort=name&direction[]=asc", 24),
        ("direction=desc", 0),
        ("sort=unknown", 0),
        ("sort=unknown&direction=desc", 0),
        ("sort=city", 0),  # a path of the database is no name of the API
        ("sort=pk;DROP TABLE&direction=desc", 0),
        ("sort=&direction=desc", 0),
        ("sort[]=name&direction=desc", 0),
        ("sort=address.city&direction=desc", 24),
    ],
)
def test_sorting(stores, query, first):
    assert names(query)[0] == first


def test_the_default_may_be_descending(stores):
    assert names(default="-name") == list(range(24, 14, -1))


@pytest.mark.parametrize("direction", ["asc", "desc"])
def test_rows_that_sort_alike_are_told_apart_by_their_id(stores, direction):
    pages = [
        page_of(Store.objects.all(), asked(f"sort=country&direction={direction}&page={n}"), sorts=SORTS, default="name")
        for n in (1, 2, 3)
    ]
    ids = [row.pk for rows, _ in pages for row in rows]
    assert ids == sorted((store.pk for store in stores), reverse=direction == "desc")


@pytest.mark.parametrize(("direction", "place"), [("asc", -1), ("desc", 0)])
def test_what_is_unset_counts_as_the_largest_on_every_database(direction, place):
    users = User.objects
    for name, email in (("a", "b@x.com"), ("b", None), ("c", "a@x.com")):
        users.create(username=name, email=email)
    rows, _ = page_of(users.all(), asked(f"sort=email&direction={direction}"), sorts={"email": "email"}, default="pk")
    assert rows[place].email is None


def test_a_page_takes_two_queries_however_long(stores, django_assert_num_queries):
    with django_assert_num_queries(2):
        page_of(Store.objects.all(), asked("perPage=25"), sorts=SORTS, default="name")


def test_a_page_past_the_end_is_not_even_asked_for(stores, django_assert_num_queries):
    with django_assert_num_queries(1):
        page_of(Store.objects.all(), asked("page=1000000"), sorts=SORTS, default="name")
