"""What clients should never send, and sometimes do."""

import json

from django.apps import apps
from django.db import connection

from tests.callers import FORM, JSON

OWN_APPS = ("access", "cold", "customers", "points", "offers", "promotions", "campaigns")

# Values in the place of a field.
VALUES = [
    None,
    True,
    0,
    -1,
    1.5,
    -0.0,
    10**30,
    10**400,
    "",
    "x",
    "1e400",
    "١٢",
    "1" * 5_000,
    "x" * 70_000,
    "9999-12-31 23:59",
    "+9999 years",
    "'; DROP TABLE campaigns_campaign; --",
    "%s %(x)s {0} \u202e \U0001f355",
    [],
    ["x", 1, None, {}],
    [[["x"]]],
    {},
    {"a": "b"},
    {"0": {"0": "x"}, "-1": 5},
]

# Bodies that cannot be read, whatever they are sent to: body, media type, status.
NUL_IN_JSON, SURROGATE_IN_JSON = r'{"campaign": {"name": "a\u0000b"}}', r'{"campaign": {"name": "\ud800"}}'
UNREADABLE = {
    "broken JSON": ("{", JSON, 400),
    "JSON with a comma too many": ('{"campaign": {},}', JSON, 400),
    "JSON after JSON": ("{}{}", JSON, 400),
    "JSON in single quotes": ("{'campaign': 1}", JSON, 400),
    "a number as JSON": ("1", JSON, 400),
    "a text as JSON": ('"campaign"', JSON, 400),
    "null as JSON": ("null", JSON, 400),
    "spaces as JSON": ("   ", JSON, 400),
    "NaN": ('{"campaign": {"costInPoints": NaN}}', JSON, 400),
    "infinity": ('{"campaign": {"costInPoints": -Infinity}}', JSON, 400),
    "a number of 5,000 digits": ('{"campaign": {"costInPoints": 1' + "0" * 5_000 + "}}", JSON, 400),
    "lists 20,000 deep": ("[" * 20_000 + "]" * 20_000, JSON, 400),
    "lists 20,000 deep, without an end": ("[" * 20_000, JSON, 400),
    "objects 20,000 deep": ('{"campaign":' * 20_000 + "1" + "}" * 20_000, JSON, 400),
    "objects 33 deep": ('{"campaign":' * 33 + "1" + "}" * 33, JSON, 400),
    "a NUL in JSON": (NUL_IN_JSON, JSON, 400),
    "a NUL in a key of JSON": (r'{"a\u0000b": 1}', JSON, 400),
    "half a surrogate pair in JSON": (SURROGATE_IN_JSON, JSON, 400),
    "half a surrogate pair in a key of JSON": (r'{"\udfff": 1}', JSON, 400),
    "JSON that is not UTF-8": (b'{"campaign": {"name": "\xff"}}', JSON, 400),
    "JSON in UTF-16": ('{"campaign": {}}'.encode("utf-16"), JSON, 400),
    "a form that is not UTF-8": (b"campaign[name]=\xff", FORM, 400),
    "a form that is not UTF-8 once decoded": ("campaign[name]=%FF", FORM, 400),
    "an overlong NUL in a form": ("campaign[name]=%C0%80", FORM, 400),
    "half a surrogate pair in a form": ("campaign[name]=%ED%A0%80", FORM, 400),
    "a NUL in a form": ("campaign[name]=a%00b", FORM, 400),
    "a NUL in a form's name": ("campaign[na%00me]=a", FORM, 400),
    "a bracket that is not closed": ("campaign[name=x", FORM, 400),
    "a bracket that is not opened": ("campaign]name[=x", FORM, 400),
    "a bracket in a bracket": ("campaign[[name]]=x", FORM, 400),
    "text between brackets": ("campaign[a]b[c]=x", FORM, 400),
    "no name but brackets": ("[name]=x", FORM, 400),
    "a value and then a group": ("campaign=1&campaign[name]=x", FORM, 400),
    "a group and then a value": ("campaign[name]=x&campaign=1", FORM, 400),
    "a value and then a group, deeper": ("campaign[a]=1&campaign[a][b]=x", FORM, 400),
    "33 brackets": ("campaign" + "[a]" * 33 + "=x", FORM, 400),
    "20,000 brackets": ("campaign" + "[a]" * 20_000 + "=x", FORM, 400),
    "20,001 fields": ("&".join(f"campaign[a{n}]=x" for n in range(20_001)), FORM, 400),
    "a name of 1,001 characters": ("n" * 1_001 + "=x", FORM, 400),
    "a multipart form without a boundary": ("campaign[name]=x", "multipart/form-data", 400),
    "5 MB of JSON": ('{"campaign": "' + "x" * 5_000_000 + '"}', JSON, 413),
    "5 MB of a form": ("campaign[name]=" + "x" * 5_000_000, FORM, 413),
    "plain text": ("campaign[name]=x", "text/plain", 415),
    "XML": ("<campaign/>", "application/xml", 415),
    "JSON of another kind": ("{}", "application/vnd.api+json", 415),
    "no media type": ("campaign[name]=x", "nonsense", 415),
}
PHRASES = {400: "Bad Request", 413: "Payload Too Large", 415: "Unsupported Media Type"}

