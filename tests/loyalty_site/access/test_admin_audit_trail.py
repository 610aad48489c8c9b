"""The audit trail in the back office."""

from uuid import UUID

import pytest

from customers.models import Segment
from loyalty_site.access import audit
from loyalty_site.access.actors import Actor
from loyalty_site.access.models import AuditEntry, Store
from tests.backoffice import chief, desk, queries
from tests.builders import AT, later

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

LIST = "/admin/access/auditentry/"
TILL = Actor("token", "00000000-0000-474c-b092-b0dd880c07e4", "Till 3")


def entry(action: str = "store opened", name: str = "Praga", **facts) -> AuditEntry:
    store = Store.objects.create(name=name, identifier=f"pos-{Store.objects.count()}")
    return audit.record(action, store, **({"actor": TILL, "at": AT} | facts))


def actions(answer) -> list[str]:
    return [row.action for row in answer.context["cl"].result_list]


def test_the_list_tells_who_did_what_when_and_why():
    made = entry(before={"active": True, "limit": 1}, after={"active": False, "limit": 1}, reason="Flooded")
    text = chief().get(LIST).content.decode()

    for shown in ("Till 3", "Store opened", "Store “Praga”", "2 Mar 2026, 13:00", "Active: yes → no", "Flooded"):
        assert shown in text, shown
    assert f"/admin/access/store/{made.object_id}/change/" in text
    assert "Limit" not in text


def test_a_page_names_what_ids_stand_for():
    vip = Segment.objects.create(name="VIP")
    gone = "00000000-0000-0000-0000-00000000dead"
    made = entry(before={"segments": []}, after={"segments": [str(vip.pk), gone]})
    panel = chief().get(f"{LIST}{made.pk}/change/").context["panels"][0]

    assert panel.rows == [("Segments", "–", f"VIP, {gone}")]


def test_a_page_names_nothing_that_the_reader_may_not_see():
    vip = Segment.objects.create(name="VIP")
    made = entry(after={"segment": str(vip.pk)})
    panel = desk("access.view_auditentry").get(f"{LIST}{made.pk}/change/").context["panels"][0]

    assert panel.rows == [("Segment", "–", str(vip.pk))]


def test_an_entry_about_a_whole_table_leads_nowhere():
    made = audit.record("stores exported", Store, actor=TILL, at=AT, after={"used": True})
    staff = chief()
    text = staff.get(LIST).content.decode()

    assert (made.object_type, made.object_id, made.object_label) == ("store", "", "")
    assert "Stores exported" in text
    assert "Used: yes" in text
    assert "/admin/access/store//" not in text
    assert staff.get(f"{LIST}{made.pk}/change/").status_code == 200


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["store opened", "store closed"]),
        ("q=pra", ["store opened"]),
        ("q=aga", []),
        ("q=maria", ["store closed"]),
        ("q=00000000-0000-474C-B092-B0DD880C07E4", ["store opened"]),
        ("action=store+closed", ["store closed"]),
        ("action=unheard+of", []),
        ("object_type=store", ["store opened", "store closed"]),
        ("object_type=customer", []),
        ("at_from=2026-03-02", ["store opened"]),
    ],
)
def test_the_trail_is_searched_and_filtered(query, found):
    entry()
    staff = desk("access.view_auditentry")  # maria
    maria = Actor("user", str(staff.session["_auth_user_id"]), "Maria")
    entry("store closed", "Wola", actor=maria, at=later(-1))

    assert actions(staff.get(f"{LIST}?{query}")) == found


def test_the_trail_of_one_object_is_found_by_its_id():
    made = entry()
    entry("store closed", "Wola")

    assert actions(chief().get(f"{LIST}?q={made.object_id.upper()}")) == ["store opened"]


def test_the_trail_takes_as_many_queries_for_many_entries_as_for_one():
    staff = chief()
    entry()
    few = queries(staff, LIST)
    for n in range(30):
        entry(name=f"Store {n}", after={"store": str(UUID(int=n))})

    assert queries(staff, LIST) == few <= 9


@pytest.mark.parametrize("leaf", ["change", "delete"])
def test_a_superuser_changes_no_entry_either(leaf):
    made = entry()

    assert chief().post(f"{LIST}{made.pk}/{leaf}/", {"reason": "Mine", "post": "yes"}).status_code == 403
    assert AuditEntry.objects.get().reason == ""


def test_an_entry_is_not_added_by_hand_either():
    assert chief().post(f"{LIST}add/", {"reason": "Mine"}).status_code == 403
    assert not AuditEntry.objects.exists()


def test_the_trail_is_closed_to_whom_it_is_not_open():
    made = entry()
    staff = desk("customers.view_customer")

    assert [staff.get(path).status_code for path in (LIST, f"{LIST}{made.pk}/change/")] == [403, 403]
