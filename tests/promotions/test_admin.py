"""Programs, promotions and enrolments in the back office."""

import pytest

from loyalty_site.access.models import AuditEntry
from promotions.models import Enrolment, Program, Promotion
from tests.backoffice import chief, desk, queries, rows, told, trail, wrong
from tests.builders import AT, customer, later
from tests.promotions.builders import enrol, program, promotion, turns

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

PROMOTIONS, ENROLMENTS = "/admin/promotions/promotion/", "/admin/promotions/enrolment/"
READ, WRITE = "promotions.view_promotion", "promotions.change_promotion"


def sent(**changes) -> dict[str, object]:
    usual = {
        "name": "Five visits",
        "program": program().pk,
        "kind": "LOYALTY_EARNING",
        "status": "ACTIVE",
        "starts_at_0": "2026-03-01",
        "starts_at_1": "00:00",
        "ends_at_0": "",
        "ends_at_1": "",
        "enrolment_limit": "2",
        "valid_days": "",
    }
    return usual | changes


def test_staff_set_a_promotion_up():
    answer = chief().post(f"{PROMOTIONS}add/", sent())

    made = Promotion.objects.get()
    assert answer.status_code == 302
    assert (made.name, made.status, made.enrolment_limit, made.ends_at, made.valid_days) == (
        *("Five visits", "ACTIVE", 2),
        *(None, None),
    )
    assert trail()[-1] == "chief: promotion created"


@pytest.mark.once("sqlite")
@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"ends_at_0": "2026-02-01", "ends_at_1": "00:00"}, {"ends_at": "Choose an end after the start, or leave it"}),
        ({"enrolment_limit": "101"}, {"enrolment_limit": "Choose a number from 1 to 100."}),
        ({"enrolment_limit": "0"}, {"enrolment_limit": "Choose a number from 1 to 100."}),
        ({"valid_days": "0"}, {"valid_days": "Choose a number from 1 to 36500."}),
        ({"name": ""}, {"name": "This field is required."}),
    ],
)
def test_the_form_says_what_to_do(changes, errors):
    answer = chief().post(f"{PROMOTIONS}add/", sent(**changes))

    found = wrong(answer)
    assert list(found) == list(errors)
    assert all(found[name][0].startswith(text) for name, text in errors.items())
    assert not Promotion.objects.exists()


def test_a_change_keeps_a_trace():
    made = promotion(name="Five visits", ends_at=None, starts_at=later(-1))

    chief().post(
        f"{PROMOTIONS}{made.pk}/change/", sent(name="Six visits", starts_at_0="2026-03-01", starts_at_1="13:00")
    )

    assert Promotion.objects.get().name == "Six visits"
    assert AuditEntry.objects.get(action="promotion changed").before["name"] == "Five visits"


def test_selected_promotions_are_paused_and_opened_again():
    made, draft = promotion(), promotion(status=Promotion.Status.DRAFT)
    staff = desk(READ, WRITE)
    chosen = {"_selected_action": [made.pk, draft.pk]}

    answer = staff.post(PROMOTIONS, {"action": "pause", "confirmed": "yes", **chosen}, follow=True)
    assert told(answer) == ["1 promotion paused. 1 is a draft, or cancelled."]
    assert dict(Promotion.objects.values_list("pk", "status")) == {made.pk: "PAUSED", draft.pk: "DRAFT"}

    staff.post(PROMOTIONS, {"action": "reopen", "confirmed": "yes", **chosen})
    assert dict(Promotion.objects.values_list("pk", "status")) == {made.pk: "ACTIVE", draft.pk: "DRAFT"}


@pytest.mark.once("sqlite")
def test_who_may_only_look_pauses_nothing():
    made = promotion()
    desk(READ).post(PROMOTIONS, {"action": "pause", "confirmed": "yes", "_selected_action": [made.pk]})
    assert Promotion.objects.get().status == "ACTIVE"


def test_a_page_tells_state_and_counts():
    made = promotion(enrolment_limit=2)
    who = customer()
    enrol(made, who)
    enrol(made, who)

    text = chief().get(f"{PROMOTIONS}{made.pk}/change/").content.decode()

    assert "Open" in text
    assert f"{ENROLMENTS}?promotion__id__exact={made.pk}" in text


@pytest.mark.once("sqlite")
def test_no_promotion_is_deleted():
    made = promotion()
    assert chief().post(f"{PROMOTIONS}{made.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Promotion.objects.exists()


def test_a_program_with_promotions_stays_and_one_without_goes():
    kept, gone = promotion().program, Program.objects.create(name="Old")
    staff = chief()

    assert staff.post(f"/admin/promotions/program/{kept.pk}/delete/", {"post": "yes"}).status_code == 403
    assert staff.post(f"/admin/promotions/program/{gone.pk}/delete/", {"post": "yes"}).status_code == 302
    assert list(Program.objects.all()) == [kept]


@pytest.mark.parametrize("text", ["five", "PK"])
def test_a_promotion_is_found_by_name_and_number(text):
    made = promotion(name="Five visits")
    promotion(name="Other")
    asked = str(made.pk) if text == "PK" else text
    assert rows(chief().get(PROMOTIONS, {"q": asked})) == ["Five visits"]


def test_an_enrolment_is_revoked_with_a_reason():
    into, who = promotion(), customer(first_name="Anna")
    made = enrol(into, who)
    staff = desk("promotions.view_enrolment", "promotions.change_enrolment")

    answer = staff.post(f"{ENROLMENTS}{made.pk}/revoke/", {"reason": "by mistake"}, follow=True)

    assert told(answer) == ["Anna is no longer enrolled in “Five visits”."]
    assert turns(into) == [(1, "revoked")]
    assert AuditEntry.objects.get(action="enrolment revoked").reason == "by mistake"


def test_an_enrolment_is_not_revoked_twice():
    made = enrol(promotion(), customer())
    staff = chief()
    staff.post(f"{ENROLMENTS}{made.pk}/revoke/", {"reason": "by mistake"})

    answer = staff.post(f"{ENROLMENTS}{made.pk}/revoke/", {"reason": "again"})

    assert answer.context["form"].non_field_errors() == ["This enrolment has ended before."]
    assert AuditEntry.objects.filter(action="enrolment revoked").count() == 1


@pytest.mark.once("sqlite")
def test_who_may_only_look_revokes_nothing():
    made = enrol(promotion(), customer())
    answer = desk("promotions.view_enrolment").post(f"{ENROLMENTS}{made.pk}/revoke/", {"reason": "x"})
    assert answer.status_code == 403
    assert Enrolment.objects.get().state == "running"


def test_an_enrolment_is_found_by_its_customer_and_its_number():
    into, who = promotion(), customer(first_name="Anna", email="anna@example.com")
    made = enrol(into, who)
    enrol(into, customer())
    staff = chief()

    assert rows(staff.get(ENROLMENTS, {"q": "ANNA@example.com"})) == ["Anna in Five visits"]
    assert rows(staff.get(ENROLMENTS, {"q": str(made.pk)})) == ["Anna in Five visits"]


@pytest.mark.parametrize("path", [PROMOTIONS, ENROLMENTS])
def test_lists_take_as_many_queries_for_many_rows_as_for_one(path):
    enrol(promotion(), customer())
    staff = chief()
    few = queries(staff, path)
    for _ in range(3):
        enrol(promotion(), customer(), at=AT)
    assert queries(staff, path) == few
