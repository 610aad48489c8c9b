"""Every setting that is read from the environment is told of in the manual, and none besides."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
READERS = {
    "choice",
    "colour",
    "flag",
    "names",
    "number",
    "path",
    "picture",
    "text",
    "zone",
    "zones",
}  # of loyalty_site/environment.py
ROW = re.compile(r"^\| (`[A-Z][A-Z0-9_]+`(?:, `[A-Z][A-Z0-9_]+`)*) \|", re.MULTILINE)


def read() -> set[str]:
    """What settings and the choice of a storage ask the environment for."""
    files = [*(ROOT / "loyalty_site" / "settings").glob("*.py"), ROOT / "loyalty_site" / "files" / "choice.py"]
    return {name for file in files for name in named(ast.parse(file.read_text()))}


def named(tree: ast.AST) -> set[str]:
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args]
    asked = [call.args[0] for call in calls if getattr(call.func, "id", "") in READERS]
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    kept = {text for text in texts if re.fullmatch("LOYALTY_[A-Z0-9_]+", text)}  # in a table, and asked for by that
    return kept | {node.value for node in asked if isinstance(node, ast.Constant)}


def told() -> set[str]:
    manual = (ROOT / "docs" / "operations.md").read_text()
    table = manual.partition("## Settings")[2].partition("\n## ")[0]
    return {name for row in ROW.findall(table) for name in re.findall("[A-Z][A-Z0-9_]+", row)}


def test_every_setting_is_told_of():
    assert read() - told() == set()


def test_nothing_is_told_of_that_is_not_read():
    assert told() - read() == set()


def test_the_settings_are_found():
    assert {"SECRET_KEY", "EMAIL_URL", "LOYALTY_S3_PREFIX", "LOYALTY_LOCK_TIMEOUT_MS"} <= read()
