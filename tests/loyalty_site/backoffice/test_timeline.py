"""What happened to a customer, over all apps, page by page."""

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory

from campaigns import services as campaign_services
from customers.models import Customer, Transaction
from customers.services import change_status
from loyalty_site.backoffice import timeline
from loyalty_site.backoffice.panels import Panel
from offers.answering import Answer
from promotions import services as promotion_services
from tests.backoffice import chief, somebody
from tests.builders import AT, STAFF, buy, campaign, customer, earn, later
from tests.offers.builders import answer, given, offer
from tests.promotions.builders import enrol, promotion

pytestmark = pytest.mark.django_db


def known(*permissions: str) -> list[timeline.Source]:
    request = RequestFactory().get("/")
    request.user = somebody(*permissions, is_superuser=not permissions)
    return timeline.sources(settings.CUSTOMER_TIMELINE, request)


def told(lines: list[timeline.Line]) -> list[str]:
    return [line.told.text for line in lines]


def eventful() -> Customer:
    """Somebody to whom one thing of each kind happened, an hour apart, and a purchase with all that it brings."""
    who = customer(first_name="Anna")
    earn(who, 100, at=AT)
    sale = {"document_number": "FV/1", "gross_value": 12, "purchased_at": later(hours=1), "created_at": AT}
    Transaction.objects.create(customer=who, **sale)
    coffee = campaign(name="Free coffee")
    buy(coffee, who, at=later(hours=2))
    campaign_services.refund(who.purchases.get().pk, actor=STAFF, at=later(hours=3), reason="Broken")
    cup = given(offer(name="A cup"), who, at=later(hours=4))
    answer(cup, Answer.ACCEPTED, at=later(hours=5))
    place = enrol(promotion(name="Five visits"), who, at=later(hours=6))
    promotion_services.revoke(place.pk, actor=STAFF, at=later(hours=7), reason="Moved away")
    change_status(who.pk, "blocked", actor=STAFF, at=later(hours=8), reason="Fraud")
    return who


EVERYTHING = [
    "Customer status changed",
    "Is no longer enrolled in “Five visits”",
    "Enrolled in “Five visits”",
    "Accepted “A cup”",
    "Was given “A cup”",
    "“Free coffee” was refunded",
    "Given back",
    "Bought “Free coffee”",
    "Spent",
    "Sale FV/1",
    "Earned",
]


def test_one_list_tells_of_all_apps_the_newest_first():
    lines, older = timeline.page(known(), eventful(), "", "", 50)

    assert told(lines) == EVERYTHING
    assert [line.at for line in lines] == sorted((line.at for line in lines), reverse=True)
    assert [line.told.points for line in lines if line.told.points is not None] == [10, -10, 100]
    assert older == ""


@pytest.mark.parametrize("size", [1, 2, 3, 10])
def test_pages_make_up_the_whole_list_with_nothing_twice(size):
    who, sources, cursor, leafed = eventful(), known(), "", []
    while True:
        lines, cursor = timeline.page(sources, who, "", cursor, size)
        leafed += told(lines)
        if not cursor:
            break

    assert leafed == EVERYTHING


def test_what_happened_at_one_moment_is_leafed_through_too():
    who, sources = customer(), known()
    for points in range(1, 8):
        earn(who, points)
    first, cursor = timeline.page(sources, who, "", "", 3)
    second, cursor = timeline.page(sources, who, "", cursor, 3)
    third, end = timeline.page(sources, who, "", cursor, 3)

    moved = [line.told.points for line in [*first, *second, *third]]
    assert (sorted(moved), len(third), end) == ([1, 2, 3, 4, 5, 6, 7], 1, "")


def test_only_one_kind_is_told_if_wished():
    lines, _ = timeline.page(known(), eventful(), "rewards", "", 50)

    assert told(lines) == ["“Free coffee” was refunded", "Bought “Free coffee”"]


def test_who_may_not_see_movements_is_told_of_none():
    lines, _ = timeline.page(known("customers.view_customer"), eventful(), "", "", 50)

    assert told(lines) == ["Customer status changed"]


def test_nobody_elses_life_is_told():
    eventful()

    assert timeline.page(known(), customer(), "", "", 50) == ([], "")


@pytest.mark.parametrize("cursor", ["rubbish", "0~x", "0~x~2026-03-02", "x~1~2026-03-02T12:00:00Z", "~~", "9" * 500])
def test_a_cursor_that_no_page_has_written_begins_with_the_newest(cursor):
    assert told(timeline.page(known(), eventful(), "", cursor, 50)[0]) == EVERYTHING


@pytest.mark.parametrize("rank", range(9))
def test_a_cursor_with_a_foreign_key_is_no_fault(rank):
    lines, _ = timeline.page(known(), eventful(), "", f"{rank}~x~2026-03-02T13:00:00Z", 50)

    assert set(told(lines)) <= {"Sale FV/1", "Earned"}


def test_a_list_takes_as_many_queries_for_many_as_for_few(django_assert_num_queries):
    who, sources = eventful(), known()
    with django_assert_num_queries(15):
        timeline.page(sources, who, "", "", 50)
    for n in range(10):
        earn(who, n + 1)
        given(offer(f"O{n}", name=f"Offer {n}"), who)
    with django_assert_num_queries(15):
        lines, _ = timeline.page(sources, who, "", "", 50)
    assert len(lines) == 31


@pytest.mark.usefixtures("noon")
def test_the_page_leads_to_what_is_older_and_keeps_the_kind():
    who, staff = customer(first_name="Anna"), chief()
    for n in range(20):
        earn(who, n + 1, at=later(hours=-n))
    address = f"/admin/customers/customer/{who.pk}/change/"
    panel = shown(staff.get(f"{address}?happened=points"))
    older = shown(staff.get(panel.more.url.partition("#")[0]))

    assert [row[3] for row in panel.rows] == [f"+{n}" for n in range(1, 16)]
    assert [row[3] for row in older.rows] == [f"+{n}" for n in range(16, 21)]
    assert (older.more, [choice.text for choice in older.choices if choice.chosen]) == (None, ["Points"])
    assert [link.url for link in older.links] == [f"{address}?happened=points#timeline"]


def shown(answer: HttpResponse) -> Panel:
    return next(panel for panel in answer.context["panels"] if panel.title == "Timeline")
