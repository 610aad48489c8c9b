"""Accounts, groups and stores in the back office."""

import pytest
from django.contrib.auth.models import Group, Permission

from loyalty_site.access.actors import Role
from loyalty_site.access.models import AuditEntry, Store, User
from tests.backoffice import chief, desk, queries, rows, somebody, trail, wrong

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

LIST, ADD = "/admin/access/user/", "/admin/access/user/add/"
READ, ISSUE, WRITE = "access.view_user", "access.add_user", "access.change_user"
PASSWORD = {"password1": "correct horse battery", "password2": "correct horse battery"}


def entries(**changes) -> dict:
    return {"username": "till1", "role": "ROLE_SELLER", "is_active": "on"} | changes


def page(user: User, leaf: str = "change") -> str:
    return f"{LIST}{user.pk}/{leaf}/"


def a_seller(**fields) -> User:
    return User.objects.create_user("till1", "till1@example.com", "sesame", **({"role": Role.SELLER} | fields))


def test_an_account_is_added_with_its_password():
    praga = Store.objects.create(name="Praga", identifier="pos1")
    chief().post(ADD, entries(email="till1@example.com", store=str(praga.pk), may_transfer_points="on", **PASSWORD))

    made = User.objects.get(username="till1")
    assert (made.role, made.email) == ("ROLE_SELLER", "till1@example.com")
    assert (made.store, made.may_transfer_points) == (praga, True)
    assert made.check_password("correct horse battery")
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor_label, entry.object_label) == ("user added", "chief", "till1")
    assert "correct horse battery" not in str(entry.after)
    assert (entry.after["email"], entry.after["role"]) == ("changed", "ROLE_SELLER")


@pytest.mark.once("sqlite")
def test_a_weak_password_is_refused():
    answer = chief().post(ADD, entries(password1="12345678", password2="12345678"))

    assert wrong(answer)["password2"] == ["This password is too common.", "This password is entirely numeric."]
    assert not User.objects.filter(username="till1").exists()


@pytest.mark.once("sqlite")
def test_a_mistyped_password_is_refused():
    answer = chief().post(ADD, entries(**PASSWORD | {"password2": "correct horse batery"}))

    assert wrong(answer) == {"password2": ["The two password fields didn’t match."]}
    assert not User.objects.filter(username="till1").exists()


def test_an_email_serves_one_account_of_a_role():
    User.objects.create_user("other", "other@example.com", role=Role.SELLER)
    answer = chief().post(ADD, entries(username="till2", email="OTHER@example.com", **PASSWORD))

    assert wrong(answer) == {"email": ["Another account with the same API role has this e-mail."]}
    assert not User.objects.filter(username="till2").exists()


def test_a_change_is_told_with_what_was_before():
    seller = a_seller()
    chief().post(page(seller), entries(email="till1@example.com", may_transfer_points="on", first_name="Anna"))

    seller.refresh_from_db()
    entry = AuditEntry.objects.get()
    assert (seller.first_name, seller.may_transfer_points, seller.check_password("sesame")) == ("Anna", True, True)
    assert (entry.before, entry.after) == (
        {"may_transfer_points": False},
        {"may_transfer_points": True, "first_name": "changed"},
    )


def test_a_new_password_ends_log_ins_and_is_told_without_itself():
    seller = a_seller()
    version = seller.token_version
    chief().post(page(seller, "password"), PASSWORD)

    seller.refresh_from_db()
    assert seller.check_password("correct horse battery")
    assert seller.token_version > version
    assert [(entry.action, entry.after) for entry in AuditEntry.objects.all()] == [
        ("user changed", {"password": "changed"})
    ]


