"""Offers, and those that customers were given, in the back office."""

import pytest

from loyalty_site.access.models import AuditEntry
from loyalty_site.access.partner_models import Partner
from offers.answering import Answer
from offers.models import CustomerOffer, Offer
from tests.backoffice import chief, desk, queries, rows, told, trail, wrong
from tests.builders import AT, customer, later
from tests.offers.builders import answer, given, offer, stands

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

OFFERS, GIVEN = "/admin/offers/offer/", "/admin/offers/customeroffer/"
READ, WRITE, GIVE = "offers.view_offer", "offers.change_offer", "offers.add_customeroffer"


def sent(**changes) -> dict[str, object]:
    usual = {"name": "A free coffee", "code": "COFFEE", "status": "ACTIVE", "rank": "5", "description": ""}
    return usual | changes


def test_staff_set_an_offer_up_and_release_it_to_a_partner():
    partner = Partner.objects.create(name="Brame")

    chief().post(f"{OFFERS}add/", sent(partners=[partner.pk]))

    made = Offer.objects.get()
    assert (made.name, made.code, made.status, list(made.partners.all())) == (
        *("A free coffee", "COFFEE", "ACTIVE"),
        [partner],
    )
    assert trail()[-1] == "chief: offer created"
    assert AuditEntry.objects.get(action="offer created").after["partners"] == ["Brame"]


@pytest.mark.once("sqlite")
@pytest.mark.parametrize(
    ("changes", "field"), [({"code": "a b"}, "code"), ({"code": "ab"}, "code"), ({"name": ""}, "name")]
)
def test_the_form_refuses_what_cannot_be(changes, field):
    assert list(wrong(chief().post(f"{OFFERS}add/", sent(**changes)))) == [field]
    assert not Offer.objects.exists()


def test_a_change_of_partners_keeps_a_trace():
    made, partner = offer(), Partner.objects.create(name="Brame")

    chief().post(f"{OFFERS}{made.pk}/change/", sent(partners=[partner.pk]))

    entry = AuditEntry.objects.get(action="offer changed")
    assert (entry.before, entry.after) == ({"partners": []}, {"partners": ["Brame"]})


def test_selected_offers_are_paused_and_switched_on_again():
    made = offer()
    staff = desk(READ, WRITE)

    answer = staff.post(OFFERS, {"action": "pause", "confirmed": "yes", "_selected_action": [made.pk]}, follow=True)
    assert told(answer) == ["1 offer paused."]
    assert Offer.objects.get().status == "PAUSED"

    staff.post(OFFERS, {"action": "resume", "confirmed": "yes", "_selected_action": [made.pk]})
    assert Offer.objects.get().status == "ACTIVE"


def test_an_offer_is_given_to_a_customer_by_e_mail():
    made, who = offer(), customer(first_name="Anna", email="anna@example.com")
    form = {"customer": "ANNA@example.com", "first_day": "2026-03-02", "last_day": "2026-03-09", "reference": "Sorry"}

    answer = desk(READ, GIVE).post(f"{OFFERS}{made.pk}/give/", form, follow=True)

    assert told(answer) == ["Anna has the offer “A free coffee” now."]
    found = CustomerOffer.objects.get()
    assert (found.customer, found.offer, found.code, found.source, found.reference) == (
        *(who, made, "COFFEE"),
        *("admin", "Sorry"),
    )
    assert found.displayed_from.isoformat() == "2026-03-01T23:00:00+00:00"
    assert found.expires_at.isoformat() == "2026-03-09T22:59:59.999000+00:00"


@pytest.mark.once("sqlite")
@pytest.mark.parametrize(
    ("changes", "field", "text"),
    [
        ({"customer": "nobody@example.com"}, "customer", "No customer has this."),
        ({"customer": "4711"}, "customer", "Several customers fit this; give the id."),
        ({"last_day": "2026-03-01"}, "last_day", "Choose a last day that is not before the first, or leave it empty."),
    ],
)
def test_giving_says_what_to_do(changes, field, text):
    made = offer()
    customer(email="anna@example.com", phone="4711")
    customer(card_number="4711")
    form = {"customer": "anna@example.com", "first_day": "2026-03-02", "last_day": ""}

    answer = chief().post(f"{OFFERS}{made.pk}/give/", form | changes)

    assert answer.context["form"].errors == {field: [text]}
    assert not CustomerOffer.objects.exists()


@pytest.mark.once("sqlite")
def test_who_may_not_give_gives_nothing():
    made = offer()
    customer(email="anna@example.com")
    answer = desk(READ, WRITE).post(f"{OFFERS}{made.pk}/give/", {"customer": "anna@example.com"})
    assert answer.status_code == 403
    assert not CustomerOffer.objects.exists()


