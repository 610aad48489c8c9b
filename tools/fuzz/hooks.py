"""What schemathesis cannot know: which operations are the role's, and which ids are there.

It loads this module by its name. Three of four ids that it makes up are replaced by ids of the demo's data.
"""

import os
from collections.abc import Iterator
from typing import Any
from zlib import crc32

import schemathesis
from schemathesis import Case, HookContext

from loyalty_site.api.description.shapes import closed

CAMPAIGNS = [
    "000096cf-32a3-43bd-9034-4df343e5fd93",
    "000096cf-32a3-43bd-9034-4df343e5fd92",
    "3062c881-93f3-496b-9669-4238c0a62be8",
]
CUSTOMERS = [
    "00000000-0000-474c-b092-b0dd880c07e1",
    "00000000-0000-474c-b092-b0dd880c07e2",
    "11111111-0000-474c-b092-b0dd880c07e1",
]
LEVELS = [
    "000096cf-32a3-43bd-9034-4df343e5fd93",
    "e82c96cf-32a3-43bd-9034-4df343e5fd94",
    "000096cf-32a3-43bd-9034-4df343e5fd94",
]
SEGMENTS = ["00000000-0000-0000-0000-000000000000", "00000000-0000-0000-0000-000000000002"]
STORES = ["00000000-0000-474c-1111-b0dd880c07e2", "00000000-0000-474c-1111-b0dd880c07e3"]
TRANSFERS = ["e82c96cf-32a3-43bd-9034-4df343e5f211", "e82c96cf-32a3-43bd-9034-4df343e5f333"]
KNOWN = {
    "campaign": CAMPAIGNS,
    "campaignId": CAMPAIGNS,
    "customer": CUSTOMERS,
    "customerId": CUSTOMERS,
    "level": LEVELS,
    "levelId": LEVELS,
    "levels": LEVELS,
    "segment": SEGMENTS,
    "segments": SEGMENTS,
    "store": STORES,
    "posId": STORES,
    "identifier": ["pos1"],
    "transfer": TRANSFERS,
    "code": ["123"],
}

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


@schemathesis.hook
def before_load_schema(context: HookContext, raw_schema: dict[str, Any]) -> None:
    """Keep what the role may call, and let answers have no key that the description does not name."""
    role = os.environ["FUZZED_ROLE"]
    for path, row in list(raw_schema["paths"].items()):
        for method, operation in list(row.items()):
            if not (role in operation["x-roles"] or (role == "" and not operation["security"])):
                del row[method]
            else:
                operation["responses"] = closed(operation["responses"])
        if not row:
            del raw_schema["paths"][path]
    raw_schema["components"] = closed(raw_schema["components"])


@schemathesis.hook
def before_call(context: HookContext, case: Case, kwargs: dict[str, Any]) -> None:
    """In every phase; the curl line of a failure has what was sent."""
    case.path_parameters = with_known_ids(case.path_parameters)
    case.query = with_known_ids(case.query)
    body = with_known_ids(case.body)
    case.body = completed(body) if isinstance(body, dict) and three_of_four(repr(body)) else body
    if KEY in case.headers and three_of_four(case.headers[KEY] + repr(case.body)):
        del case.headers[KEY]  # with one key for all, all but the first are refused


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


def with_known_ids(value: Any, name: str = "", whole: str = "") -> Any:
    """The value with ids of the demo's data at the names that have one."""
    whole = whole or repr(value)
    if isinstance(value, dict):
        return {key: with_known_ids(item, last_name(key), whole) for key, item in value.items()}
    if isinstance(value, list):
        return [with_known_ids(item, name, whole) for item in value]
    known = name in KNOWN and isinstance(value, str) and three_of_four(name + value + whole)
    return KNOWN[name][digest(value) % len(KNOWN[name])] if known else value


def last_name(key: Any) -> str:
    """`campaignId` of `coupons[0][campaignId]`, `levels` of `campaign[levels][]`."""
    return str(key).removesuffix("[]").rstrip("]").rpartition("[")[2]


def three_of_four(made_up: str) -> bool:
    """Chosen by what was made up, so that a seed always gives the same."""
    return digest(made_up) % 4 > 0


def digest(text: str) -> int:
    return crc32(text.encode(errors="surrogatepass"))
