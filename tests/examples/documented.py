"""Documented requests and answers, one a file, and sending such a request as its curl line would.

`request` and `documented` are the document's own, letter by letter. `with_demo_data` names, by JSON pointer, all that
our answer on fresh demo data has otherwise; null says that it has no such key, a place in a list is one more of it.
`after` names requests sent before. `answered` is our answer where the document shows none, or one that its own request
cannot have had: a text is no file. A documented answer without a body and without `answered` is no JSON.
"""

import json
from pathlib import Path

from loyalty_site.api.description.examples import differing
from tests.callers import Caller, told

HERE = Path(__file__).parent


def names(dialect: str) -> list[str]:
    return sorted(file.stem for file in (HERE / dialect).glob("*.json"))


def example(dialect: str, name: str):
    return json.loads((HERE / dialect / f"{name}.json").read_text())


def answered_in_json(dialect: str) -> list[str]:
    return [name for name in names(dialect) if "body" in answer(example(dialect, name))]


def replay(request, caller: Caller):
    """Send it with the caller's credential in the place of the document's. Returns the status and the body."""
    return told(send(request, caller))


def send(request, caller: Caller):
    headers = {name: value for name, value in request["headers"].items() if name != "Authorization"}
    media = headers.pop("Content-type", "application/x-www-form-urlencoded")  # what curl sends with -d
    data = "&".join(request.get("data", []))
    return caller.send(request["method"], request["path"], data, media=media, **headers)


def answer(shown):
    return shown.get("answered", shown["documented"])


def expected(shown):
    """The body of the answer, changed to what the demo data makes of it."""
    return differing(answer(shown)["body"], shown["with_demo_data"])
