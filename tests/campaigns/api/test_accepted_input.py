"""What is taken, and what it reads back as: numbers, codes, targets, labels, check boxes."""

import pytest

from tests.campaigns.api.documents import BRONZE, GOLD, REGULARS, SHOWN, as_form, created, sent, shown

pytestmark = [pytest.mark.django_db, pytest.mark.once("sqlite")]

UNHEARD_OF = "99999999-0000-4000-8000-000000000009"
NO_LIMITS = {"limit": None, "limitPerUser": None}
ALWAYS = {"allTimeActive": True}

ACCEPTED = {
    "a name with spaces around": ({"name": "  Free  tea\t"}, {"name": "Free  tea"}),
    "the longest name": ({"name": "ł" * 255}, {"name": "ł" * 255}),
    "a name that is a number": ({"name": 12}, {"name": "12"}),
    "markup in a name": ({"name": "<b>'\"&</b> \U0001f355"}, {"name": "<b>'\"&</b> \U0001f355"}),
    "a long description": ({"shortDescription": "d" * 20_000}, {"shortDescription": "d" * 20_000}),
    "no cost": ({"costInPoints": 0}, {"costInPoints": 0}),
    "a negative cost": ({"costInPoints": -5}, {"costInPoints": -5}),
    "the highest cost": ({"costInPoints": 2**31 - 1}, {"costInPoints": 2**31 - 1}),
    "a whole cost with a point": ({"costInPoints": "10.0"}, {"costInPoints": 10}),
    "a whole cost with a comma": ({"costInPoints": "10,00"}, {"costInPoints": 10}),
    "a cost with spaces around": ({"costInPoints": " 10 "}, {"costInPoints": 10}),
    "a cost with a sign": ({"costInPoints": "+10"}, {"costInPoints": 10}),
    "limits with a fraction": (
        {"limit": "1.5", "limitPerUser": "2.9"},
        {"limit": 1, "limitPerUser": 2, "usageLeft": 1},
    ),
    "a limit per user above the limit": (
        {"limit": 1, "limitPerUser": 5},
        {"limit": 1, "limitPerUser": 5, "usageLeft": 1},
    ),
    "the highest limits": (
        {"limit": 2**31 - 1, "limitPerUser": 2**31 - 1},
        {"limit": 2**31 - 1, "limitPerUser": 2**31 - 1},
    ),
    "the highest limit of one code for all": (
        {"singleCoupon": True, "limit": 2**31 - 1},
        {"singleCoupon": True, "limit": 2**31 - 1, "usageLeft": 2**31 - 1},
    ),
    "codes twice": ({"coupons": ["A", "B", "A", "B", "C"]}, {"coupons": ["A", "B", "C"], "usageLeft": 3}),
    "codes twice but for spaces": ({"coupons": ["A", " A ", "B"]}, {"coupons": ["A", "B"]}),
    "blank codes among others": ({"coupons": ["", "A", " ", "B"]}, {"coupons": ["A", "B"]}),
    "codes that are numbers": ({"coupons": [123, "0124"]}, {"coupons": ["123", "0124"]}),
    "codes in other letters": ({"coupons": ["a", "A"]}, {"coupons": ["a", "A"]}),
    "the longest code": ({"coupons": ["c" * 255]}, {"coupons": ["c" * 255], "usageLeft": 1}),
    "amounts with many places": (
        {"rewardValue": "10.555", "tax": "7.7", "taxPriceValue": 0.009},
        {"rewardValue": 10.56, "tax": 7.7, "taxPriceValue": 0.01},
    ),
    "amounts with a comma": (
        {"rewardValue": "10,5", "taxPriceValue": "1,0"},
        {"rewardValue": 10.5, "taxPriceValue": 1},
    ),
    "the highest amounts": (
        {"rewardValue": "9999999999.99", "tax": 98.99, "taxPriceValue": "9999999999.99"},
        {"rewardValue": 9999999999.99, "tax": 98.99, "taxPriceValue": 9999999999.99},
    ),
    "no tax": ({"tax": 0}, {"tax": 0}),
    "a link in capitals": (
        {"moreInformationLink": "HTTP://EXAMPLE.COM"},
        {"moreInformationLink": "HTTP://EXAMPLE.COM"},
    ),
    "levels in the order sent": ({"levels": [GOLD, BRONZE]}, {"levels": [GOLD, BRONZE]}),
    "a level twice": ({"levels": [GOLD, GOLD]}, {"levels": [GOLD]}),
    "a level nobody knows": ({"levels": [UNHEARD_OF]}, {"levels": [UNHEARD_OF], "levelNames": []}),
    "a level in capitals": ({"levels": [UNHEARD_OF.upper()]}, {"levels": [UNHEARD_OF]}),
    "target level empties segments": ({"segments": [REGULARS]}, {"levels": [BRONZE], "segments": []}),
    "target segment empties levels": (
        {"target": "segment", "segments": [REGULARS]},
        {"levels": [], "segments": [REGULARS]},
    ),
    "no target keeps both": (
        {"target": None, "segments": [REGULARS]},
        {"levels": [BRONZE], "segments": [REGULARS]},
    ),
    "an empty target keeps both": (
        {"target": "", "segments": [REGULARS]},
        {"levels": [BRONZE], "segments": [REGULARS]},
    ),
    "unheard-of segments alone": (
        {"target": None, "levels": [], "segments": [UNHEARD_OF]},
        {"levels": [], "segments": [UNHEARD_OF], "segmentNames": []},
    ),
}
LABELS = {
    "type:promotion;type:cashback": [("type", "promotion"), ("type", "cashback")],
    "a:b": [("a", "b")],
    ";;a:b;": [("a", "b")],
    "a": [("a", None)],
    "a:": [("a", "")],
    ":b": [("", "b")],
    "a:b:c:d": [("a", "b")],
    "a : b; c:d": [("a ", " b"), (" c", "d")],
    "": [],
    ";": [],
    "a:b;a:b": [("a", "b"), ("a", "b")],
    "ż:\U0001f355": [("ż", "\U0001f355")],
}
ON = [True, 1, "1", "true", "yes", "no", "off", "on", "TRUE", "00", 2, -1, 0.5, ["x"]]
OFF = [False, 0, "0", "false", "null", "", " ", '"false"', "'0'", "'null'", None, 0.0, [], {}]


