"""Lists on which something can be done to many rows at once."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from loyalty_site.backoffice.records import Admin
from loyalty_site.bulk.actions import Action
from loyalty_site.bulk.admin.asking import ask


class BulkAdmin(Admin):
    """A list whose acts are shown first, and undone afterwards."""

    bulk: Sequence[Action] = ()

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        offered = [action for action in self.bulk if request.user.has_perm(action.permission)]
        return super().get_actions(request) | {
            menu_name(action): (_asking(action), menu_name(action), action.title) for action in offered
        }


def menu_name(action: Action) -> str:
    """How the list's menu calls it: `campaigns.publish` is `publish`."""
    return action.name.rpartition(".")[2]


def _asking(action: Action) -> Callable[[Admin, HttpRequest, QuerySet], HttpResponse]:
    return partial(_ask, action)


def _ask(action: Action, admin: Admin, request: HttpRequest, rows: QuerySet) -> HttpResponse:
    return ask(admin, request, rows, action)
