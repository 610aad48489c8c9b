"""Every screen of a served back office, found by following its links as somebody who may see everything would."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

START = "/admin/"
KEY = re.compile(r"/([0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32,}|\d+|[a-z_]+\.[a-z_]+)(?=/)")
NO_SCREENS = re.compile(r"/(logout|jsi18n|autocomplete|r/|codes/$|file/|export)")

Fetch = Callable[[str], str | None]  # a path → the page's HTML, or None where there is none


@dataclass(frozen=True)
class Screen:
    """One page of its kind: a list, a form, a record's page, a question before an act."""

    name: str
    path: str


class Links(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        address = dict(attributes).get("href") if tag == "a" else None
        if address:
            self.found.append(address)


def screens(fetch: Fetch) -> Iterator[Screen]:
    """One of each kind, the one that is met first."""
    waiting, met = [START], set()
    while waiting:
        path = waiting.pop(0)
        name = name_of(path)
        if name in met or NO_SCREENS.search(path):
            continue
        html = fetch(path)
        if html is None:
            continue
        met.add(name)
        yield Screen(name, path)
        waiting += [target for target in map(lambda link, at=path: within(at, link), Links(html).found) if target]


def within(page: str, link: str) -> str | None:
    """The path that a link leads to where that is a page of the back office; what narrows a list down is cut off."""
    target = urlsplit(urljoin(page, link))
    if target.netloc or target.scheme not in ("", "http", "https") or not target.path.startswith(START):
        return None
    return target.path


def name_of(path: str) -> str:
    """The same for all pages of a kind: `campaigns-campaign-change`."""
    words = KEY.sub("/record", path).strip("/").removeprefix("admin").strip("/").replace("/", "-")
    return re.sub(r"-record-change$", "-change", words) or "start"
