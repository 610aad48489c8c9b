"""A campaign as its form has it, before anything is saved: to judge it, and to show it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms

from campaigns.images import Picture
from campaigns.models import Campaign
from campaigns.standing import Standing, groups_of, saved_standings

AT_ONCE = 10_000  # codes
CHOSEN = "chosen"  # the name of a picture that is not kept yet


def campaign_of(form: forms.ModelForm) -> Campaign:
    """The campaign that the form describes. What the form gets wrong is left out, as if it bound nothing.

    It is never saved: the one that the form would save is left alone.
    """
    saved, data = form.instance, form.cleaned_data
    names = {column.name for column in Campaign._meta.concrete_fields}
    columns = {name: value for name, value in data.items() if name in names and value is not None}
    campaign = Campaign(pk=saved.pk, active=saved.active, photo=_photo(form), **_bounds(columns))
    campaign.codes_withheld = saved.codes_withheld
    return campaign


def standing_of(form: forms.ModelForm, campaign: Campaign | None = None) -> Standing:
    """How the campaign that the form describes would stand."""
    data = form.cleaned_data
    levels, segments, codes = (data.get(name) or [] for name in ("levels", "segments", "codes"))
    saved = saved_standings([form.instance.pk]).get(form.instance.pk)
    groups = groups_of(levels, segments)
    return Standing(
        campaign=campaign or campaign_of(form),
        aims=len(levels) + len(segments),
        groups=_in_order(groups, [*levels, *segments]),
        has_codes=bool(codes) or bool(saved and saved.has_codes),
        free=(saved.free if saved else 0) + _new_codes(form.instance, codes),
        sold=saved.sold if saved else 0,
    )


def _bounds(columns: Mapping[str, Any]) -> dict[str, Any]:
    """The columns, where limits and windows that are not whole are none."""
    whole = {
        "unlimited": ("limit", "limit_per_customer"),
        "all_time_active": ("active_from", "active_to"),
        "all_time_visible": ("visible_from", "visible_to"),
    }
    missing = {flag: True for flag, ends in whole.items() if not all(end in columns for end in ends)}
    return {"cost_in_points": 1, **columns, **missing}


def _photo(form: forms.ModelForm) -> str:
    picture = form.cleaned_data.get("picture")
    if isinstance(picture, Picture):
        return CHOSEN
    return "" if picture is False else form.instance.photo.name


def _new_codes(campaign: Campaign, codes: Sequence[str]) -> int:
    """As many as one pastes: asked in parts, since a statement takes only so many values."""
    parts = (codes[start : start + AT_ONCE] for start in range(0, len(codes), AT_ONCE))
    return len(codes) - sum(campaign.coupons.filter(code__in=part, voided_at=None).count() for part in parts)


def _in_order(groups: Mapping[UUID, Any], ids: Sequence[UUID]) -> list[Any]:
    return [groups[pk] for pk in ids if pk in groups]
