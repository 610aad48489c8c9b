from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_site.api.brackets import pairs_of, tree_of
from loyalty_site.api.date_fields import MomentField
from loyalty_site.api.fields import CheckBoxField, ChoiceField, CollectionField, TextField, UploadField, UUIDField
from loyalty_site.api.form_errors import TOO_FEW, FormInvalid
from loyalty_site.api.forms import FieldSaying, Form
from loyalty_site.api.number_fields import IntegerField
from loyalty_site.api.openloyalty import OPEN_LOYALTY
from loyalty_site.errors import DomainError

BLANK = "This value should not be blank."
INVALID = "This value is not valid."
LEVEL = "e82c96cf-32a3-43bd-9034-4df343e5fd94"
OTHER = "000096cf-32a3-43bd-9034-4df343e5fd94"


class WindowForm(Form):
    allTime = CheckBoxField()
    begin = MomentField()
    end = MomentField(end=True)

    def check(self, values, errors):
        if not values["allTime"]:
            self.require(values, errors, "begin", "end")


class LineForm(Form):
    sku = TextField(required=True)
    amount = IntegerField()


class RewardForm(Form):
    """As large as it takes to show every part of a tree."""

    name = TextField(required=True, max_length=10)
    target = ChoiceField(choices=["level", "segment"])
    levels = CollectionField(child=UUIDField())
    segments = CollectionField(child=UUIDField())
    unlimited = CheckBoxField()
    limit = IntegerField(min_value=0, cut=True)
    codes = CollectionField(child=TextField(), required=True, max_items=3)
    lines = CollectionField(child=LineForm())
    window = WindowForm()

    def check(self, values, errors):
        if not values["unlimited"]:
            self.require(values, errors, "limit")
        if values.get("target") == "level":
            values["segments"] = []
        if values.get("levels") == values.get("segments") == []:
            errors.add(TOO_FEW, "levels", "segments")


EMPTY = {
    "children": {
        "name": {},
        "target": {},
        "levels": {},
        "segments": {},
        "unlimited": {},
        "limit": {},
        "codes": {},
        "lines": {},
        "window": {"children": {"allTime": {}, "begin": {}, "end": {}}},
    }
}


def read(body, **options):
    return RewardForm.read(tree_of(pairs_of(body.encode())), root="reward", **options)


def refused(data):
    with pytest.raises(FormInvalid) as caught:
        RewardForm.read(data, root="reward")
    return caught.value.body


def children(data):
    """Of the tree, the fields that have something to say."""
    body = refused(data)
    assert list(body) == ["form", "errors"]
    assert body["errors"] == []
    assert list(body["form"]["children"]) == list(EMPTY["children"])
    return {name: tree for name, tree in body["form"]["children"].items() if tree != EMPTY["children"][name]}


RIGHT = {
    "name": " Coffee ",
    "target": "level",
    "levels": [LEVEL, OTHER],
    "segments": [OTHER],
    "limit": "10",
    "codes": ["a", "", "b"],
    "lines": [{"sku": "SKU1", "amount": 2}],
    "window": {"begin": "2017-09-05 10:59", "end": "2017-12-05"},
}
READ = {
    "name": "Coffee",
    "target": "level",
    "levels": [UUID(LEVEL), UUID(OTHER)],
    "segments": [],
    "unlimited": False,
    "limit": 10,
    "codes": ["a", "b"],
    "lines": [{"sku": "SKU1", "amount": 2}],
    "window": {
        "allTime": False,
        "begin": datetime(2017, 9, 5, 8, 59, tzinfo=UTC),
        "end": datetime(2017, 12, 5, 22, 59, 59, tzinfo=UTC),
    },
}


def test_the_values_are_read_and_rules_may_change_them():
    assert RewardForm.read({"reward": RIGHT}, root="reward") == READ


