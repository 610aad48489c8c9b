"""Lists taken along as tables: small ones at once, long ones by a job."""

import csv
from io import StringIO

import pytest

from customers.models import Customer, Segment, SegmentMembership
from loyalty_site.access.models import AuditEntry, User
from loyalty_site.exporting import jobs, lists
from loyalty_site.jobs.models import Job
from loyalty_site.jobs.services import retry
from points.models import Transfer
from tests.backoffice import desk
from tests.builders import STAFF, buy, campaign, customer, earn, later, spend
from tests.jobs import work_off, written
from tests.statements import statements

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

CUSTOMERS, LEDGER = "/admin/customers/customer/", "/admin/points/transfer/"
PURCHASES, COUPONS = "/admin/campaigns/purchase/", "/admin/campaigns/coupon/"
RIGHTS = {
    CUSTOMERS: ("customers.view_customer", "customers.export_customers"),
    LEDGER: ("points.view_transfer", "points.export_transfers"),
    PURCHASES: ("campaigns.view_purchase", "campaigns.export_purchases"),
    COUPONS: ("campaigns.view_coupon", "campaigns.export_coupons"),
}


def table_of(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline="")))


def taken(staff, path: str, query: str = "") -> list[dict[str, str]]:
    answer = staff.get(f"{path}export/{query}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/csv; charset=utf-8")
    return table_of(answer.getvalue().decode())


