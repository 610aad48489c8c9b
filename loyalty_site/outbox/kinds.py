"""The kinds of events there are. Apps describe theirs; the setting EVENT_KINDS names the descriptions."""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class EventKind:
    """What can happen. The name is what receivers see: it stays."""

    name: str  # as "reward.bought"
    says: str | Promise  # for staff, who choose by it


TEST = EventKind("webhook.test", _("Staff tried the webhook."))  # nobody subscribes to it


@cache
def kinds() -> dict[str, EventKind]:
    """Every kind that can be subscribed to, by its name."""
    found: list[EventKind] = [import_string(path) for path in settings.EVENT_KINDS]
    return {kind.name: kind for kind in found}
