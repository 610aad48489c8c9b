"""What is asked before an offer is given to many, dropped or taken back."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loyalty_site.backoffice.decisions import Decision
from loyalty_site.backoffice.staff import actor_of
from loyalty_site.errors import DomainError
from offers.batch_models import GiftBatch
from offers.bulk import services
from offers.errors import NobodyMeant, OfferNotFound


def starting(request: HttpRequest, batch: GiftBatch) -> Decision:
    names = {"offer": batch.offer, "audience": batch.audience, "n": batch.preview["to_give"]}

    def act(data: dict[str, Any]) -> str:
        services.start(batch.pk, actor=actor_of(request), at=timezone.now())
        return _("“%(offer)s” is being given. You may leave this page.") % names

    about = ngettext(
        "%(n)d customer gets “%(offer)s”, as things stand now.",
        "%(n)d customers get “%(offer)s”, as things stand now.",
        names["n"],
    )
    return Decision(
        title=_("Give “%(offer)s” to %(audience)s") % names,
        explanation=f"{about % names} {_('It can be taken back from those who have not answered it.')}",
        button=_("Give"),
        act=act,
        refused=_sentence,
        back=_page(batch),
    )


def dropping(request: HttpRequest, batch: GiftBatch) -> Decision:
    def act(data: dict[str, Any]) -> str:
        services.drop(batch.pk, actor=actor_of(request), at=timezone.now())
        return _("Dropped. Nobody was given anything.")

    return Decision(
        title=_("Drop this batch"),
        explanation=_("Nothing has been given yet, and nothing will be."),
        button=_("Drop"),
        act=act,
        refused=_sentence,
        back=reverse("admin:offers_giftbatch_changelist"),
    )


def withdrawing(request: HttpRequest, batch: GiftBatch) -> Decision:
    names = {"offer": batch.offer, "audience": batch.audience}

    def act(data: dict[str, Any]) -> str:
        services.withdraw(batch.pk, actor=actor_of(request), at=timezone.now())
        return _("“%(offer)s” is being taken back. You may leave this page.") % names

    return Decision(
        title=_("Take “%(offer)s” back from %(audience)s") % names,
        explanation=_("Those who have not answered lose it, as if it had never been given. Who has answered keeps it."),
        button=_("Take back"),
        act=act,
        refused=_sentence,
        back=_page(batch),
        dangerous=True,
    )


def _page(batch: GiftBatch) -> str:
    return reverse("admin:offers_giftbatch_change", args=[batch.pk])


def _sentence(refusal: DomainError) -> str:
    if isinstance(refusal, OfferNotFound):
        return _("The offer is not switched on: set its status to “active” first.")
    if isinstance(refusal, NobodyMeant):
        return _("Nobody would get it.")
    return _("Somebody else was quicker, or it is being given right now: look at its page again.")
