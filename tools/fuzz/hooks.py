"""What schemathesis cannot know: which operations are the caller's, and which ids are there.

It loads this module by its name. Three of four ids that it makes up are replaced by ids of the demo's data.
"""

import os
from collections.abc import Iterator
from typing import Any
from zlib import crc32

import schemathesis
from schemathesis import Case, HookContext

from loyalty_site.api.description.shapes import closed
from tools.fuzz.callers import CALLERS, Caller
from tools.fuzz.known import IDENTIFIERS, LEVELS

# What a form must have besides what its fields require; three of four made-up forms get what they lack of it.
COMPLETE: dict[str, dict[str, Any]] = {
    "campaign": {
        "levels": LEVELS[:1],
        "limit": 10,
        "limitPerUser": 2,
        "coupons": ["A", "B"],
        "campaignVisibility": {"allTimeVisible": "1"},
        "campaignActivity": {"allTimeActive": "1"},
    },
    "customer": {"firstName": "Ann", "lastName": "Lee", "agreement1": "1"},
    "transfer": {"points": 1},
}
KEY = "Idempotency-Key"
NOTHING = ("", 0, False, None, [], [""])


def caller() -> Caller:
    return CALLERS[os.environ["FUZZED_BY"]]


@schemathesis.hook
def before_load_schema(context: HookContext, raw_schema: dict[str, Any]) -> None:
    """Keep what the caller may call, and let answers have no key that the description does not name."""
    for path, row in list(raw_schema["paths"].items()):
        for method, operation in list(row.items()):
            if caller().asks(path, operation):
                operation["responses"] = closed(operation["responses"])
            else:
                del row[method]
        if not row:
            del raw_schema["paths"][path]
    raw_schema["components"] = closed(raw_schema["components"])


@schemathesis.hook
def before_call(context: HookContext, case: Case, kwargs: dict[str, Any]) -> None:
    """In every phase; the curl line of a failure has what was sent."""
    whole = repr((case.path_parameters, case.query, case.body))
    case.path_parameters = with_known_ids(case.path_parameters, whole)
    case.query = identified(with_known_ids(case.query, whole))
    body = with_known_ids(case.body, whole)
    case.body = completed(body) if isinstance(body, dict) and three_of_four(repr(body)) else body
    if KEY in case.headers and three_of_four(case.headers[KEY] + repr(case.body)):
        del case.headers[KEY]  # with one key for all, all but the first are refused


def identified(query: Any) -> Any:
    """The query of a client of Capillary with the value that belongs to the kind of identifier it names."""
    kind = query.get("identifierName") if isinstance(query, dict) else None
    if not isinstance(kind, str) or kind not in IDENTIFIERS or not three_of_four(repr(query)):
        return query
    return {**query, "identifierValue": IDENTIFIERS[kind]}


def completed(body: dict[Any, Any]) -> dict[Any, Any]:
    """The form, in JSON or as names with brackets, with what it lacks."""
    for root, fields in COMPLETE.items():
        if isinstance(body.get(root), dict):
            return {**body, root: filled(body[root], fields)}
        if any(str(name).startswith(f"{root}[") for name in body):
            return filled(body, dict(bracketed(root, fields)))
    return body


def filled(sent: dict[Any, Any], fields: dict[str, Any]) -> dict[Any, Any]:
    return {**fields, **{name: value for name, value in sent.items() if name not in fields or value not in NOTHING}}


def bracketed(prefix: str, fields: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in fields.items():
        path = f"{prefix}[{name}]"
        if isinstance(value, dict):
            yield from bracketed(path, value)
        else:
            yield (f"{path}[]" if isinstance(value, list) else path), value


def with_known_ids(value: Any, whole: str, name: str = "") -> Any:
    """The value with ids of the demo's data at the names that have one, each in place of one of its type.

    Which ones depends on the whole request: much of what covers the description has the same text at each name.
    """
    if isinstance(value, dict):
        return {key: with_known_ids(item, whole, last_name(key)) for key, item in value.items()}
    if isinstance(value, list):
        return [with_known_ids(item, whole, name) for item in value]
    ids = caller().known.get(name, ())
    made_up = f"{name}{value}{whole}"
    fits = bool(ids) and type(value) is type(ids[0]) and three_of_four(made_up)
    return ids[digest(made_up) // 4 % len(ids)] if fits else value


def last_name(key: Any) -> str:
    """`campaignId` of `coupons[0][campaignId]`, `levels` of `campaign[levels][]`."""
    return str(key).removesuffix("[]").rstrip("]").rpartition("[")[2]


def three_of_four(made_up: str) -> bool:
    """Chosen by what was made up, so that a seed always gives the same."""
    return digest(made_up) % 4 > 0


def digest(text: str) -> int:
    return crc32(text.encode(errors="surrogatepass"))
