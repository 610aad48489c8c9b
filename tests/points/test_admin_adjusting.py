"""Adjusting a balance by hand in the back office, alone and with a second person."""

import pytest

from loyalty_site.access.models import AuditEntry, User
from points.adjustments.models import Adjustment, AdjustmentCeiling, AdjustmentReason
from points.models import Transfer
from tests.backoffice import chief, desk, queries, rows, somebody, told
from tests.builders import balance, buckets, customer, earn
from tests.points.staff import adjust, bounded, person, reason, take_back

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

ACCOUNTS, LEDGER, ADJUSTMENTS = "/admin/points/account/", "/admin/points/transfer/", "/admin/points/adjustment/"
READ, ADJUST, APPROVE = "points.view_account", "points.adjust_points", "points.approve_adjustment"
SEE = ("customers.view_customer", "points.view_transfer", "points.view_adjustment")


def sorry(**changes) -> dict:
    usual = {"points": "25", "reason": reason().pk, "text": "Sorry for the wait", "key": "one page"}
    return usual | changes


def why(**changes) -> dict:
    return {"reason": reason().pk, "text": "A slip"} | changes


def add_to(who) -> str:
    return f"{ACCOUNTS}{who.pk}/add_points/"


def take_from(who) -> str:
    return f"{ACCOUNTS}{who.pk}/take_points/"


def maria(*permissions: str, each: int = 100):
    """Her browser; she is the only one called so."""
    browser = desk(READ, ADJUST, *SEE, *permissions)
    bounded(User.objects.get(username="maria"), each)
    return browser


def page_of(adjustment, leaf: str) -> str:
    return f"{ADJUSTMENTS}{adjustment.pk}/{leaf}/"


def test_points_are_added_with_a_reason():
    who = customer(10)
    answer = maria().post(add_to(who), sorry(), follow=True)

    added = Transfer.objects.latest("sequence")
    assert told(answer) == ["25 points added. The balance was 10 and is 35 now."]
    assert answer.redirect_chain == [(f"/admin/customers/customer/{who.pk}/change/", 302)]
    assert (added.kind, added.points, added.channel, added.comment) == ("earn", 25, "admin", "Sorry for the wait")
    assert (added.actor_label, added.adjustment.reason.code) == ("maria", "goodwill")
    assert buckets(who) == {10: 10, 30: 25}
    assert AuditEntry.objects.latest("id").reason == "Sorry for the wait"


def test_points_are_taken_with_a_reason():
    who = customer(100)
    answer = chief().post(take_from(who), sorry(), follow=True)

    assert told(answer) == ["25 points taken. The balance was 100 and is 75 now."]
    assert (Transfer.objects.latest("sequence").kind, balance(who)) == ("deduct", 75)


def test_a_page_that_is_sent_twice_adds_once():
    who, staff = customer(), chief()
    first, second = (staff.post(add_to(who), sorry(), follow=True) for _ in range(2))

    assert told(first) == told(second) == ["25 points added. The balance was 0 and is 25 now."]
    assert balance(who) == 25
    assert Transfer.objects.count() == 1


def test_a_page_that_is_sent_again_with_other_entries_adds_nothing():
    who, staff = customer(), chief()
    staff.post(add_to(who), sorry())
    answer = staff.post(add_to(who), sorry(points="30"))

    assert answer.context["form"].non_field_errors() == [
        "This page was sent before, with other entries. Open it anew to do it once more."
    ]
    assert balance(who) == 25


def test_a_page_opened_anew_adds_once_more():
    who, staff = customer(), chief()
    for _ in range(2):
        staff.post(add_to(who), sorry(key=staff.get(add_to(who)).context["key"]))

    assert balance(who) == 50


@pytest.mark.once("sqlite")
def test_more_points_than_there_are_cannot_be_taken():
    who, staff = customer(10), chief()
    answer = staff.post(take_from(who), sorry())
    corrected = staff.post(take_from(who), sorry(points="10"), follow=True)

    assert answer.context["form"].non_field_errors() == ["There are only 10 points to take."]
    assert told(corrected) == ["10 points taken. The balance was 10 and is 0 now."]
    assert balance(who) == 0


@pytest.mark.once("sqlite")
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"points": "0"}, "points"),
        ({"points": "-5"}, "points"),
        ({"points": "2.5"}, "points"),
        ({"text": " "}, "text"),
        ({"reason": ""}, "reason"),
        ({"reason": "0"}, "reason"),
    ],
)
def test_an_adjustment_wants_whole_points_and_a_reason(changes, field):
    who = customer(10)
    answer = chief().post(add_to(who), sorry(**changes))

    assert list(answer.context["form"].errors) == [field]
    assert balance(who) == 10


