"""Names with PHP's brackets, as in `campaign[levels][0]=x`, read into a tree of dicts.

Where PHP repairs, this refuses: a name with unbalanced brackets, and one that is a value here and a group there.
"""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl

from rest_framework.exceptions import ParseError

from loyalty_site.api.texts import is_storable

MOST_FIELDS = 20_000
LONGEST_NAME = 1_000  # characters
DEEPEST = 32  # names within names
NAME = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")
INDEX = re.compile(r"0|[1-9][0-9]{0,17}")  # PHP's integer keys; anything longer is a key like any other

Tree = dict[str, Any]


class MalformedNames(ParseError):
    """The fields do not make a tree."""


def pairs_of(encoded: bytes) -> list[tuple[str, str]]:
    """The names and values of an `application/x-www-form-urlencoded` text. Raises MalformedNames."""
    try:
        return parse_qsl(encoded.decode(), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError as error:  # not UTF-8, or too many fields
        raise MalformedNames(str(error)) from error


def tree_of(pairs: Iterable[tuple[str, Any]]) -> Tree:
    """The tree; groups are dicts with texts as keys, in the order sent, and a later value of a name wins.

    Raises MalformedNames.
    """
    tree: Tree = {}
    next_indexes: dict[int, int] = {}  # by the id() of a group: what `[]` appends as
    for count, (name, value) in enumerate(pairs, start=1):
        if count > MOST_FIELDS:
            raise MalformedNames("Too many fields.")
        if isinstance(value, str) and not is_storable(value):
            raise MalformedNames("A value holds a character that cannot be kept.")
        _place(tree, _path(name), value, next_indexes)
    return tree


def _path(name: str) -> list[str]:
    match = NAME.fullmatch(name) if len(name) <= LONGEST_NAME and is_storable(name) else None
    if match is None:
        raise MalformedNames("A name is malformed.")
    root, groups = match.groups()
    path = [root, *groups[1:-1].split("][")] if groups else [root]
    if len(path) > DEEPEST:
        raise MalformedNames("A name is too deep.")
    return path


def _place(tree: Tree, path: list[str], value: Any, next_indexes: dict[int, int]) -> None:
    group = tree
    for name in path[:-1]:
        group = group.setdefault(_key(group, name, next_indexes), {})
        if not isinstance(group, dict):
            raise MalformedNames("A name is both a value and a group.")
    key = _key(group, path[-1], next_indexes)
    if isinstance(group.get(key), dict):
        raise MalformedNames("A name is both a value and a group.")
    group[key] = value


def _key(group: Tree, name: str, next_indexes: dict[int, int]) -> str:
    """The key itself, or for `[]` the index after the highest one so far."""
    following = next_indexes.get(id(group), 0)
    key = name or str(following)
    if INDEX.fullmatch(key):
        next_indexes[id(group)] = max(following, int(key) + 1)
    return key
