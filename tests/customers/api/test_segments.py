"""Segments over HTTP. Rule: Open Loyalty, "Segment API"."""

import pytest
from django.utils import timezone

from customers import services
from customers.errors import SegmentNotFound
from customers.models import Segment
from loyalty_site.access.models import AuditEntry
from tests.builders import SHOP, customer
from tests.callers import ADMIN_ID, BAD_REQUEST, JSON, NOT_FOUND, told
from tests.statements import statements

pytestmark = pytest.mark.django_db

UNKNOWN = ["00000000-0000-474c-b092-000000000000", "x", "%00"]


def segment(name="anniversary", **fields):
    made = Segment.objects.create(name=name, **fields)
    Segment.objects.update(created_at=timezone.now())
    return made


def shown(made, **facts):
    usual = {"active": False, "parts": [], "createdAt": "2026-03-02T13:00:00+0100", "customersCount": 0}
    return {"segmentId": str(made.pk), "name": made.name} | usual | facts


def test_a_segment(admin):
    made = segment(description="desc", active=True)
    services.put_into_segment(made, [customer().pk], **SHOP)
    wanted = shown(made, description="desc", active=True, customersCount=1)
    assert admin.get("/api/segment") == (200, {"segments": [wanted], "total": 1})
    assert admin.get(f"/api/segment/{made.pk}") == (200, wanted)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["off", "on"]),
        ("active=", ["off", "on"]),
        ("active=true", ["on"]),
        ("active=1", ["on"]),
        ("active=false", ["off"]),
        ("active=0", ["off"]),
        ("sort=name&direction=desc", ["on", "off"]),
        ("perPage=1&page=2", ["on"]),
    ],
)
def test_segments_filtered_and_in_order(query, names, admin):
    segment("on", active=True)
    segment("off")
    _, body = admin.get(f"/api/segment?{query}")
    assert [one["name"] for one in body["segments"]] == names
    assert body["total"] == (2 if "active" not in query or query == "active=" else 1)


@pytest.mark.parametrize("text", UNKNOWN)
def test_an_unknown_segment(text, admin):
    assert admin.get(f"/api/segment/{text}") == NOT_FOUND
    assert admin.get(f"/api/segment/{text}/customers") == NOT_FOUND
    for word in ("activate", "deactivate"):
        assert admin.post(f"/api/segment/{text}/{word}") == NOT_FOUND


# --- switching -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("word", "active"), [("activate", True), ("deactivate", False)])
def test_switching(word, active, admin):
    made, other = segment(active=not active), segment("other", active=not active)
    for _ in range(2):
        answer = admin.send("POST", f"/api/segment/{made.pk}/{word}")
        assert (answer.status_code, answer.content) == (204, b"")
    assert Segment.objects.get(pk=made.pk).active is active
    assert Segment.objects.get(pk=other.pk).active is not active
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor) == (f"segment {word}d", f"user:{ADMIN_ID}")
    assert (entry.before, entry.after) == ({"active": not active}, {"active": active})


def test_a_key_is_answered_alike(admin):
    path = f"/api/segment/{segment().pk}/activate"
    answers = [admin.send("POST", path, Idempotency_Key="1") for _ in range(2)]
    assert [(answer.status_code, answer.content) for answer in answers] == [(204, b"")] * 2
    assert answers[1].headers["Idempotent-Replayed"] == "true"


def test_a_body_that_cannot_be_read_switches_nothing(admin):
    made = segment()
    assert told(admin.send("POST", f"/api/segment/{made.pk}/activate", "{", media=JSON)) == BAD_REQUEST
    assert Segment.objects.get().active is False


def test_a_segment_that_is_gone():
    made = segment()
    made_id = made.pk
    made.delete()
    with pytest.raises(SegmentNotFound):
        services.switch_segment(made_id, True, **SHOP)


@pytest.mark.parametrize("many", [1, 10])
def test_the_same_queries_however_many(many, admin):
    """The caller, the total and the segments."""
    for n in range(many):
        services.put_into_segment(segment(f"segment {n}"), [customer().pk], **SHOP)
    with statements() as seen:
        assert len(admin.get("/api/segment")[1]["segments"]) == many
    assert len(seen) == 3
