"""Whatever is written over the API or in the back office is on record: who did it, to what, and when."""

from typing import NamedTuple

import pytest
from django.contrib import admin as django_admin
from django.contrib.admin import ModelAdmin
from django.core.files.storage import InMemoryStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from customers.models import Customer, Segment
from loyalty_site.access.actors import Role
from loyalty_site.access.endpoints import ENDPOINTS
from loyalty_site.access.models import AuditEntry, User
from loyalty_site.access.partner_models import Partner
from loyalty_site.backoffice.records import AuditedAdmin
from points.models import Transfer
from tests.api_fixtures import *  # noqa: F403
from tests.builders import AT, buy, campaign, customer, level
from tests.callers import MEMBER_ID, Caller, with_token
from tests.campaigns.pictures import drawn, file_of
from tests.capillary import ISSUE, MOBILE, asked
from tests.offers.builders import given, offer
from tests.promotions.builders import promotion
from tests.rbi import rbi_partner

pytestmark = [pytest.mark.django_db, pytest.mark.once("postgresql")]

# POST and PUT that change nothing a company has: what they leave, if anything, is the row named here.
NOTHING_TO_TELL = {
    "admin_login_check": "a RefreshToken; wrong passwords are counted",
    "seller_login_check": "a RefreshToken; wrong passwords are counted",
    "customer_login_check": "a RefreshToken; wrong passwords are counted",
    "token_refresh": "a RefreshToken",
    "oauth-token-generate": "an AccessGrant, of an API token whose issue is on record",
    "es-token": "an AccessGrant, of an API token whose issue is on record",
    "es-session": "a MemberSession, with partner, channel and times",
    "bulk-assign-points-cold": "a ColdCall, with caller and time; the worker that does it tells of it",
    "bulk-create-offer-cold": "a ColdCall, with caller and time; the worker that does it tells of it",
    "pos-search-customer": "nothing: it reads",
    "transaction-search": "nothing: it reads",
}
CUSTOMER_FORM = {"firstName": "Ann", "lastName": "Ax", "email": "ann@example.com", "agreement1": "1"}
CAMPAIGN_FORM = {
    "reward": "discount_code",
    "name": "Tea",
    "shortDescription": "A cup",
    "active": True,
    "costInPoints": 5,
    "target": "level",
    "unlimited": False,
    "singleCoupon": False,
    "limit": 10,
    "limitPerUser": 1,
    "coupons": ["T-1"],
    "campaignVisibility": {"allTimeVisible": True},
    "campaignActivity": {"allTimeActive": True},
}


class Call(NamedTuple):
    caller: str  # admin, seller, member, rbi, capillary, es
    path: str
    body: object
    action: str  # as the trail has it


