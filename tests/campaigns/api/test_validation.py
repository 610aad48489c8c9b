"""What is wrong with a campaign: the whole tree of errors, for creating and for updating; and nothing is written.

Rule: the form errors of Open Loyalty's "Reward Campaigns API" and what its front end shows of them.
"""

import pytest

from tests.books import books
from tests.builders import campaign
from tests.campaigns.api.documents import BLANK, BRONZE, INVALID, SENT, TOO_FEW, as_form, refused, sent

pytestmark = [pytest.mark.django_db, pytest.mark.once("sqlite")]

TOO_LONG = "This value is too long. It should have 255 characters or less."
NO_URL = "This value is not a valid URL."
ABOVE_0 = "This value should be greater than 0."


def only(name, **changes):
    """One group of the campaign with changed parts; None leaves a part out."""
    return {name: {key: value for key, value in (SENT[name] | changes).items() if value is not None}}


def visible(**changes):
    return only("campaignVisibility", **changes)


def active(**changes):
    return only("campaignActivity", **changes)


BOTH_TOO_FEW = {"levels": TOO_FEW, "segments": TOO_FEW}
REFUSED = {
    "reward missing": ({"reward": None}, {"reward": BLANK}),
    "reward empty": ({"reward": ""}, {"reward": BLANK}),
    "reward unknown": ({"reward": "car"}, {"reward": INVALID}),
    "reward of a later release": ({"reward": "cashback"}, {"reward": INVALID}),
    "reward in other letters": ({"reward": "Discount_Code"}, {"reward": INVALID}),
    "name missing": ({"name": None}, {"name": BLANK}),
    "name empty": ({"name": ""}, {"name": BLANK}),
    "name of spaces": ({"name": " \t "}, {"name": BLANK}),
    "name too long": ({"name": "n" * 256}, {"name": TOO_LONG}),
    "cost missing": ({"costInPoints": None}, {"costInPoints": BLANK}),
    "cost empty": ({"costInPoints": ""}, {"costInPoints": BLANK}),
    "cost a word": ({"costInPoints": "ten"}, {"costInPoints": INVALID}),
    "cost with a unit": ({"costInPoints": "10 points"}, {"costInPoints": INVALID}),
    "cost a fraction": ({"costInPoints": "10.5"}, {"costInPoints": INVALID}),
    "cost a fraction by comma": ({"costInPoints": "10,5"}, {"costInPoints": INVALID}),
    "cost with a small fraction": ({"costInPoints": "10.001"}, {"costInPoints": INVALID}),
    "cost above 32 bits": ({"costInPoints": 2**31}, {"costInPoints": INVALID}),
    "cost below 32 bits": ({"costInPoints": -(2**31)}, {"costInPoints": INVALID}),
    "no target chosen": ({"target": None, "levels": [], "segments": []}, BOTH_TOO_FEW),
    "target level, none given": ({"target": "level", "levels": []}, BOTH_TOO_FEW),
    "target level, none sent": ({"target": "level", "levels": None}, BOTH_TOO_FEW),
    "target level, segments given": ({"target": "level", "levels": [], "segments": [BRONZE]}, BOTH_TOO_FEW),
    "target segment, levels given": ({"target": "segment", "levels": [BRONZE], "segments": []}, BOTH_TOO_FEW),
    "target segment, blank ones": ({"target": "segment", "segments": ["", ""]}, BOTH_TOO_FEW),
    "target unknown": ({"target": "everybody"}, {"target": INVALID}),
    "a level that is no UUID": ({"levels": [BRONZE, "gold"]}, {"levels": INVALID, "levels.1": INVALID}),
    "a segment that is no UUID": (
        {"target": "segment", "segments": ["x", BRONZE]},
        {"segments": INVALID, "segments.0": INVALID},
    ),
    "levels a text": ({"levels": BRONZE}, {"levels": INVALID}),
    "no coupons": ({"coupons": None}, {"coupons": TOO_FEW}),
    "empty coupons": ({"coupons": []}, {"coupons": TOO_FEW}),
    "blank coupons": ({"coupons": ["", " "]}, {"coupons": TOO_FEW}),
    "coupons a text": ({"coupons": "A"}, {"coupons": INVALID}),
    "a coupon too long": ({"coupons": ["A", "c" * 256]}, {"coupons": INVALID, "coupons.1": TOO_LONG}),
    "a coupon a group": ({"coupons": ["A", {"code": "B"}]}, {"coupons": INVALID, "coupons.1": INVALID}),
    "limit missing": ({"limit": None}, {"limit": BLANK}),
    "limit empty": ({"limit": ""}, {"limit": BLANK}),
    "limit 0": ({"limit": 0}, {"limit": BLANK}),
    "limit cut to 0": ({"limit": "0.9"}, {"limit": BLANK}),
    "limit a word": ({"limit": "ten"}, {"limit": INVALID}),
    "limit negative": ({"limit": -1}, {"limit": INVALID}),
    "limit above 32 bits": ({"limit": 2**31}, {"limit": INVALID}),
    "limit per user missing": ({"limitPerUser": None}, {"limitPerUser": BLANK}),
    "limit per user 0": ({"limitPerUser": 0}, {"limitPerUser": BLANK}),
    "limit per user empty": ({"limitPerUser": ""}, {"limitPerUser": BLANK}),
    "limit per user above 32 bits": ({"limitPerUser": 2**31}, {"limitPerUser": INVALID}),
    "limit per user a word": ({"limitPerUser": "two"}, {"limitPerUser": INVALID}),
    "limit per user negative": ({"limitPerUser": "-1"}, {"limitPerUser": INVALID}),
    "unlimited with a bad limit": ({"unlimited": True, "limit": "ten"}, {"limit": INVALID}),
    "visible from missing": (visible(visibleFrom=None), {"campaignVisibility.visibleFrom": BLANK}),
    "visible to missing": (visible(visibleTo=None), {"campaignVisibility.visibleTo": BLANK}),
    "visible from unreadable": (visible(visibleFrom="soon"), {"campaignVisibility.visibleFrom": INVALID}),
    "visible to no day": (visible(visibleTo="2026-02-30"), {"campaignVisibility.visibleTo": INVALID}),
    "visibility missing": (
        {"campaignVisibility": None},
        {"campaignVisibility.visibleFrom": BLANK, "campaignVisibility.visibleTo": BLANK},
    ),
    "visibility a text": ({"campaignVisibility": "always"}, {"campaignVisibility": INVALID}),
    "active from empty": (active(activeFrom=""), {"campaignActivity.activeFrom": BLANK}),
    "active from no day": (active(activeFrom="2017-02-30 10:59"), {"campaignActivity.activeFrom": INVALID}),
    "dates of spaces": (
        visible(visibleFrom=" ", visibleTo=" "),
        {"campaignVisibility.visibleFrom": BLANK, "campaignVisibility.visibleTo": BLANK},
    ),
    "active to missing": (active(activeTo=None), {"campaignActivity.activeTo": BLANK}),
    "active to unreadable": (active(activeTo="2026-13-01"), {"campaignActivity.activeTo": INVALID}),
    "activity missing": (
        {"campaignActivity": None},
        {"campaignActivity.activeFrom": BLANK, "campaignActivity.activeTo": BLANK},
    ),
    "always active, with an unreadable date": (
        active(allTimeActive=True, activeTo="never"),
        {"campaignActivity.activeTo": INVALID},
    ),
    "link a word": ({"moreInformationLink": "soon"}, {"moreInformationLink": NO_URL}),
    "link without a scheme": ({"moreInformationLink": "example.com"}, {"moreInformationLink": NO_URL}),
    "link to a script": ({"moreInformationLink": "javascript:alert(1)"}, {"moreInformationLink": NO_URL}),
    "link to a file server": ({"moreInformationLink": "ftp://example.com"}, {"moreInformationLink": NO_URL}),
    "link too long": ({"moreInformationLink": f"https://example.com/{'p' * 2_029}"}, {"moreInformationLink": NO_URL}),
    "reward worth nothing": ({"rewardValue": 0}, {"rewardValue": ABOVE_0}),
    "reward worth less than a hundredth": ({"rewardValue": "0.004"}, {"rewardValue": ABOVE_0}),
    "reward worth less than nothing": ({"rewardValue": "-1"}, {"rewardValue": ABOVE_0}),
    "reward worth too much": (
        {"rewardValue": 10**10},
        {"rewardValue": "This value should be less than 10000000000."},
    ),
    "reward worth a word": ({"rewardValue": "much"}, {"rewardValue": INVALID}),
    "tax below 0": ({"tax": "-0.01"}, {"tax": "This value should be greater than or equal to 0."}),
    "tax 99": ({"tax": 99}, {"tax": "This value should be less than 99."}),
    "tax nearly 99": ({"tax": "98.995"}, {"tax": "This value should be less than 99."}),
    "tax with a sign": ({"tax": "23 %"}, {"tax": INVALID}),
    "tax worth nothing": ({"taxPriceValue": "0,00"}, {"taxPriceValue": ABOVE_0}),
    "tax worth less than nothing": ({"taxPriceValue": -0.5}, {"taxPriceValue": ABOVE_0}),
    "tax worth too much": (
        {"taxPriceValue": "9999999999.995"},
        {"taxPriceValue": "This value should be less than 10000000000."},
    ),
    "tax worth a list": ({"taxPriceValue": [1]}, {"taxPriceValue": INVALID}),
    "brand too long": (
        {"brandDescription": "b" * 20_001},
        {"brandDescription": "This value is too long. It should have 20000 characters or less."},
    ),
    "labels a list": ({"labels": ["type:promotion"]}, {"labels": INVALID}),
    "labels a group": ({"labels": {"key": "type"}}, {"labels": INVALID}),
    "a label too long": ({"labels": "k" * 256}, {"labels": INVALID}),
    "everything at once": (
        {"reward": None, "name": "", "costInPoints": "x", "coupons": [], "limit": -1, "target": "x"},
        {
            "reward": BLANK,
            "name": BLANK,
            "costInPoints": INVALID,
            "coupons": TOO_FEW,
            "limit": INVALID,
            "target": INVALID,
        },
    ),
}
EVERY_TEXT = {
    "reward": BLANK,
    "name": BLANK,
    "costInPoints": BLANK,
    **BOTH_TOO_FEW,
    "limit": BLANK,
    "limitPerUser": BLANK,
    "coupons": TOO_FEW,
    "campaignVisibility.visibleFrom": BLANK,
    "campaignVisibility.visibleTo": BLANK,
    "campaignActivity.activeFrom": BLANK,
    "campaignActivity.activeTo": BLANK,
}


