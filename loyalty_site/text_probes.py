"""Which of many texts stand in a table: one statement, and one look into an index for each text."""

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection, models

from loyalty_site.database import fetch_all, on_postgresql, prepared

# Those of the texts asked about that stand in the table. Asked by equality, PostgreSQL may believe an owner to have a
# row or two, and go through all of the owner's rows for each text; asked for the next one in the index's own order it
# has nothing but the index over both.
FOUND_ON_POSTGRESQL = """
SELECT asked.text, found.told FROM json_array_elements_text(%s::json) AS asked(text)
CROSS JOIN LATERAL (
    SELECT {owner} AS owner, {column} AS text, {told} AS told FROM {table}
    WHERE ({owner}, {column}) >= (%s, asked.text::varchar) ORDER BY {owner}, {column} LIMIT 1
) found WHERE found.owner = %s AND found.text = asked.text
"""
FOUND_ON_SQLITE = """
SELECT asked.value, {told} FROM json_each(%s) asked CROSS JOIN {table} ON {owner} = %s AND {column} = asked.value
"""


def find_texts(
    model: type[models.Model], owner: tuple[str, Any], field: str, texts: Sequence[str], told: str
) -> dict[str, Any]:
    """Those of the texts that stand in `field` of one owner's rows, each with what stands in `told` beside it.

    `owner` is a field of the model and its value. One probe of the index over both fields for each text.
    """
    if not texts:
        return {}
    quote = connection.ops.quote_name
    parts = {name: quote(model._meta.get_field(column).column) for name, column in (("column", field), ("told", told))}
    parts |= {"table": quote(model._meta.db_table), "owner": quote(model._meta.get_field(owner[0]).column)}
    asked = json.dumps(sorted(texts))  # neighbours lie on the same page of the index
    key = prepared(model, *owner)
    if on_postgresql():
        return dict(fetch_all(FOUND_ON_POSTGRESQL.format(**parts), [asked, key, key]))
    return dict(fetch_all(FOUND_ON_SQLITE.format(**parts), [asked, key]))