def people(count: int) -> list[Customer]:
    """The latest registered first."""
    made = [customer(first_name=f"Ann {n}", created_at=later(-(n // 2)), updated_at=later()) for n in range(count)]
    return sorted(made, key=lambda one: (one.created_at, one.pk), reverse=True)


@pytest.fixture
def long_lists(monkeypatch):
    """More than two rows become a job, which writes three in a step."""
    monkeypatch.setattr(lists, "AT_ONCE", 2)
    monkeypatch.setattr(jobs, "AT_ONCE", 3)


def begun(staff, path: str, query: str = "") -> Job:
    answer = staff.get(f"{path}export/{query}")
    assert answer.status_code == 302
    return Job.objects.get(pk=answer.url.split("/")[-3])


def test_customers():
    who = customer(first_name="Ann", last_name="=1+1", email="ann@example.com", agreement2=True, phone="+48600")
    [row] = taken(desk(*RIGHTS[CUSTOMERS]), CUSTOMERS)
    assert {name: row[name] for name in ("Customer id", "First name", "Last name", "Phone", "Level")} == {
        "Customer id": str(who.pk),
        "First name": "Ann",
        "Last name": "'=1+1",
        "Phone": "'+48600",
        "Level": "bronze",
    }
    assert (row["Agrees to marketing"], row["Agrees to the terms"], row["Member since"]) == (
        *("yes", "no"),
        "2026-03-02T13:00:00+01:00",
    )


def test_the_ledger_by_account():
    first, second = sorted([customer(10), customer(20)], key=lambda one: one.pk)
    spend(first, 3)
    rows = taken(desk(*RIGHTS[LEDGER]), LEDGER)
    assert [(row["Customer id"], row["Kind"], row["Points"], row["Balance after"]) for row in rows] == [
        (str(first.pk), "earn", str(first.account.earned), str(first.account.earned)),
        (str(first.pk), "spend", "-3", str(first.account.earned - 3)),
        (str(second.pk), "earn", str(second.account.earned), str(second.account.earned)),
    ]


def test_purchases_show_codes_to_those_who_may_see_them():
    buy(campaign(["A-1"]), customer(10, first_name="Ann"))
    [row] = taken(desk(*RIGHTS[PURCHASES]), PURCHASES)
    assert (row["First name"], row["Cost in points"], "Code" in row) == ("Ann", "10", False)
    [row] = taken(desk(*RIGHTS[PURCHASES], "campaigns.view_sold_codes", username="anna"), PURCHASES)
    assert row["Code"] == "A-1"


def test_coupons_of_a_campaign():
    coffee = campaign(["A", "B", "C"])
    campaign(["X"])
    buy(coffee, customer(10))
    rows = taken(desk(*RIGHTS[COUPONS]), COUPONS, f"?campaign__id__exact={coffee.pk}")
    assert [(row["Code"], row["State"]) for row in rows] == [("A", "sold"), ("B", "free"), ("C", "free")]


def test_what_is_filtered_is_what_is_taken():
    ann, _ = customer(first_name="Ann"), customer(first_name="Bob")
    segment = Segment.objects.create(name="Students")
    SegmentMembership.objects.create(segment=segment, customer=ann)
    staff = desk(*RIGHTS[CUSTOMERS])
    for query in (f"?segment={segment.pk}", "?q=Ann", "?q=Ann&o=2&p=1"):
        assert [row["First name"] for row in taken(staff, CUSTOMERS, query)] == ["Ann"]


def test_an_export_is_on_record_without_what_was_searched_for():
    desk(*RIGHTS[CUSTOMERS]).get(f"{CUSTOMERS}export/?q=ann@example.com&status__exact=active&o=1")
    entry = AuditEntry.objects.get(action="customers exported")
    assert (entry.actor_label, entry.object_type) == ("maria", "customer")
    assert entry.after == {"q": "given", "status__exact": "active"}


def test_a_long_export_is_on_record_with_what_it_was_narrowed_down_by(long_lists):
    people(3)
    begun(desk(*RIGHTS[CUSTOMERS]), CUSTOMERS, "?q=Ann&status__exact=active")
    entry = AuditEntry.objects.get(action="customers exported")
    assert (entry.actor_label, entry.after) == ("maria", {"q": "given", "status__exact": "active"})


@pytest.mark.parametrize("path", RIGHTS)
def test_without_the_right_there_is_no_button_and_no_file(path):
    staff = desk(RIGHTS[path][0])
    assert f"{path}export/" not in staff.get(path).content.decode()
    assert staff.get(f"{path}export/").status_code == 403
    assert f"{path}export/" in desk(*RIGHTS[path], username="anna").get(path).content.decode()
    assert not AuditEntry.objects.filter(action__endswith="exported").exists()


def test_the_right_to_export_is_not_the_right_to_look():
    assert desk("customers.export_customers").get(f"{CUSTOMERS}export/").status_code == 403


def test_a_long_list_becomes_a_job(long_lists, monkeypatch):
    made = people(7)
    staff = desk(*RIGHTS[CUSTOMERS], "jobs.view_job")
    job = begun(staff, CUSTOMERS)
    assert (job.state, written(job, "customers.csv")) == ("waiting", "")
    work_off()
    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.outcome) == ("done", 7, 7, {"Rows": 7})
    rows = table_of(written(job, "customers.csv"))
    assert [row["Customer id"] for row in rows] == [str(one.pk) for one in made]
    monkeypatch.setattr(lists, "AT_ONCE", 7)
    assert rows == taken(staff, CUSTOMERS)
    assert [entry.action for entry in AuditEntry.objects.filter(object_id=str(job.pk)).order_by("pk")] == [
        "job started",
        "job done",
    ]


def test_the_ledger_is_walked_account_by_account(long_lists):
    for who in (customer(), customer()):
        for n in range(4):
            earn(who, 10 + n)
    job = begun(desk(*RIGHTS[LEDGER], "jobs.view_job"), LEDGER)
    work_off()
    rows = table_of(written(job, "movements-of-points.csv"))
    keys = [(row["Customer id"], row["Number of the movement"]) for row in rows]
    assert keys == sorted({(str(one.account_id), str(one.sequence)) for one in Transfer.objects.all()})


def test_coupons_are_walked_campaign_by_campaign(long_lists):
    made = [campaign([f"{name}{n}" for n in range(4)]) for name in ("A", "B")]
    job = begun(desk(*RIGHTS[COUPONS], "jobs.view_job"), COUPONS)
    work_off()
    codes = [row["Code"] for row in table_of(written(job, "coupons.csv"))]
    first = sorted(made, key=lambda one: one.pk)
    assert codes == [coupon.code for one in first for coupon in one.coupons.order_by("position")]


def test_a_job_takes_what_its_list_was_filtered_by(long_lists):
    people(4)
    for _ in range(3):
        customer(first_name="Bob")
    job = begun(desk(*RIGHTS[CUSTOMERS], "jobs.view_job"), CUSTOMERS, "?q=Bob")
    work_off()
    assert [row["First name"] for row in table_of(written(job, "customers.csv"))] == ["Bob"] * 3


def test_a_job_that_broke_goes_on_at_the_very_row(long_lists, monkeypatch):
    made = people(8)
    job = begun(desk(*RIGHTS[CUSTOMERS], "jobs.view_job"), CUSTOMERS)
    write = jobs.files.write

    def full(found, name, text):
        write(found, name, text)
        if found.done == 3:
            raise OSError("disk full")

    monkeypatch.setattr(jobs.files, "write", full)
    work_off()
    job.refresh_from_db()
    assert (job.state, job.done, len(table_of(written(job, "customers.csv")))) == ("failed", 3, 3)
    monkeypatch.setattr(jobs.files, "write", write)
    customer(created_at=later(1), updated_at=later())  # later than the first row: not seen
    retry(job, actor=STAFF, at=later())
    work_off()
    rows = table_of(written(job, "customers.csv"))
    assert [row["Customer id"] for row in rows] == [str(one.pk) for one in made]


def test_a_second_click_finds_the_job_that_is_there(long_lists):
    people(3)
    staff = desk(*RIGHTS[CUSTOMERS], "jobs.view_job")
    assert begun(staff, CUSTOMERS) == begun(staff, CUSTOMERS)
    assert begun(staff, CUSTOMERS, "?q=Ann") != begun(staff, CUSTOMERS)
    assert Job.objects.count() == 2


def test_a_job_writes_nothing_for_somebody_who_lost_the_right(long_lists):
    people(3)
    job = begun(desk(*RIGHTS[CUSTOMERS], "jobs.view_job"), CUSTOMERS)
    User.objects.get().user_permissions.clear()
    work_off()
    job.refresh_from_db()
    assert (job.state, job.problem) == ("failed", "Who asked for it may not export this any more.")
    assert not job.files.exists()


def test_a_file_with_codes_is_for_those_who_may_see_codes(long_lists):
    coffee = campaign(["A", "B", "C"])
    for _ in range(3):
        buy(coffee, customer(10))
    job = begun(desk(*RIGHTS[PURCHASES], "campaigns.view_sold_codes", "jobs.view_job"), PURCHASES)
    work_off()
    file = job.files.get()
    page = f"/admin/jobs/job/{job.pk}/files/{file.pk}/"
    exporter = desk(*RIGHTS[PURCHASES], "jobs.view_job", username="anna")
    assert exporter.get(page).status_code == 404
    with_codes = desk(*RIGHTS[PURCHASES], "campaigns.view_sold_codes", "jobs.view_job", username="eva")
    rows = table_of(with_codes.get(page).getvalue().decode())
    assert {row["Code"] for row in rows} == {"A", "B", "C"}


def test_a_file_is_for_those_who_may_look_at_its_list(long_lists):
    campaign(["A", "B", "C"])
    job = begun(desk(*RIGHTS[COUPONS], "jobs.view_job"), COUPONS)
    work_off()
    page = f"/admin/jobs/job/{job.pk}/files/{job.files.get().pk}/"
    exporter = desk("campaigns.export_coupons", "jobs.view_job", username="anna")
    assert exporter.get(page).status_code == 404
    assert desk(*RIGHTS[COUPONS], "jobs.view_job", username="eva").get(page).status_code == 200


def test_how_many_statements_does_not_grow_with_rows():
    staff = desk(*RIGHTS[CUSTOMERS])
    taken_by = []
    for _ in range(2):
        people(5)
        with statements() as seen:
            taken(staff, CUSTOMERS)
        taken_by.append(len(seen))
    assert taken_by[0] == taken_by[1]
