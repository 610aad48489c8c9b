"""Every page of the back office, from its own list of addresses, and what leads on from one."""

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, get_resolver, resolve, reverse

from tests.walk.world import arguments_of, row_of

ORDER = {"o", "p", "q", "all", "e", "_popup", "_changelist_filters", "next"}


@dataclass(frozen=True)
class Page:
    """A page of a model, whose `leaf` says what it does; or of none."""

    name: str
    path: str
    model: str = ""
    leaf: str = ""


def pages() -> Iterator[Page]:
    for lines in get_resolver().url_patterns:
        if str(lines.pattern) == settings.ADMIN_PATH and lines.namespace != "admin":
            simple = [line.name for line in lines.url_patterns if not line.pattern.converters]
            yield from (Page(name, reverse(name)) for name in simple)
    for pattern in admin.site.get_urls():
        if isinstance(pattern, URLPattern) and pattern.name and not pattern.pattern.converters:
            if pattern.name == "app_list":
                continue
            yield Page(pattern.name, reverse(f"admin:{pattern.name}"))
    for label in sorted({model._meta.app_label for model in admin.site._registry}):
        yield Page("app_list", reverse("admin:app_list", args=[label]))
    for model, model_admin in admin.site._registry.items():
        row = row_of(model)
        assert row is not None, f"tests/walk/world.py has no {model._meta.label}"
        for pattern in model_admin.get_urls():
            if pattern.name:
                leaf = pattern.name.removeprefix(f"{model._meta.app_label}_{model._meta.model_name}_")
                args = arguments_of(pattern.name, row) if pattern.pattern.converters else []
                path = reverse(f"admin:{pattern.name}", args=args)
                yield Page(pattern.name, path, model._meta.label_lower, leaf.removeprefix("auth_user_"))


class Leads(HTMLParser):
    """What somebody who sees the page can follow: links, forms, and what scripts ask while a choice is typed."""

    def __init__(self, page: str, html: str) -> None:
        super().__init__()
        self.page, self.found = page, set()
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attributes}
        if tag in ("a", "area") and "href" in told:
            self.add(told["href"])
        if tag == "form":
            self.add(told.get("action", ""))
        if "formaction" in told:
            self.add(told["formaction"])
        if "data-ajax--url" in told:
            names = ["app_label", "model_name", "field_name"]
            asked = {name: told[f"data-{name.replace('_', '-')}"] for name in names}
            self.add(f"{told['data-ajax--url']}?{urlencode(asked)}")

    def add(self, address: str) -> None:
        target = urlsplit(urljoin(self.page, address))
        if target.scheme in ("", "http", "https") and not target.netloc and target.path.startswith("/admin/"):
            self.found.add(target._replace(fragment="").geturl())


def kind_of(address: str) -> tuple[str, frozenset[str]]:
    """Addresses of a kind open alike: the same page, filtered by the same words."""
    target = urlsplit(address)
    asked = parse_qsl(target.query)
    name = resolve(target.path).url_name or target.path
    if name == "autocomplete":
        return name, frozenset("=".join(pair) for pair in asked)
    return name, frozenset(name for name, _ in asked) - ORDER
