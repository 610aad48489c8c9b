"""A campaign as clients send it, and the answers to it."""

from urllib.parse import urlencode

from tests.callers import told

BRONZE = "10000000-0000-4000-8000-000000000001"
GOLD = "10000000-0000-4000-8000-000000000002"
REGULARS = "20000000-0000-4000-8000-000000000001"

BLANK = "This value should not be blank."
INVALID = "This value is not valid."
TOO_FEW = "This collection should contain 1 element or more."

SENT = {
    "reward": "discount_code",
    "name": "Free coffee",
    "shortDescription": "A coffee for you",
    "conditionsDescription": "One a day",
    "usageInstruction": "Show the code",
    "active": True,
    "costInPoints": 10,
    "target": "level",
    "levels": [BRONZE],
    "segments": [],
    "labels": "type:promotion",
    "unlimited": False,
    "singleCoupon": False,
    "limit": 10,
    "limitPerUser": 2,
    "coupons": ["A", "B"],
    "campaignVisibility": {
        "allTimeVisible": False,
        "visibleFrom": "2026-01-01 00:00",
        "visibleTo": "2026-12-31 23:59",
    },
    "campaignActivity": {
        "allTimeActive": False,
        "activeFrom": "2026-02-01 00:00",
        "activeTo": "2026-11-30 23:59",
    },
    "moreInformationLink": "https://example.com/coffee?cup=1",
    "rewardValue": 12.5,
    "tax": 23,
    "taxPriceValue": 2.88,
    "brandDescription": "Roasted by *us*",
}
LATER = ("labels", "moreInformationLink", "rewardValue", "tax", "taxPriceValue", "brandDescription")
SHOWN = {
    "reward": "discount_code",
    "name": "Free coffee",
    "shortDescription": "A coffee for you",
    "conditionsDescription": "One a day",
    "usageInstruction": "Show the code",
    "active": True,
    "costInPoints": 10,
    "levels": [BRONZE],
    "segments": [],
    "labels": [{"key": "type", "value": "promotion"}],
    "unlimited": False,
    "singleCoupon": False,
    "limit": 10,
    "limitPerUser": 2,
    "coupons": ["A", "B"],
    "campaignVisibility": {
        "allTimeVisible": False,
        "visibleFrom": "2026-01-01T00:00:00+0100",
        "visibleTo": "2026-12-31T23:59:00+0100",
    },
    "campaignActivity": {
        "allTimeActive": False,
        "activeFrom": "2026-02-01T00:00:00+0100",
        "activeTo": "2026-11-30T23:59:00+0100",
    },
    "moreInformationLink": "https://example.com/coffee?cup=1",
    "rewardValue": 12.5,
    "tax": 23,
    "taxPriceValue": 2.88,
    "brandDescription": "Roasted by *us*",
    "segmentNames": [],
    "levelNames": [],
    "usageLeft": 2,
    "visibleForCustomersCount": 0,
    "usersWhoUsedThisCampaignCount": 0,
    "hasPhoto": False,
}


def sent(**changes):
    """The request's body as JSON; a change to None leaves the field out."""
    fields = SENT | changes
    return {"campaign": {name: value for name, value in fields.items() if value is not None}}


def as_form(body) -> str:
    """The same body as a form: lists by index, check boxes as 1 and 0, an empty list not at all."""
    return urlencode(list(_pairs("", body)))


def _pairs(name, value):
    if isinstance(value, dict | list):
        parts = value.items() if isinstance(value, dict) else enumerate(value)
        for key, part in parts:
            yield from _pairs(f"{name}[{key}]" if name else key, part)
    else:
        yield name, int(value) if isinstance(value, bool) else value


def refused(body, errors, *whole):
    """The answer: a whole tree with these texts at these paths, as `campaignActivity.activeTo` or `levels.0`."""
    fields = body["campaign"] if isinstance(body.get("campaign"), dict) else {}
    names = SENT if "campaign" in body else [name for name in SENT if name not in LATER]
    children = {name: _field(name, fields.get(name), errors) for name in names}
    form = {"children": children} | ({"errors": list(whole)} if whole else {})
    return 400, {"form": form, "errors": list(whole)}


def _field(path, value, errors):
    shape = {"errors": [errors[path]]} if path in errors else {}
    if path in ("campaignVisibility", "campaignActivity"):
        parts = value if isinstance(value, dict) else {}
        return shape | {"children": {key: _field(f"{path}.{key}", parts.get(key), errors) for key in SENT[path]}}
    if path in ("levels", "segments", "coupons") and isinstance(value, dict | list) and value:
        items = value.values() if isinstance(value, dict) else value
        return shape | {"children": [_field(f"{path}.{n}", item, errors) for n, item in enumerate(items)]}
    return shape


def created(admin, **changes) -> str:
    """The id of a campaign made over the API."""
    status, body = admin.post("/api/campaign", sent(**changes))
    assert status == 200, body
    return body["campaignId"]


def shown(caller, campaign_id, path="/api/campaign"):
    """The campaign as the caller reads it."""
    status, body = told(caller.send("GET", f"{path}/{campaign_id}"))
    assert status == 200
    return body
