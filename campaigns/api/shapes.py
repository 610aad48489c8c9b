"""What the objects of campaigns and purchases look like, in OpenAPI's terms."""

from campaigns.models import Campaign
from loyalty_site.api.description.shapes import (
    BOOLEAN,
    ID,
    INTEGER,
    MOMENT,
    NUMBER,
    TEXT,
    Schema,
    list_of,
    map_of,
    page_of,
    record,
    saying,
    words,
)

LABEL = record({"key": TEXT, "value?": TEXT})
NAMES = map_of(TEXT)
# What customers do not read: the codes, and whom a campaign is aimed at.
FOR_STAFF = {
    "levels": list_of(ID),
    "segments": list_of(ID),
    "coupons": saying(list_of(TEXT), "All codes in the details of one campaign, the first 1,000 in a list."),
}
FOR_EVERYBODY: dict[str, Schema] = {
    "campaignId": ID,
    "reward": words(Campaign.Reward.values),
    "name": TEXT,
    "shortDescription?": TEXT,
    "conditionsDescription?": TEXT,
    "usageInstruction?": TEXT,
    "brandDescription?": TEXT,
    "moreInformationLink?": TEXT,
    "rewardValue?": NUMBER,
    "tax?": NUMBER,
    "taxPriceValue?": NUMBER,
    "active": saying(BOOLEAN, "The flag, not the window."),
    "costInPoints": INTEGER,
    "singleCoupon": saying(BOOLEAN, "Every buyer gets the same code."),
    "unlimited": BOOLEAN,
    "limit?": saying(INTEGER, "Left out when unlimited."),
    "limitPerUser?": saying(INTEGER, "Left out when unlimited."),
    "campaignActivity": record({"allTimeActive": BOOLEAN, "activeFrom?": MOMENT, "activeTo?": MOMENT}),
    "campaignVisibility": record({"allTimeVisible": BOOLEAN, "visibleFrom?": MOMENT, "visibleTo?": MOMENT}),
    "labels": list_of(LABEL),
    "segmentNames": NAMES,
    "levelNames": NAMES,
    "will_be_active_from?": saying(MOMENT, "Only where the campaign is not active now."),
    "will_be_active_to?": MOMENT,
    "usageLeft": INTEGER,
    "visibleForCustomersCount": INTEGER,
    "usersWhoUsedThisCampaignCount": INTEGER,
    "hasPhoto": BOOLEAN,
}
FOR_A_BUYER = {"usageLeftForCustomer": INTEGER, "canBeBoughtByCustomer": BOOLEAN}

CAMPAIGN = record(FOR_STAFF | FOR_EVERYBODY, title="Campaign")
CAMPAIGN_FOR_ANYBODY = record(
    {f"{key}?": shape for key, shape in FOR_STAFF.items()} | FOR_EVERYBODY, title="CampaignForItsReader"
)
OFFERED = record(FOR_STAFF | FOR_EVERYBODY | FOR_A_BUYER, title="OfferedCampaign")
OFFERED_TO_ONESELF = record(FOR_EVERYBODY | FOR_A_BUYER, title="CampaignOfferedToOneself")

CAMPAIGN_ID = record({"campaignId": ID})
COUPON = record({"code": TEXT})
BOUGHT_COUPON = saying(record({"code?": TEXT}), "Empty for callers who may not see codes.")
MARKED = record({"name": TEXT, "used": {"const": True}, "campaignId": ID, "customerId": ID})
PURCHASE: dict[str, Schema] = {
    "purchaseAt": MOMENT,
    "costInPoints": INTEGER,
    "campaignId": ID,
    "used": BOOLEAN,
    "coupon": BOUGHT_COUPON,
}
PURCHASE_OF_ANYBODY = record(
    {
        "purchasedAt": MOMENT,
        "costInPoints": INTEGER,
        "campaignId": ID,
        "campaignName": TEXT,
        "campaignType": words(Campaign.Reward.values),
        "customerId": ID,
        "customerName?": TEXT,
        "customerLastname?": TEXT,
        "customerEmail?": TEXT,
        "customerPhone?": TEXT,
        "taxPriceValue?": NUMBER,
        "coupon": BOUGHT_COUPON,
        "used": BOOLEAN,
    },
    title="PurchaseOfAnybody",
)
BOUGHT = record(
    PURCHASE | {"campaign?": saying(CAMPAIGN_FOR_ANYBODY, "With `includeDetails`.")}, title="BoughtCampaign"
)


def campaigns(item: Schema) -> Schema:
    return page_of("campaigns", item)
