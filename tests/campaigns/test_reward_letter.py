"""The mail to a customer who bought a reward."""

import pytest

from campaigns.models import Purchase
from campaigns.reward_letter import write
from campaigns.services import refund
from loyalty_site.outbox.models import Event
from tests.builders import SHOP, buy, campaign, customer

pytestmark = pytest.mark.django_db

ENGLISH = """\
Hello Ann,

here is your reward: Coffee & cake

Your code: A<B
Price: 10 Points
Bought on: 2 Mar 2026

How to use it
Show it at the till.

Conditions
Not on Sundays.

More about it: https://shop.example/coffee

Loyalty Program
"""
TEXTS = {
    "usage_instruction": "Show it at the till.",
    "conditions_description": "Not on Sundays.",
    "more_information_link": "https://shop.example/coffee",
}


@pytest.fixture(autouse=True)
def mail_of_rewards(settings):
    settings.MAIL_EVENTS = ["reward.bought"]


def letter(reward_fields=None, **fields):
    who = customer(points=10, **({"first_name": "Ann", "email": "ann@example.com"} | fields))
    buy(campaign(["A<B"], name="Coffee & cake", **(reward_fields or {})), who)
    return write(Event.objects.get())


def test_it_is_written_in_english():
    written = letter(TEXTS)
    assert (written.to, written.subject, written.language) == (
        "ann@example.com",
        "Your reward: Coffee & cake",
        "en",
    )
    assert written.text == ENGLISH


@pytest.mark.parametrize(
    ("language", "subject", "lines"),
    [
        ("de", "Deine Prämie: Coffee & cake", ["Hallo Ann,", "Dein Code: A<B", "Eingelöst am: 2. März 2026"]),
        ("pl", "Twoja nagroda: Coffee & cake", ["Cześć Ann,", "Twój kod: A<B", "Data zakupu: 2 marca 2026"]),
    ],
)
def test_it_is_written_in_the_customers_language(language, subject, lines):
    written = letter(language=language)
    assert (written.subject, written.language) == (subject, language)
    assert [line for line in lines if line not in written.text] == []
    assert f'<html lang="{language}">' in written.html


@pytest.mark.parametrize(("language", "programmes"), [("", "pl"), ("fr", "de")])
def test_else_in_the_programmes(language, programmes, settings):
    settings.LANGUAGE_CODE = programmes
    assert letter(language=language).language == programmes


def test_the_page_within_holds_texts_as_texts():
    html = letter({"usage_instruction": "<script>\nTwo lines"}).html
    assert "A&lt;B" in html
    assert "<p>&lt;script&gt;<br>Two lines</p>" in html
    assert "Coffee &amp; cake" in html


def test_what_the_campaign_does_not_say_is_left_out():
    text = letter(first_name="").text
    assert text.startswith("Hello,\n")
    assert "How to use it" not in text
    assert "\n\n\n" not in text


@pytest.mark.parametrize("fields", [{"email": None}, {"reward_mail": False}])
def test_who_cannot_or_does_not_want_to_be_written_to_is_not(fields):
    assert letter(**fields) is None


def test_marketing_is_not_asked_for():
    assert letter(agreement2=False) is not None


@pytest.mark.parametrize("status", ["blocked", "erased"])
def test_who_was_shut_out_since_is_not_written_to(status):
    letter()
    purchase = Purchase.objects.get()
    type(purchase.customer).objects.update(status=status)
    assert write(Event.objects.get()) is None


def test_a_reward_that_was_given_back_since_is_not_written_of():
    letter()
    refund(Purchase.objects.get().pk, **SHOP)
    assert write(Event.objects.get()) is None
