"""What the endpoints of the campaigns app take and answer, in OpenAPI's terms. The objects stand in `shapes.py`."""

from dataclasses import replace

from campaigns.api.bought_rewards import SORTS as BOUGHT_SORTS
from campaigns.api.campaign_form import CampaignForm
from campaigns.api.coupons_used import CustomersCoupons, OwnCoupons
from campaigns.api.openloyalty import DIALECT, SORTS
from campaigns.api.photo import PhotoForm
from campaigns.api.purchase_object import SORTS as PURCHASE_SORTS
from campaigns.api.shapes import (
    BOUGHT,
    CAMPAIGN,
    CAMPAIGN_FOR_ANYBODY,
    CAMPAIGN_ID,
    COUPON,
    MARKED,
    OFFERED,
    OFFERED_TO_ONESELF,
    PURCHASE_OF_ANYBODY,
    campaigns,
)
from campaigns.api.using import MISSING
from campaigns.images import CONTENT_TYPES, WIDTHS
from campaigns.models import Campaign
from customers.api.descriptions import CUSTOMER_IN_PATH
from loyalty_site.api.description.answers import FORM_ERRORS
from loyalty_site.api.description.dialects import FAILURE
from loyalty_site.api.description.operations import PAGING, Chapter, Operation, sorted_by
from loyalty_site.api.description.shapes import (
    ANYTHING,
    BINARY,
    BOOLEAN,
    EMPTY_LIST,
    ID,
    INTEGER,
    TEXT,
    list_of,
    one_of,
    page_of,
    record,
    saying,
    words,
)
from loyalty_site.api.forms import Form

DEMO_CAMPAIGN = "000096cf-32a3-43bd-9034-4df343e5fd93"
PATHS = {
    "campaign": saying(ID | {"example": DEMO_CAMPAIGN}, "The campaign's id."),
    "customer": CUSTOMER_IN_PATH,
    "code": saying(TEXT, "The coupon's code."),
}
LISTED = PAGING | sorted_by(list(SORTS))
HTML = {"format": saying(words(["html"]), "Gives the descriptions as HTML that may stand within a paragraph.")}
FILTERS = {
    "labels[0][key]": saying(TEXT, "Campaigns with a label of this key; `labels[1]` and so on are further conditions."),
    "labels[0][value]": saying(TEXT, "Campaigns with a label of this value, and of that key if both are given."),
    "active": saying(words(["1", "0"]), "Switched on or off."),
    "campaignType": saying(words(Campaign.Reward.values), "The reward."),
    "name": saying(TEXT, "A part of the name."),
}
BOUGHT_FILTERS = {
    "used": saying(words(["1", "0"]), "Used or not."),
    "purchasedAtFrom": saying(TEXT, "A moment."),
    "purchasedAtTo": saying(TEXT, "A moment; a day without a time includes all of that day."),
}
PURCHASES = PAGING | sorted_by(list(PURCHASE_SORTS)) | {"includeDetails": saying(BOOLEAN, "With each campaign.")}

REFUSALS = [saying.text for saying in DIALECT.says.values() if saying.text]
buy = Operation("Buy a reward", record({"coupon": COUPON}), refusals=REFUSALS)
buy_or_give = replace(
    buy,
    note="With `withoutPoints` it costs no points; an API token needs the scope `points:write` for that.",
    body=record({"withoutPoints?": BOOLEAN}),
)
use = Operation(
    "Mark a coupon as used, or as not used",
    record({"used": ANYTHING}),
    note="Answers `used` as it was sent. An unknown code is no error. Customers cannot take it back.",
    body=record({"used": ANYTHING}),
    others={400: one_of(FAILURE, record({"errors": words(MISSING.values())}))},
)
available = Operation("What the customer can get", campaigns(OFFERED), query=LISTED | HTML)
detail = Operation("One campaign", CAMPAIGN_FOR_ANYBODY, query=HTML)
bought = Operation("What the customer bought", campaigns(BOUGHT), query=PURCHASES)
get_photo = Operation(
    "A campaign's photo",
    BINARY,
    query={"size": saying(INTEGER | {"enum": list(WIDTHS)}, "The width of a narrower rendition.")},
    media=tuple(CONTENT_TYPES.values()),
    others={304: None},
)
replace_campaign = Operation(
    "Replace a campaign",
    CAMPAIGN_ID,
    note="The whole data of the campaign is sent. Free codes that are left out are withdrawn.",
    form=CampaignForm,
    root="campaign",
)


