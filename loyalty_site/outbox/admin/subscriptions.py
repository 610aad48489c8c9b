"""Webhooks: which systems are told of what."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loyalty_site.backoffice.decisions import decide
from loyalty_site.backoffice.panels import Panel
from loyalty_site.backoffice.records import Admin
from loyalty_site.backoffice.staff import actor_of
from loyalty_site.backoffice.theme import BooleanRadioFilter, action
from loyalty_site.outbox import services
from loyalty_site.outbox.admin import asking, panels
from loyalty_site.outbox.admin.showing import health_badge
from loyalty_site.outbox.admin.subscription_form import FIELDS, SubscriptionForm
from loyalty_site.outbox.models import Delivery, Subscription
from loyalty_site.outbox.signing import secret_of


@admin.register(Subscription)
class SubscriptionAdmin(Admin):
    form = SubscriptionForm
    list_display = ["name", "shown_state", "url", "shown_kinds"]
    list_filter = [("active", BooleanRadioFilter)]
    search_help_text = gettext_lazy("Name or address")
    purpose = gettext_lazy(
        "A webhook tells another system, such as a CRM, what customers do here. Add one for each system."
    )
    actions_detail = ["try_it", "resume", "send_failed_again", "renew_secret"]
    readonly_fields = ["shown_kinds"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related("wanted")

    def search(self, rows: QuerySet, text: str) -> QuerySet:
        return rows.filter(Q(name__icontains=text) | Q(url__icontains=text))

    def get_fields(self, request: HttpRequest, obj: Subscription | None = None) -> list[str]:
        if obj is not None and not self.has_change_permission(request, obj):
            return [name if name != "kinds" else "shown_kinds" for name in FIELDS]
        return FIELDS if _sends_codes(request) else [name for name in FIELDS if name != "with_codes"]

    def get_exclude(self, request: HttpRequest, obj: Subscription | None = None) -> list[str]:
        return [] if _sends_codes(request) else ["with_codes"]

    def has_change_permission(self, request: HttpRequest, obj: Subscription | None = None) -> bool:
        """Who may not have codes sent does not say where they are sent to either."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (not isinstance(obj, Subscription) or not obj.with_codes or _sends_codes(request))

    def has_delete_permission(self, request: HttpRequest, obj: Subscription | None = None) -> bool:
        """Deliveries point at it: it is switched off instead."""
        return False

    def has_steer_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        return self.has_change_permission(request, object_id and self.get_object(request, object_id))

    def has_replay_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        return self.has_view_permission(request) and request.user.has_perm("outbox.replay_delivery")

    def pointless_actions(self, obj: Subscription) -> set[str]:
        pointless = set() if obj.paused_at else {"resume"}
        failed = obj.deliveries.filter(state=Delivery.State.FAILED).exists()
        return pointless if failed else pointless | {"send_failed_again"}

    def panels(self, request: HttpRequest, obj: Subscription) -> list[Panel]:
        return panels.of_subscription(request, obj)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> HttpResponse:
        """There is one way to save a new one: the answer shows its secret."""
        if options.get("add"):
            context |= {"show_save_and_add_another": False, "show_save_and_continue": False}
        return super().render_change_form(request, context, *args, **options)

    def save_model(self, request: HttpRequest, obj: Subscription, form: SubscriptionForm, change: bool) -> None:
        facts = {"actor": actor_of(request), "at": timezone.now()}
        fields, kinds = form.plain_fields(), form.cleaned_data["kinds"]
        if change:
            services.change(obj, fields, kinds, **facts)
        else:
            services.subscribe({"pk": obj.pk, **fields}, kinds, **facts)

    def response_add(
        self, request: HttpRequest, obj: Subscription, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self.secret_page(request, obj)

    def secret_page(self, request: HttpRequest, subscription: Subscription) -> HttpResponse:
        """The secret stands in this one answer only: a message would lie in a cookie or in the database."""
        context = {
            **self.admin_site.each_context(request),
            "title": _("Copy the secret now"),
            "opts": self.opts,
            "subscription": subscription,
            "secret": secret_of(subscription),
        }
        return TemplateResponse(request, "outbox/admin/secret.html", context)

    @action(description=gettext_lazy("Send a test event"), permissions=["steer"], icon="send")
    def try_it(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return decide(self, request, asking.trying(request, self.found(request, object_id)))

    @action(description=gettext_lazy("Go on"), permissions=["steer"], icon="play_arrow")
    def resume(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return decide(self, request, asking.resuming(request, self.found(request, object_id)))

    @action(description=gettext_lazy("Send again what failed"), permissions=["replay"], icon="replay")
    def send_failed_again(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return decide(self, request, asking.replaying_failed(request, self.found(request, object_id)))

    @action(description=gettext_lazy("New secret"), permissions=["steer"], icon="key")
    def renew_secret(self, request: HttpRequest, object_id: str) -> HttpResponse:
        subscription = self.found(request, object_id)
        answer = decide(self, request, asking.renewing(request, subscription))
        if answer.status_code != 302:
            return answer
        subscription.refresh_from_db()
        return self.secret_page(request, subscription)

    @admin.display(description=gettext_lazy("state"))
    def shown_state(self, subscription: Subscription) -> SafeString:
        return health_badge(subscription)

    @admin.display(description=gettext_lazy("what it is told"))
    def shown_kinds(self, subscription: Subscription) -> str:
        return ", ".join(sorted(line.kind for line in subscription.wanted.all()))


def _sends_codes(request: HttpRequest) -> bool:
    return request.user.has_perm("outbox.send_codes")