@pytest.mark.parametrize("write", [dict, as_form], ids=["json", "form"])
@pytest.mark.parametrize(("changes", "reads"), ACCEPTED.values(), ids=ACCEPTED)
def test_accepted(changes, reads, write, admin):
    status, body = admin.post("/api/campaign", write(sent(**changes)))
    assert status == 200
    assert shown(admin, body["campaignId"]) == SHOWN | reads | body


@pytest.mark.parametrize("text", LABELS)
def test_labels_are_read_from_one_text(text, admin):
    wanted = [{"key": key} | ({} if value is None else {"value": value}) for key, value in LABELS[text]]
    assert shown(admin, created(admin, labels=text))["labels"] == wanted


def test_no_labels(admin):
    assert shown(admin, created(admin, labels=None))["labels"] == []


@pytest.mark.parametrize("value", ON, ids=repr)
def test_a_check_box_is_on(value, admin):
    assert shown(admin, created(admin, active=value))["active"] is True


@pytest.mark.parametrize("value", OFF, ids=repr)
def test_a_check_box_is_off(value, admin):
    body = sent()
    body["campaign"]["active"] = value
    _, answer = admin.post("/api/campaign", body)
    assert shown(admin, answer["campaignId"])["active"] is False


def test_a_check_box_that_is_left_out_is_off(admin):
    made = shown(admin, created(admin, active=None, singleCoupon=None))
    assert (made["active"], made["singleCoupon"], made["unlimited"]) == (False, False, False)


@pytest.mark.parametrize("value", ["1", "no"])
def test_check_boxes_of_a_form_are_texts(value, admin):
    groups = {"campaignActivity": {"allTimeActive": value}, "campaignVisibility": {"allTimeVisible": value}}
    boxes = {"active": value, "singleCoupon": value, "unlimited": value}
    _, answer = admin.post("/api/campaign", as_form(sent(**groups, **boxes, **NO_LIMITS)))
    made = shown(admin, answer["campaignId"])
    assert {name: made[name] for name in boxes} == dict.fromkeys(boxes, True)
    assert (made["campaignActivity"], made["campaignVisibility"]) == ({"allTimeActive": True}, {"allTimeVisible": True})


def test_indexes_of_a_list_may_leave_gaps_and_the_order_sent_counts(admin):
    body = as_form(sent(coupons=None)) + "&campaign[coupons][7]=second&campaign[coupons][2]=third"
    _, answer = admin.post(
        "/api/campaign", body.replace("&campaign[coupons][7]", "&campaign[coupons][]=first&campaign[coupons][7]", 1)
    )
    assert shown(admin, answer["campaignId"])["coupons"] == ["first", "second", "third"]


def test_a_name_that_comes_twice_counts_the_second_time(admin):
    _, answer = admin.post("/api/campaign", as_form(sent()) + "&campaign[name]=Second")
    assert shown(admin, answer["campaignId"])["name"] == "Second"


def test_encoded_and_plain_brackets_are_the_same(admin):
    _, answer = admin.post("/api/campaign", as_form(sent()).replace("%5B", "[").replace("%5D", "]"))
    assert shown(admin, answer["campaignId"]) == SHOWN | answer
