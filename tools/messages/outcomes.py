"""What jobs call their figures: kept with the job in English, and translated where it is shown."""

import ast
from collections.abc import Iterator


def labels_in(source: str) -> Iterator[str]:
    """The keys of whatever a piece of Python calls an outcome."""
    for value in _outcomes(ast.parse(source)):
        for node in ast.walk(value):
            keys = node.keys if isinstance(node, ast.Dict) else []
            yield from (key.value for key in keys if isinstance(key, ast.Constant) and isinstance(key.value, str))


def _outcomes(tree: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "outcome":
            yield node.value
        if isinstance(node, ast.Assign) and any(getattr(name, "id", "") == "outcome" for name in node.targets):
            yield node.value