@pytest.mark.once("sqlite")
def test_a_reason_that_is_switched_off_is_not_offered():
    AdjustmentReason.objects.filter(code="contest").update(active=False)
    offered = chief().get(add_to(customer())).context["form"].fields["reason"].queryset

    assert [one.code for one in offered] == ["goodwill", "correction", "complaint", "other"]


@pytest.mark.once("sqlite")
def test_asking_moves_nothing_and_says_what_there_is_and_what_one_may_do():
    who = customer(10, first_name="Anna")
    text = maria().get(add_to(who)).content.decode()

    assert "You may move up to 100 points alone now." in text
    assert 'data-balance="10" data-sign="1" data-alone="100"' in text
    assert balance(who) == 10


@pytest.mark.once("sqlite")
def test_who_may_not_adjust_sees_no_button_and_is_refused():
    who, staff = customer(10), desk("customers.view_customer", READ)
    text = staff.get(f"/admin/customers/customer/{who.pk}/change/").content.decode()
    answers = [staff.post(add_to(who), sorry()), staff.post(take_from(who), sorry()), staff.get(add_to(who))]

    assert add_to(who) not in text
    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert balance(who) == 10


def test_an_erased_or_unknown_customer_gets_nothing():
    gone, staff = customer(status="erased"), chief()

    assert staff.post(add_to(gone), sorry()).status_code == 404
    assert staff.post(f"{ACCOUNTS}broken/add_points/", sorry()).status_code == 404
    assert not Transfer.objects.exists()


def test_above_the_ceiling_a_second_person_approves():
    who, first, second = customer(10), maria(), chief()
    asked_for = first.post(add_to(who), sorry(points="101"), follow=True)
    asked = Adjustment.objects.get()
    panel = next(p for p in second.get("/admin/").context["panels"] if p.title == "Points waiting for approval")
    listed = rows(second.get(panel.links[0].url))
    question = second.get(page_of(asked, "approve")).content.decode()
    before = balance(who)
    approved = second.post(page_of(asked, "approve"), {"word": "Fine"}, follow=True)

    on_page = [panel.title for panel in first.get(f"/admin/customers/customer/{who.pk}/change/").context["panels"]]

    assert "Points waiting for approval" not in on_page  # it is done by now
    assert told(asked_for) == [
        "That is more than you may do alone: it waits for a second person. Nothing has moved yet."
    ]
    assert (before, listed, panel.figures[0].value) == (10, ["+101"], "1")
    assert "maria asks to add 101 points to" in question
    assert "Sorry for the wait" in question
    assert told(approved) == ["101 points added. The balance was 10 and is 111 now."]
    assert balance(who) == 111
    assert "Points waiting for approval" not in [panel.title for panel in second.get("/admin/").context["panels"]]


def test_what_waits_stands_on_the_customers_page_and_what_would_come_of_it_on_its_own():
    who, staff = customer(10), chief()
    asked = adjust(who, 500, person("bob"))
    panels = staff.get(f"/admin/customers/customer/{who.pk}/change/").context["panels"]
    waiting = next(panel for panel in panels if panel.title == "Points waiting for approval")
    outlook = staff.get(page_of(asked, "change")).context["panels"][0]

    assert [str(cell) for cell in waiting.rows[0][1:]] == ["+500", "Goodwill", "bob"]
    assert [(figure.label, figure.value) for figure in outlook.figures] == [
        ("Balance now", 10),
        ("Balance after", 510),
    ]


def test_a_movement_leads_to_its_adjustment_and_to_what_took_it_back():
    who, bob, staff = customer(), person("bob"), chief()
    first = adjust(who, 50, bob)
    second = take_back(first.transfer, bob)
    page = staff.get(f"{LEDGER}{first.transfer.pk}/change/").content.decode()

    assert page_of(first, "change") in page
    assert "Goodwill: Sorry for the wait" in page
    assert f"{LEDGER}{second.transfer.pk}/change/" in page


def test_whoever_asked_sees_withdraw_and_no_approve():
    first = maria(APPROVE)
    first.post(add_to(customer()), sorry(points="101"))
    asked = Adjustment.objects.get()
    offered = [link["title"] for link in first.get(page_of(asked, "change")).context["actions_detail"]]
    statuses = [first.post(page_of(asked, leaf), {"word": "Fine"}).status_code for leaf in ("approve", "refuse")]
    withdrawn = first.post(page_of(asked, "withdraw"), {}, follow=True)
    asked.refresh_from_db()

    assert (offered, statuses) == (["Withdraw"], [403, 403])
    assert told(withdrawn) == ["Withdrawn. No points have moved."]
    assert (asked.state, Transfer.objects.count()) == ("withdrawn", 0)


