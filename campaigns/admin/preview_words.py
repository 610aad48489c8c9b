"""Why a customer does not see a campaign, or cannot buy it, in the preview's sentences."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from campaigns.admin.preview import Eyes
from campaigns.eligibility import (
    EnoughPoints,
    InStock,
    Question,
    Rule,
    Targeted,
    Verdict,
    Visible,
    WithinCustomerLimit,
    verdicts,
)
from campaigns.models import Campaign
from loyalty_site.backoffice.theme import moment


def unseen_because(campaign: Campaign, groups: Sequence[str], eyes: Eyes) -> str:
    """Why that customer does not see it; "" where nothing hides it."""
    breach = _first_breach(Question.AVAILABLE, campaign, eyes)
    return _unseen(breach, groups) % _facts(campaign, groups, eyes, breach) if breach else ""


def greyed_because(campaign: Campaign, eyes: Eyes) -> str:
    """Why that customer sees it but cannot buy it; "" where it can be bought."""
    breach = _first_breach(Question.CAN_BE_BOUGHT, campaign, eyes)
    if breach is None:
        return ""
    if isinstance(breach.rule, EnoughPoints):
        sentence = _(
            "%(who)s sees this campaign but cannot buy it: it costs %(needed)s points, and there are %(current)s."
        )
    else:
        sentence = _(
            "%(who)s sees this campaign but cannot buy it on %(day)s: "
            "it can be bought only from %(bought_from)s to %(bought_to)s."
        )
    return sentence % _facts(campaign, [], eyes, breach)


def seen_by(eyes: Eyes) -> str:
    facts = {"who": who(eyes), "day": moment(eyes.at)}
    return _("%(who)s sees this campaign on %(day)s and can buy it.") % facts


def who(eyes: Eyes) -> str:
    if eyes.level and eyes.segment:
        return _("Anna, on %(level)s and in %(segment)s,") % {"level": eyes.level, "segment": eyes.segment}
    return _("Anna on %(level)s") % {"level": eyes.level} if eyes.level else _("Anna")


def _first_breach(question: Sequence[Rule], campaign: Campaign, eyes: Eyes) -> Verdict | None:
    found = verdicts(question, campaign, eyes.buyer(campaign.cost_in_points), eyes.at)
    return next((verdict for verdict in found if not verdict.passed), None)


def _unseen(breach: Verdict, groups: Sequence[str]) -> str:
    if isinstance(breach.rule, Visible):
        return _(
            "%(who)s does not see this campaign on %(day)s, "
            "because it is shown only from %(shown_from)s to %(shown_to)s."
        )
    if isinstance(breach.rule, Targeted) and groups:
        return _("%(who)s does not see this campaign, because it is aimed only at: %(groups)s.")
    if isinstance(breach.rule, Targeted):
        return _("%(who)s does not see this campaign, because it is aimed at nobody yet.")
    if isinstance(breach.rule, InStock):
        return _("%(who)s does not see this campaign, because it is sold out.")
    if isinstance(breach.rule, WithinCustomerLimit):
        return _("%(who)s does not see this campaign, because one customer may have only %(needed)s.")
    raise TypeError(breach.rule)


def _facts(campaign: Campaign, groups: Sequence[str], eyes: Eyes, breach: Verdict) -> dict[str, Any]:
    windows = {
        "shown_from": campaign.visible_from,
        "shown_to": campaign.visible_to,
        "bought_from": campaign.active_from,
        "bought_to": campaign.active_to,
    }
    told = {name: moment(at) for name, at in windows.items() if at}
    told |= {"who": who(eyes), "day": moment(eyes.at), "groups": ", ".join(groups)}
    return told | {"needed": breach.needed, "current": breach.current}
