"""The proof that crowds are the customers finds nothing in right ones, and every error in wrong ones."""

import pytest

from customers.models import Segment
from customers.services import put_into_segment
from customers.verify import CHECKS, findings
from loyalty_site.findings import Finding
from tests.builders import SHOP, customer, level
from tests.walls import plant

pytestmark = pytest.mark.django_db

LEVEL, SEGMENT = "customers_levelcrowd", "customers_segmentcrowd"
FIRST = "(SELECT CAST(MIN(id) & 8191 AS integer) FROM customers_place)"

# Each error, and the rules it breaks. Two customers are on bronze and in VIP, the first to register among them.
ERRORS = {
    "somebody is on another level than the crowd says": (
        ["UPDATE customers_customer SET level_id = (SELECT id FROM customers_level WHERE name = 'gold')"],
        {"everybody in a level is in its crowd", "nobody else is in the crowd of a level"},
    ),
    "a level's bit was lost": (
        [f"UPDATE {LEVEL} SET bits = set_bit(bits, {FIRST}, 0), members = members - 1"],
        {"everybody in a level is in its crowd"},
    ),
    "a level's bit was set": (
        [f"UPDATE {LEVEL} SET bits = set_bit(bits, {FIRST} + 2000, 1), members = members + 1"],
        {"nobody else is in the crowd of a level"},
    ),
    "a level was miscounted": (
        [f"UPDATE {LEVEL} SET members = members + 1"],
        {"the members of a level are counted"},
    ),
    "a segment was left past the services": (
        ["DELETE FROM customers_segmentmembership"],
        {"nobody else is in the crowd of a segment"},
    ),
    "a segment's bit was lost": (
        [f"UPDATE {SEGMENT} SET bits = set_bit(bits, {FIRST}, 0), members = members - 1"],
        {"everybody in a segment is in its crowd"},
    ),
    "a segment was miscounted": (
        [f"UPDATE {SEGMENT} SET members = members - 1"],
        {"the members of a segment are counted"},
    ),
    "a chunk is gone": (
        [f"DELETE FROM {SEGMENT}"],
        {"everybody in a segment is in its crowd"},
    ),
    "somebody was erased past the services": (
        ["UPDATE customers_customer SET status = 'erased'"],
        {"nobody else is in the crowd of a level", "nobody else is in the crowd of a segment"},
    ),
    "nobody has a place": (
        ["DELETE FROM customers_place"],
        {
            "everybody in a level is in its crowd",
            "nobody else is in the crowd of a level",
            "everybody in a segment is in its crowd",
            "nobody else is in the crowd of a segment",
        },
    ),
}


@pytest.fixture
def members():
    bronze, vip = level("bronze"), Segment.objects.create(name="VIP")
    level("gold")
    people = [customer(level=bronze), customer(level=bronze)]
    put_into_segment(vip, [who.pk for who in people], **SHOP)
    customer(level=bronze, status="erased")
    return people


def test_right_crowds_are_passed(members):
    assert list(findings()) == []


@pytest.mark.parametrize("error", ERRORS)
def test_an_error_is_found(error, members):
    statements, rules = ERRORS[error]
    plant(*statements)
    assert {finding.check for finding in findings()} == rules


def test_every_rule_finds_an_error():
    assert {check.rule for check in CHECKS} == set().union(*(rules for _, rules in ERRORS.values()))


def test_a_finding_names_the_customer_or_the_group(members):
    first, _ = members
    plant(f"UPDATE {LEVEL} SET bits = set_bit(set_bit(bits, {FIRST}, 0), {FIRST} + 2000, 1)")
    bronze = level("bronze").pk
    assert list(findings()) == [
        Finding("everybody in a level is in its crowd", f"customer {first.pk}", 1, 0),
        Finding("nobody else is in the crowd of a level", f"level {bronze}", 1, 2),
    ]
