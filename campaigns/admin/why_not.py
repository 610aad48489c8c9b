"""Why a customer cannot buy a reward: each rule with what it is and what it should be, and a sentence to pass on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns import eligibility as rules
from campaigns.admin.verdict_words import Case, Said, say
from campaigns.buyers import explain
from campaigns.eligibility import Question, Verdict
from campaigns.models import Campaign, Purchase
from customers.models import Customer, Level, Segment
from loyalty_site.backoffice.asked import kept
from loyalty_site.backoffice.panels import Panel
from loyalty_site.backoffice.theme import typed

FIELD = "reward"
COPYING = forms.Media(js=["backoffice/copy.js"])


class AskedForm(forms.Form):
    reward = typed(Purchase._meta.get_field("campaign"), label=gettext_lazy("Campaign"))


@dataclass(frozen=True)
class Line:
    """One rule, and what it is asked for."""

    said: Said
    asked_for: str


def why_not(request: HttpRequest, customer: Customer, at: datetime) -> Panel | None:
    """Asks for a campaign, found by typing, and answers. Nothing is written."""
    if customer.status == Customer.Status.ERASED or not request.user.has_perm("campaigns.view_campaign"):
        return None
    form = AskedForm(request.GET if request.GET.get(FIELD) else None)
    campaign = form.cleaned_data[FIELD] if form.is_valid() else None
    told: dict[str, Any] = {"form": form, "field": form[FIELD], "kept": list(kept(request, FIELD))}
    if campaign:
        told |= _answer(campaign, customer, at)
    return Panel(
        _("Why can't %(name)s buy it?") % {"name": customer},
        drawn=render_to_string("campaigns/admin/why_not.html", told),
        anchor="why-not",
        is_across=True,
        media=form.media + COPYING,
    )


def _answer(campaign: Campaign, customer: Customer, at: datetime) -> dict[str, Any]:
    found = explain(campaign.pk, customer.pk, at, (*Question.BUY, *Question.AVAILABLE))
    buying, seeing = found[: len(Question.BUY)], found[len(Question.BUY) :]
    case = Case(campaign, customer, at, _own_groups(customer), _groups(campaign))
    return {"lines": _lines(buying, seeing, case), "sentence": sentence(buying, seeing, case)}


def sentence(buying: Sequence[Verdict], seeing: Sequence[Verdict], case: Case) -> str:
    """In the order in which the API tells a refusal; how many rules more stand in the way; and why it is not seen."""
    broken = [say(verdict, case) for verdict in _once(buying) if not verdict.passed]
    hidden = [say(verdict, case).why_not for verdict in seeing if isinstance(verdict.rule, rules.Targeted)]
    told = [broken[0].why_not, _more(len(broken) - 1)] if broken else [_can_buy(buying, case)]
    return " ".join(part for part in [*told, *hidden] if part)


def _more(count: int) -> str:
    if count == 0:
        return ""
    told = ngettext("%(n)d more rule stands in the way.", "%(n)d more rules stand in the way.", count)
    return told % {"n": count}


def _can_buy(buying: Sequence[Verdict], case: Case) -> str:
    points = next(verdict for verdict in buying if isinstance(verdict.rule, rules.EnoughPoints))
    facts = {**case.names, "cost": points.needed, "balance": points.current}
    if points.needed <= 0:
        return _("%(name)s can buy “%(campaign)s” now: it is free.") % facts
    return _("%(name)s can buy “%(campaign)s” now: it costs %(cost)d points and %(name)s has %(balance)d.") % facts


def _once(buying: Sequence[Verdict]) -> list[Verdict]:
    """Without the stock of unlimited campaigns, which is asked twice, and of what a limit has sold out already."""
    limit_reached = any(isinstance(verdict.rule, rules.WithinLimit) and not verdict.passed for verdict in buying)
    told = [verdict for verdict in buying if not isinstance(verdict.rule, rules.UnlimitedInStock)]
    return [verdict for verdict in told if not (limit_reached and isinstance(verdict.rule, rules.InStock))]


def _lines(buying: Sequence[Verdict], seeing: Sequence[Verdict], case: Case) -> list[Line]:
    """Each rule once: those that are not met first, then those of buying."""
    seen = {type(verdict.rule) for verdict in seeing}
    told = [verdict for verdict in buying if not isinstance(verdict.rule, rules.UnlimitedInStock)]
    lines = [
        Line(say(verdict, case), _("buying and seeing") if type(verdict.rule) in seen else _("buying"))
        for verdict in told
    ]
    known = {type(verdict.rule) for verdict in told}
    lines += [Line(say(verdict, case), _("seeing")) for verdict in seeing if type(verdict.rule) not in known]
    return sorted(lines, key=lambda line: line.said.passed)


def _own_groups(customer: Customer) -> str:
    segments = [membership.segment.name for membership in customer.memberships.all()]
    return ", ".join([customer.level.name, *segments])


def _groups(campaign: Campaign) -> str:
    levels = Level.objects.filter(pk__in=campaign.level_targets.values("level_id"))
    segments = Segment.objects.filter(pk__in=campaign.segment_targets.values("segment_id"))
    return ", ".join([level.name for level in levels] + [segment.name for segment in segments])