def test_a_form_with_brackets_reads_the_same():
    body = (
        f"reward[name]=+Coffee+&reward[target]=level&reward[levels][1]={LEVEL}&reward[levels][0]={OTHER}"
        "&reward[limit]=10,0&reward[codes][]=a&reward[codes][]=&reward[codes][]=b"
        "&reward[lines][0][sku]=SKU1&reward[lines][0][amount]=2"
        "&reward[window][begin]=2017-09-05+10:59&reward[window][end]=2017-12-05"
    )
    assert read(body) == READ  # the levels in the order sent


def test_unknown_keys_are_ignored():
    data = {"reward": RIGHT | {"usageLeft": 5, "roles": ["ROLE_ADMIN"]}, "other": 1}
    assert RewardForm.read(data, root="reward") == READ


def test_now_is_what_the_caller_says():
    at = datetime(2024, 1, 31, 12, 0, tzinfo=UTC)
    values = RewardForm.read({"reward": RIGHT | {"window": {"begin": "now", "end": "+1 day"}}}, root="reward", at=at)
    assert values["window"]["begin"] == at
    assert values["window"]["end"] == datetime(2024, 2, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize("data", [{}, {"other": {}}, [], [RIGHT], {"Reward": RIGHT}])
def test_without_its_root_a_form_was_not_submitted_and_no_text_is_told(data):
    assert refused(data) == {"form": EMPTY, "errors": []}


@pytest.mark.parametrize("nothing", ["", None, [], {}, False, ["x"], {"unknown": 1}])
def test_an_empty_form_was_submitted_and_every_text_is_told(nothing):
    assert children({"reward": nothing}) == {
        "name": {"errors": [BLANK]},
        "levels": {"errors": [TOO_FEW]},
        "segments": {"errors": [TOO_FEW]},
        "limit": {"errors": [BLANK]},
        "codes": {"errors": [TOO_FEW]},
        "window": {"children": {"allTime": {}, "begin": {"errors": [BLANK]}, "end": {"errors": [BLANK]}}},
    }


@pytest.mark.parametrize("scalar", ["text", 5, True, 1.5])
def test_a_value_in_place_of_the_form_is_an_error_of_the_whole(scalar):
    assert refused({"reward": scalar}) == {"form": {"errors": [INVALID], **EMPTY}, "errors": [INVALID]}


def test_rules_over_several_fields_run_beside_errors_of_single_ones():
    assert children({"reward": RIGHT | {"name": "", "limit": "0", "window": {"begin": "2017-02-30"}}}) == {
        "name": {"errors": [BLANK]},
        "limit": {"errors": [BLANK]},
        "window": {"children": {"allTime": {}, "begin": {"errors": [INVALID]}, "end": {"errors": [BLANK]}}},
        "levels": {"children": [{}, {}]},
        "segments": {"children": [{}]},
        "codes": {"children": [{}, {}, {}]},
        "lines": {"children": [{"children": {"sku": {}, "amount": {}}}]},
    }


def test_a_field_that_could_not_be_read_is_not_blank_too():
    assert children({"reward": RIGHT | {"limit": "many"}})["limit"] == {"errors": [INVALID]}


def test_an_item_that_is_not_valid_is_told_at_the_item_and_at_the_collection():
    assert children({"reward": RIGHT | {"levels": [LEVEL, "x"]}})["levels"] == {
        "errors": [INVALID],
        "children": [{}, {"errors": [INVALID]}],
    }


def test_an_item_with_fields_tells_its_own_errors():
    assert children({"reward": RIGHT | {"lines": {"7": {"sku": "a"}, "3": {"amount": "x"}}}})["lines"] == {
        "children": [
            {"children": {"sku": {}, "amount": {}}},
            {"children": {"sku": {"errors": [BLANK]}, "amount": {"errors": [INVALID]}}},
        ]
    }


@pytest.mark.parametrize("raw", ["text", 5, True])
def test_a_value_in_place_of_a_collection_is_not_valid(raw):
    assert children({"reward": RIGHT | {"codes": raw}})["codes"] == {"errors": [INVALID]}


def test_blank_items_do_not_fill_a_collection():
    assert children({"reward": RIGHT | {"codes": ["", " "]}})["codes"] == {"errors": [TOO_FEW], "children": [{}, {}]}


def test_a_collection_has_a_largest_size():
    assert children({"reward": RIGHT | {"codes": ["a"] * 4}})["codes"] == {
        "errors": ["This collection should contain 3 elements or less."]
    }


class LargeForm(Form):
    codes = CollectionField(child=UUIDField(), max_items=5_000)


@pytest.mark.parametrize(("size", "children"), [(1_000, {"children": [{"errors": [INVALID]}] * 1_000}), (1_001, {})])
def test_the_items_of_a_large_collection_are_not_told_one_by_one(size, children):
    with pytest.raises(FormInvalid) as caught:
        LargeForm.read({"codes": ["x"] * size})
    assert caught.value.body["form"]["children"]["codes"] == {"errors": [INVALID]} | children


def test_an_error_far_into_a_large_collection_is_found():
    with pytest.raises(FormInvalid):
        LargeForm.read({"codes": [LEVEL] * 4_000 + ["x"]})
    assert len(LargeForm.read({"codes": [LEVEL] * 4_000})["codes"]) == 4_000


def test_a_value_in_place_of_a_group_is_an_error_of_the_group():
    assert children({"reward": RIGHT | {"window": "always"}})["window"] == {
        "errors": [INVALID],
        "children": {"allTime": {}, "begin": {}, "end": {}},
    }


def test_a_group_that_needs_nothing_accepts_what_is_sent_anyway():
    values = RewardForm.read({"reward": RIGHT | {"window": {"allTime": True, "begin": "now"}}}, root="reward")
    assert (values["window"]["allTime"], values["window"]["end"]) == (True, None)


class PhotoForm(Form):
    file = UploadField(required=True)


def test_a_form_of_one_upload():
    with pytest.raises(FormInvalid) as caught:
        PhotoForm.read({}, root="photo")
    assert caught.value.body == {"form": {"children": {"file": {}}}, "errors": []}
    with pytest.raises(FormInvalid) as caught:
        PhotoForm.read({"photo": {"file": "C:\\fakepath\\a.png"}}, root="photo")
    assert caught.value.body == {"form": {"children": {"file": {"errors": [BLANK]}}}, "errors": []}


def test_a_form_without_a_root_is_the_body():
    assert LineForm.read({"sku": "a", "other": 1}) == {"sku": "a", "amount": None}


# --- what only the services know


class NotEnoughPoints(DomainError):
    pass


def test_a_view_may_refuse_a_field():
    refusal = LineForm.refused(INVALID, "sku")
    assert refusal.body == {"form": {"children": {"sku": {"errors": [INVALID]}, "amount": {}}}, "errors": []}


def test_a_view_may_refuse_the_whole_form():
    refusal = LineForm.refused("not now")
    assert refusal.body == {
        "form": {"errors": ["not now"], "children": {"sku": {}, "amount": {}}},
        "errors": ["not now"],
    }


def test_a_view_may_refuse_a_field_in_a_group():
    refusal = RewardForm.refused(INVALID, "window.begin")
    assert refusal.body["form"]["children"]["window"]["children"]["begin"] == {"errors": [INVALID]}


def test_a_refusal_by_the_domain_may_be_told_at_a_field():
    says = FieldSaying(LineForm, "amount", "not enough points")
    answer = type(OPEN_LOYALTY)(says={NotEnoughPoints: says}).refusal(NotEnoughPoints(balance=3))
    assert (answer.status, answer.body) == (
        400,
        {"form": {"children": {"sku": {}, "amount": {"errors": ["not enough points"]}}}, "errors": []},
    )


# --- anything at all

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from([*EMPTY["children"], "begin", "allTime", "sku", "x"]), inner, max_size=5)
    ),
    max_leaves=30,
)


@given(st.fixed_dictionaries({}, optional={"reward": ANYTHING}) | ANYTHING)
def test_any_body_is_read_or_refused_with_a_whole_tree(data):
    try:
        seen = RewardForm.read(data, root="reward")
    except FormInvalid as refusal:
        seen = refusal.body["form"]["children"]
    assert list(seen) == list(EMPTY["children"])