def test_an_accepted_offer_is_completed_with_a_reason():
    made = given(offer(), customer(first_name="Anna"))
    answer(made, Answer.ACCEPTED)

    page = chief().post(f"{GIVEN}{made.pk}/complete/", {"reason": "receipt 4711"}, follow=True)

    assert told(page) == ["“A free coffee” of Anna is completed."]
    assert stands(made) == ("COMPLETED", AT, 3)


def test_an_offer_that_is_not_accepted_is_not_completed():
    made = given(offer(), customer())
    page = chief().post(f"{GIVEN}{made.pk}/complete/", {"reason": "receipt"})
    assert page.context["form"].non_field_errors() == ["Only an accepted offer can be completed."]
    assert stands(made) == ("NONE", None, 1)


def test_an_offer_before_its_effective_day_is_not_completed():
    made = given(offer(), customer(), effective_from=later(2))
    answer(made, Answer.ACCEPTED)
    page = chief().post(f"{GIVEN}{made.pk}/complete/", {"reason": "receipt"})
    assert page.context["form"].non_field_errors() == ["The offer is not effective yet."]
    assert stands(made)[0] == "ACCEPTED"


def test_what_was_given_is_found_by_customer_and_trace():
    made = given(offer(), customer(first_name="Anna", email="anna@example.com"))
    given(offer("OTHER"), customer())
    staff = chief()
    for text in ("anna@example.com", str(made.trace_id)):
        assert rows(staff.get(GIVEN, {"q": text})) == ["COFFEE of Anna"]


def test_lists_take_as_many_queries_for_many_rows_as_for_one():
    what = offer()
    given(what, customer())
    staff = chief()
    few = {path: queries(staff, path) for path in (OFFERS, GIVEN)}
    for n in range(3):
        given(offer(f"OFFER_{n}"), customer())
    assert {path: queries(staff, path) for path in (OFFERS, GIVEN)} == few


TO = "/admin/offers/offer/to"


def test_an_offer_is_given_from_the_customers_page():
    who, made = customer(first_name="Anna"), offer()
    form = {"offer": str(made.pk), "first_day": "2026-03-02", "last_day": "", "reference": "Sorry"}
    answer = desk("customers.view_customer", GIVE).post(f"{TO}/{who.pk}/", form)

    gift = CustomerOffer.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/admin/customers/customer/{who.pk}/change/")
    assert (gift.customer, gift.offer, gift.source, gift.reference, gift.expires_at) == (
        who,
        made,
        "admin",
        "Sorry",
        None,
    )


def test_an_offer_that_is_switched_off_is_not_given_from_the_customers_page():
    who, made = customer(first_name="Anna"), offer(status=Offer.Status.PAUSED)
    answer = chief().post(f"{TO}/{who.pk}/", {"offer": str(made.pk), "first_day": "2026-03-02"})

    said = ["This offer is not switched on: set its status to “active” first."]
    assert answer.context["form"].non_field_errors() == said
    assert not CustomerOffer.objects.exists()


def test_no_offer_begins_at_the_beginning_of_the_calendar():
    form = {"offer": str(offer().pk), "first_day": "0001-01-01"}
    answer = chief().post(f"{TO}/{customer().pk}/", form)

    assert list(answer.context["form"].errors) == ["first_day"]
    assert not CustomerOffer.objects.exists()


@pytest.mark.parametrize("chosen", ["", "rubbish", "00000000-0000-474c-b092-b0dd880c07e1"])
def test_what_is_no_offer_is_not_given(chosen):
    answer = chief().post(f"{TO}/{customer().pk}/", {"offer": chosen, "first_day": "2026-03-02"})

    assert list(answer.context["form"].errors) == ["offer"]
    assert not CustomerOffer.objects.exists()


@pytest.mark.parametrize("status", ["erased", "nobody"])
def test_nobody_is_given_an_offer_who_is_not_there(status):
    key = "broken" if status == "nobody" else customer(status=status).pk

    assert chief().get(f"{TO}/{key}/").status_code == 404


@pytest.mark.once("sqlite")
def test_who_may_not_give_is_not_asked_to():
    who = customer()
    staff = desk(READ, WRITE)

    assert staff.get(f"{TO}/{who.pk}/").status_code == 403
    assert staff.post(f"{TO}/{who.pk}/", {"offer": str(offer().pk)}).status_code == 403
    assert not CustomerOffer.objects.exists()


def test_who_may_not_look_at_customers_learns_no_name_by_an_id():
    who = customer(first_name="Anna")
    answer = desk(GIVE).get(f"{TO}/{who.pk}/")

    assert (answer.status_code, "Anna" in answer.text) == (403, False)