class World:
    """One of everything that a request may name."""

    def __init__(self) -> None:
        self.jane = customer(pk=MEMBER_ID, points=100, phone=MOBILE)
        self.ann = customer(status=Customer.Status.NEW)
        self.reward, self.idle = campaign(levels=[level().pk]), campaign(["X"], active=False)
        self.code = buy(self.reward, self.jane)
        self.addition = Transfer.objects.filter(kind="earn").first()
        self.segments = {on: Segment.objects.create(name=f"Segment {on}", active=on) for on in (True, False)}
        self.promotion = promotion()
        self.partners = {"rbi": rbi_partner(), "capillary": with_token(Role.PARTNER), "es": with_token(Role.PARTNER)}
        self.offer = offer(partners=[Partner.objects.get(name="Brame")])
        self.given = given(self.offer, self.jane)

    def calls(self) -> dict[tuple[str, str], Call]:
        a_form, tea = {"customer": CUSTOMER_FORM}, {"campaign": CAMPAIGN_FORM | {"levels": [str(level().pk)]}}
        move = {"transfer": {"customer": str(self.jane.pk), "points": 7, "comment": "Sorry"}}
        used = {"used": True, "campaignId": str(self.reward.pk), "customerId": str(self.jane.pk), "code": self.code}
        game = {"points": 7, "partner": "Partner", "reference": "Prize"}
        days = {"startDate": "2026-05-21", "endDate": "2026-05-22"}
        assigned = {"userId": str(self.jane.pk), "source": "g", "reference": "r", "ruleParams": days}
        reward, jane, ann = f"/api/campaign/{self.reward.pk}", self.jane.pk, self.ann.pk
        buying, using = f"/campaign/{self.reward.pk}/buy", f"/campaign/{self.reward.pk}/coupon/{self.code}"
        marking, users = "/campaign/coupons/mark_as_used", f"/client/users/{jane}"
        return {
            ("campaign-list", "POST"): Call("admin", "/api/campaign", tea, "campaign created"),
            ("campaign-detail", "PUT"): Call("admin", reward, tea, "campaign replaced"),
            ("campaign-switch-on", "POST"): Call(
                "admin", f"/api/campaign/{self.idle.pk}/active", b"", "campaign switched on"
            ),
            ("campaign-switch-off", "POST"): Call("admin", f"{reward}/inactive", b"", "campaign switched off"),
            ("campaign-photo", "POST"): Call("admin", f"{reward}/photo", _photo(), "photo added"),
            ("campaign-photo", "DELETE"): Call("admin", f"{reward}/photo", b"", "photo removed"),
            ("admin-customer-buy", "POST"): Call("admin", f"/api/admin/customer/{jane}{buying}", b"", "reward bought"),
            ("seller-customer-buy", "POST"): Call(
                "seller", f"/api/seller/customer/{jane}{buying}", b"", "reward bought"
            ),
            ("customer-buy", "POST"): Call("member", f"/api/customer{buying}", b"", "reward bought"),
            ("admin-customer-coupon", "POST"): Call(
                "admin", f"/api/admin/customer/{jane}{using}", {"used": True}, "coupon used"
            ),
            ("customer-coupon", "POST"): Call("member", f"/api/customer{using}", {"used": True}, "coupon used"),
            ("admin-coupons-used", "POST"): Call("admin", f"/api/admin{marking}", {"coupons": [used]}, "coupon used"),
            ("customer-coupons-used", "POST"): Call(
                "member", f"/api/customer{marking}", {"coupons": [used]}, "coupon used"
            ),
            ("customer-detail", "PUT"): Call("admin", f"/api/customer/{ann}", a_form, "customer changed"),
            ("customer-register", "POST"): Call("admin", "/api/customer/register", a_form, "customer registered"),
            ("admin-customer-register", "POST"): Call(
                "admin", "/api/admin/customer/register", a_form, "customer registered"
            ),
            ("seller-customer-register", "POST"): Call(
                "seller", "/api/seller/customer/register", a_form, "customer registered"
            ),
            ("customer-activate", "POST"): Call(
                "admin", f"/api/customer/{ann}/activate", b"", "customer status changed"
            ),
            ("admin-customer-activate", "POST"): Call(
                "admin", f"/api/admin/customer/{ann}/activate", b"", "customer status changed"
            ),
            ("customer-deactivate", "POST"): Call(
                "admin", f"/api/customer/{jane}/deactivate", b"", "customer status changed"
            ),
            ("admin-customer-deactivate", "POST"): Call(
                "admin", f"/api/admin/customer/{jane}/deactivate", b"", "customer status changed"
            ),
            ("segment-activate", "POST"): Call(
                "admin", f"/api/segment/{self.segments[False].pk}/activate", b"", "segment activated"
            ),
            ("segment-deactivate", "POST"): Call(
                "admin", f"/api/segment/{self.segments[True].pk}/deactivate", b"", "segment deactivated"
            ),
            ("points-transfer-add", "POST"): Call("admin", "/api/points/transfer/add", move, "points earned"),
            ("points-transfer-spend", "POST"): Call("admin", "/api/points/transfer/spend", move, "points spent"),
            ("points-transfer-cancel", "POST"): Call(
                "admin", f"/api/points/transfer/{self.addition.pk}/cancel", b"", "points addition cancelled"
            ),
            ("pos-points-transfer-add", "POST"): Call("seller", "/api/pos/points/transfer/add", move, "points earned"),
            ("pos-points-transfer-spend", "POST"): Call(
                "seller", "/api/pos/points/transfer/spend", move, "points spent"
            ),
            ("loyalty-user-points", "POST"): Call("rbi", f"/loyalty/user/{jane}/points", game, "points earned"),
            ("bulk-assign-points", "POST"): Call(
                "rbi",
                "/bulk-action/hot/assign-points",
                {"userId": str(jane), "pointsEarned": 7, "source": "g"},
                "points earned",
            ),
            ("bulk-create-offer", "POST"): Call(
                "rbi", "/bulk-action/hot/create-offer", assigned | {"configId": str(self.offer.pk)}, "offer given"
            ),
            ("promotion-issue", "POST"): Call(
                "capillary",
                asked(ISSUE),
                {"programId": self.promotion.program_id, "promotionId": self.promotion.pk},
                "customer enrolled",
            ),
            ("es-offer-answer", "PUT"): Call(
                "es", f"{users}/offer/{self.given.code}", {"acceptanceState": "ACCEPTED"}, "offer accepted"
            ),
            ("es-offers", "POST"): Call("es", f"{users}/offers", {"acceptanceState": "ACCEPTED"}, "offer accepted"),
        }


