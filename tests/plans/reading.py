"""What the database reads for a page: every SELECT is explained as it ran."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

LONG = 50_000  # rows of a table that no page may read from end to end
MOST_READ = 30_000  # rows that one statement may touch; a list counts to 10,000 and shows 50
MOST_STATEMENTS = 60

Asked = tuple[str, tuple[Any, ...]]


@contextmanager
def asked() -> Iterator[list[Asked]]:
    """The statements of the block that read, in their order."""
    seen: list[Asked] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if not many and sql.lstrip().upper().startswith(("SELECT", "WITH", "(SELECT")):
            seen.append((sql, tuple(params or ())))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield seen


def long_tables() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples > %s", [LONG])
        return {name for (name,) in cursor.fetchall()}


class Reader:
    """Judges statements; what was asked before is not asked again."""

    def __init__(self) -> None:
        self.long, self.known = long_tables(), {}

    def faults(self, statements: list[Asked]) -> list[str]:
        found = [fault for one in statements if (fault := self._fault(one))]
        if len(statements) > MOST_STATEMENTS:
            found.append(f"{len(statements)} statements")
        return found

    def _fault(self, statement: Asked) -> str:
        if not self.long & set(statement[0].replace('"', " ").replace("(", " ").replace(")", " ").split()):
            return ""
        key = repr(statement)
        if key not in self.known:
            self.known[key] = self._judged(*statement)
        return self.known[key]

    def _judged(self, sql: str, params: tuple[Any, ...]) -> str:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF, FORMAT JSON) {sql}", params)
            told = cursor.fetchone()[0]
        scans = list(_scans((json.loads(told) if isinstance(told, str) else told)[0]["Plan"]))
        read = ", ".join(f"{kind} {name}: {rows:,}" for kind, name, rows in scans if rows > MOST_READ)
        return f"{read} ← {sql % tuple(map(repr, params)) if params else sql}"[:600] if read else ""


def _scans(node: dict[str, Any]) -> Iterator[tuple[str, str, int]]:
    """Each scan of the plan: its kind, what it scans and how many rows it touched."""
    if "Scan" in node["Node Type"]:
        each = node.get("Actual Rows", 0) + node.get("Rows Removed by Filter", 0)
        each += node.get("Rows Removed by Index Recheck", 0)
        name = node.get("Relation Name") or node.get("Index Name") or node.get("Alias", "")
        yield node["Node Type"], name, round(each * node.get("Actual Loops", 1))
    for part in node.get("Plans", []):
        yield from _scans(part)
