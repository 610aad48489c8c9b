"""Receivers verify webhooks as docs/webhooks.md tells them to."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from loyalty_site.outbox.kinds import TEST, kinds
from loyalty_site.outbox.models import Subscription
from loyalty_site.outbox.signing import secret_of, signature
from tests.builders import AT, later

PAGE = (Path(__file__).parents[3] / "docs" / "webhooks.md").read_text()
BODY = '{"name": "Łódź"}'.encode()
NOW = AT.timestamp()


@pytest.fixture(scope="module")
def is_ours():
    """The function of the document's page."""
    told: dict = {}
    exec(re.search("```python\n(.*?)```", PAGE, re.DOTALL)[1], told)
    return told["is_ours"]


def crm(**fields) -> Subscription:
    return Subscription(pk="11100000-0000-474c-b092-b0dd880c07e1", **fields)


def test_what_we_sign_is_found_to_be_ours(is_ours):
    assert is_ours(secret_of(crm()), signature(crm(), BODY, at=AT), BODY, NOW)


def test_nothing_else_is(is_ours):
    secret, header = secret_of(crm()), signature(crm(), BODY, at=AT)
    other = Subscription(pk="22200000-0000-474c-b092-b0dd880c07e2")
    assert not is_ours(secret, header, BODY + b" ", NOW)
    assert not is_ours(secret_of(other), header, BODY, NOW)
    assert not is_ours(secret, header.replace("t=1772452800", "t=1772452801"), BODY, NOW)
    assert not is_ours(secret, header, BODY, NOW + 301)


def test_after_a_renewal_either_secret_fits_for_a_day(is_ours):
    before, renewed = secret_of(crm()), crm(secret_version=2, secret_renewed_at=AT)
    soon, late = later(1) - timedelta(seconds=1), later(1)
    assert is_ours(before, signature(renewed, BODY, at=soon), BODY, soon.timestamp())
    assert is_ours(secret_of(renewed), signature(renewed, BODY, at=soon), BODY, soon.timestamp())
    assert not is_ours(before, signature(renewed, BODY, at=late), BODY, late.timestamp())
    assert is_ours(secret_of(renewed), signature(renewed, BODY, at=late), BODY, late.timestamp())


def test_another_key_makes_other_secrets(settings):
    before = secret_of(crm())
    settings.WEBHOOK_KEY = "another-key-of-at-least-32-characters"
    assert secret_of(crm()) != before
    assert len(before) == len("whsec_") + 43


def test_the_page_names_every_kind_of_event():
    assert set(re.findall(r"^\| `([a-z_.]+)` \|", PAGE, re.MULTILINE)) == {*kinds(), TEST.name}
