"""What is to be done first with rewards."""

from django.utils.translation import gettext as _

from campaigns.models import Campaign, Coupon
from loyalty_site.backoffice.first_steps import Step


def steps() -> list[Step]:
    return [
        Step(
            text=_("Create a campaign"),
            why=_("It is the reward that customers buy with their points."),
            permission="campaigns.add_campaign",
            done=Campaign.objects.all(),
            page="admin:campaigns_campaign_add",
        ),
        Step(
            text=_("Load coupons into the campaign"),
            why=_("Customers get the codes; without them there is nothing to sell."),
            permission="campaigns.change_campaign",
            done=Coupon.objects.all(),
            page="admin:campaigns_campaign_changelist",
        ),
    ]
