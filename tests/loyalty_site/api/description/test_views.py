"""The description over HTTP: for anybody, and without a word to anybody outside."""

import re

import pytest
from django.test import Client

from tests.callers import ANONYMOUS

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@pytest.fixture
def page():
    return Client().get("/doc")


def test_it_is_json():
    status, document = ANONYMOUS.get("/api/doc.json")
    assert (status, document["openapi"]) == (200, "3.1.0")


def test_who_has_it_is_not_sent_it_again():
    first = ANONYMOUS.send("GET", "/api/doc.json")
    again = ANONYMOUS.send("GET", "/api/doc.json", If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")


def test_the_page_names_the_description(page):
    assert page.status_code == 200
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert 'data-description="/api/doc.json"' in page.content.decode()


def test_the_page_loads_files_of_this_site_only(page):
    addresses = re.findall(r'(?:src|href)="([^"]*)"', page.content.decode())
    assert len(addresses) == 5
    assert [address for address in addresses if not address.startswith("/static/")] == []
    assert page.headers["Content-Security-Policy"] == POLICY


def test_the_page_has_no_script_or_style_of_its_own(page):
    text = page.content.decode()
    assert re.findall(r"<script>|<style|style=|onload=", text) == []


def test_another_method_is_refused_in_json():
    assert ANONYMOUS.post("/doc") == (405, {"error": {"code": 405, "message": "Method Not Allowed"}})
