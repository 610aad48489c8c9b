"""What every page of the back office has in common: log-in, menu, start page, lists."""

import re
from pathlib import Path

import pytest
from django.contrib import admin
from django.test import Client

from campaigns.models import Campaign
from loyalty_site.access.models import User
from loyalty_site.backoffice import paging
from tests.backoffice import chief, desk, queries, somebody
from tests.builders import buy, campaign, customer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

START = "/admin/"
METAS = [model._meta for model in admin.site._registry]
LISTS = sorted(f"/admin/{meta.app_label}/{meta.model_name}/" for meta in METAS)
SOURCES = Path(__file__).resolve().parents[3]


def menu(client: Client) -> list[str]:
    groups = client.get(START).context["sidebar_navigation"]
    return [str(item["title"]) for group in groups for item in group["items"]]


@pytest.mark.once("sqlite")
def test_the_log_in_says_whose_it_is_and_leads_to_the_start_page():
    somebody(email="maria@example.com", password="sesame street")
    client = Client()
    page = client.get("/admin/login/")
    answer = client.post("/admin/login/", {"username": "Maria@example.com", "password": "sesame street"})

    assert "Username or e-mail" in page.content.decode()
    assert "Loyalty" in page.content.decode()
    assert (answer.status_code, answer.url) == (302, START)


@pytest.mark.once("sqlite")
def test_a_wrong_password_lets_nobody_in():
    somebody(password="sesame street")
    client = Client()
    answer = client.post("/admin/login/", {"username": "maria", "password": "open sesame"})

    assert answer.status_code == 200
    assert client.get(START).status_code == 302


@pytest.mark.once("sqlite")
def test_the_menu_is_grouped_as_people_think():
    groups = chief().get(START).context["sidebar_navigation"]

    assert [(group.get("title"), [item["title"] for item in group["items"]]) for group in groups] == [
        (None, ["Start"]),
        ("Rewards", ["Campaigns", "Calendar", "Coupons", "Coupon batches", "Purchases"]),
        ("Customers", ["Customers", "Levels", "Segments", "Sales"]),
        ("Offers and promotions", ["Offers", "Offers given", "Offers to many", "Promotions", "Enrolments", "Programs"]),
        ("Points", ["Accounts", "Ledger", "Adjustments", "Last days"]),
        (
            "Setup",
            [
                *["Stores", "Partners", "API tokens", "Webhooks", "Deliveries", "Users", "Groups"],
                *["Ceilings for adjustments", "Reasons for adjustments"],
                *["Sessions", "Lock-outs", "Jobs", "Bulk changes", "Audit trail"],
            ],
        ),
    ]


@pytest.mark.once("sqlite")
def test_the_menu_leaves_out_what_somebody_may_not_see():
    assert menu(desk("customers.view_level", "points.view_transfer")) == ["Start", "Levels", "Ledger"]


@pytest.mark.once("sqlite")
def test_the_menu_leads_to_every_list():
    links = [item["link"] for group in chief().get(START).context["sidebar_navigation"] for item in group["items"]]

    assert sorted(links) == sorted([START, *LISTS, "/admin/campaigns/campaign/calendar/"])


def test_the_start_page_shows_figures_that_lead_to_their_lists():
    staff = chief()
    campaign(name="Coffee")
    campaign(name="Draft", active=False)
    buy(Campaign.objects.get(name="Coffee"), customer(100))
    panels = {panel.title: panel for panel in staff.get(START).context["panels"]}
    live = panels["Campaigns"].figures[0]

    assert [(figure.label, figure.value) for figure in panels["Campaigns"].figures] == [
        ("Live", 1),
        ("Scheduled", 0),
        ("Sold out", 0),
        ("Off", 1),
    ]
    assert [row.name for row in staff.get(live.url).context["cl"].result_list] == ["Coffee"]
    assert [(figure.label, figure.value) for figure in panels["Customers"].figures] == [
        ("Joined in the last 7 days", 1)
    ]


