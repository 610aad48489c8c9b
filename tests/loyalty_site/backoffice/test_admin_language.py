"""Pages for people are in their language; the API's texts are fixed, whoever was served before by the same thread."""

import pytest
from django.contrib.humanize.templatetags.humanize import intcomma
from django.urls import reverse
from django.utils import translation

from loyalty_site.backoffice.theme import moment
from tests.builders import AT

pytestmark = pytest.mark.django_db

LOG_IN = reverse("admin:login")


def test_a_page_is_in_the_browsers_language(client):
    answer = client.get(LOG_IN, headers={"Accept-Language": "de-AT,de;q=0.9"})
    assert '<html lang="de"' in answer.text
    assert answer.headers["Content-Language"] == "de"
    assert "Accept-Language" in answer.headers["Vary"]


def test_a_language_that_is_not_shipped_is_answered_in_english(client):
    assert '<html lang="en"' in client.get(LOG_IN, headers={"Accept-Language": "fr"}).text


def test_a_choice_goes_before_the_browsers_language_and_stays_below_the_admins_path(client):
    chosen = client.post(reverse("own-language"), {"language": "pl", "next": LOG_IN})
    cookie = chosen.cookies["django_language"]
    assert (chosen.url, cookie.value, cookie["path"], cookie["httponly"]) == (LOG_IN, "pl", "/admin/", True)
    assert '<html lang="pl"' in client.get(LOG_IN, headers={"Accept-Language": "de"}).text


def test_nobody_is_sent_elsewhere_by_choosing_a_language(client):
    assert client.post(reverse("own-language"), {"language": "pl", "next": "https://example.com/"}).url == "/admin/"


def test_the_api_answers_as_its_documents_say_whatever_language_is_asked_for(client):
    asked = {"Accept-Language": "de", "Cookie": "django_language=de"}
    client.get(LOG_IN, headers=asked)
    answer = client.post("/api/admin/login_check", {}, headers=asked)
    assert "Content-Language" not in answer.headers
    assert answer.json() == client.post("/api/admin/login_check", {}).json()
    assert translation.get_language() == "en"


@pytest.mark.parametrize(
    ("language", "day", "figure"),
    [
        ("en", "2 Mar 2026, 13:00", "1,234"),
        ("de", "02.03.2026, 13:00", "1.234"),
        ("pl", "02.03.2026, 13:00", "1\xa0234"),
    ],
)
def test_dates_and_figures_are_as_the_language_has_them(language, day, figure):
    with translation.override(language):
        assert moment(AT) == day
        assert intcomma(1234) == figure


def test_the_menu_offers_the_languages_and_marks_the_one_of_the_page(client):
    page = client.get(LOG_IN, headers={"Accept-Language": "pl"}).text
    for code, name in (("en", "English"), ("de", "Deutsch"), ("pl", "Polski")):
        assert f'name="language" value="{code}" lang="{code}"' in page
        assert f">{name}</button>" in page
    assert page.count('aria-current="true"') == 1
