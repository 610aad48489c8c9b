"""What a partner's page tells of what its systems did."""

import pytest

from loyalty_site.access.models import Partner
from loyalty_site.access.partners import set_values
from offers.answering import Answer
from points import services
from tests.backoffice import chief, desk
from tests.builders import AT, STAFF, customer, later, note
from tests.offers.builders import answer, given, offer
from tests.promotions.builders import enrol, promotion

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


@pytest.fixture
def partner():
    made = Partner.objects.create(name="Brame")
    set_values(made, ["Brame", "brame-test"])
    return made


def figures(client, partner) -> dict[str, dict[str, object]]:
    """The numbers of each panel."""
    panels = client.get(f"/admin/access/partner/{partner.pk}/change/").context["panels"]
    return {panel.title: {figure.label: figure.value for figure in panel.figures} for panel in panels if panel.figures}


def test_points_are_counted_from_the_ledger_by_all_names_of_the_partner(partner):
    who = customer()
    services.earn(who.pk, 100, at=AT, note=note(partner="Brame"))
    services.earn(who.pk, 20, at=AT, note=note(partner="brame-test"))
    services.deduct(who.pk, 30, at=AT, note=note(partner="Brame"))
    services.earn(who.pk, 7, at=AT, note=note(partner="Other"))
    services.earn(who.pk, 9, at=AT, note=note())

    assert figures(chief(), partner) == {"Points in the last 30 days": {"Added": 120, "Taken away": 30, "Movements": 3}}


def test_what_is_older_than_thirty_days_is_not_counted(partner):
    services.earn(customer().pk, 100, at=later(-31), note=note(partner="Brame"))
    given(offer(), customer(), partner_id=None)
    assert figures(chief(), partner) == {}


def test_offers_are_counted_with_what_became_of_them(partner):
    what = offer(partners=[partner])
    made = [given(what, customer(), partner_id=partner.pk) for _ in range(3)]
    answer(made[0], Answer.ACCEPTED)

    assert figures(chief(), partner) == {
        "Offers given in the last 30 days": {"Given": 3, "Accepted": 1, "Completed": 0}
    }


def test_enrolments_are_counted_by_the_partners_tokens(partner, partners_token):
    into = promotion()
    enrol(into, customer(), actor=partners_token)
    enrol(into, customer())

    assert figures(chief(), partner) == {"Enrolments in the last 30 days": {"Enrolled": 1}}


@pytest.fixture
def partners_token(partner):
    from_partner = partner.tokens.create(name="Its system", role="ROLE_PARTNER", digest="d" * 64, prefix="lp_")
    return type(STAFF)("token", str(from_partner.pk), from_partner.name)


def test_who_may_not_see_movements_sees_no_sums(partner):
    services.earn(customer().pk, 100, at=AT, note=note(partner="Brame"))
    assert figures(desk("access.view_partner"), partner) == {}


def test_a_customers_page_shows_offers_and_enrolments():
    who = customer()
    given(offer("COFFEE"), who)
    enrol(promotion(name="Five visits"), who)

    text = chief().get(f"/admin/customers/customer/{who.pk}/change/").content.decode()

    assert "COFFEE" in text
    assert "Five visits" in text
