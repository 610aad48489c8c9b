"""The campaign's form. It checks and shapes; services save what it says.

Rules: Open Loyalty, "Reward Campaigns API", "Create a new campaign": limits unless unlimited, dates unless all-time, a
level or a segment. Ours for staff: a window does not end before it begins, and codes may follow until it is published.
"""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns import stock
from campaigns.admin import labels
from campaigns.admin.as_it_stands import standing_of
from campaigns.admin.choosing import AimField, TargetField
from campaigns.admin.moments import MomentField
from campaigns.admin.photo_field import WithPhoto
from campaigns.models import Campaign
from campaigns.readiness import judged
from campaigns.services import Draft
from customers.models import Level, Segment
from loyalty_site.backoffice.theme import SwitchWidget, TextareaWidget, TextWidget

LIMITS = ["limit", "limit_per_customer"]
WINDOWS = {"all_time_active": ("active_from", "active_to"), "all_time_visible": ("visible_from", "visible_to")}
DATES = [date for window in WINDOWS.values() for date in window]
TEXTS = ["short_description", "conditions_description", "usage_instruction"]
WORTH = ["reward_value", "tax", "tax_price_value"]
WATCH = ["low_stock_units", "pause_units"]
DETAILS = ["brand_description", "more_information_link", *WORTH, "label_text"]
PHOTO = ["focus_x", "focus_y", "photo_alt"]
SETTINGS = [
    *["name", "reward", *TEXTS, *PHOTO, "brand_description", "more_information_link", *WORTH],
    *["cost_in_points", "unlimited", "single_coupon", *LIMITS, *WINDOWS, *DATES, *WATCH],
]
LONGEST_CODE = 255
NEEDED = gettext_lazy("This is needed.")
WHOLE_DAY = gettext_lazy("Without a time: the whole day.")
PUBLISH = "_publish"  # the button that saves the form and switches the campaign on


