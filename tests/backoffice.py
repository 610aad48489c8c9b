"""Staff at their desks: short ways to somebody logged in, to pages, and to what a page tells."""

from django.contrib.auth.models import Permission
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from loyalty_site.access.models import AuditEntry, User


def somebody(*permissions: str, **fields) -> User:
    """A member of staff with these permissions, such as `campaigns.view_campaign`."""
    user = User.objects.create_user(fields.pop("username", "maria"), is_staff=True, **fields)
    for permission in permissions:
        app, codename = permission.split(".")
        user.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    return user


def desk(*permissions: str, **fields) -> Client:
    """The browser of such a member of staff."""
    client = Client()
    client.force_login(somebody(*permissions, **fields))
    return client


def chief() -> Client:
    """The browser of somebody who may do everything."""
    return desk(username="chief", is_superuser=True)


def told(answer: HttpResponse) -> list[str]:
    """The messages on top of the page."""
    return [str(message) for message in answer.context["messages"]]


def wrong(answer: HttpResponse) -> dict[str, list[str]]:
    """What the page's form finds wrong, field by field."""
    return {field: list(errors) for field, errors in answer.context["adminform"].form.errors.items()}


def rows(answer: HttpResponse) -> list[str]:
    """What the list shows, row by row."""
    return [str(row) for row in answer.context["cl"].result_list]


def queries(client: Client, path: str) -> int:
    """How many statements a page takes."""
    with CaptureQueriesContext(
        connection,
    ) as captured:
        answer = client.get(path)
    assert answer.status_code == 200
    return len(captured)


def trail() -> list[str]:
    """Who did what, in order."""
    return [f"{entry.actor_label}: {entry.action}" for entry in AuditEntry.objects.order_by("id")]
