"""Pages of the lists. Rule: Open Loyalty, "Get the collection of campaigns": `page` and `perPage`."""

import pytest

from campaigns.models import Campaign
from tests.builders import campaign, customer, later, level

pytestmark = pytest.mark.django_db

TWELVE = [f"Campaign {n:02}" for n in range(12)]
PAGES = {
    "": TWELVE[:10],
    "page=1": TWELVE[:10],
    "page=2": TWELVE[10:],
    "page=3": [],
    "page=0": TWELVE[:10],
    "page=-1": TWELVE[:10],
    "page=x": TWELVE[:10],
    "page=1.5": TWELVE[:10],
    "page=": TWELVE[:10],
    "page[]=2": TWELVE[:10],
    "page=1000000": [],
    f"page={10**30}": [],
    "perPage=5": TWELVE[:5],
    "perPage=5&page=2": TWELVE[5:10],
    "perPage=5&page=3": TWELVE[10:],
    "perPage=0": TWELVE[:10],
    "perPage=x": TWELVE[:10],
    "perPage=": TWELVE[:10],
    "perPage=-1": TWELVE,
    "perPage=-1&page=2": [],
    "perPage=5000": TWELVE,
    f"perPage={10**30}": TWELVE,
    "perPage=%D9%A5": TWELVE[:10],
}


@pytest.fixture(scope="module")
def buyer(for_the_module):
    """A customer who can get all twelve campaigns."""
    with for_the_module():
        bronze = level()
        for n, name in enumerate(TWELVE):
            made = campaign(["A"], name=name, levels=[bronze.pk])
            Campaign.objects.filter(pk=made.pk).update(created_at=later(n))
        return customer(level=bronze)


@pytest.fixture(params=["list", "seller list", "available"])
def ask(request, admin, seller, buyer):
    """One of the lists."""
    caller, path = {
        "list": (admin, "/api/campaign"),
        "seller list": (seller, "/api/seller/campaign"),
        "available": (admin, f"/api/admin/customer/{buyer.pk}/campaign/available"),
    }[request.param]
    return lambda query="", body=None: caller.get(f"{path}?{query}", body)


def names(body):
    return [found["name"] for found in body["campaigns"]]


@pytest.mark.once("sqlite")
@pytest.mark.parametrize("query", PAGES)
def test_a_page(query, ask):
    status, body = ask(query)
    assert (status, names(body), body["total"]) == (200, PAGES[query], 12)


def test_the_list_comes_first(ask):
    """Front ends take the first key's value as the list."""
    _, body = ask()
    assert list(body) == ["campaigns", "total"]


@pytest.mark.parametrize("body", ["perPage=5&page=2", {"perPage": 5, "page": "2"}], ids=["form", "json"])
def test_paging_may_stand_in_the_body(body, ask):
    assert names(ask(body=body)[1]) == TWELVE[5:10]


@pytest.mark.parametrize("query", ["", "sort=reward", "sort=costInPoints&direction=DESC", "sort=nonsense"])
def test_pages_never_overlap(query, ask):
    """Also where all rows are equal by the column sorted by."""
    Campaign.objects.update(created_at=later(0))
    pages = [names(ask(f"{query}&perPage=5&page={page}")[1]) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [5, 5, 2]
    assert sorted(name for page in pages for name in page) == TWELVE


@pytest.mark.once("sqlite")
def test_a_page_holds_a_thousand_at_most(admin, buyer):
    model = Campaign.objects.get(name=TWELVE[0])
    columns = {
        field.attname: getattr(model, field.attname) for field in model._meta.concrete_fields if not field.primary_key
    }
    Campaign.objects.bulk_create(Campaign(**columns) for _ in range(1_000))
    for query in ("perPage=5000", "perPage=-1", "perPage=1000"):
        _, body = admin.get(f"/api/campaign?{query}")
        assert (len(body["campaigns"]), body["total"]) == (1_000, 1_012)


def test_an_empty_list(admin):
    Campaign.objects.all().update(active=False)
    assert admin.get("/api/seller/campaign") == (200, {"campaigns": [], "total": 0})
