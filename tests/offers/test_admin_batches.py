"""Offers to many, in the back office."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from customers.crowds import marking
from customers.models import Segment, SegmentMembership
from loyalty_site.jobs.models import Job
from offers.batch_models import GiftBatch
from offers.models import CustomerOffer
from tests.backoffice import chief, desk, queries, told, trail
from tests.builders import customer, level
from tests.jobs import work_off
from tests.offers.builders import offer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

BATCHES = "/admin/offers/giftbatch/"
ONE_WAY = "Say in one way who shall get it: a segment, a level, a list or a file."
DISORDER = "Choose a last day that is not before the first, or leave it empty."
READ, GIVE, TAKE_BACK = "offers.view_giftbatch", "offers.add_giftbatch", "offers.change_giftbatch"


def students(count: int) -> Segment:
    segment = Segment.objects.create(name="Students")
    people = [customer(first_name=f"Ann {n}", email=f"ann{n}@example.com") for n in range(count)]
    SegmentMembership.objects.bulk_create(SegmentMembership(segment=segment, customer=one) for one in people)
    marking.join(segment.pk, [one.pk for one in people])
    return segment


def sent(**fields):
    usual = {"offer": offer().pk, "first_day": "2026-03-02", "last_day": "2026-03-09", "reference": "Spring"}
    return usual | fields


def errors(answer) -> dict[str, list[str]]:
    return {field: list(found) for field, found in answer.context["adminform"].form.errors.items()}


def test_from_a_look_to_giving_and_taking_back():
    staff = desk(READ, GIVE, TAKE_BACK, "offers.view_customeroffer", "customers.view_customer")

    look = staff.post(f"{BATCHES}add/", sent(segment=students(3).pk), follow=True)
    page = look.content.decode()
    batch = GiftBatch.objects.get()
    assert look.redirect_chain == [(f"{BATCHES}{batch.pk}/change/", 302)]
    assert [figure.value for figure in look.context["panels"][0].figures] == [3, 3, 0, 0]
    assert all(f"Ann {n}" in page for n in range(3))
    assert (batch.begins_at.isoformat(), batch.expires_at.isoformat()) == (
        "2026-03-01T23:00:00+00:00",
        "2026-03-09T22:59:59.999000+00:00",
    )
    assert not CustomerOffer.objects.exists()

    given = staff.post(f"{BATCHES}{batch.pk}/start/", {"key": "a"}, follow=True)
    assert told(given) == ["“A free coffee” is being given. You may leave this page."]
    work_off()
    assert CustomerOffer.objects.count() == 3
    assert [figure.value for figure in staff.get(f"{BATCHES}{batch.pk}/change/").context["panels"][1].figures] == [
        3,
        0,
        3,
    ]
    listed = staff.get(f"/admin/offers/customeroffer/?batch={batch.pk}")
    assert len(listed.context["cl"].result_list) == 3

    staff.post(f"{BATCHES}{batch.pk}/withdraw/", {"key": "b"})
    work_off()
    assert not CustomerOffer.objects.exists()
    assert "maria: offer to many withdrawn" in trail()


def test_a_second_click_gives_once():
    staff = chief()
    staff.post(f"{BATCHES}add/", sent(segment=students(1).pk))
    path = f"{BATCHES}{GiftBatch.objects.get().pk}/start/"
    assert told(staff.post(path, {"key": "a"}, follow=True)) == told(staff.post(path, {"key": "a"}, follow=True))
    refused = staff.post(path, {"key": "b"})
    assert "Somebody else was quicker" in refused.content.decode()
    work_off()
    assert (Job.objects.count(), CustomerOffer.objects.count()) == (1, 1)


def test_a_list_is_pasted():
    who = customer(email="ann@example.com")
    lines = "ann@example.com\r\n\r\nnobody@example.com;Bob\n"
    look = chief().post(f"{BATCHES}add/", sent(pasted=lines), follow=True)
    assert "nobody@example.com" in look.content.decode()
    batch = GiftBatch.objects.get()
    assert (batch.audience, batch.preview["to_give"], batch.preview["unknown"]) == ("a list of 2", 1, 1)
    assert batch.preview["samples"] == [str(who.pk)]


def test_a_file_is_uploaded():
    customer(card_number="C-1")
    customer(card_number="C-2")
    content = '\ufeffcard,name\r\nC-1,Ann\r\n"C-2",Bob\r\n'.encode()
    chief().post(f"{BATCHES}add/", sent(file=SimpleUploadedFile("cards.csv", content)))
    assert {name: GiftBatch.objects.get().preview[name] for name in ("to_give", "unknown")} == {
        "to_give": 2,
        "unknown": 1,
    }


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({}, {"__all__": [ONE_WAY]}),
        ({"pasted": "a", "file": b"b"}, {"__all__": [ONE_WAY]}),
        ({"pasted": "a", "last_day": "2026-03-01"}, {"last_day": [DISORDER]}),
        ({"file": b"\xff\xfe"}, {"file": ["The file is no text in UTF-8. Save it as “CSV UTF-8”."]}),
        ({"pasted": "a\n" * 50_001}, {"pasted": ["50001 lines are too many: make a segment of them."]}),
        ({"pasted": "a", "first_day": ""}, {"first_day": ["This field is required."]}),
    ],
)
def test_what_the_form_refuses(fields, found):
    if "file" in fields:
        fields = fields | {"file": SimpleUploadedFile("list.txt", fields["file"])}
    assert errors(chief().post(f"{BATCHES}add/", sent(**fields))) == found
    assert not GiftBatch.objects.exists()


def test_an_offer_that_is_not_switched_on_cannot_be_chosen():
    off = offer(status="PAUSED")
    body = {"offer": off.pk, "first_day": "2026-03-02", "pasted": "a"}
    found = errors(chief().post(f"{BATCHES}add/", body))
    assert list(found) == ["offer"]
    assert not GiftBatch.objects.exists()


def test_a_batch_is_dropped():
    staff = chief()
    staff.post(f"{BATCHES}add/", sent(level=level().pk))
    staff.post(f"{BATCHES}{GiftBatch.objects.get().pk}/drop/", {"key": "a"})
    assert not GiftBatch.objects.exists()
    assert trail()[-1] == "chief: offer to many dropped"


@pytest.mark.parametrize("button", ["start", "drop", "withdraw"])
def test_who_may_only_look(button):
    chief().post(f"{BATCHES}add/", sent(level=level().pk))
    batch = GiftBatch.objects.get()
    reader = desk(READ)
    assert reader.get(f"{BATCHES}{batch.pk}/change/").status_code == 200
    assert reader.get(f"{BATCHES}add/").status_code == 403
    assert reader.post(f"{BATCHES}{batch.pk}/{button}/", {"key": "a"}).status_code == 403
    assert (GiftBatch.objects.count(), Job.objects.count()) == (1, 0)


def test_the_button_on_an_offers_page_leads_to_the_form():
    made = offer()
    staff = desk("offers.view_offer", GIVE, READ)
    leads = staff.get(f"/admin/offers/offer/{made.pk}/give_to_many/")
    assert (leads.status_code, leads.url) == (302, f"{BATCHES}add/?offer={made.pk}")
    assert f'<option value="{made.pk}" selected>' in staff.get(leads.url).content.decode()


def test_pages_cost_the_same_for_few_and_many():
    staff = chief()
    segment = students(2)
    what = offer()
    for _ in range(2):
        staff.post(f"{BATCHES}add/", {"offer": what.pk, "first_day": "2026-03-02", "segment": segment.pk})
    few = queries(staff, BATCHES), queries(staff, f"{BATCHES}{GiftBatch.objects.first().pk}/change/")
    more = [customer() for _ in range(8)]
    SegmentMembership.objects.bulk_create(SegmentMembership(segment=segment, customer=one) for one in more)
    for _ in range(4):
        staff.post(f"{BATCHES}add/", {"offer": what.pk, "first_day": "2026-03-02", "segment": segment.pk})
    last = GiftBatch.objects.first()
    assert (queries(staff, BATCHES), queries(staff, f"{BATCHES}{last.pk}/change/")) == few


def test_who_may_not_see_customers_reads_figures_only():
    chief().post(f"{BATCHES}add/", sent(segment=students(2).pk))
    page = desk(READ).get(f"{BATCHES}{GiftBatch.objects.get().pk}/change/")
    assert [figure.value for figure in page.context["panels"][0].figures] == [2, 2, 0, 0]
    assert "ann0@example.com" not in page.content.decode()


def test_the_lines_of_a_list_are_not_read_by_who_may_not_see_customers():
    chief().post(f"{BATCHES}add/", sent(pasted="nobody@example.com"))
    page = desk(READ).get(f"{BATCHES}{GiftBatch.objects.get().pk}/change/")
    assert "nobody@example.com" not in page.content.decode()
