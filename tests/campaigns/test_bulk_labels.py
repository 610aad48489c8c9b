"""Giving many campaigns a label, and taking one from them."""

import pytest
from django import forms

from campaigns import labelling
from campaigns.bulk.labels import ADD, REMOVE, LabelForm
from campaigns.models import Campaign
from loyalty_site.access.models import AuditEntry
from loyalty_site.bulk import services
from loyalty_site.bulk.actions import Action, Order
from loyalty_site.bulk.models import BulkChange
from tests.builders import SHOP, STAFF, campaign, later

pytestmark = pytest.mark.django_db

SUMMER = {"key": "season", "value": "summer"}


def do(action: Action) -> BulkChange:
    return services.begin(action, Campaign.objects.all(), Order(data=SUMMER, **SHOP))


def undo(change: BulkChange) -> BulkChange:
    return services.undo(change.pk, actor=STAFF, at=later(2))


def labels() -> dict[str, list[str]]:
    return {one.name: [str(label) for label in one.labels.all()] for one in Campaign.objects.order_by("name")}


@pytest.fixture
def rewards() -> dict[str, Campaign]:
    made = {name: campaign(name=name) for name in ("Mug", "Tea")}
    for label in (("season", "summer"), ("new", None)):
        labelling.add(made["Tea"].pk, label, **SHOP)
    return made


def test_a_label_is_added_where_it_is_missing_and_removed_again(rewards):
    found = ADD.weigh(Campaign.objects.all(), Order(data=SUMMER, **SHOP))
    assert (found.changed, found.left) == (1, {"same": 1})
    change = do(ADD)
    assert (change.changed, change.left) == (1, {"same": 1})
    assert labels() == {"Mug": ["season:summer"], "Tea": ["season:summer", "new"]}
    assert str(change) == "Add a label: season:summer"
    told = AuditEntry.objects.get(batch=f"bulk:{change.pk}", action="campaign labels changed")
    assert (told.before, told.after) == ({"labels": []}, {"labels": ["season:summer"]})

    assert undo(change).restored == 1
    assert labels() == {"Mug": [], "Tea": ["season:summer", "new"]}


def test_a_removed_label_comes_back_to_its_place(rewards):
    change = do(REMOVE)
    assert (change.changed, change.left, labels()["Tea"]) == (1, {"same": 1}, ["new"])

    assert (undo(change).restored, labels()["Tea"]) == (1, ["season:summer", "new"])


def test_labels_that_somebody_has_changed_since_stay(rewards):
    change = do(ADD)
    labelling.add(rewards["Mug"].pk, ("vip", None), actor=STAFF, at=later(1))
    done = undo(change)

    assert (done.restored, done.kept) == (0, {"touched": 1})
    assert labels()["Mug"] == ["season:summer", "vip"]


@pytest.mark.parametrize("text", ["", "a; b", "a:b:c"])
def test_one_label_is_asked_for(text):
    assert not LabelForm({"label": text}).is_valid()


def test_a_label_is_kept_as_its_key_and_value():
    forms_of = [LabelForm({"label": text}) for text in ("season:summer", "new")]
    assert all(isinstance(form, forms.Form) and form.is_valid() for form in forms_of)
    assert [form.data_kept() for form in forms_of] == [SUMMER, {"key": "new", "value": None}]
