"""The audit trail in the back office."""

from csv import DictReader
from io import StringIO
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from customers.models import Segment
from loyalty_site.access import audit, origins, tokens
from loyalty_site.access.actors import SYSTEM, Actor, Role
from loyalty_site.access.admin import AuditEntryAdmin
from loyalty_site.access.models import AuditEntry, Store, User
from loyalty_site.access.origins import Origin
from loyalty_site.database import fetch_all
from tests.backoffice import chief, desk, queries
from tests.builders import AT, later
from tests.callers import partner

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


@pytest.mark.once("sqlite")
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
        ("at_to=2026-03-01", ["store closed"]),
        ("who=MARI", ["store closed"]),
        ("who=nowak", ["store closed"]),
        ("who=maria%40example.com", ["store closed"]),
        ("who=00000000-0000-474c-b092-b0dd880c07e4", ["store opened"]),
        ("who=system", []),
        ("who=nobody+of+the+kind", []),
        ("who=+", ["store opened", "store closed"]),
        ("object=wol", ["store closed"]),
        ("object=nothing+of+the+kind", []),
        ("object=%00", ["store opened", "store closed"]),
        ("batch=edge-1", ["store closed"]),
        ("batch=edge-2", []),
        ("who=mari&object_type=store&object=wol&action=store+closed", ["store closed"]),
        ("who=mari&object=pra", []),
    ],
)
def test_the_trail_is_searched_and_filtered(query, found):
    entry()
    staff = desk("access.view_auditentry", last_name="Nowak", email="Maria@example.com")  # maria
    maria = Actor("user", str(staff.session["_auth_user_id"]), "Maria")
    with origins.coming_from(Origin(batch="edge-1")):
        entry("store closed", "Wola", actor=maria, at=later(-1))

    assert actions(staff.get(f"{LIST}?{query}")) == found


def test_the_trail_of_one_object_is_found_by_its_id():
    made = entry()
    entry("store closed", "Wola")

    assert actions(chief().get(f"{LIST}?q={made.object_id.upper()}")) == ["store opened"]


def test_a_token_is_found_by_its_name_and_by_its_partner():
    token, _ = tokens.issue("Till 3", Role.PARTNER, [], partner=partner("Brame"), actor=SYSTEM, at=AT)
    entry(actor=Actor("token", str(token.pk), "Till 3"))
    staff = chief()

    assert [actions(staff.get(f"{LIST}?who={text}&object_type=store")) for text in ("till+3", "bram", "other")] == [
        ["store opened"],
        ["store opened"],
        [],
    ]


def test_what_the_system_did_is_found():
    entry(actor=SYSTEM)
    entry("store closed", "Wola")

    assert actions(chief().get(f"{LIST}?who=System")) == ["store opened"]


def test_of_a_chosen_kind_an_object_is_found_by_what_finds_it_in_its_list():
    token, _ = tokens.issue("Till 3", Role.SELLER, [], actor=SYSTEM, at=AT)
    address = f"{LIST}?object_type=apitoken&object={token.prefix}"

    assert actions(chief().get(address)) == ["token issued"]
    assert actions(desk("access.view_auditentry").get(address)) == []  # who may not open that list finds nothing there


def test_the_reader_gets_to_the_pages_that_are_open_to_them():
    somebody = User.objects.create_user("sam")
    made = entry(actor=Actor("user", str(somebody.pk), "sam"))
    pages = [f"/admin/access/store/{made.object_id}/change/", f"/admin/access/user/{somebody.pk}/change/"]

    def linked(staff):
        return [
            page in staff.get(path).content.decode() for path in (LIST, f"{LIST}{made.pk}/change/") for page in pages
        ]

    assert linked(chief()) == [True] * 4
    assert linked(desk("access.view_auditentry")) == [False] * 4
    assert linked(desk("access.view_auditentry", "access.view_store", username="x")) == [True, False, True, False]


def test_a_page_tells_from_where_and_leads_to_what_was_done_in_the_same_go():
    with origins.coming_from(Origin("192.0.2.7", "edge-1")):
        made = entry(before={"labels": ["a", "b"]}, after={"labels": ["b", "c"]})
    page = chief().get(f"{LIST}{made.pk}/change/")

    assert "192.0.2.7" in page.content.decode()
    assert f'href="{LIST}?batch=edge-1"' in page.content.decode()
    assert page.context["panels"][0].rows == [("Labels", "removed: a", "added: c")]


def test_a_page_uses_the_words_of_the_objects_own_form():
    made = entry(before={"address1": "4"}, after={"address1": "5"})

    assert chief().get(f"{LIST}{made.pk}/change/").context["panels"][0].rows == [("House number", "4", "5")]


def test_the_trail_is_leafed_through_from_entry_to_entry(monkeypatch):
    monkeypatch.setattr(AuditEntryAdmin, "list_per_page", 2)
    staff = chief()
    for n, hours in enumerate([0, 0, 0, -1, 5]):  # the fourth tells of the past, the last of the future
        entry(f"done {n}", str(n), at=later(hours=hours))
    first = staff.get(f"{LIST}?object_type=store")
    second = staff.get(f"{LIST}{first.context['cl'].paginator.older}")
    third = staff.get(f"{LIST}{second.context['cl'].paginator.older}")
    back = staff.get(f"{LIST}{third.context['cl'].paginator.newer}")

    assert [actions(page) for page in (first, second, third, back)] == [
        ["done 4", "done 2"],
        ["done 1", "done 0"],
        ["done 3"],
        ["done 1", "done 0"],
    ]
    ends = first.context["cl"].paginator.newer, third.context["cl"].paginator.older
    assert ends == ("", "")
    assert "object_type=store" in second.context["cl"].paginator.older
    assert back.context["cl"].paginator.newer


