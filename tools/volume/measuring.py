"""How long the back office takes over long tables, as its administrator: in this process, without the network."""

from collections.abc import Iterator
from statistics import median
from time import perf_counter
from urllib.parse import quote

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tools.volume.columns import customer

WARM = 5
SEARCHES = {
    "campaigns.Campaign": "Reward 7",
    "campaigns.Coupon": "V1",
    "campaigns.Purchase": "customer7@example.org",
    "customers.Customer": "Kowalska7",
    "customers.Transaction": "till/7",
    "offers.CustomerOffer": "customer7@example.org",
    "promotions.Enrolment": "customer7@example.org",
    "points.Account": "customer7@example.org",
    "points.Transfer": "v7",
    "access.User": "mark",
}
FILTERS = {
    "customers.Customer": "status__exact=blocked",
    "customers.Transaction": "document_type__exact=return",
    "campaigns.Campaign": "state=live",
    "campaigns.Purchase": "refunded=no",
    "points.Transfer": "kind__exact=cancel",
    "offers.CustomerOffer": "state__exact=ACCEPTED",
    "promotions.Enrolment": "state__exact=revoked",
    "outbox.Delivery": "state__exact=failed",
    "jobs.Job": "state__exact=failed",
    "access.AuditEntry": "action=reward+bought",
}


def tell() -> None:
    """A line a page: the first time, the median of those after it, and how many statements."""
    client = Client(headers={"host": "127.0.0.1"})  # which every setting lets in
    client.force_login(get_user_model().objects.filter(is_superuser=True).first())
    client.get(reverse("admin:index"))  # what the process loads once
    print(f"{'page':<58} {'first':>8} {'then':>8}  statements")
    for name, path in pages():
        first, then, statements = timed(client, path)
        print(f"{name:<58} {first:>5.0f} ms {then:>5.0f} ms  {statements}", flush=True)


def timed(client: Client, path: str) -> tuple[float, float, int]:
    connection.close()  # and with it what the session has planned and kept
    times = [spent(client, path) for _ in range(1 + WARM)]
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return times[0], median(times[1:]), len(captured)


def spent(client: Client, path: str) -> float:
    began = perf_counter()
    answer = client.get(path)
    assert answer.status_code in (200, 302), f"{path}: {answer.status_code}"  # one hit leads on to its page
    return (perf_counter() - began) * 1000


def pages() -> Iterator[tuple[str, str]]:
    yield "start page", reverse("admin:index")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {customer('7')}, md5('code7')")
        someone, code = cursor.fetchone()
    yield "a customer's page", reverse("admin:customers_customer_change", args=[someone])
    yield "calendar of campaigns", reverse("admin:campaigns_campaign_calendar")
    box = reverse("find")
    for text in ("Kowalska", "customer7@example.org", f"V{code}"):
        yield f"search box: {text}", f"{box}?q={quote(text)}"
    for model in sorted(admin.site._registry, key=lambda model: model._meta.label):
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        label = model._meta.label
        yield label, address
        if label in SEARCHES:
            yield f"{label}, searched", f"{address}?q={quote(SEARCHES[label])}"
        if label in FILTERS:
            yield f"{label}, narrowed down", f"{address}?{FILTERS[label]}"
