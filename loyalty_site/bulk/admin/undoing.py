"""The question before what was done to many rows is undone."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loyalty_site.backoffice.decisions import Decision
from loyalty_site.backoffice.numbers import grouped
from loyalty_site.backoffice.staff import actor_of
from loyalty_site.bulk import services
from loyalty_site.bulk.models import BulkChange
from loyalty_site.errors import DomainError


def undoing(request: HttpRequest, change: BulkChange) -> Decision:
    def act(data: dict[str, Any]) -> str:
        done = services.undo(change.pk, actor=actor_of(request), at=timezone.now())
        if done.state == BulkChange.State.UNDOING:
            return _("It is being undone by a job.")
        return _result(done)

    told = ngettext(
        "%(n)s row becomes what it was before, unless somebody has changed it since. It can be undone once.",
        "%(n)s rows become what they were before, but for those that somebody has changed since. "
        "It can be undone once.",
        change.changed,
    )
    return Decision(
        title=_("Undo “%(what)s”") % {"what": change},
        explanation=told % {"n": grouped(change.changed - change.restored)},
        button=_("Undo"),
        act=act,
        refused=_sentence,
        back=reverse("admin:bulk_bulkchange_change", args=[change.pk]),
    )


def _result(change: BulkChange) -> str:
    kept = sum(change.kept.values())
    restored = ngettext("%(n)s row restored.", "%(n)s rows restored.", change.restored)
    lines = [restored % {"n": grouped(change.restored)}]
    if kept:
        stays = ngettext("%(n)s could not be restored; see why below.", "%(n)s could not be; see why below.", kept)
        lines.append(stays % {"n": grouped(kept)})
    return " ".join(lines)


def _sentence(refusal: DomainError) -> str:
    return _("This was undone before, is still being done, or is too long ago.")