@pytest.mark.parametrize(
    "cursor", ["before=999999999999999999", "before=x", "after=", f"before={'9' * 30}", "after=-1"]
)
def test_a_cursor_that_names_no_entry_shows_the_first_page(cursor):
    entry()

    assert actions(chief().get(f"{LIST}?{cursor}")) == ["store opened"]


def test_the_trail_takes_as_many_queries_for_many_entries_as_for_one():
    staff = chief()
    entry()
    few = queries(staff, LIST)
    for n in range(60):
        entry(name=f"Store {n}", after={"store": str(UUID(int=n))})

    assert queries(staff, LIST) == few <= 6
    filtered = f"{LIST}?who=till&object_type=store&object=store&action=store+opened&at_from=2026-03-02&q=pra"
    assert queries(staff, filtered) <= 14


def test_nothing_is_counted_and_no_page_is_skipped_by_reading_it():
    staff = chief()
    made = [entry(name=str(n)) for n in range(3)]
    with CaptureQueriesContext(connection) as captured:
        staff.get(f"{LIST}?before={made[-1].pk}")
    asked = [query["sql"].upper() for query in captured if "AUDITENTRY" in query["sql"].upper()]

    assert asked
    assert [sql for sql in asked if "COUNT(" in sql or "OFFSET" in sql] == []


INDEXES = {
    "": "access_auditentry_at",
    "action=store+7": "audit_by_action",
    "who=00000000-0000-0000-0000-000000000007": "audit_by_actor",
    "object_type=store&object=00000000-0000-0000-0000-000000000007": "audit_by_object",
    "batch=edge-7": "audit_by_batch",
}


@pytest.mark.postgresql_only
def test_each_way_to_look_has_an_index():
    facts = {"actor_label": "", "object_type": "store"}
    rare = [
        {"actor": f"user:{UUID(int=n)}", "action": f"store {n}", "object_id": str(UUID(int=n)), "batch": f"edge-{n}"}
        for n in range(1000)
    ]
    AuditEntry.objects.bulk_create(AuditEntry(at=later(hours=-n), **facts, **rare[n % 1000]) for n in range(5000))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE access_auditentry")
    staff = chief()

    assert [query for query, index in INDEXES.items() if index not in plan_of(staff, query)] == []


def plan_of(staff, query: str) -> str:
    with CaptureQueriesContext(connection) as captured:
        staff.get(f"{LIST}?{query}")
    page = next(query["sql"] for query in captured if '"access_auditentry"."before"' in query["sql"])
    return "\n".join(row[0] for row in fetch_all(f"EXPLAIN {page}", []))


def exported(staff, query: str = "") -> list[dict[str, str]]:
    answer = staff.get(f"{LIST}export/{query}")
    assert answer.status_code == 200
    return list(DictReader(StringIO(answer.getvalue().decode("utf-8-sig"))))


def test_the_trail_is_taken_along_as_it_is_narrowed_down():
    entry(before={"address1": "4"}, after={"address1": "5"}, reason="=HYPERLINK(0)")
    entry("store closed", "Wola", at=later(-1))
    staff = desk("access.view_auditentry", "access.export_auditentry")
    (row,) = exported(staff, "?object=pra&action=store+opened")

    assert (row["When"], row["Who"], row["What was done"]) == ("2026-03-02T13:00:00+01:00", "Till 3", "store opened")
    assert (row["Object"], row["Changes"], row["Reason"]) == ("Praga", "House number: 4 → 5", "'=HYPERLINK(0)")
    assert f"{LIST}export/?object=pra" in staff.get(f"{LIST}?object=pra").content.decode()


def test_an_export_is_an_entry_itself_without_what_was_typed():
    entry()
    staff = desk("access.view_auditentry", "access.export_auditentry")
    exported(staff, "?who=jane%40example.com&action=store+opened&object_type=")
    told = AuditEntry.objects.get(action="audit trail exported")

    assert (told.actor_label, told.after) == ("maria", {"who": "given", "action": "store opened"})
    assert (told.object_type, told.object_id) == ("auditentry", "")


@pytest.mark.once("sqlite")
def test_who_may_read_the_trail_may_not_take_it_along_for_that():
    entry()
    staff = desk("access.view_auditentry")

    assert staff.get(f"{LIST}export/").status_code == 403
    assert "export/" not in staff.get(LIST).content.decode()
    assert not AuditEntry.objects.filter(action="audit trail exported").exists()


def test_an_objects_history_leads_to_the_trail():
    made = entry(after={"address1": "5"})
    history = f"/admin/access/store/{made.object_id}/history/"
    address = f"{LIST}?object_type=store&amp;object={made.object_id}"

    shown = chief().get(history).content.decode()
    assert "House number" in shown
    assert address in shown
    assert LIST not in desk("access.view_store").get(history).content.decode()


@pytest.mark.once("sqlite")
@pytest.mark.parametrize("leaf", ["change", "delete"])
def test_a_superuser_changes_no_entry_either(leaf):
    made = entry()

    assert chief().post(f"{LIST}{made.pk}/{leaf}/", {"reason": "Mine", "post": "yes"}).status_code == 403
    assert AuditEntry.objects.get().reason == ""


@pytest.mark.once("sqlite")
def test_an_entry_is_not_added_by_hand_either():
    assert chief().post(f"{LIST}add/", {"reason": "Mine"}).status_code == 403
    assert not AuditEntry.objects.exists()


@pytest.mark.once("sqlite")
def test_the_trail_is_closed_to_whom_it_is_not_open():
    made = entry()
    staff = desk("customers.view_customer")

    assert [staff.get(path).status_code for path in (LIST, f"{LIST}{made.pk}/change/")] == [403, 403]
