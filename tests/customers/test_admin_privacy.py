"""Handing out all data held on a customer, and erasing it, in the back office."""

import pytest

from campaigns.models import Purchase
from customers.models import Customer
from loyalty_site.access.models import AuditEntry, User
from loyalty_site.jobs.models import Job
from points.models import Transfer
from tests.backoffice import chief, desk, told, trail
from tests.builders import balance, buy, campaign, customer
from tests.jobs import work_off

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
SEE, EXPORT, ERASE = "customers.view_customer", "customers.export_held_data", "customers.erase_customer"


def page(who, leaf: str) -> str:
    return f"/admin/customers/customer/{who.pk}/{leaf}/"


def sent(who, **changes) -> dict:
    return {"reason": "Asked for by letter", "number": str(who.number), "key": "one page"} | changes


def test_all_data_held_is_written_by_a_job_and_taken_by_whoever_may():
    who = customer(5, first_name="Anna")
    staff = desk(SEE, EXPORT, "jobs.view_job")
    answer = staff.post(page(who, "data_held"), {}, follow=True)
    work_off()
    job = Job.objects.get()
    path = f"/admin/jobs/job/{job.pk}/files/{job.files.get().pk}/"
    file, refused = staff.get(path), desk(SEE, "jobs.view_job", username="other").get(path)

    assert told(answer) == ["A job writes the file. It will be under Jobs when it is done."]
    assert (file["Content-Type"], '"first_name": "Anna"' in file.getvalue().decode()) == ("application/json", True)
    assert refused.status_code in {403, 404}
    assert trail()[-1] == "maria: job file taken"
    assert "Anna" not in job.title


def test_a_customer_is_erased_once_the_number_is_typed():
    who, staff = customer(5, first_name="Anna"), desk(SEE, ERASE)
    question = staff.get(page(who, "erase")).content.decode()
    wrong = staff.post(page(who, "erase"), sent(who, number="1"))
    before = Customer.objects.get().status
    done = staff.post(page(who, "erase"), sent(who, key="another"), follow=True)
    who.refresh_from_db()

    assert "5 points are taken; the ledger says so." in question
    assert wrong.context["form"].errors == {"number": ["That is not the number of this customer."]}
    assert before == "active"
    assert told(done) == [f"Customer {who.number} is erased."]
    assert (who.status, who.first_name, balance(who)) == ("erased", "", 0)
    assert AuditEntry.objects.latest("id").reason == "Asked for by letter"


@pytest.mark.once("sqlite")
def test_a_second_click_is_told_what_the_first_one_did():
    who, staff = customer(5), desk(SEE, ERASE)
    first, second = (staff.post(page(who, "erase"), sent(who), follow=True) for _ in range(2))
    other = staff.post(page(who, "erase"), sent(who, key="another"))

    assert told(first) == told(second) == [f"Customer {who.number} is erased."]
    assert other.context["form"].non_field_errors() == ["This customer does not exist any more."]


@pytest.mark.once("sqlite")
@pytest.mark.parametrize(("changes", "field"), [({"reason": " "}, "reason"), ({"number": ""}, "number")])
def test_erasing_wants_a_reason_and_the_number(changes, field):
    who = customer(5)
    answer = chief().post(page(who, "erase"), sent(who, **changes))

    assert list(answer.context["form"].errors) == [field]
    assert Customer.objects.get().status == "active"


@pytest.mark.once("sqlite")
def test_the_log_in_of_staff_is_told_and_nothing_is_erased():
    who = customer(5)
    User.objects.create_user("bob", is_staff=True, pk=who.pk)
    answer = chief().post(page(who, "erase"), sent(who))

    assert "opens the back office" in answer.context["form"].non_field_errors()[0]
    assert (Customer.objects.get().status, balance(who)) == ("active", 5)


@pytest.mark.once("sqlite")
def test_who_may_change_customers_may_neither_export_nor_erase_them():
    who, staff = customer(5), desk(SEE, "customers.change_customer")
    text = staff.get(page(who, "change")).content.decode()
    statuses = [staff.post(page(who, leaf), sent(who)).status_code for leaf in ("data_held", "erase")]

    assert statuses == [403, 403]
    assert "/erase/" not in text
    assert "/data_held/" not in text
    assert (Customer.objects.get().status, Job.objects.count()) == ("active", 0)


@pytest.mark.once("sqlite")
def test_nothing_is_offered_for_somebody_who_was_erased():
    who, staff = customer(status="erased"), chief()
    offered = [link["title"] for link in staff.get(page(who, "change")).context["actions_detail"]]

    assert offered == []
    assert [staff.get(page(who, leaf)).status_code for leaf in ("data_held", "erase")] == [404, 404]


def test_a_page_sent_again_after_the_customer_was_erased_says_that_it_was_done_before():
    who = customer(50)
    buy(campaign(), who)
    refund = f"/admin/campaigns/purchase/{Purchase.objects.get().pk}/refund/?back=customer"
    staff, sent_once = chief(), {"reason": "Broken", "key": "one page"}
    staff.post(refund, sent_once)
    staff.post(page(who, "erase"), sent(who, key="another"))
    again = staff.post(refund, sent_once, follow=True)

    assert told(again)[-1] == "This was done before."
    assert list(Transfer.objects.order_by("sequence").values_list("points", flat=True)) == [50, -10, 10, -50]