def test_an_account_is_switched_off_and_never_deleted():
    seller, staff = a_seller(), chief()
    staff.post(page(seller), entries(email="till1@example.com", is_active=""))

    seller.refresh_from_db()
    assert not seller.is_active
    assert staff.post(page(seller, "delete"), {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=seller.pk).exists()


@pytest.mark.once("sqlite")
@pytest.mark.parametrize("grant", ["is_staff", "is_superuser"])
def test_who_manages_accounts_lets_nobody_into_the_back_office(grant):
    seller, staff = a_seller(), desk(READ, WRITE)
    staff.post(page(seller), entries(email="till1@example.com", first_name="Anna", **{grant: "on"}))

    seller.refresh_from_db()
    assert (seller.first_name, seller.is_staff, seller.is_superuser) == ("Anna", False, False)


@pytest.mark.once("sqlite")
def test_who_manages_accounts_puts_nobody_into_a_group():
    seller, staff, strong = a_seller(), desk(READ, WRITE), Group.objects.create(name="strong")
    staff.post(page(seller), entries(email="till1@example.com", groups=[str(strong.pk)]))

    assert not seller.groups.exists()


@pytest.mark.once("sqlite")
def test_who_manages_accounts_makes_nobody_an_administrator_of_the_api():
    staff = desk(READ, WRITE, ISSUE)
    answer = staff.post(ADD, entries(role="ROLE_ADMIN", **PASSWORD))

    assert list(wrong(answer)) == ["role"]
    assert not User.objects.filter(role=Role.ADMIN).exists()


@pytest.mark.once("sqlite")
@pytest.mark.parametrize("mighty", [{"is_staff": True}, {"is_superuser": True}, {"role": Role.ADMIN}])
def test_who_manages_accounts_touches_none_that_may_do_more(mighty):
    other, staff = a_seller(**mighty), desk(READ, WRITE)
    answers = [staff.post(page(other), entries(first_name="Mine")), staff.post(page(other, "password"), PASSWORD)]

    other.refresh_from_db()
    assert [answer.status_code for answer in answers] == [403, 403]
    assert (other.first_name, other.check_password("sesame")) == ("", True)


def test_accounts_are_found_and_take_few_queries():
    staff = chief()
    a_seller(last_name="Nowak", store=Store.objects.create(name="Praga", identifier="pos1"))
    few = queries(staff, LIST)
    for n in range(20):
        store = Store.objects.create(name=f"Store {n}", identifier=f"s{n}")
        User.objects.create_user(f"user{n}", role=Role.CUSTOMER, store=store)

    assert rows(staff.get(f"{LIST}?q=TILL1@example.com")) == ["Nowak"]
    assert rows(staff.get(f"{LIST}?q=now&role__exact=ROLE_SELLER")) == ["Nowak"]
    assert rows(staff.get(f"{LIST}?is_staff__exact=1")) == ["chief"]
    assert queries(staff, LIST) == few <= 8


def test_a_group_is_given_permissions_for_what_the_back_office_shows():
    right = Permission.objects.get(codename="view_campaign")
    staff = chief()
    offered = staff.get("/admin/auth/group/add/").context["adminform"].form.fields["permissions"].queryset
    staff.post("/admin/auth/group/add/", {"name": "night shift", "permissions": [str(right.pk)]})

    assert list(Group.objects.get(name="night shift").permissions.all()) == [right]
    assert AuditEntry.objects.get().after == {"name": "night shift", "permissions": [str(right)]}
    assert not offered.filter(content_type__model__in=["attemptcounter", "refreshtoken", "idempotencykey"]).exists()


@pytest.mark.once("sqlite")
def test_a_store_is_added_and_told_and_not_deleted():
    staff = chief()
    staff.post("/admin/access/store/add/", {"name": "Praga", "identifier": "pos1", "city": "Warszawa"})
    made = Store.objects.get()

    assert (made.name, made.city) == ("Praga", "Warszawa")
    assert trail() == ["chief: store added"]
    assert staff.post(f"/admin/access/store/{made.pk}/delete/", {"post": "yes"}).status_code == 403
    assert rows(staff.get("/admin/access/store/?q=pra")) == ["Praga"]


@pytest.mark.once("sqlite")
def test_log_in_counters_keys_and_refresh_tokens_are_nowhere_to_be_seen():
    staff = chief()
    hidden = ("attemptcounter", "idempotencykey", "refreshtoken")

    assert [staff.get(f"/admin/access/{model}/").status_code for model in hidden] == [404, 404, 404]


@pytest.mark.once("sqlite")
def test_who_is_not_staff_is_sent_to_the_log_in():
    person = somebody(READ)
    person.is_staff = False
    person.save()
    client = desk(username="unused")
    client.force_login(person)

    assert client.get(LIST).status_code == 302
    assert client.get(LIST).url.startswith("/admin/login/")