@pytest.mark.once("sqlite")
def test_a_refusal_wants_a_word():
    asked, second = adjust(customer(), 500, person("bob")), chief()
    silent = second.post(page_of(asked, "refuse"), {"word": " "})
    spoken = second.post(page_of(asked, "refuse"), {"word": "Too much"}, follow=True)
    again = second.post(page_of(asked, "approve"), {"word": ""})

    assert list(silent.context["form"].errors) == ["word"]
    assert told(spoken) == ["Refused. No points have moved."]
    assert again.context["form"].non_field_errors() == ["This was refused before."]
    assert not Transfer.objects.exists()


@pytest.mark.once("sqlite")
def test_points_spent_meanwhile_are_told_and_the_request_stays_open():
    who, bob = customer(500), person("bob")
    asked = adjust(who, -500, bob)
    adjust(who, -1, bob)
    answer = chief().post(page_of(asked, "approve"), {"word": ""})
    asked.refresh_from_db()

    assert answer.context["form"].non_field_errors() == ["There are only 499 points to take."]
    assert (asked.state, balance(who)) == ("waiting", 499)


def test_a_movement_is_taken_back_from_its_page():
    who = customer()
    addition = earn(who, 80)
    page, staff = f"{LEDGER}{addition.pk}/take_back/", maria()
    question = staff.get(page).content.decode()
    done = staff.post(page, why(), follow=True)
    again = staff.get(page, follow=True)

    assert "takes 80 points from" in question
    assert told(done) == ["80 points taken. The balance was 80 and is 0 now."]
    assert Transfer.objects.get(kind="cancel").corrects == addition
    assert told(again) == ["This movement was taken back before, or there is nothing left to take back."]
    assert balance(who) == 0


@pytest.mark.once("sqlite")
def test_who_may_not_adjust_takes_nothing_back():
    addition, staff = earn(customer(), 80), desk("points.view_transfer")

    assert staff.post(f"{LEDGER}{addition.pk}/take_back/", why()).status_code == 403
    assert "take_back" not in staff.get(f"{LEDGER}{addition.pk}/change/").content.decode()
    assert Transfer.objects.count() == 1


def test_adjustments_take_as_many_queries_for_many_as_for_one():
    staff, bob = chief(), person("bob")
    adjust(customer(), 500, bob)
    few, start = queries(staff, ADJUSTMENTS), queries(staff, "/admin/")
    for n in range(10):
        adjust(customer(first_name=f"Ann {n}"), 500, bob)

    assert queries(staff, ADJUSTMENTS) == few <= 10
    assert queries(staff, "/admin/") == start


@pytest.mark.once("sqlite")
def test_ceilings_are_for_those_who_manage_staff():
    bounded(somebody(username="bob"))
    page = f"/admin/points/adjustmentceiling/{AdjustmentCeiling.objects.get(group__name__contains='bob').pk}/change/"
    figures = {"per_adjustment": "200", "per_day": "300", "per_approval": ""}
    rights = ("points.view_adjustmentceiling", "points.change_adjustmentceiling")
    refused = desk(*rights, username="one").post(page, figures).status_code
    desk(*rights, "access.manage_staff", username="two").post(page, figures)
    ceiling = AdjustmentCeiling.objects.get(group__name__contains="bob")
    entry = AuditEntry.objects.latest("id")

    assert refused == 403
    assert (ceiling.per_adjustment, ceiling.per_day, ceiling.per_approval) == (200, 300, None)
    assert (entry.actor_label, entry.after) == ("two", {"per_adjustment": 200, "per_day": 300})


@pytest.mark.once("sqlite")
def test_shipped_groups_have_ceilings():
    shown = AdjustmentCeiling.objects.filter(group__shipped__isnull=False)

    assert sorted(shown.values_list("group__name", "per_adjustment", "per_day", "per_approval")) == [
        ("administrator", 10_000, 50_000, None),
        ("marketing", 1_000, 5_000, 10_000),
    ]


@pytest.mark.once("sqlite")
def test_a_reason_keeps_its_code():
    given = reason("other")
    page = f"/admin/points/adjustmentreason/{given.pk}/change/"
    chief().post(page, {"name": "Anything else", "code": "new", "position": "90", "active": "on"})
    given.refresh_from_db()

    assert (given.name, given.code, given.position) == ("Anything else", "other", 90)
