"""The list of what a campaign still lacks, beside its form: every check, and where to mend what it finds."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.admin.campaign_form import DATES
from campaigns.models import Campaign
from campaigns.readiness import LOADING, Check, Finding, judged
from campaigns.standing import Standing

CHECK_OF_FIELD = {
    **dict.fromkeys(DATES, Check.DATES),
    **dict.fromkeys(["target", "levels", "segments"], Check.TARGET),
    **dict.fromkeys(["limit", "limit_per_customer", "codes"], Check.STOCK),
    "cost_in_points": Check.COST,
    **dict.fromkeys(["picture", "focus_x", "focus_y", "photo_alt"], Check.PHOTO),
}


@dataclass(frozen=True)
class Point:
    """A line of the list. Tones: ready, warns, blocks."""

    label: str
    tone: str
    sentence: str = ""
    remedy: str = ""
    url: str = ""


def of_form(form: forms.ModelForm, standing: Standing, at: datetime) -> list[Finding]:
    """What is found of a form as it stands: what it gets wrong itself, and what its campaign lacks."""
    wrong = list(_errors(form))
    places = {finding.place for finding in wrong}
    if "segments" in places:  # one of the two lists stands for both
        places.add("levels")
    return wrong + [finding for finding in judged(standing, at) if finding.place not in places]


def points(found: Sequence[Finding], url_of: Callable[[str], str]) -> list[Point]:
    """What is found, what blocks first; then the checks that found nothing."""
    told = sorted(found, key=lambda finding: not finding.blocks)
    passed = [check for check in Check if check not in {finding.check for finding in found}]
    return [_point(finding, url_of) for finding in told] + [Point(check.label, "ready") for check in passed]


def summary(found: Sequence[Finding], *, is_on: bool) -> str:
    blocking = any(finding.blocks for finding in found)
    if is_on:
        return _("It is published, but customers cannot get it now.") if blocking else _("It is published.")
    return _("Before it can be published, mend what is marked in red.") if blocking else _("It can be published.")


def place_of(campaign: Campaign | None, *, may_load: bool) -> Callable[[str], str]:
    """Where something is mended: a field of the form, or the page on which codes are generated."""

    def url_of(place: str) -> str:
        if place == LOADING and campaign and may_load:
            return reverse("admin:campaigns_campaign_generate_coupons", args=[campaign.pk])
        field = "codes" if place == LOADING else place
        return f"#id_{field}_0" if field in DATES else f"#id_{field}"

    return url_of


def _errors(form: forms.ModelForm) -> Iterator[Finding]:
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        for error in errors:
            yield Finding(
                CHECK_OF_FIELD.get(name, Check.TEXTS), True, f"{label}: {error}" if label else error, "", name
            )


def _point(finding: Finding, url_of: Callable[[str], str]) -> Point:
    tone = "blocks" if finding.blocks else "warns"
    return Point(finding.check.label, tone, finding.sentence, finding.remedy or _("Go there"), url_of(finding.place))
