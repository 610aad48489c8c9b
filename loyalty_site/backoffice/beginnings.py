"""What a list says as long as nothing is in it: what it is for, and what to do first."""

from dataclasses import dataclass

from django.contrib.admin import ModelAdmin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from loyalty_site.backoffice.panels import Link
from loyalty_site.backoffice.reach import may_follow


@dataclass(frozen=True)
class Beginning:
    purpose: str
    first_step: Link | None  # None where the reader may not take it


def of(admin: ModelAdmin, request: HttpRequest) -> Beginning:
    """Of a list: its button adds a record, or leads to the list where such records begin."""
    step = None
    if admin.has_add_permission(request):
        name = f"admin:{admin.opts.app_label}_{admin.opts.model_name}_add"
        step = Link(_("Add %(name)s") % {"name": admin.opts.verbose_name}, reverse(name))
    elif admin.begins_at:
        label, text = admin.begins_at
        step = Link(str(text), reverse(f"admin:{label.replace('.', '_')}_changelist"))
    return Beginning(str(admin.purpose), step if step and may_follow(step.url) else None)
