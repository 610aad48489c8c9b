"""A campaign as Open Loyalty's clients send it. Rule: "Reward Campaigns API", "Create a new campaign"."""

from typing import Any

from campaigns.models import Campaign
from campaigns.services import Draft
from loyalty_site.api.date_fields import MomentField
from loyalty_site.api.fields import CheckBoxField, ChoiceField, CollectionField, TextField, URLField, UUIDField
from loyalty_site.api.form_errors import TOO_FEW, ErrorTree, Tree
from loyalty_site.api.forms import Form, Values
from loyalty_site.api.number_fields import DecimalField, IntegerField

LARGEST = 2**31 - 1  # points and limits are 32-bit numbers
MOST_CODES = 100_000  # a larger pool is imported; a body of that size is refused before
LONGEST_TEXT = 20_000
LONGEST_NAME = 255
AMOUNTS_BELOW = 10**10  # of money, to the hundredth
TAX_BELOW = 99  # percent
LATER_FIELDS = ["labels", "moreInformationLink", "rewardValue", "tax", "taxPriceValue", "brandDescription"]

Label = tuple[str, str | None]


class LabelsField(TextField):
    """`key:value;key2:value2`; a key may stand alone or several times, pieces after the value are lost."""

    def to_internal_value(self, data: Any) -> list[Label] | None:
        labels = [_label(part) for part in (super().to_internal_value(data) or "").split(";") if part]
        if any(len(key) > LONGEST_NAME or len(value or "") > LONGEST_NAME for key, value in labels):
            self.fail("invalid")
        return labels


def _label(part: str) -> Label:
    key, *more = part.split(":")
    return key, more[0] if more else None


class ActivityForm(Form):
    allTimeActive = CheckBoxField()
    activeFrom = MomentField()
    activeTo = MomentField(end=True)

    def check(self, values: Values, errors: ErrorTree) -> None:
        if not values["allTimeActive"]:
            self.require(values, errors, "activeFrom", "activeTo")


class VisibilityForm(Form):
    allTimeVisible = CheckBoxField()
    visibleFrom = MomentField()
    visibleTo = MomentField(end=True)

    def check(self, values: Values, errors: ErrorTree) -> None:
        if not values["allTimeVisible"]:
            self.require(values, errors, "visibleFrom", "visibleTo")


class CampaignForm(Form):
    reward = ChoiceField(choices=Campaign.Reward.values, required=True)
    name = TextField(required=True, max_length=LONGEST_NAME)
    shortDescription = TextField(max_length=LONGEST_TEXT)
    conditionsDescription = TextField(max_length=LONGEST_TEXT)
    usageInstruction = TextField(max_length=LONGEST_TEXT)
    active = CheckBoxField()
    costInPoints = IntegerField(required=True, min_value=-LARGEST, max_value=LARGEST)
    target = ChoiceField(choices=("level", "segment"))
    levels = CollectionField(child=UUIDField())
    segments = CollectionField(child=UUIDField())
    unlimited = CheckBoxField()
    singleCoupon = CheckBoxField()
    limit = IntegerField(min_value=0, max_value=LARGEST, cut=True)
    limitPerUser = IntegerField(min_value=0, max_value=LARGEST, cut=True)
    coupons = CollectionField(child=TextField(max_length=LONGEST_NAME), max_items=MOST_CODES, required=True)
    campaignVisibility = VisibilityForm()
    campaignActivity = ActivityForm()
    labels = LabelsField()
    moreInformationLink = URLField()
    rewardValue = DecimalField(above=0, below=AMOUNTS_BELOW)
    tax = DecimalField(at_least=0, below=TAX_BELOW)
    taxPriceValue = DecimalField(above=0, below=AMOUNTS_BELOW)
    brandDescription = TextField(max_length=LONGEST_TEXT)

    def check(self, values: Values, errors: ErrorTree) -> None:
        if values.get("target") == "level":
            values["segments"] = []
        if values.get("target") == "segment":
            values["levels"] = []
        if values.get("levels") == [] and values.get("segments") == []:
            errors.add(TOO_FEW, "levels", "segments")
        if not values["unlimited"]:
            self.require(values, errors, "limit", "limitPerUser")

    def shape(self, errors: ErrorTree, raw: Any) -> Tree:
        """A form that was not sent is answered with the documented fields; others came to it later."""
        tree = super().shape(errors, raw)
        if raw is None and not errors:
            for name in LATER_FIELDS:
                del tree["children"][name]
        return tree


def draft_of(values: Values) -> Draft:
    """The form's values in the words of the domain."""
    activity, visibility = values["campaignActivity"], values["campaignVisibility"]
    settings = {
        "reward": values["reward"],
        "name": values["name"],
        "short_description": values["shortDescription"] or "",
        "conditions_description": values["conditionsDescription"] or "",
        "usage_instruction": values["usageInstruction"] or "",
        "brand_description": values["brandDescription"] or "",
        "more_information_link": values["moreInformationLink"] or "",
        "reward_value": values["rewardValue"],
        "tax": values["tax"],
        "tax_price_value": values["taxPriceValue"],
        "active": values["active"],
        "cost_in_points": values["costInPoints"],
        "unlimited": values["unlimited"],
        "single_coupon": values["singleCoupon"],
        "limit": values["limit"],
        "limit_per_customer": values["limitPerUser"],
        "all_time_active": activity["allTimeActive"],
        "active_from": activity["activeFrom"],
        "active_to": activity["activeTo"],
        "all_time_visible": visibility["allTimeVisible"],
        "visible_from": visibility["visibleFrom"],
        "visible_to": visibility["visibleTo"],
    }
    return Draft(
        settings=settings,
        codes=values["coupons"],
        level_ids=values["levels"],
        segment_ids=values["segments"],
        labels=values["labels"] or [],
    )