@pytest.fixture(scope="module")
def write(admin, for_the_module):
    """Creating, or updating a campaign that there is."""
    with for_the_module():
        campaign_id = campaign().pk
    calls = {
        "create": lambda body, **options: admin.post("/api/campaign", body, **options),
        "update": lambda body, **options: admin.put(f"/api/campaign/{campaign_id}", body, **options),
    }
    return lambda call, body, **options: calls[call](body, **options)


@pytest.mark.parametrize("encode", [dict, as_form], ids=["json", "form"])
@pytest.mark.parametrize(("changes", "errors"), REFUSED.values(), ids=REFUSED)
def test_refused(changes, errors, encode, write):
    before = books()
    body = sent(**changes)
    assert write("create", encode(body)) == refused(body, errors)
    assert write("update", encode(body)) == refused(body, errors)
    assert books() == before


@pytest.mark.parametrize("call", ["create", "update"])
@pytest.mark.parametrize(
    "body",
    ["campaign=", "campaign[name]=", {"campaign": {}}, {"campaign": None}, {"campaign": []}, {"campaign": ""}],
    ids=str,
)
def test_a_form_sent_empty_gets_every_text(body, call, write):
    assert write(call, body) == refused({"campaign": {}}, EVERY_TEXT)


@pytest.mark.parametrize("call", ["create", "update"])
@pytest.mark.parametrize("body", [None, "", "name=x", {}, {"name": "x"}, [], ["campaign"]], ids=str)
def test_a_form_that_was_not_sent_gets_no_text(body, call, write):
    before = books()
    assert write(call, body) == refused({}, {})
    assert books() == before


