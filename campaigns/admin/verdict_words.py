"""What each rule of campaigns/eligibility.py says of one campaign and customer, in words that support can pass on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns import eligibility as rules
from campaigns.admin.showing import activity, visibility
from campaigns.eligibility import Verdict
from campaigns.models import Campaign
from customers.models import Customer
from loyalty_site.backoffice.theme import moment


@dataclass(frozen=True)
class Case:
    """One campaign and one customer at one moment; `groups` are whom the campaign is aimed at, by name."""

    campaign: Campaign
    customer: Customer
    at: datetime
    own_groups: str
    groups: str

    @property
    def names(self) -> dict[str, object]:
        return {"name": self.customer, "campaign": self.campaign}


@dataclass(frozen=True)
class Said:
    """A verdict in words. What would change it and why not are empty where the rule is met."""

    rule: str
    passed: bool
    now: str
    needed: str
    remedy: str = ""
    why_not: str = ""  # a whole sentence


Words = Callable[[Verdict, Case], Said]


def say(verdict: Verdict, case: Case) -> Said:
    said = WORDS[type(verdict.rule)](verdict, case)
    return Said(said.rule, True, said.now, said.needed) if verdict.passed else said


def _switched_on(verdict: Verdict, case: Case) -> Said:
    return Said(
        _("Switched on"),
        False,
        _("on") if verdict.current else _("off"),
        _("on"),
        _("Switch the campaign on."),
        _("%(name)s cannot buy “%(campaign)s”: it is switched off.") % case.names,
    )


def _active(verdict: Verdict, case: Case) -> Said:
    campaign = case.campaign
    now, needed = moment(case.at), activity(campaign)
    rule, remedy = _("Days on which it can be bought"), _("Wait, or change the days on which it can be bought.")
    if not campaign.active:
        off = _switched_on(Verdict(verdict.rule, False, False, True), case)
        return Said(rule, False, _("switched off"), needed, off.remedy, off.why_not)
    if campaign.all_time_active or case.at < campaign.active_from:
        sentence, end = _("%(name)s cannot buy “%(campaign)s” yet: it can be bought from %(moment)s."), "active_from"
    else:
        sentence, end = _("%(name)s cannot buy “%(campaign)s”: it could be bought until %(moment)s."), "active_to"
        remedy = _("Prolong the days on which it can be bought.")
    return Said(rule, False, now, needed, remedy, sentence % {**case.names, "moment": _moment(getattr(campaign, end))})


def _visible(verdict: Verdict, case: Case) -> Said:
    campaign = case.campaign
    rule, remedy = _("Days on which it is shown"), _("Wait, or change the days on which it is shown.")
    if campaign.all_time_visible or case.at < campaign.visible_from:
        sentence, end = _("%(name)s cannot buy “%(campaign)s” yet: it is shown from %(moment)s."), "visible_from"
    else:
        sentence, end = _("%(name)s cannot buy “%(campaign)s”: it was shown until %(moment)s."), "visible_to"
        remedy = _("Prolong the days on which it is shown.")
    why_not = sentence % {**case.names, "moment": _moment(getattr(campaign, end))}
    return Said(rule, False, moment(case.at), visibility(campaign), remedy, why_not)


def _moment(at: datetime | None) -> str:
    return moment(at) if at else ""


def _targeted(verdict: Verdict, case: Case) -> Said:
    return Said(
        _("Aimed at the customer's level or segments"),
        False,
        case.own_groups,
        case.groups or _("nobody yet"),
        _("Add the customer's level or a segment to the campaign, or the customer to one of its segments."),
        _("%(name)s does not see “%(campaign)s” in the own list: it is aimed at other levels and segments.")
        % case.names,
    )


def _in_stock(verdict: Verdict, case: Case) -> Said:
    waiting = case.campaign.codes_withheld
    return Said(
        _("In stock"),
        False,
        _("no limit") if case.campaign.has_endless_stock else str(verdict.current),
        _("at least 1"),
        _("Raise the limit of the campaign: more codes wait above it.") if waiting else _("Add codes to the campaign."),
        _("%(name)s cannot buy “%(campaign)s”: no coupon is left.") % case.names,
    )


def _within_limit(verdict: Verdict, case: Case) -> Said:
    return Said(
        _("Limit of the campaign"),
        False,
        ngettext("%(n)d sold", "%(n)d sold", verdict.current) % {"n": verdict.current},
        _fewer_than(verdict, case),
        _("Raise the limit of the campaign."),
        _("%(name)s cannot buy “%(campaign)s”: all %(limit)d that may be sold are sold.")
        % {**case.names, "limit": verdict.needed or 0},
    )


def _within_customer_limit(verdict: Verdict, case: Case) -> Said:
    return Said(
        _("Limit for each customer"),
        False,
        ngettext("%(n)d bought", "%(n)d bought", verdict.current) % {"n": verdict.current},
        _fewer_than(verdict, case),
        _("Raise the limit for each customer, or refund a purchase of this reward."),
        ngettext(
            "%(name)s cannot buy “%(campaign)s”: each customer may have it once, and %(name)s has.",
            "%(name)s cannot buy “%(campaign)s”: each customer may have it %(limit)d times, and %(name)s has.",
            verdict.needed or 0,
        )
        % {**case.names, "limit": verdict.needed or 0},
    )


def _fewer_than(verdict: Verdict, case: Case) -> str:
    return _("no limit") if case.campaign.unlimited else _("fewer than %(limit)d") % {"limit": verdict.needed}


def _may_spend(verdict: Verdict, case: Case) -> Said:
    status = Customer.Status
    sentences = {
        status.BLOCKED: _("%(name)s cannot buy “%(campaign)s”: the customer is blocked."),
        status.NEW: _("%(name)s cannot buy “%(campaign)s”: the customer is new and was not activated yet."),
    }
    return Said(
        _("Status of the customer"),
        False,
        str(status(verdict.current).label),
        str(status(verdict.needed).label),
        _("Activate the customer."),
        sentences.get(status(verdict.current), "") % case.names,
    )


def _enough_points(verdict: Verdict, case: Case) -> Said:
    missing = max(verdict.needed - verdict.current, 0)
    facts = {"cost": verdict.needed, "balance": verdict.current, "missing": missing}
    return Said(
        _("Points"),
        False,
        str(verdict.current),
        str(max(verdict.needed, 0)),
        ngettext("%(missing)d more point.", "%(missing)d more points.", missing) % facts,
        _(
            "%(name)s cannot buy “%(campaign)s”: it costs %(cost)d points and %(name)s has %(balance)d – "
            "%(missing)d are missing."
        )
        % {**case.names, **facts},
    )


WORDS: dict[type, Words] = {
    rules.SwitchedOn: _switched_on,
    rules.Active: _active,
    rules.Visible: _visible,
    rules.Targeted: _targeted,
    rules.InStock: _in_stock,
    rules.UnlimitedInStock: _in_stock,
    rules.WithinLimit: _within_limit,
    rules.WithinCustomerLimit: _within_customer_limit,
    rules.MaySpend: _may_spend,
    rules.EnoughPoints: _enough_points,
}