class CampaignForm(WithPhoto):
    more = forms.BooleanField(
        label=gettext_lazy("More about the reward"),
        required=False,
        widget=SwitchWidget,
        help_text=gettext_lazy("Its brand, a link, what it is worth, its tax, and labels."),
    )
    active_from = MomentField(label=gettext_lazy("Can be bought from"))
    active_to = MomentField(label=gettext_lazy("Can be bought until"), closes=True, help_text=WHOLE_DAY)
    visible_from = MomentField(label=gettext_lazy("Shown from"))
    visible_to = MomentField(label=gettext_lazy("Shown until"), closes=True, help_text=WHOLE_DAY)
    target = AimField(label=gettext_lazy("Aimed at"))
    levels = TargetField(
        label=gettext_lazy("Levels"),
        required=False,
        help_text=gettext_lazy("Customers on one of these levels see the campaign."),
    )
    segments = TargetField(
        label=gettext_lazy("Segments"),
        required=False,
        help_text=gettext_lazy("Customers in one of these segments see the campaign, whatever their level."),
    )
    label_text = forms.CharField(
        label=gettext_lazy("Labels"),
        required=False,
        strip=False,  # a label may begin or end with a space, and the form must know that nobody touched it
        widget=TextWidget,
        help_text=gettext_lazy("For shops and apps to sort campaigns by, such as: type:promotion; season:summer"),
    )
    codes = forms.CharField(
        label=gettext_lazy("Add codes"),
        required=False,
        widget=TextareaWidget(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "One code per line; codes that stand here twice count once. Many codes are imported from a file or "
            "generated, once the draft is saved."
        ),
    )

    class Meta:
        model = Campaign
        fields = SETTINGS
        labels = {
            "limit": gettext_lazy("Limit in all"),
            "unlimited": gettext_lazy("No limits"),
            "single_coupon": gettext_lazy("One code for all"),
            "low_stock_units": gettext_lazy("Stock is low from"),
            "pause_units": gettext_lazy("Pause by itself at"),
            "photo_alt": gettext_lazy("What the picture shows"),
        }
        widgets = {text: TextareaWidget(attrs={"rows": 3}) for text in (*TEXTS, "brand_description")}
        help_texts = {
            "name": gettext_lazy("The headline that customers read."),
            "unlimited": gettext_lazy("It is sold as long as there are codes."),
            "short_description": gettext_lazy("What customers read in the list of rewards. Texts may hold Markdown."),
            "conditions_description": gettext_lazy("For whom and for what the reward holds."),
            "usage_instruction": gettext_lazy("What to do with the code."),
            "photo_alt": gettext_lazy("A few words for people who cannot see it."),
            "brand_description": gettext_lazy("Whose reward it is."),
            "more_information_link": gettext_lazy("A page that apps show as a button."),
            "reward_value": gettext_lazy("What the reward is worth, in money."),
            "cost_in_points": gettext_lazy("Whole points that a customer pays. 0: it is free."),
            "single_coupon": gettext_lazy("Every buyer gets the same code, the first of the list."),
            "low_stock_units": gettext_lazy(
                "When so many units or fewer are left, the page and the list say so. Empty: never."
            ),
            "pause_units": gettext_lazy(
                "When so many units or fewer are left, it is switched off, once. 0: when it is sold out. Empty: never. "
                "What is sold in the second before stays sold."
            ),
            "all_time_active": gettext_lazy("From publishing on, without an end."),
            "all_time_visible": gettext_lazy("On all days on which it can be bought, and on all others."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        levels, segments, self.stored_labels = [], [], []
        if self.instance._state.adding:
            self.initial.setdefault("all_time_visible", True)
        else:
            levels = list(self.instance.level_targets.values_list("level_id", flat=True))
            segments = list(self.instance.segment_targets.values_list("segment_id", flat=True))
            self.stored_labels = list(self.instance.labels.all())
            self.initial |= {"levels": levels, "segments": segments, "label_text": labels.written(self.stored_labels)}
        self.initial["target"] = AimField.kind_of(levels, segments)
        self.initial["more"] = any(self.initial.get(name) not in (None, "") for name in DETAILS)
        self.fields["levels"].offer(Level, levels)
        self.fields["segments"].offer(Segment, segments)

    @property
    def publishes(self) -> bool:
        """Whether the form switches the campaign on."""
        return PUBLISH in self.data and not self.instance.active

    def full_clean(self) -> None:
        """Details that are wrong are not hidden."""
        super().full_clean()
        if self._errors.keys() & set(DETAILS):
            self.data = self.data.copy()
            self.data["more"] = "on"

    def clean_codes(self) -> list[str]:
        codes = stock.cleaned(self.cleaned_data["codes"].splitlines())
        for code in codes:
            if len(code) > LONGEST_CODE:
                raise forms.ValidationError(
                    _("A code has at most %(most)d characters; “%(start)s…” is longer."),
                    params={"most": LONGEST_CODE, "start": code[:20]},
                )
        return codes

    def clean_label_text(self) -> list[tuple[str, str | None]]:
        """Labels that nobody touched stay as they were sent, with spaces that staff would not write."""
        if "label_text" not in self.changed_data:
            return [(label.key, label.value) for label in self.stored_labels]
        return labels.read(self.cleaned_data["label_text"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self._clean_limits(data)
        for always, window in WINDOWS.items():
            self._clean_window(data, always, *window)
        self._clean_target(data)
        if self.publishes and not self.errors:
            self._refuse_what_blocks()
        return data

    def _clean_limits(self, data: dict[str, Any]) -> None:
        for limit in LIMITS:
            if data.get("unlimited"):
                self._drop(data, limit, None)
            elif limit not in self.errors and not data.get(limit):
                self.add_error(limit, _("At least 1, unless there is no limit."))

    def _clean_window(self, data: dict[str, Any], always: str, first: str, last: str) -> None:
        if data.get(always):
            self._drop(data, first, None)
            self._drop(data, last, None)
            return
        for date in (first, last):
            if date not in self.errors and not data.get(date):
                self.add_error(date, NEEDED)
        if data.get(first) and data.get(last) and data[last] < data[first]:
            self.add_error(last, _("This is before the beginning."))

    def _clean_target(self, data: dict[str, Any]) -> None:
        """Rule: Open Loyalty, "Reward Campaigns API", `target`: the one empties the other, without it both are kept."""
        for name in AimField.EMPTIES.get(data.get("target"), ()):
            self._drop(data, name, [])
        if not data.get("levels") and not data.get("segments") and not self.errors.keys() & {"levels", "segments"}:
            shown = "segments" if data.get("target") == AimField.SEGMENT else "levels"
            self.add_error(shown, _("Choose at least one level or segment: nobody sees the campaign otherwise."))

    def _refuse_what_blocks(self) -> None:
        for finding in judged(standing_of(self), timezone.now()):
            if finding.blocks:
                place = finding.place if finding.place in self.fields else "codes"
                self.add_error(place, f"{finding.sentence} {finding.remedy}")

    def _drop(self, data: dict[str, Any], field: str, nothing: Any) -> None:
        """Forget what stands in a field that the page hides."""
        data[field] = nothing
        self._errors.pop(field, None)

    def draft(self) -> Draft:
        data = self.cleaned_data
        return Draft(
            settings={name: data[name] for name in SETTINGS} | ({"active": True} if self.publishes else {}),
            codes=data["codes"],
            level_ids=data["levels"],
            segment_ids=data["segments"],
            labels=data["label_text"],
        )
