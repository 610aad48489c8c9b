"""What browsers are told that answers may load and run."""

import pytest
from django.urls import reverse

NOTHING = {
    "default-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
    "frame-ancestors": ["'none'"],
}


def policy_of(answer):
    parts = [part.split() for part in answer.headers["Content-Security-Policy"].split(";")]
    return {name: sources for name, *sources in parts}


@pytest.mark.django_db
def test_pages_of_the_admin_run_no_script_but_files_of_this_site(client):
    told = policy_of(client.get(reverse("admin:login")))
    assert told == {
        "default-src": ["'self'"],
        "script-src": ["'self'", "'unsafe-eval'"],
        "script-src-attr": ["'none'"],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:"],
        "object-src": ["'none'"],
        "frame-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/api/campaign", "/nowhere", "/v2/promotion/issue"])
def test_whatever_is_no_page_loads_nothing(client, path):
    assert policy_of(client.get(path)) == NOTHING


def test_probes_too(client):
    assert policy_of(client.get("/healthz")) == NOTHING


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["<script>", "onclick=", "javascript:"])
def test_the_log_in_has_nothing_that_the_policy_would_stop(client, text):
    page = client.get(reverse("admin:login")).text
    assert text not in page
