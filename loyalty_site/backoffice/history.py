"""What the audit trail says of one object, the latest first."""

from typing import Any

from django.contrib.admin import ModelAdmin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from loyalty_site.access.models import AuditEntry
from loyalty_site.backoffice import changes, names, words

SHOWN = 100


def page(admin: ModelAdmin, request: HttpRequest, subject: Model) -> HttpResponse:
    kind, pk = admin.opts.model_name, str(subject.pk)
    told = AuditEntry.objects.filter(object_type=kind, object_id=pk)[:SHOWN]
    ids = names.of_ids(request, admin.admin_site, ([entry.before, entry.after] for entry in told))
    known = words.of_kind(admin.admin_site, kind, ids)
    context: dict[str, Any] = {
        **admin.admin_site.each_context(request),
        "title": _("History of %(object)s") % {"object": subject},
        "opts": admin.opts,
        "object": subject,
        "entries": [(entry, changes.between(entry.before, entry.after, known)) for entry in told],
        "trail": _in_the_trail(request, kind, pk),
    }
    return TemplateResponse(request, "backoffice/history.html", context)


def _in_the_trail(request: HttpRequest, kind: str, pk: str) -> str:
    """Where the same is searched and taken along; empty for whoever may not."""
    if not request.user.has_perm("access.view_auditentry"):
        return ""
    return f"{reverse('admin:access_auditentry_changelist')}?{urlencode({'object_type': kind, 'object': pk})}"
