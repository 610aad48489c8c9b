"""No page opens beyond one's role, and no link on a page that opens ends in a refusal."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpResponse
from django.template import Template
from django.test import Client, RequestFactory
from django.test.utils import _TestState

from loyalty_site.access.models import AuditEntry, User
from loyalty_site.bulk.admin.offering import menu_name
from tests.backoffice import somebody
from tests.walk import world
from tests.walk.pages import Leads, Page, kind_of, pages
from tests.walk.table import (
    ADMINISTRATOR,
    AUDITOR,
    FOR_ANYBODY,
    MARKETING,
    MAY,
    NOBODY,
    NOT_PAGES,
    SITE_PAGES,
    SUPPORT,
    words,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon", "swift", "built"), pytest.mark.walk]
ROLES = [ADMINISTRATOR, MARKETING, SUPPORT, AUDITOR, NOBODY]
FINE = {200, 302, 405}  # a form's address may take nothing but what the form sends


@pytest.fixture(scope="module")
def built(for_the_module) -> None:
    with for_the_module():
        world.build()


@pytest.fixture
def swift(monkeypatch) -> None:
    """Hundreds of pages: nobody asks for their contexts here."""
    monkeypatch.setattr(Template, "_render", _TestState.saved_data.template_render)


def browser(role: str) -> Client:
    person = somebody(username=role)
    if role != NOBODY:
        person.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(person)
    return client


def opens(page: Page, role: str) -> bool:
    may = words(page.model, role)
    if page.leaf in ("changelist", "history", "change"):
        return bool({"view", "change"} & may)
    if page.model:
        return page.leaf in may
    if page.name == "app_list":
        app = page.path.rstrip("/").rpartition("/")[2]
        return any(words(model, role) for model in MAY if model.startswith(f"{app}."))
    return role in SITE_PAGES.get(page.name, ROLES)


def leads_of(path: str, answer: HttpResponse) -> set[str]:
    if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
        return set()
    return Leads(path, answer.content.decode()).found


@pytest.mark.parametrize("role", ROLES)
def test_what_a_role_may_open_and_where_that_leads(role: str, monkeypatch):
    client = browser(role)
    walked = [page for page in pages() if page.name not in NOT_PAGES]
    leads = leads_of("/admin/", client.get("/admin/"))
    monkeypatch.setattr(admin.site, "get_sidebar_list", lambda request: [])  # the same links beside every page
    opened, status = {}, {}
    for page in walked:
        answer = client.get(page.path)
        status[kind_of(page.path)] = answer.status_code
        opened[page.path] = answer.status_code in FINE
        leads |= leads_of(page.path, answer)

    assert opened == {page.path: opens(page, role) for page in walked}
    for address in leads:
        name, asked = kind_of(address)
        plain = (name, frozenset())
        kind = (name, asked) if role == ADMINISTRATOR or plain not in status else plain  # filters open alike for all
        if kind not in status:
            status[kind] = client.get(address).status_code
        assert status[kind] in FINE, f"something leads {role} to {address}"


def is_read(page: Page, role: str) -> bool:
    return page.leaf in ("changelist", "history") and "view" in words(page.model, role)


@pytest.mark.parametrize("role", ROLES)
def test_what_is_sent_to_a_page_beyond_a_role_does_nothing(role: str):
    client, told = browser(role), AuditEntry.objects.count()
    sent = {"post": "yes", "name": "Mine", "reason": "mine", "points": "1", "requests_per_minute": "1"}
    for page in pages():
        if page.model and not (page.leaf in words(page.model, role) or is_read(page, role)):
            assert client.post(page.path, sent).status_code in {403, 404, 405}, page.path
    assert AuditEntry.objects.count() == told


@pytest.mark.parametrize("role", ROLES)
def test_what_a_role_may_do_with_chosen_rows(role: str):
    client, told = browser(role), AuditEntry.objects.count()
    request = RequestFactory().get("/admin/")
    request.user = User.objects.get(username=role)
    for model, model_admin in admin.site._registry.items():
        may = words(model._meta.label_lower, role)
        assert {f"*{name}" for name in model_admin.get_actions(request)} == {word for word in may if word[0] == "*"}
        rows = [str(world.row_of(model).pk)]
        known = {*map(str, model_admin.actions or ()), *map(menu_name, getattr(model_admin, "bulk", ()))}
        for forged in known - {word[1:] for word in may}:
            client.post(f"/admin/{model._meta.app_label}/{model._meta.model_name}/", chosen(forged, rows))
    assert AuditEntry.objects.count() == told


def chosen(action: str, rows: list[str]) -> dict:
    return {"action": action, "_selected_action": rows, "confirmed": "yes"}


@pytest.mark.parametrize("who", ["anonymous", "no staff"])
def test_who_is_not_of_the_staff_is_sent_to_the_log_in_from_everywhere(who: str):
    client = Client()
    if who == "no staff":
        client.force_login(User.objects.get(pk=world.SELLER))
    for page in pages():
        answer = client.get(page.path)
        if page.name not in FOR_ANYBODY:
            assert (answer.status_code, answer.url.partition("?")[0]) == (302, "/admin/login/"), page.path
