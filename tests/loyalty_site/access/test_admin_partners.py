"""Partners in the back office."""

import re
from uuid import uuid4

import pytest

from loyalty_site.access import partners, tokens
from loyalty_site.access.actors import SYSTEM, Role
from loyalty_site.access.models import AuditEntry
from loyalty_site.access.partner_models import Partner
from tests.backoffice import chief, desk, queries, rows, trail, wrong
from tests.builders import AT, later
from tests.callers import partner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

LIST, ADD = "/admin/access/partner/", "/admin/access/partner/add/"
VIEW, CREATE, CHANGE = "access.view_partner", "access.add_partner", "access.change_partner"
TOKENS, ISSUE = "access.view_apitoken", "access.add_apitoken"


def entries(**changes) -> dict:
    usual = {"name": "Brame", "active": "on", "names_in_calls": "Partner\nbrame-2", "region": "DE", "per_call": "500"}
    return usual | changes


def page(of: Partner) -> str:
    return f"{LIST}{of.pk}/change/"


def names(of: Partner) -> list[str]:
    return list(of.own_values.values_list("value", flat=True))


def test_a_partner_is_added_with_its_names_and_ceilings():
    desk(VIEW, CREATE).post(ADD, entries(per_customer_day="", per_partner_day="9000"))

    made = Partner.objects.get()
    assert (made.name, made.active, made.region, names(made)) == ("Brame", True, "DE", ["Partner", "brame-2"])
    assert (made.per_call, made.per_customer_day, made.per_partner_day) == (500, None, 9_000)
    assert trail() == ["maria: partner added"]
    assert AuditEntry.objects.get().after["names_in_calls"] == "Partner\nbrame-2"


def test_a_partner_is_changed_and_the_trail_tells_how():
    brame = partner(region="DE", per_call=500)
    partners.set_values(brame, ["Partner"])
    desk(VIEW, CHANGE).post(page(brame), entries(names_in_calls=" new \r\n\r\nnew", per_call="", active=""))

    brame.refresh_from_db()
    assert (brame.active, brame.per_call, names(brame)) == (False, None, ["new"])
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.before, entry.after) == (
        "partner changed",
        {"active": True, "names_in_calls": "Partner", "per_call": 500},
        {"active": False, "names_in_calls": "new", "per_call": None},
    )


@pytest.mark.once("sqlite")
@pytest.mark.parametrize(
    ("changes", "complaints"),
    [
        ({"name": ""}, {"name": ["This field is required."]}),
        ({"name": "Other"}, {"name": ["Partner with this Name already exists."]}),
        ({"names_in_calls": "mine\nOther"}, {"names_in_calls": ["Another partner has: Other."]}),
        ({"names_in_calls": f"mine\n{uuid4()}"}, {"names_in_calls": ["A name cannot be a UUID."]}),
        ({"names_in_calls": "n" * 65}, {"names_in_calls": ["Each name has at most 64 characters."]}),
        (
            {"names_in_calls": "\n".join(map(str, range(101)))},
            {"names_in_calls": ["At most 100 names."]},
        ),
        ({"region": "de"}, {"region": ["Two capital letters, such as DE."]}),
        ({"per_call": "0"}, {"per_call": ["Ensure this value is greater than or equal to 1."]}),
        ({"per_call": "1.5"}, {"per_call": ["Enter a whole number."]}),
        (
            {"per_partner_day": "1000000000000001"},
            {"per_partner_day": ["Ensure this value is less than or equal to 1000000000000000."]},
        ),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(changes, complaints):
    partners.set_values(partner("Other"), ["Other"])

    assert wrong(chief().post(ADD, entries(**changes))) == complaints
    assert [one.name for one in Partner.objects.all()] == ["Other"]
    assert not AuditEntry.objects.exists()


def test_the_page_shows_its_tokens_and_leads_to_a_new_one():
    brame = partner()
    used, _ = tokens.issue("Points", Role.PARTNER, ["points:read"], partner=brame, actor=SYSTEM, at=AT)
    tokens.note_use(used, at=later(-1))
    tokens.issue("Till", Role.SELLER, [], actor=SYSTEM, at=AT)
    staff = desk(VIEW, TOKENS, ISSUE)
    answer = staff.get(page(brame))
    (panel,) = answer.context["panels"]

    (row,) = panel.rows
    assert f"/admin/access/apitoken/{used.pk}/change/" in row[0]
    assert [row[1], *row[3:]] == [f"{used.prefix}…", "1 Mar 2026, 13:00", "never"]
    form = staff.get(panel.links[0].url).content.decode()
    assert re.search(r'value="ROLE_PARTNER" selected', form)
    assert re.search(rf'value="{brame.pk}" selected', form)


@pytest.mark.once("sqlite")
def test_who_may_not_see_tokens_sees_none_here_and_makes_none():
    brame = partner()
    tokens.issue("Points", Role.PARTNER, [], partner=brame, actor=SYSTEM, at=AT)

    assert desk(VIEW).get(page(brame)).context["panels"] == []
    (panel,) = desk(VIEW, TOKENS, username="second").get(page(brame)).context["panels"]
    assert panel.links == []


@pytest.mark.once("sqlite")
def test_who_may_only_look_changes_nothing():
    brame = partner(region="DE")
    partners.set_values(brame, ["Partner"])
    staff = desk(VIEW)

    assert "Partner" in staff.get(page(brame)).content.decode()
    assert [staff.post(path, entries()).status_code for path in (ADD, page(brame))] == [403, 403]
    assert names(brame) == ["Partner"]


@pytest.mark.once("sqlite")
def test_no_partner_is_deleted():
    brame = partner()

    assert chief().post(f"{LIST}{brame.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Partner.objects.get() == brame


def test_partners_are_found_by_name_and_name_in_calls_with_few_queries():
    partners.set_values(partner(), ["points-game"])
    staff = desk(VIEW)
    few = queries(staff, LIST)
    for n in range(20):
        partners.set_values(partner(f"Partner {n}"), [f"value-{n}"])

    assert rows(staff.get(f"{LIST}?q=bram")) == ["Brame"]
    assert rows(staff.get(f"{LIST}?q=POINTS-g")) == ["Brame"]
    assert queries(staff, LIST) == few <= 8
