"""What is wrong with a form, in the tree that Symfony's forms answer with.

`{"form": {"children": {"name": {"errors": [texts]}, "limit": {}, …}}, "errors": [texts of the whole form]}`
"""

from typing import Any

from rest_framework.exceptions import APIException

BLANK = "This value should not be blank."
INVALID = "This value is not valid."
TOO_FEW = "This collection should contain 1 element or more."

Tree = dict[str, Any]


class FormInvalid(APIException):
    """A form that is refused with its tree of errors."""

    status_code = 400

    def __init__(self, form: Tree, texts: list[str] | None = None) -> None:
        super().__init__()
        self.body: Tree = {"form": form, "errors": texts or []}


class ErrorTree:
    """The errors found so far: those of one form or field, and by name or index those of its parts."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.parts: dict[str, ErrorTree] = {}

    def __bool__(self) -> bool:
        return bool(self.texts) or any(self.parts.values())

    def at(self, path: str) -> "ErrorTree":
        """The errors of a part: `limit`, `campaignActivity.activeFrom`, `coupons.0`."""
        tree = self
        for name in path.split("."):
            tree = tree.parts.setdefault(name, ErrorTree())
        return tree

    def add(self, text: str, *paths: str) -> None:
        """Add the text at each of the parts; without one, to the whole."""
        for tree in [self.at(path) for path in paths] or [self]:
            tree.texts.append(text)

    def shape(self) -> Tree:
        """As the tree shows one field."""
        return {"errors": self.texts} if self.texts else {}
