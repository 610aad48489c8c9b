"""Looking up, adding and changing customers in the back office."""

from datetime import UTC, datetime

import pytest

from customers.models import Customer, Segment, Transaction
from customers.services import choose_segments
from loyalty_site.access.models import AuditEntry, Store
from tests.backoffice import chief, desk, queries, rows, told, trail, wrong
from tests.builders import AT, SHOP, buy, campaign, customer, earn, later, level

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

USED = "Another customer has this e-mail, phone or card."

LIST, ADD = "/admin/customers/customer/", "/admin/customers/customer/add/"
READ, WRITE = "customers.view_customer", "customers.change_customer"


def page(who: Customer, leaf: str = "change") -> str:
    return f"{LIST}{who.pk}/{leaf}/"


def entries(**changes) -> dict:
    usual = {"first_name": "Anna", "last_name": "Nowak", "level": str(level().pk), "reward_mail": "on"}
    return usual | changes


def test_a_new_customer_is_active_at_once():
    answer = chief().post(ADD, entries(email="anna@example.com", birth_date="1990-05-01"), follow=True)

    made = Customer.objects.get()
    assert answer.redirect_chain == [(LIST, 302)]
    assert (made.full_name, made.email, made.status, made.level) == (
        "Anna Nowak",
        "anna@example.com",
        "active",
        level(),
    )
    assert (made.phone, made.card_number, made.external_id) == (None, None, None)
    assert made.birth_date == datetime(1990, 4, 30, 22, tzinfo=UTC)  # midnight in Warsaw
    assert made.created_at == AT
    assert trail() == ["chief: customer registered"]


@pytest.mark.parametrize(
    ("field", "value", "complaint"),
    [
        ("email", "ANNA@example.com", USED),
        ("phone", "+48 1", USED),
        ("card_number", "C1", USED),
        ("phone", "C1", USED),
        ("card_number", "+48 1", USED),
        ("phone", "anna@example.com", "Only an e-mail may have an “@”."),
        ("card_number", "x@example.com", "Only an e-mail may have an “@”."),
        ("external_id", "X1", "Customer with this External id already exists."),
    ],
)
def test_what_belongs_to_somebody_else_is_refused(field, value, complaint):
    customer(email="anna@example.com", phone="+48 1", card_number="C1", external_id="X1")
    answer = chief().post(ADD, entries(**{field: value}))

    assert wrong(answer) == {field: [complaint]}
    assert Customer.objects.count() == 1


def test_a_change_is_written_and_the_trail_keeps_nothing_personal():
    who, gold = customer(first_name="Ana"), level("gold")
    answer = desk(READ, WRITE).post(page(who), entries(level=str(gold.pk), email="anna@example.com"), follow=True)

    who.refresh_from_db()
    entry = AuditEntry.objects.get(action="customer changed")
    assert len(told(answer)) == 1
    assert (who.first_name, who.email, who.level, who.updated_at) == ("Anna", "anna@example.com", gold, AT)
    assert entry.before == {"level": "bronze"}
    assert entry.after == {"first_name": "changed", "last_name": "changed", "email": "changed", "level": "gold"}
    assert entry.object_label == str(who.number)


def test_a_page_saved_as_it_is_changes_nothing():
    who = customer(
        first_name="Anna", last_name="Nowak", birth_date=datetime(1990, 5, 1, 13, tzinfo=UTC), updated_at=later(-1)
    )
    chief().post(page(who), entries(birth_date="1990-05-01"))

    who.refresh_from_db()
    assert (who.birth_date, who.updated_at) == (datetime(1990, 5, 1, 13, tzinfo=UTC), later(-1))
    assert trail() == []


def test_segments_are_chosen_on_the_page():
    who, old, new = customer(), Segment.objects.create(name="Old"), Segment.objects.create(name="New")
    choose_segments(who.pk, [old], **SHOP)
    chief().post(page(who), entries(first_name="", last_name="", segments=[str(new.pk)]))

    assert [membership.segment for membership in who.memberships.all()] == [new]
    entry = AuditEntry.objects.filter(action="customer segments changed").latest("id")
    assert (entry.before, entry.after) == ({"segments": ["Old"]}, {"segments": ["New"]})


def test_the_page_shows_what_the_customer_has():
    who = customer(100, first_name="Anna", last_name="Nowak")
    buy(campaign(["CODE-1"], name="Free coffee"), who)
    Transaction.objects.create(document_number="FV/1", customer=who, gross_value=12, purchased_at=AT, created_at=AT)
    text = chief().get(page(who)).content.decode()

    for shown in ("Anna Nowak", "bronze", ">90<", ">100<", "12 Mar 2026", "CODE-1", "-10", "FV/1", "12.00"):
        assert shown in text, shown


def test_a_glance_tells_who_it_is_and_what_can_be_spent():
    who, vip = customer(first_name="Anna"), Segment.objects.create(name="VIP")
    choose_segments(who.pk, [vip], **SHOP)
    earn(who, 30, valid=-1)
    earn(who, 5)
    glance = chief().get(page(who)).context["panels"][0]

    told = [(figure.label, figure.value, figure.note) for figure in glance.figures if figure.label != "Status"]
    assert (glance.title, glance.empty) == ("Anna", "In the segments: VIP.")
    assert told == [
        ("Level", "bronze", ""),
        ("Can be spent", 5, ""),
        ("Expires next", 5, "at the end of 12 Mar 2026"),
        ("Member since", "2 Mar 2026", ""),
    ]


@pytest.mark.once("sqlite")
def test_panels_and_acts_are_shown_by_permission():
    panels = desk(READ).get(page(customer(first_name="Anna"))).context["panels"]

    assert [panel.title for panel in panels] == ["Anna", "Timeline"]
    assert [choice.text for choice in panels[1].choices] == ["Everything", "Changes"]
    assert panels[0].links == []