# Query strings that are no tree of parameters.
BAD_QUERIES = {
    "a NUL": "name=%00",
    "a NUL in a name": "na%00me=x",
    "not UTF-8": "name=%FF",
    "half a surrogate pair": "name=%ED%A0%80",
    "a bracket that is not closed": "labels[0=x",
    "a value and a group": "labels=1&labels[0][key]=x",
    "33 brackets": "labels" + "[0]" * 33 + "=x",
    "20,001 fields": "&".join(f"a{n}=" for n in range(20_001)),
    "a name of 1,001 characters": "n" * 1_001 + "=x",
    "a value without a name": "=x",
}
ODD_QUERIES = {
    "nothing but signs": "&&a=&b&;?",
    "signs of percent": "name=%&sort=%zz",
    "groups for values": "page[a]=1&perPage[]=2&sort[x][y]=z&direction[]=&name[]=x&active[]=1&campaignType[a]=b",
    "numbers beyond bounds": f"page={'9' * 500}&perPage=-{'9' * 500}",
    "other digits": "page=%D9%A2&perPage=%E2%91%A2",
    "another format": "format=xml&_format=html&_locale=../../x",
    "labels of all kinds": "labels[a][key][]=x&labels[b]=y&labels[c][value]=&labels[][key]=k",
    "a hundred equal labels": "&".join(f"labels[{n}][key]=k" for n in range(100)),
    "SQL": "sort=name%27--&direction=;DROP&name=%27%20OR%201=1--&labels[0][key]=%27",
    "a long value": "name=" + "x" * 60_000,
}

# In the place of an id in a path.
ID = "000096cf-32a3-43bd-9034-4df343e5fd93"
NO_IDS = {
    "unknown": ID,
    "without hyphens": ID.replace("-", ""),
    "in braces": f"%7B{ID}%7D",
    "as a URN": f"urn:uuid:{ID}",
    "with a space": f"{ID}%20",
    "with a line end": f"{ID}%0A",
    "too short": ID[:-1],
    "too long": f"{ID}0",
    "with another digit": ID[:-1] + "%D9%A3",
    "no hexadecimal": ID[:-1] + "g",
    "a number": "1",
    "minus one": "-1",
    "a NUL": "%00",
    "not UTF-8": "%FF",
    "half a surrogate pair": "%ED%A0%80",
    "very long": "9" * 5_000,
    "a path": "..%2F..%2Fetc",
    "SQL": "'%20OR%201=1--",
}


def json_or_text(value):
    return json.dumps(value, ensure_ascii=False)[:40]


def row_counts():
    """How many rows every table of ours has."""
    tables = [model._meta.db_table for app in OWN_APPS for model in apps.get_app_config(app).get_models()]
    lines = [f"SELECT '{table}', COUNT(*) FROM {table}" for table in tables]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(lines))
        return dict(cursor.fetchall())


def errors_in(tree, path=""):
    """The paths of the fields of a form's tree that have errors."""
    if tree.get("errors"):
        yield path
    children = tree.get("children", {})
    named = children.items() if isinstance(children, dict) else enumerate(children)
    for name, child in named:
        yield from errors_in(child, f"{path}.{name}" if path else str(name))
