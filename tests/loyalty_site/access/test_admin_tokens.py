"""Issuing API tokens in the back office, and revoking them."""

import pytest

from loyalty_site.access import tokens
from loyalty_site.access.models import ApiToken, AuditEntry, Store
from loyalty_site.access.scopes import CAMPAIGNS_READ, REWARDS_BUY, SCOPES
from tests.backoffice import chief, desk, queries, rows, told, trail, wrong
from tests.builders import AT, later
from tests.callers import partner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

LIST, ADD = "/admin/access/apitoken/", "/admin/access/apitoken/add/"
READ, ISSUE, WRITE = "access.view_apitoken", "access.add_apitoken", "access.change_apitoken"
GRANTS = [
    "points.adjust_points",
    "campaigns.view_campaign",
    "access.view_store",
]  # what the scopes of these tests take to give


def entries(**changes) -> dict:
    return {"name": "Till 3", "role": "ROLE_SELLER", "scopes": [REWARDS_BUY]} | changes


def page(token: ApiToken, leaf: str = "change") -> str:
    return f"{LIST}{token.pk}/{leaf}/"


@pytest.fixture
def issued() -> ApiToken:
    chief().post(ADD, entries())
    return ApiToken.objects.get()


def test_a_token_is_shown_once_and_works():
    store, staff = Store.objects.create(name="Praga", identifier="pos1"), desk(READ, ISSUE, *GRANTS)
    answer = staff.post(ADD, entries(scopes=[REWARDS_BUY, CAMPAIGNS_READ], store=str(store.pk)))
    plain = answer.context["token"].plain

    made = ApiToken.objects.get()
    assert plain in answer.content.decode()
    assert tokens.find(plain, at=AT) == made
    assert (made.name, made.role, made.store, made.expires_at) == ("Till 3", "ROLE_SELLER", store, None)
    assert made.scopes == [CAMPAIGNS_READ, REWARDS_BUY]
    assert made.created_by.username == "maria"
    assert trail() == ["maria: token issued"]
    assert not any(plain in staff.get(path).content.decode() for path in (LIST, page(made), ADD, "/admin/"))
    assert plain not in str(AuditEntry.objects.get().after)


@pytest.mark.once("sqlite")
def test_nobody_issues_a_token_that_may_do_more_than_he_may():
    staff = desk(READ, ISSUE, "campaigns.view_campaign")
    offered = staff.get(ADD).context["adminform"].form.fields["scopes"].choices
    answer = staff.post(ADD, entries(scopes=[CAMPAIGNS_READ, REWARDS_BUY]))

    assert [scope for scope, _ in offered] == [CAMPAIGNS_READ]
    assert list(wrong(answer)) == ["scopes"]
    assert not ApiToken.objects.exists()


@pytest.mark.once("sqlite")
def test_the_form_explains_what_a_token_may_do():
    text = chief().get(ADD).content.decode()

    assert [sentence for sentence in SCOPES.values() if sentence.replace("'", "&#x27;") not in text] == []
    assert 'value="ROLE_SELLER" selected' in text