@pytest.mark.parametrize("call", ["create", "update"])
@pytest.mark.parametrize("body", ["campaign=x", {"campaign": "x"}, {"campaign": 1}, {"campaign": True}], ids=str)
def test_a_value_in_the_forms_place_is_not_valid_as_a_whole(body, call, write):
    before = books()
    assert write(call, body) == refused({"campaign": {}}, {}, INVALID)
    assert books() == before


@pytest.mark.parametrize(("field", "most", "item"), [("coupons", 100_000, "C"), ("levels", 1_000, BRONZE)])
def test_more_than_one_request_may_hold(field, most, item, write):
    """A pool of more codes than that is filled by an import."""
    before = books()
    status, body = write("create", sent(**{field: [item] * (most + 1)}))
    assert (status, body["form"]["children"][field]) == (
        400,
        {"errors": [f"This collection should contain {most} elements or less."]},
    )
    assert books() == before


def test_null_is_as_good_as_left_out(write):
    body = sent()
    body["campaign"] |= dict.fromkeys(["name", "limit", "coupons", "campaignVisibility"])
    errors = {"name": BLANK, "limit": BLANK, "coupons": TOO_FEW} | {
        "campaignVisibility.visibleFrom": BLANK,
        "campaignVisibility.visibleTo": BLANK,
    }
    assert write("create", body) == refused(body, errors)