def mark_used(form: type[Form]) -> Operation:
    return Operation(
        "Mark many coupons as used, all or none",
        record({"coupons": list_of(MARKED)}),
        form=form,
        others={400: FAILURE},
    )


CHAPTERS = [
    Chapter(
        "Campaigns",
        "Rewards that customers buy with points: made, changed and switched.",
        {
            "campaign-list": {
                "GET": Operation("List campaigns", campaigns(CAMPAIGN), query=LISTED | FILTERS | HTML),
                "POST": Operation("Create a campaign", CAMPAIGN_ID, form=CampaignForm, root="campaign"),
            },
            "campaign-active-list": {
                "GET": Operation(
                    "Names of the campaigns that are active now",
                    record({"campaigns": list_of(record({"id": ID, "name": TEXT}))}),
                )
            },
            "campaign-detail": {"GET": detail, "PUT": replace_campaign},
            "campaign-switch-on": {"POST": Operation("Switch a campaign on", CAMPAIGN_ID)},
            "campaign-switch-off": {"POST": Operation("Switch a campaign off", CAMPAIGN_ID)},
            "campaign-photo": {
                "GET": get_photo,
                "POST": Operation("Set a campaign's photo", EMPTY_LIST, form=PhotoForm, root="photo"),
                "DELETE": Operation("Remove a campaign's photo", EMPTY_LIST),
            },
            "seller-campaign-list": {
                "GET": Operation("List what is switched on and visible now", campaigns(CAMPAIGN), query=LISTED | HTML)
            },
            "seller-campaign-detail": {"GET": detail},
        },
        PATHS,
    ),
    Chapter(
        "What was bought",
        "The rewards that all customers bought.",
        {
            "campaign-bought-list": {
                "GET": Operation(
                    "List what all customers bought, the latest first",
                    page_of("boughtCampaigns", PURCHASE_OF_ANYBODY),
                    query=PAGING | sorted_by(list(BOUGHT_SORTS)) | BOUGHT_FILTERS,
                    others={400: one_of(FAILURE, FORM_ERRORS)},
                )
            },
            "campaign-bought-export": {
                "GET": Operation(
                    "The same as a file for spreadsheets",
                    TEXT,
                    media=("text/csv",),
                    query=BOUGHT_FILTERS,
                    others={400: one_of(FAILURE, FORM_ERRORS)},
                )
            },
        },
    ),
    Chapter(
        "Rewards of a customer",
        "What a customer can get, gets and has, for the administration and for sellers.",
        {
            "admin-customer-available": {"GET": available},
            "seller-customer-available": {"GET": available},
            "admin-customer-buy": {"POST": buy_or_give},
            "seller-customer-buy": {"POST": buy},
            "admin-customer-bought": {"GET": bought},
            "seller-customer-bought": {"GET": bought},
            "admin-customer-coupon": {"POST": use},
            "admin-coupons-used": {"POST": mark_used(CustomersCoupons)},
        },
        PATHS,
    ),
    Chapter(
        "One's own rewards",
        "What the customer who calls can get, gets and has.",
        {
            "customer-available": {"GET": Operation("What I can get", campaigns(OFFERED_TO_ONESELF), query=LISTED)},
            "customer-bought": {"GET": bought},
            "customer-buy": {"POST": buy},
            "customer-coupon": {"POST": use},
            "customer-coupons-used": {"POST": mark_used(OwnCoupons)},
        },
        PATHS,
    ),
]