def test_the_start_page_shows_nothing_that_somebody_may_not_see():
    assert desk("auth.view_group").get(START).context["panels"] == []
    assert [panel.title for panel in desk("points.view_transfer", username="x").get(START).context["panels"]] == [
        "Points in and out",
        "Points by channel, 30 days",
    ]


def test_the_start_page_takes_few_queries():
    staff = chief()
    for n in range(10):
        campaign(name=f"Campaign {n}")

    assert queries(staff, START) <= 34


@pytest.mark.parametrize("path", LISTS)
def test_every_list_opens_and_is_searched_with_few_queries(path):
    staff = chief()
    buy(campaign(), customer(100))

    assert queries(staff, path) <= 15
    assert queries(staff, f"{path}?q=nothing+of+the+kind") <= 15
    assert queries(staff, f"{path}?q=00000000-0000-474c-b092-b0dd880c07e1") <= 15


@pytest.mark.once("sqlite")
@pytest.mark.parametrize("path", LISTS)
def test_no_list_counts_its_choices_or_deletes_what_is_selected(path):
    text = chief().get(path).content.decode()

    assert "delete_selected" not in text
    assert "_facets" not in text


@pytest.mark.once("sqlite")
@pytest.mark.parametrize("path", LISTS)
def test_no_list_opens_without_permission(path):
    assert desk().get(path).status_code == 403


def test_a_list_counts_no_further_than_people_leaf_through(monkeypatch):
    monkeypatch.setattr(paging, "MOST", 3)
    for n in range(5):
        customer(first_name=f"Anna {n}")
    answer = chief().get("/admin/customers/customer/")

    assert answer.context["cl"].result_count == 3
    assert "The first 3 customers; search or filter to find others" in answer.content.decode()


def test_a_list_that_is_counted_to_its_end_says_how_many_there_are(monkeypatch):
    monkeypatch.setattr(paging, "MOST", 3)
    for n in range(3):
        customer(first_name=f"Anna {n}")
    text = chief().get("/admin/customers/customer/").content.decode()

    assert re.search(r"3\s+customers", text)
    assert "The first" not in text


def test_a_page_is_read_in_the_time_zone_of_the_programme():
    customer(first_name="Anna")

    assert "2 Mar 2026, 13:00" in chief().get("/admin/customers/customer/").content.decode()


@pytest.mark.once("sqlite")
def test_a_refused_page_says_so_in_words():
    answer = desk().get("/admin/customers/customer/")

    assert answer.status_code == 403
    assert "Your account has no permission for it." in answer.content.decode()


@pytest.mark.once("sqlite")
def test_a_page_that_does_not_exist_says_so_in_words():
    answer = chief().get("/admin/customers/nothing/")

    assert answer.status_code == 404
    assert "There is nothing here" in answer.content.decode()


@pytest.mark.once("sqlite")
def test_buttons_want_a_token_against_forged_requests():
    reward = campaign()
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.create_superuser("chief"))
    answer = client.post(f"/admin/campaigns/campaign/{reward.pk}/switch_off/")

    assert answer.status_code == 403
    assert Campaign.objects.get().active


@pytest.mark.once("sqlite")
def test_the_theme_comes_in_by_one_door():
    imports = re.compile(r"^\s*(from|import) unfold", re.MULTILINE)
    files = [path for path in SOURCES.rglob("*.py") if not {".venv", "var"} & set(path.relative_to(SOURCES).parts)]
    found = [str(path.relative_to(SOURCES)) for path in files if imports.search(path.read_text())]

    assert found == ["loyalty_site/backoffice/theme.py"]


def test_no_column_bears_the_name_of_rows_that_hang_on_its_own():
    """Django would order by them, once for each: a list of five levels as long as that of their customers."""
    hanging = [
        f"{model._meta.label}.{column}"
        for model, shown in admin.site._registry.items()
        for column in shown.list_display
        for relation in model._meta.related_objects
        if relation.get_accessor_name() == column
    ]
    assert hanging == []
