"""What the documents say of the API is what it offers."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import URLPattern, get_resolver

from loyalty_site.access.endpoints import ENDPOINTS

DOCS = Path(__file__).resolve().parent.parent / "docs"
OPERATION = re.compile("`(GET|POST|PUT|DELETE) (/api/[^` ]*)`")
LINK = re.compile(r"\]\((?!https?:|…)([^)\s]+)\)")  # what lies in the project
ROW = re.compile(r"^\| (?P<operations>`[A-Z]+ /api/.*?) \| (?P<verdict>[a-z ]+) \|", re.MULTILINE)


def offered() -> Iterator[str]:
    """Each operation below /api/, as `GET /api/campaign/<id>`."""
    for route in patterns(get_resolver().url_patterns):
        path = f"/{route.pattern}"
        if path.startswith("/api/") and route.name != "api-description":
            written = path.replace("<str:code>", "<code>")
            yield from (f"{method} {re.sub('<str:[a-z]+>', '<id>', written)}" for method in ENDPOINTS[route.name])


def patterns(lines: list) -> Iterator[URLPattern]:
    for line in lines:
        if isinstance(line, URLPattern):
            yield line
        elif str(line.pattern) == "":
            yield from patterns(line.url_patterns)


@pytest.fixture(scope="module")
def told() -> dict[str, str]:
    """What the table of compatibility says of each operation."""
    text = (DOCS / "open-loyalty-compatibility.md").read_text()
    verdicts = {}
    for row in ROW.finditer(text):
        for method, path in OPERATION.findall(row["operations"]):
            verdicts[f"{method} {path}"] = row["verdict"]
    return verdicts


def test_every_operation_stands_in_the_table_of_compatibility(told):
    assert sorted({operation for operation, verdict in told.items() if verdict != "not offered"}) == sorted(offered())


def test_what_is_not_offered_answers_nothing(told):
    assert not {operation for operation, verdict in told.items() if verdict == "not offered"} & set(offered())


def test_the_table_knows_three_verdicts(told):
    assert set(told.values()) == {"compatible", "different", "not offered"}


@pytest.mark.parametrize("name", ["README.md", *(f"docs/{page.name}" for page in sorted(DOCS.glob("*.md")))])
def test_what_a_page_links_to_is_there(name):
    page = DOCS.parent / name
    links = LINK.findall(page.read_text())
    wrong = [link for link in links if not reached(page, *link.partition("#")[::2])]

    assert wrong == []


def reached(page: Path, file: str, heading: str) -> bool:
    target = page.parent / file if file else page
    return target.exists() and (not heading or heading in headings(target))


def headings(page: Path) -> set[str]:
    """As GitHub makes them into the last part of an address."""
    titles = re.findall("^#+ (.*)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
