"""One row of everything that the back office shows."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import Group
from django.db.models import Model
from django_otp.plugins.otp_totp.models import TOTPDevice

from campaigns.bulk.switching import PAUSE
from campaigns.models import Campaign, CouponBatch
from customers.models import Customer, Segment, Transaction
from loyalty_site.access import attempts, audit, tokens
from loyalty_site.access.actors import SYSTEM, Role
from loyalty_site.access.models import Store
from loyalty_site.access.session_models import StaffSession
from loyalty_site.backoffice.staff import actor_for
from loyalty_site.bulk import services
from loyalty_site.bulk.actions import Order
from loyalty_site.jobs import files
from loyalty_site.jobs.kinds import kinds
from loyalty_site.jobs.services import enqueue
from offers.bulk.services import Wish, prepare
from promotions.services import add_program
from tests.backoffice import somebody
from tests.builders import AT, SHOP, STAFF, buy, campaign, customer, level
from tests.callers import partner, user
from tests.jobs import COUNT
from tests.loyalty_site.outbox.receivers import due, subscription
from tests.offers.builders import given, offer
from tests.points.staff import adjust
from tests.promotions.builders import enrol, promotion

SELLER = UUID("00000000-0000-474c-b092-b0dd880c07e4")
# the walkers' own accounts are above somebody, shipped groups are nobody's to change, and what is in use stays
PICKED = {
    "access.User": {"pk": SELLER},
    "access.LockOut": {"key__startswith": "account:"},
    "auth.Group": {"name": "night shift"},
    "customers.Level": {"name": "gold"},
    "customers.Segment": {"name": "Students"},
    "promotions.Program": {"name": "Later"},
}


def build() -> None:
    Group.objects.create(name="night shift")
    level("gold")
    add_program(name="Later", **SHOP)
    store = Store.objects.create(name="Praga", identifier="pos1")
    seller = user(Role.SELLER, SELLER, store=store)
    audit.record("account opened", seller, actor=SYSTEM, at=AT, after={"role": Role.SELLER})
    tokens.issue("till", Role.PARTNER, ["points:assign"], partner=partner(), actor=SYSTEM, at=AT)
    anna = customer(100, first_name="Anna", store=store)
    segment = Segment.objects.create(name="Students", created_at=AT)
    sale = {"document_number": "1", "document_type": "sell", "gross_value": 10}
    Transaction.objects.create(customer=anna, store=store, purchased_at=AT, created_at=AT, **sale)
    buy(campaign(levels=[level().pk], segments=[segment.pk]), anna)
    CouponBatch.objects.create(
        campaign=campaign(name="Tea"), label="May", source="import", state="checked", lines=1, created_at=AT
    )
    given(offer(), anna)
    to_many = Wish(begins_at=AT, level=level())
    prepare(offer("TEA"), to_many, **SHOP)
    enrol(promotion(), anna)
    adjust(anna, 500, actor_for(somebody(username="bob")))
    audit.record("customer registered", anna, actor=STAFF, at=AT)
    TOTPDevice.objects.create(user=seller, name="app")
    StaffSession.objects.create(session_key="k", user=seller, seen_at=AT, expire_date=AT + timedelta(days=1))
    for _ in range(settings.LOGIN_LIMIT_ACCOUNT):
        attempts.begin("nobody", "192.0.2.1", at=AT)
    due(subscription("points.added"))
    services.begin(PAUSE, Campaign.objects.filter(name="Tea"), Order(**SHOP))
    kinds()[COUNT.name] = COUNT  # one that whoever sees jobs may see
    files.write(enqueue(COUNT, {}, title="Count", actor=SYSTEM, at=AT), "numbers.csv", "1")


def arguments_of(name: str, row: Model) -> list[object]:
    """What the address of a page takes: the row's key, unless it says more."""
    if name == "jobs_job_file":
        return [row.pk, row.files.get().pk]
    if name in ("offers_offer_give_to", "promotions_promotion_enrol_one"):
        return [Customer.objects.filter(status=Customer.Status.ACTIVE).order_by("pk").first().pk]
    return ["campaigns.purge_photos"] if name == "jobs_job_run_now" else [row.pk]


def row_of(model: type[Model]) -> Model | None:
    return model._default_manager.filter(**PICKED.get(model._meta.label, {})).order_by("pk").first()
