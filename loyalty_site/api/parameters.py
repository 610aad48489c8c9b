"""What a list is asked with."""

from collections.abc import Callable
from typing import Any, TypeVar

from rest_framework.exceptions import APIException, ParseError
from rest_framework.request import Request

from loyalty_site.api.brackets import Tree, pairs_of, tree_of
from loyalty_site.api.texts import is_storable

Read = TypeVar("Read")


def query_of(request: Request) -> Tree:
    """The query string as a tree: `labels[0][key]=k`. Raises MalformedNames."""
    return tree_of(_pairs_in_query(request))


def plain_query_of(request: Request) -> dict[str, str]:
    """The query string's texts by name, without groups; of equal names the last. Raises ParseError."""
    texts = dict(_pairs_in_query(request))
    if not all(is_storable(text) for text in texts.values()):
        raise ParseError("A value holds a character that cannot be kept.")
    return texts


def parameters_of(request: Request) -> dict[str, Any]:
    """The query's parameters, and the body's: the documented examples send paging with `curl -d`. The query wins."""
    body = request.data if isinstance(request.data, dict) else {}
    return {**body, **query_of(request)}


def parameters_after(look_up: Callable[[], object], request: Request) -> dict[str, Any]:
    """The same, for a path that names something: where they cannot be read, that is looked up first.

    So 404 comes before 400, and a request that can be read is not asked twice whether what it names exists.
    """
    return read_after(look_up, lambda: parameters_of(request))


def read_after(look_up: Callable[[], object], read: Callable[[], Read]) -> Read:
    """The same for anything that is read of the request, such as a form.

    What is looked up only then cannot stand in the way of a repeat whose first request changed what its path means.
    """
    try:
        return read()
    except APIException:
        look_up()
        raise


def _pairs_in_query(request: Request) -> list[tuple[str, str]]:
    try:
        encoded = request.META.get("QUERY_STRING", "").encode("latin-1")  # the bytes, as WSGI hands them over
    except UnicodeEncodeError as error:
        raise ParseError("The query string is malformed.") from error
    return pairs_of(encoded)
