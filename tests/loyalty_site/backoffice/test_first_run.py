"""What staff see before there is anything: what to do first, and what each list is for."""

from html import unescape

import pytest
from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.core.management import CommandError, call_command

from customers.models import Level
from loyalty_site.access import tokens
from loyalty_site.access.actors import SYSTEM, Role
from loyalty_site.access.models import AuditEntry, User
from tests.backoffice import chief, desk, queries, somebody
from tests.builders import AT, campaign, customer

pytestmark = [pytest.mark.django_db, pytest.mark.once("sqlite")]

ADMINS = list(admin.site._registry.values())
START = "/admin/"
GOOD = "sesame-street-9"


def steps(client) -> list[str]:
    panels = client.get(START).context["panels"]
    return [str(row[0]) for panel in panels if panel.title == "What to do first" for row in panel.rows]


def address(listed: ModelAdmin) -> str:
    return f"/admin/{listed.opts.app_label}/{listed.opts.model_name}/"


def test_the_start_page_of_an_empty_installation_says_what_to_do_first():
    staff = chief()

    assert [text.partition(">")[2].removesuffix("</a>") or text for text in steps(staff)] == [
        "Make a level",
        "Add a customer",
        "Create a campaign",
        "Load coupons into the campaign",
        "Make a token for the till",
        "Let a colleague in",
        "Set up mail",
    ]
    for page in ("customers/level/add", "customers/customer/add", "campaigns/campaign/add", "access/apitoken/add"):
        assert any(f"/admin/{page}/" in text for text in steps(staff)), page
        assert staff.get(f"/admin/{page}/").status_code == 200


def test_what_is_done_is_not_asked_for_any_more():
    Level.objects.create(name="bronze")
    texts = " ".join(steps(chief()))

    assert "Make a level" not in texts
    assert "Add a customer" in texts


def test_the_list_goes_when_all_is_done(settings):
    customer()
    campaign()
    tokens.issue("Till 3", Role.SELLER, [], actor=SYSTEM, at=AT)
    somebody(username="colleague")
    staff = chief()

    assert steps(staff) == ["Set up mail"]
    settings.MAIL_LEAVES = True
    assert steps(staff) == []


def test_nobody_is_asked_for_what_they_may_not_do():
    assert [text.partition(">")[2] for text in steps(desk("customers.view_level", "customers.add_level"))] == [
        "Make a level</a>"
    ]
    assert steps(desk("customers.view_level", username="x")) == []


def test_the_steps_are_asked_for_in_one_query(settings):
    settings.DASHBOARD_PANELS = ["loyalty_site.backoffice.first_steps.panel"]
    none, all_of_them = desk(username="nobody"), chief()

    assert queries(all_of_them, START) <= queries(none, START) + 8


def test_every_list_says_what_it_is_for():
    """In `purpose`: a sentence or two, shown while the list is empty."""
    assert [str(listed) for listed in ADMINS if not str(getattr(listed, "purpose", "")).endswith(".")] == []


@pytest.mark.parametrize("listed", [one for one in ADMINS if one.begins_at], ids=str)
def test_a_list_to_which_nothing_is_added_leads_to_where_its_records_begin(listed):
    label, text = listed.begins_at
    page = f"/admin/{label.replace('.', '/')}/"
    answer = chief().get(address(listed))

    assert unescape(str(listed.purpose)) in unescape(answer.content.decode())
    assert (answer.context["cl"].beginning.first_step.url, answer.context["cl"].beginning.first_step.text) == (
        page,
        str(text),
    )
    narrow = desk(f"{listed.opts.app_label}.view_{listed.opts.model_name}")
    assert narrow.get(address(listed)).context["cl"].beginning.first_step is None


def test_an_empty_list_offers_the_first_record():
    staff = chief()
    text = staff.get("/admin/customers/level/").content.decode()

    assert "Nothing here yet" in text
    assert text.count('href="/admin/customers/level/add/"') >= 1
    assert "Make the first before you add customers." in text


@pytest.mark.parametrize("query", ["q=nobody", "active__exact=1"])
def test_a_list_in_which_nothing_is_found_leads_back_to_all(query):
    customer()
    text = chief().get(f"/admin/customers/segment/?{query}").content.decode()

    assert "Nothing found" in text
    assert "Nothing here yet" not in text


class TestTheFirstAccount:
    def test_is_made_without_a_question(self, monkeypatch):
        add(monkeypatch, "anna", "anna@example.com", GOOD)
        made = User.objects.get()

        assert (made.username, made.email, made.is_superuser, made.is_staff) == ("anna", "anna@example.com", True, True)
        assert made.check_password(GOOD)
        entry = AuditEntry.objects.get()
        assert (entry.action, entry.actor, entry.object_id) == ("account opened", "system", str(made.pk))

    def test_may_be_without_an_e_mail(self, monkeypatch):
        add(monkeypatch, "anna", "", GOOD)
        add(monkeypatch, "ben", "", GOOD)

        assert list(User.objects.values_list("email", flat=True)) == [None, None]

    @pytest.mark.parametrize(
        ("name", "email", "password", "sentence"),
        [
            ("anna", "other@example.com", GOOD, "That username is already taken|with this user name or e-mail already"),
            ("ben", "anna@example.com", GOOD, "with this user name or e-mail already"),
            ("ben", "ben@example.com", "12345", "DJANGO_SUPERUSER_PASSWORD: This password is too short"),
        ],
    )
    def test_is_refused_in_a_sentence(self, monkeypatch, name, email, password, sentence):
        add(monkeypatch, "anna", "anna@example.com", GOOD)
        with pytest.raises(CommandError, match=sentence):
            add(monkeypatch, name, email, password)

        assert User.objects.count() == 1
        assert AuditEntry.objects.count() == 1


def add(monkeypatch, name: str, email: str, password: str) -> None:
    for variable, value in (("USERNAME", name), ("EMAIL", email), ("PASSWORD", password)):
        monkeypatch.setenv(f"DJANGO_SUPERUSER_{variable}", value)
    call_command("createsuperuser", interactive=False, verbosity=0)
