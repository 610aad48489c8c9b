"""The campaign's form. It checks and shapes; services save what it says.

Rules: Open Loyalty, "Reward Campaigns API", "Create a new campaign": limits unless unlimited, dates unless all-time, a
level or a segment, a code. Ours for staff: a window does not end before it begins.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns import stock
from campaigns.admin import labels
from campaigns.admin.choosing import TargetField
from campaigns.admin.moments import MomentField
from campaigns.admin.photo_field import WithPhoto
from campaigns.models import Campaign
from campaigns.services import Draft
from customers.models import Level, Segment
from loyalty_site.backoffice.theme import TextareaWidget, TextWidget

LIMITS = ["limit", "limit_per_customer"]
WINDOWS = {"all_time_active": ("active_from", "active_to"), "all_time_visible": ("visible_from", "visible_to")}
DATES = [date for window in WINDOWS.values() for date in window]
TEXTS = ["short_description", "conditions_description", "usage_instruction", "brand_description"]
WORTH = ["reward_value", "tax", "tax_price_value"]
WATCH = ["low_stock_units", "pause_units"]
SETTINGS = [
    *["name", "reward", *TEXTS, "more_information_link", *WORTH, "active"],
    *["cost_in_points", "unlimited", "single_coupon", *LIMITS, *WINDOWS, *DATES, *WATCH],
]
LONGEST_CODE = 255
NEEDED = gettext_lazy("This is needed.")
WATCHED = gettext_lazy(
    "Workers look every second or so while they run. What is sold in between stays sold, so a few more may go."
)
WHOLE_DAY = gettext_lazy("Without a time: the whole day.")


class CampaignForm(WithPhoto):
    active_from = MomentField(label=gettext_lazy("Can be bought from"))
    active_to = MomentField(label=gettext_lazy("Can be bought until"), closes=True, help_text=WHOLE_DAY)
    visible_from = MomentField(label=gettext_lazy("Shown from"))
    visible_to = MomentField(label=gettext_lazy("Shown until"), closes=True, help_text=WHOLE_DAY)
    levels = TargetField(
        label=gettext_lazy("Levels"),
        required=False,
        help_text=gettext_lazy("Customers on one of these levels see the campaign."),
    )
    segments = TargetField(
        label=gettext_lazy("Segments"),
        required=False,
        help_text=gettext_lazy("Customers in one of these segments see it too, whatever their level."),
    )
    label_text = forms.CharField(
        label=gettext_lazy("Labels"),
        required=False,
        strip=False,  # a label may begin or end with a space, and the form must know that nobody touched it
        widget=TextWidget,
        help_text=gettext_lazy("For shops and apps to sort campaigns by, such as: type:promotion; season:summer"),
    )
    codes = forms.CharField(
        label=gettext_lazy("Codes"),
        widget=TextareaWidget(attrs={"rows": 8}),
        help_text=gettext_lazy("One code per line. Codes that stand here twice count once."),
    )

    class Meta:
        model = Campaign
        fields = SETTINGS
        labels = {
            "active": gettext_lazy("Switched on"),
            "limit": gettext_lazy("Limit in all"),
            "unlimited": gettext_lazy("No limits"),
            "single_coupon": gettext_lazy("One code for all"),
            "low_stock_units": gettext_lazy("Stock is low from"),
            "pause_units": gettext_lazy("Pause by itself at"),
        }
        widgets = {text: TextareaWidget(attrs={"rows": 3}) for text in TEXTS}
        help_texts = {
            "unlimited": gettext_lazy("It is sold as long as there are codes."),
            "short_description": gettext_lazy("What customers read in the list of rewards."),
            "conditions_description": gettext_lazy("For whom and for what the reward holds."),
            "usage_instruction": gettext_lazy("What to do with the code."),
            "brand_description": gettext_lazy("Whose reward it is. All these texts may hold Markdown."),
            "more_information_link": gettext_lazy("A page that apps show as a button."),
            "reward_value": gettext_lazy("What the reward is worth, in money."),
            "cost_in_points": gettext_lazy("Whole points that a customer pays. 0: it is free."),
            "single_coupon": gettext_lazy("Every buyer gets the same code, the first of the list."),
            "low_stock_units": gettext_lazy(
                "When so many units or fewer are left, the page and the list say so. Empty: never."
            ),
            "pause_units": gettext_lazy(
                "When so many units or fewer are left, it is switched off, once. 0: when it is sold out. Empty: never."
            ),
            "active": gettext_lazy("Off: nobody can see or buy it, whatever the dates say."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        levels, segments, self.stored_labels = [], [], []
        if not self.instance._state.adding:
            levels = list(self.instance.level_targets.values_list("level_id", flat=True))
            segments = list(self.instance.segment_targets.values_list("segment_id", flat=True))
            self.stored_labels = list(self.instance.labels.all())
            self.initial |= {"levels": levels, "segments": segments, "label_text": labels.written(self.stored_labels)}
            self.fields["codes"].required = False
            self.fields["codes"].label = gettext_lazy("Add codes")
        self.fields["levels"].offer(Level, levels)
        self.fields["segments"].offer(Segment, segments)

    def clean_codes(self) -> list[str]:
        codes = stock.cleaned(self.cleaned_data["codes"].splitlines())
        for code in codes:
            if len(code) > LONGEST_CODE:
                raise forms.ValidationError(
                    _("A code has at most %(most)d characters; “%(start)s…” is longer."),
                    params={"most": LONGEST_CODE, "start": code[:20]},
                )
        if self.fields["codes"].required and not codes:
            raise forms.ValidationError(NEEDED)
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
        if not data.get("levels") and not data.get("segments") and not self.errors.keys() & {"levels", "segments"}:
            self.add_error("levels", _("Choose at least one level or segment: nobody sees the campaign otherwise."))
        return data

    def _clean_limits(self, data: dict[str, Any]) -> None:
        for limit in LIMITS:
            if data.get("unlimited"):
                self._drop(data, limit)
            elif limit not in self.errors and not data.get(limit):
                self.add_error(limit, _("At least 1, unless there is no limit."))

    def _clean_window(self, data: dict[str, Any], always: str, first: str, last: str) -> None:
        if data.get(always):
            self._drop(data, first)
            self._drop(data, last)
            return
        for date in (first, last):
            if date not in self.errors and not data.get(date):
                self.add_error(date, NEEDED)
        if data.get(first) and data.get(last) and data[last] < data[first]:
            self.add_error(last, _("This is before the beginning."))

    def _drop(self, data: dict[str, Any], field: str) -> None:
        """Forget what stands in a field that the page hides."""
        data[field] = None
        self._errors.pop(field, None)

    def draft(self) -> Draft:
        data = self.cleaned_data
        return Draft(
            settings={name: data[name] for name in SETTINGS},
            codes=data["codes"],
            level_ids=data["levels"],
            segment_ids=data["segments"],
            labels=data["label_text"],
        )