@pytest.mark.once("sqlite")
@pytest.mark.parametrize(
    ("changes", "complaints"),
    [
        ({"name": ""}, {"name": ["This field is required."]}),
        ({"name": "N" * 151}, {"name": ["Ensure this value has at most 150 characters (it has 151)."]}),
        ({"scopes": []}, {"scopes": ["This field is required."]}),
        ({"role": "ROLE_PARTNER"}, {"partner": ["Choose whose token it is."]}),
        ({"user_name": "a:b"}, {"user_name": ["Letters, digits and . _ @ - only."]}),
        (
            {"requests_per_minute": "0"},
            {"requests_per_minute": ["Ensure this value is greater than or equal to 1."]},
        ),
        ({"expires_at_0": "2026-03-01", "expires_at_1": "10:00"}, {"expires_at": ["This is in the past."]}),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_issued(changes, complaints):
    assert wrong(chief().post(ADD, entries(**changes))) == complaints
    assert not ApiToken.objects.exists()


@pytest.mark.once("sqlite")
def test_a_till_has_no_partner():
    wanted = entries(partner=str(partner().pk))

    assert wrong(chief().post(ADD, wanted)) == {"partner": ["Only a token of the role “Partner” belongs to a partner."]}
    assert not ApiToken.objects.exists()


def test_a_partners_token_with_a_user_name_and_a_limit():
    wanted = {"role": "ROLE_PARTNER", "partner": str(partner().pk), "user_name": "brame", "requests_per_minute": "60"}
    plain = chief().post(ADD, entries(**wanted)).context["token"].plain

    made = tokens.find(plain, at=AT)
    assert plain.startswith("brame:")
    assert (made.partner.name, made.requests_per_minute, made.prefix) == ("Brame", 60, "brame:")


@pytest.mark.parametrize(("before", "sent", "after"), [(None, "60", 60), (60, "", None)])
def test_a_limit_is_set_and_lifted(issued, before, sent, after):
    ApiToken.objects.update(requests_per_minute=before)
    staff = desk(READ, WRITE)
    answer = staff.post(page(issued, "limit"), {"requests_per_minute": sent}, follow=True)

    assert told(answer) == ["“Till 3” has a new limit."]
    assert ApiToken.objects.get().requests_per_minute == after
    entry = AuditEntry.objects.latest("id")
    assert (entry.action, entry.before, entry.after) == (
        "token limited",
        {"requests_per_minute": before},
        {"requests_per_minute": after},
    )


@pytest.mark.once("sqlite")
def test_who_may_only_look_limits_nothing(issued):
    staff = desk(READ)

    assert staff.post(page(issued, "limit"), {"requests_per_minute": "1"}).status_code == 403
    assert ApiToken.objects.get().requests_per_minute is None


def test_a_revoked_token_is_refused_from_then_on(issued):
    staff = desk(READ, WRITE)
    answer = staff.post(page(issued, "revoke"), {"reason": "Till was sold"}, follow=True)

    issued.refresh_from_db()
    assert told(answer) == ["“Till 3” is revoked."]
    assert issued.revoked_at == AT
    assert AuditEntry.objects.latest("id").reason == "Till was sold"
    assert page(issued, "revoke") not in staff.get(page(issued)).content.decode()


@pytest.mark.once("sqlite")
def test_asking_revokes_nothing(issued):
    chief_2 = desk(READ, WRITE)

    assert chief_2.get(page(issued, "revoke")).status_code == 200
    assert ApiToken.objects.get().revoked_at is None


@pytest.mark.once("sqlite")
def test_who_may_only_look_neither_issues_nor_revokes(issued):
    staff = desk(READ)
    answers = [staff.post(ADD, entries()), staff.post(page(issued, "revoke"), {"reason": "Mine"})]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert page(issued, "revoke") not in staff.get(page(issued)).content.decode()
    assert ADD not in staff.get(LIST).content.decode()
    assert [token.revoked_at for token in ApiToken.objects.all()] == [None]


@pytest.mark.once("sqlite")
@pytest.mark.parametrize("leaf", ["change", "delete"])
def test_a_superuser_changes_no_token_either(issued, leaf):
    answer = desk(username="boss", is_superuser=True).post(page(issued, leaf), entries(name="Mine", post="yes"))

    assert answer.status_code == 403
    assert ApiToken.objects.get().name == "Till 3"


def test_the_list_tells_how_each_token_stands(issued):
    ApiToken.objects.create(name="Old", prefix="lp_old", digest="o" * 64, role="ROLE_ADMIN", expires_at=later(-1))
    ApiToken.objects.create(name="Gone", prefix="lp_gone", digest="g" * 64, role="ROLE_ADMIN", revoked_at=AT)
    off = partner(active=False)
    ApiToken.objects.create(name="Off", prefix="lp_off", digest="f" * 64, role="ROLE_PARTNER", partner=off)
    text = desk(READ).get(LIST).content.decode()

    assert [state for state in ("works", "expired", "revoked", "partner is off") if f"\n{state}\n" not in text] == []
    assert issued.digest not in text


def test_tokens_are_found_by_name_and_beginning_with_few_queries(issued):
    staff = desk(READ)
    few = queries(staff, LIST)
    for n in range(20):
        ApiToken.objects.create(name=f"Token {n}", prefix=f"xx_{n}", digest=f"{n}".rjust(64, "0"), role="ROLE_ADMIN")

    assert rows(staff.get(f"{LIST}?q=till")) == ["Till 3"]
    assert rows(staff.get(f"{LIST}?q={issued.prefix}")) == ["Till 3"]
    assert queries(staff, LIST) == few <= 8
