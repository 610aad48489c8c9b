"""From an audit entry to the pages of whoever did it and of what it was done to, as far as its reader may open them."""

from dataclasses import dataclass
from functools import cache, partial

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from loyalty_site.access.admin.audit_filters import is_uuid
from loyalty_site.access.models import AuditEntry
from loyalty_site.backoffice import words
from loyalty_site.backoffice.keyset import KeysetChangeList
from loyalty_site.backoffice.theme import link

KINDS_OF_ACTORS = {"user": "user", "token": "apitoken"}


@dataclass(frozen=True)
class Pages:
    """What kinds are called, and the names of those kinds' pages that this reader may open."""

    called: dict[str, str]
    open: dict[str, str]

    def object(self, entry: AuditEntry) -> SafeString | str:
        """Under its label, or under its kind where the label is an id."""
        kind = capfirst(self.called.get(entry.object_type, entry.object_type))
        label = "" if is_uuid(entry.object_label) else entry.object_label
        return self._linked(f"{kind} “{label}”" if label else kind, entry.object_type, entry.object_id)

    def actor(self, entry: AuditEntry) -> SafeString | str:
        kind, _, pk = entry.actor.partition(":")
        return self._linked(entry.actor_label, KINDS_OF_ACTORS.get(kind, ""), pk)

    def _linked(self, text: str, kind: str, pk: str) -> SafeString | str:
        return link(text, reverse(self.open[kind], args=[pk])) if kind in self.open and pk else text


def pages_for(request: HttpRequest, site: AdminSite) -> Pages:
    metas = {model._meta.model_name: model._meta for model in site._registry}
    readable = {model._meta for model, admin in site._registry.items() if admin.has_view_permission(request)}
    return Pages(
        called={name: meta.verbose_name for name, meta in metas.items()},
        open={
            name: f"admin:{meta.app_label}_{meta.model_name}_change" for name, meta in metas.items() if meta in readable
        },
    )


class Trail(KeysetChangeList):
    """The list of entries, each with what its columns need to be told in words."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        site = self.model_admin.admin_site
        pages, words_of = pages_for(request, site), cache(partial(words.of_kind, site))
        for entry in self.result_list:
            entry.pages, entry.words = pages, words_of(entry.object_type)