def _photo() -> bytes:
    return encode_multipart(BOUNDARY, {"photo[file]": SimpleUploadedFile("p.png", file_of(drawn()))})


WRITES = [(route, method) for route, row in ENDPOINTS.items() for method in row if method != "GET"]


@pytest.mark.parametrize(("route", "method"), [one for one in WRITES if one[0] not in NOTHING_TO_TELL])
def test_a_write_is_on_record(route, method, admin, seller, member, monkeypatch):
    monkeypatch.setattr(default_storage, "_wrapped", InMemoryStorage())
    world = World()
    callers = {"admin": admin, "seller": seller, "member": member} | world.partners
    if (route, method) == ("campaign-photo", "DELETE"):
        _send(callers, "POST", world.calls()["campaign-photo", "POST"])
    call, last = world.calls()[route, method], AuditEntry.objects.latest("id").pk

    _send(callers, method, call)

    made = AuditEntry.objects.filter(pk__gt=last)
    assert call.action in [entry.action for entry in made]
    assert {entry.at for entry in made} == {AT}
    assert {bool(entry.batch) for entry in made} == {True}
    assert {entry.address for entry in made} == {None if call.caller == "member" else "127.0.0.1"}


def _send(callers: dict[str, Caller], method: str, call: Call) -> None:
    media = MULTIPART_CONTENT if isinstance(call.body, bytes) and call.body else None
    answer = callers[call.caller].send(method, call.path, call.body, media=media, idempotency_key=method)
    assert answer.status_code in {200, 202, 204}, answer.content


def test_of_every_other_endpoint_it_is_said_why_it_leaves_no_entry():
    assert {route for route, _ in WRITES} >= set(NOTHING_TO_TELL)


def test_an_export_is_on_record(admin):
    last = AuditEntry.objects.count()
    admin.send("GET", "/api/campaign/bought/export/csv").getvalue()

    assert [entry.action for entry in AuditEntry.objects.all()[: AuditEntry.objects.count() - last]] == [
        "purchases exported"
    ]


@pytest.mark.parametrize("listed", django_admin.site._registry.values(), ids=str)
def test_a_form_of_the_back_office_goes_through_a_service_or_tells_the_trail(listed):
    request = RequestFactory().get("/")
    request.user = User(is_staff=True, is_superuser=True)
    writes = listed.has_add_permission(request) or listed.has_change_permission(request)
    saves_itself = type(listed).save_model is ModelAdmin.save_model

    assert isinstance(listed, AuditedAdmin) or not (writes and saves_itself)
    assert isinstance(listed, AuditedAdmin) or not listed.has_delete_permission(request)
