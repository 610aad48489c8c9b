"""No page of the back office reads a long table from end to end, whatever is asked of it."""

import pytest
from django.contrib import admin
from django.test import Client, RequestFactory
from django.urls import reverse

from tests.backoffice import somebody
from tests.plans import asking
from tests.plans.reading import Reader, asked
from tests.walk.pages import Page, pages
from tests.walk.table import NOT_PAGES

pytestmark = [pytest.mark.plans, pytest.mark.django_db, pytest.mark.postgresql_only]
LISTS = sorted(admin.site._registry, key=lambda model: model._meta.label)


@pytest.fixture
def chief(filled) -> Client:
    person = somebody(username="chief", is_superuser=True)
    client = Client()
    client.force_login(person)
    client.person = person
    return client


def faults(client: Client, reader: Reader, path: str) -> list[str]:
    with asked() as statements:
        answer = client.get(path)
    assert answer.status_code in (200, 302, 405), path
    return [f"{path}: {fault}" for fault in reader.faults(statements)]


@pytest.mark.parametrize("model", LISTS, ids=lambda model: model._meta.label)
def test_a_list_is_read_in_part_whatever_is_asked_of_it(model, chief, filled):
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    request = RequestFactory().get(address)
    request.user, request.session = chief.person, chief.session
    shown = admin.site._registry[model].get_changelist_instance(request)

    found = [fault for query in asking.pages(shown) for fault in faults(chief, filled, f"{address}?{query}")]

    assert found == []


def is_asked(page: Page) -> bool:
    return page.name not in NOT_PAGES and page.leaf not in ("changelist", "export") and "export" not in page.name


def test_no_other_page_reads_a_long_table_from_end_to_end(chief, filled):
    assert [fault for page in pages() if is_asked(page) for fault in faults(chief, filled, page.path)] == []
