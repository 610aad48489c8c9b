"""Somebody with a life in every part of the product, and a look through the whole database for her."""

import json
from urllib.parse import quote_plus, urlencode
from uuid import UUID

from django.db import connection

from customers.models import Customer, Segment, Transaction, TransactionItem
from customers.privacy import handing_out
from customers.services import put_into_segment
from loyalty_site.access import log_in_tokens
from loyalty_site.access.actors import Actor, Role
from loyalty_site.access.models import User
from loyalty_site.access.partner_models import Partner
from loyalty_site.bulk.models import BulkChange
from loyalty_site.cold.services import write_down
from loyalty_site.jobs.models import Job
from loyalty_site.jobs.services import enqueue
from loyalty_site.outbox.models import Delivery, Event
from offers.batch_models import GiftBatch
from offers.models import MemberSession
from tests.backoffice import somebody
from tests.builders import AT, SHOP, STAFF, buy, campaign, earn, later, level
from tests.callers import ADMIN_ID, logged_in, partner, user
from tests.jobs import COUNT, work_off
from tests.loyalty_site.outbox.receivers import due, subscription
from tests.offers.builders import given, offer
from tests.points.staff import adjust
from tests.promotions.builders import enrol, promotion

EMAIL, PHONE, CARD = "zuzanna.quorx@mail.example", "+48599900111", "CARD-QX77881"
FIRST, LAST = "Zuzannaqx", "Qworzyk-Łabędź"
ADDRESS = {
    "street": "Wyspiańskaqx",
    "address1": "77Qx",
    "postal": "99-QX1",
    "city": "Qxopole",
    "province": "Qxlandia",
    "country": "PL",
}
COMPANY = {"name": "Quorxfirma", "nip": "PLQX555777"}
BORN = "1987-06-0"  # the 5th, which begins on the 4th in UTC
REFERENCE = "for Zuzannaqx in person"
MARKS = [EMAIL, PHONE, CARD, FIRST, LAST, *list(ADDRESS.values())[:-1], *COMPANY.values(), BORN, REFERENCE]
FORM = {
    "firstName": FIRST,
    "lastName": LAST,
    "email": EMAIL,
    "phone": PHONE,
    "loyaltyCardNumber": CARD,
    "birthDate": "1987-06-05",
    "gender": "female",
    "address": ADDRESS,
    "company": COMPANY,
    "agreement1": True,
    "plainPassword": "Sesame-opens-7",
}


def lively() -> Customer:
    """Registered over the API with a log-in; she earned, bought, was given and told things."""
    level()
    caller = logged_in(user(Role.ADMIN, ADMIN_ID))
    status, body = caller.post("/api/customer/register", {"customer": FORM}, Idempotency_Key="registered-once")
    assert status == 200, body
    who = Customer.objects.get(pk=UUID(body["customerId"]))
    Customer.objects.filter(pk=who.pk).update(external_id="EXT-QX0042")
    User.objects.filter(pk=who.pk).update(email=EMAIL, first_name=FIRST)
    log_in_tokens.start(User.objects.get(pk=who.pk), at=AT)
    _trade(who)
    _partners(who)
    _desk(who)
    who.refresh_from_db()
    return who


def _trade(who: Customer) -> None:
    segment = Segment.objects.create(name="Students", created_at=AT)
    put_into_segment(segment, [who.pk], **SHOP)
    sale = {"document_number": "D-1", "gross_value": 10, "purchased_at": AT, "created_at": AT}
    document = Transaction.objects.create(customer=who, **sale)
    TransactionItem.objects.create(transaction=document, position=1, sku="S", name="Tea", gross_value=10)
    earn(who, 700)
    earn(who, 30, valid=-1)
    buy(campaign(levels=[level().pk]), who)
    enrol(promotion(), who)


def _partners(who: Customer) -> None:
    brame = Partner.objects.filter(name="Brame").first() or partner()
    subscription("offer.assigned")
    coffee = offer()
    given(coffee, who, reference=REFERENCE, source="game")
    GiftBatch.objects.create(
        offer=coffee,
        audience="a list of 3",
        preview={
            "samples": [str(who.pk)],
            "unknown_samples": ["nobody"],
            "ambiguous_samples": [PHONE, f"{FIRST} {LAST}", "0"],
        },
        begins_at=AT,
        prepared_at=AT,
    )
    MemberSession.objects.create(
        partner=brame, customer=who, correlation_id=f"{EMAIL}-1", started_at=AT, expires_at=later(1)
    )
    write_down("create-offer", who.pk, {"reference": REFERENCE}, partner_id=brame.pk, actor=STAFF, at=AT)
    event = Event.objects.filter(customer_id=who.pk).first() or Event.objects.create(
        kind="reward.bought", object_id="1", customer_id=who.pk, created_at=AT, passed_on=True
    )
    due(None, event=event)
    due(
        subscription("reward.bought"),
        event=event,
        state=Delivery.State.SENT,
        next_at=None,
        last_answer=f"Hello {FIRST}",
    )


def _desk(who: Customer) -> None:
    """What staff did: an adjustment that waits, a search that became a job, and a file of her data."""
    bob = somebody(username="bob")
    adjust(who, 5_000, Actor("user", str(bob.pk), "bob"))
    search = enqueue(COUNT, {"query": urlencode({"q": EMAIL})}, title="Export customers", actor=STAFF, at=AT)
    Job.objects.filter(pk=search.pk).update(state=Job.State.DONE, finished_at=AT)
    BulkChange.objects.create(
        action="campaigns.switch", query=urlencode({"q": CARD}), made_at=AT, state=BulkChange.State.DONE
    )
    handing_out.begin(Customer.objects.get(pk=who.pk), actor=STAFF, at=AT)
    work_off()


def tables_naming(marks: list[str]) -> dict[str, set[str]]:
    """Table → the marks that stand anywhere in it: in texts, in JSON, in pieces of files."""
    found: dict[str, set[str]] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {table}")
            text = "\n".join(_text(value) for row in cursor.fetchall() for value in row).casefold()
            named = {mark for mark in marks if _stands(mark, text)}
            if named:
                found[table] = named
    return found


def _stands(mark: str, text: str) -> bool:
    written = {mark, json.dumps(mark)[1:-1], quote_plus(mark)}
    return any(form.casefold() in text for form in written)


def _text(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode(errors="ignore")
    return str(value)
