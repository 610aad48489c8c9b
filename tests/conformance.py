"""Every answer that a test gets from the API is one that the description of the API knows, key by key."""

import json
from functools import cache, lru_cache

from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404
from jsonschema import Draft202012Validator, FormatChecker

from loyalty_site.access.endpoints import ENDPOINTS
from loyalty_site.api.description.answers import EVERYWHERE, answer
from loyalty_site.api.description.dialects import telling_at
from loyalty_site.api.description.generator import Generator
from loyalty_site.api.description.routes import routes
from loyalty_site.api.description.shapes import closed

JSON = "application/json"


def checked(request):
    """Django's `Client.request` with a look at what it got."""

    def send(self: Client, **environ):
        response = request(self, **environ)
        route = route_of(response)
        method = response.wsgi_request.method
        if route in ENDPOINTS and method != "OPTIONS":  # a browser's preflight, which comes to no view
            assert_described(route, method, response)
        return response

    return send


def route_of(response: HttpResponse) -> str | None:
    try:
        return response.resolver_match.url_name
    except Resolver404:
        return None


def assert_described(route: str, method: str, response: HttpResponse) -> None:
    told_as = f"{method} {route}: {response.status_code}"
    content = content_of(route, "GET" if method == "HEAD" else method, response.status_code)
    media = response.headers.get("Content-Type", "").partition(";")[0]
    assert content is not None, f"{told_as} is not in the description"
    if response.streaming:  # whose body whoever reads it looks at
        assert media in content, f"{told_as} is {media}"
        return
    assert media in content if content else not response.content, f"{told_as} is {media}"
    if media == JSON and response.content:
        wrong = errors_in_text(route, method, response.status_code, response.content)
        assert wrong == [], f"{told_as} {response.content[:1_000]!r}"


def errors_in_body(route, method, status, body):
    return [f"{error.json_path}: {error.message}" for error in validator(route, method, status).iter_errors(body)]


@lru_cache(maxsize=4_096)
def errors_in_text(route, method, status, text):
    """Remembered: refusals are the same text a thousand times."""
    return errors_in_body(route, method, status, json.loads(text))


@cache
def content_of(route, method, status):
    """Media types and their schemas; None for a status that is not described."""
    (path,) = (found.path for found in routes() if found.name == route)
    said = telling_at(path)
    unnamed = {  # a POST whose body, which may name another method, cannot be read
        "400": closed(answer(400, said.failure, (JSON,), said)),
        "401": closed(answer(401, said.unauthorized, (JSON,), said)),
    }
    row = document()["paths"].get(path, {})
    responses = row.get(method.lower(), {"responses": unnamed})["responses"]
    usual = closed(answer(405, said.failure, (JSON,), said)) if status in EVERYWHERE else None
    known = responses.get(str(status), usual)
    return known and known.get("content", {})


@cache
def validator(route, method, status):
    schema = content_of(route, method, status)[JSON]["schema"]
    return Draft202012Validator(schema | {"components": document()["components"]}, format_checker=FormatChecker())


@cache
def document():
    return closed(Generator().get_schema(public=True))
