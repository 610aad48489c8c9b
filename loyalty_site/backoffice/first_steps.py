"""What is to be done before the first customer can be served; shown on the start page until it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Exists, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from loyalty_site.backoffice.panels import Panel
from loyalty_site.backoffice.theme import link


@dataclass(frozen=True, kw_only=True)
class Step:
    """One line of the list. It is shown to whoever has the permission, until there is a row of `done`."""

    text: str
    why: str
    permission: str
    done: QuerySet | bool
    page: str = ""  # name of a URL of the admin; none for what is not done there


Steps = Callable[[], Sequence[Step]]


def panel(request: HttpRequest, at: datetime) -> Panel | None:
    steps = [step for name in settings.FIRST_STEPS for step in import_string(name)()]
    open_steps = _undone(request, [step for step in steps if request.user.has_perm(step.permission)])
    if not open_steps:
        return None
    return Panel(_("What to do first"), headers=[_("Step"), _("Why")], rows=[_line(step) for step in open_steps])


def _undone(request: HttpRequest, steps: Sequence[Step]) -> list[Step]:
    """Asked in one query, whatever there is to ask."""
    asked = {f"step{n}": Exists(step.done) for n, step in enumerate(steps) if isinstance(step.done, QuerySet)}
    me = get_user_model().objects.filter(pk=request.user.pk)
    found = me.annotate(**asked).values(*asked).get() if asked else {}
    return [step for n, step in enumerate(steps) if not found.get(f"step{n}", step.done)]


def _line(step: Step) -> tuple[object, str]:
    return link(step.text, reverse(step.page)) if step.page else step.text, step.why