def test_what_can_be_done_fits_the_status():
    staff, active, blocked, erased = chief(), customer(), customer(status="blocked"), customer(status="erased")
    acts = {who.status: {link.text for link in links(staff, who)} for who in (active, blocked, erased)}

    assert acts["active"] - acts["blocked"] == {"Block", "Enrol in a promotion"}
    assert acts["blocked"] - acts["active"] == {"Activate"}
    assert acts["erased"] == set()


def links(staff, who: Customer) -> list:
    return staff.get(page(who)).context["panels"][0].links


def test_blocking_asks_for_a_reason_and_tells_it():
    who, staff = customer(first_name="Anna"), chief()
    refused = staff.post(page(who, "block"))
    answer = staff.post(page(who, "block"), {"reason": "Fraud"}, follow=True)

    who.refresh_from_db()
    assert refused.context["form"].errors == {"reason": ["This field is required."]}
    assert told(answer) == ["Anna is blocked."]
    assert who.status == "blocked"
    entry = AuditEntry.objects.get(action="customer status changed")
    assert (entry.reason, entry.before, entry.after) == ("Fraud", {"status": "active"}, {"status": "blocked"})
    assert page(who, "block") not in staff.get(page(who)).content.decode()


def test_an_erased_customer_is_only_read():
    who, staff = customer(status="erased"), chief()
    answers = [staff.post(page(who), entries()), staff.post(page(who, "activate"), {"reason": "Back"})]

    who.refresh_from_db()
    assert [answer.status_code for answer in answers] == [403, 404]
    assert (who.first_name, who.status) == ("", "erased")


@pytest.mark.once("sqlite")
def test_who_may_only_look_changes_nothing():
    who, staff = customer(first_name="Ana", birth_date=AT), desk(READ)
    choose_segments(who.pk, [Segment.objects.create(name="VIP")], **SHOP)
    text = staff.get(page(who)).content.decode()
    answers = [
        staff.post(page(who), entries()),
        staff.post(page(who, "block"), {"reason": "Fraud"}),
        staff.post(ADD, entries()),
    ]

    who.refresh_from_db()
    assert "VIP" in text
    assert "2 Mar 2026" in text
    assert page(who, "block") not in text
    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert (who.first_name, who.status, Customer.objects.count()) == ("Ana", "active", 1)


@pytest.mark.once("sqlite")
def test_nobody_deletes_a_customer():
    who = customer()

    assert chief().post(page(who, "delete"), {"post": "yes"}).status_code == 403
    assert Customer.objects.exists()


def test_a_list_takes_as_many_queries_for_fifty_customers_as_for_five():
    staff, vip = chief(), Segment.objects.create(name="VIP")
    for _ in range(5):
        choose_segments(customer().pk, [vip], **SHOP)
    few = queries(staff, LIST)
    for _ in range(45):
        choose_segments(customer().pk, [vip], **SHOP)

    assert queries(staff, LIST) == few <= 12


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("nowak", ["Anna Nowak"]),
        ("ANN", ["Anna Nowak"]),
        ("łuk", ["Łukasz Żak"]),
        ("Anna Nowak", ["Anna Nowak"]),
        ("nowak ann", ["Anna Nowak"]),
        ("anna żak", []),
        ("owak", []),
        ("anna@EXAMPLE.com", ["Anna Nowak"]),
        ("+48 600", ["Anna Nowak"]),
        ("C-1", ["Anna Nowak"]),
        ("crm-1", ["Anna Nowak"]),
        ("123456789012345", ["Anna Nowak"]),
        ("00000000-0000-474c-b092-b0dd880c07e1", ["Łukasz Żak"]),
        ("100%", []),
        ("9" * 30, []),
        ("\x00", ["Anna Nowak", "Łukasz Żak"]),
    ],
)
def test_the_list_finds(text, found):
    customer(
        first_name="Anna",
        last_name="Nowak",
        email="Anna@example.com",
        phone="+48 600",
        card_number="C-1",
        external_id="crm-1",
        number=123456789012345,
    )
    customer(pk="00000000-0000-474c-b092-b0dd880c07e1", first_name="Łukasz", last_name="Żak")

    assert sorted(rows(chief().get(LIST, {"q": text}))) == found


def test_the_list_is_filtered_by_status_level_and_segment():
    vip, gold = Segment.objects.create(name="VIP"), level("gold")
    customer(first_name="Anna")
    customer(first_name="Bob", status="blocked")
    customer(first_name="Cleo", level=gold)
    choose_segments(customer(first_name="Dora").pk, [vip], **SHOP)
    staff = chief()

    assert rows(staff.get(f"{LIST}?status__exact=blocked")) == ["Bob"]
    assert rows(staff.get(f"{LIST}?level__id__exact={gold.pk}")) == ["Cleo"]
    assert rows(staff.get(f"{LIST}?segment={vip.pk}")) == ["Dora"]
    assert len(rows(staff.get(f"{LIST}?segment=rubbish"))) == 4


def test_an_address_with_a_broken_id_is_no_fault():
    staff = chief()

    assert staff.get(f"{LIST}broken/change/").status_code == 302
    assert staff.get(f"{LIST}broken/block/").status_code == 404
    assert staff.get(f"{LIST}broken/history/").status_code == 404


def test_a_store_is_found_by_typing():
    Store.objects.create(name="Praga", identifier="pos1")
    answer = chief().get(
        "/admin/autocomplete/",
        {"term": "pra", "app_label": "customers", "model_name": "customer", "field_name": "store"},
    )

    assert [found["text"] for found in answer.json()["results"]] == ["Praga"]
