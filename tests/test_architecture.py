"""Who may import whom: the site imports no app, apps import downwards only, the domain knows nothing of REST."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MAY_IMPORT = {
    "customers": set(),
    "points": {"customers"},
    "offers": {"customers", "points"},
    "promotions": {"customers", "points"},
    "campaigns": {"customers", "points"},
}
DOMAIN = {"models", "errors", "services"}  # as a module or a package, in an app or in a part of the site
REST = {"rest_framework", "django_filters"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def breaches(module: str, source: str, *, is_package: bool = False) -> list[str]:
    """What the source of the module with that dotted name does against the rules, as "line: what"."""
    tree = ast.parse(source)
    found = [f"{node.lineno}: import inside a function" for node in imports_inside_functions(tree)]
    for line, names in imports(tree, module if is_package else module.rpartition(".")[0]):
        found += [f"{line}: {module} imports {app}" for app in forbidden_apps(module) if is_any_within(names, app)]
        if DOMAIN & set(module.split(".")) and any(is_rest(name) for name in names):
            found.append(f"{line}: {module} imports {names[0]}, which is REST")
    return found


def imports_inside_functions(tree: ast.AST) -> list[ast.stmt]:
    inner = [node for function in ast.walk(tree) if isinstance(function, FUNCTIONS) for node in ast.walk(function)]
    return list(dict.fromkeys(node for node in inner if isinstance(node, (ast.Import, ast.ImportFrom))))


def imports(tree: ast.AST, package: str) -> Iterator[tuple[int, list[str]]]:
    """Each import's line and every dotted name it may mean: `from a import b` is `a` and perhaps the module `a.b`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield node.lineno, [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            parents = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            origin = ".".join([*parents, *([node.module] if node.module else [])])
            yield node.lineno, [origin, *(f"{origin}.{alias.name}" for alias in node.names)]


def forbidden_apps(module: str) -> set[str]:
    owner = module.partition(".")[0]
    if owner == "loyalty_site":
        return set(MAY_IMPORT)
    return set(MAY_IMPORT) - MAY_IMPORT[owner] - {owner} if owner in MAY_IMPORT else set()


def is_any_within(names: list[str], app: str) -> bool:
    return any(name.partition(".")[0] == app for name in names)


def is_rest(name: str) -> bool:
    parts = name.split(".")
    return parts[0] in REST or "api" in parts


def modules() -> Iterator[tuple[str, Path]]:
    for owner in ("loyalty_site", *MAY_IMPORT, "tests", "tools"):
        for file in sorted((ROOT / owner).rglob("*.py")):
            parts = file.relative_to(ROOT).with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), file


def test_the_code_keeps_the_rules():
    found = {
        str(file.relative_to(ROOT)): breaches(module, file.read_text(), is_package=file.name == "__init__.py")
        for module, file in modules()
    }
    assert {file: against for file, against in found.items() if against} == {}


def test_the_rules_are_asked_of_every_part():
    assert {module.partition(".")[0] for module, _ in modules()} >= {"loyalty_site", "customers", "points", "campaigns"}


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("loyalty_site.access.login", "import customers"),
        ("loyalty_site.access.login", "import customers.models"),
        ("loyalty_site.api.paging", "from points.models import Account"),
        ("loyalty_site.health", "def ask():\n    from campaigns import stock"),
        ("customers.services", "from points.services import spend"),
        ("points.ledger", "from campaigns.models import Campaign"),
        ("points.ledger", "import os, promotions"),
        ("offers.services", "from promotions.models import Promotion"),
        ("promotions.services", "import campaigns.models as rewards"),
        ("campaigns.services", "from offers import models"),
        ("campaigns.admin", "if TYPE_CHECKING:\n    from offers.models import Offer"),
        ("customers.models", "from rest_framework import serializers"),
        ("points.errors", "import rest_framework.exceptions"),
        ("points.services", "from django_filters import FilterSet"),
        ("campaigns.services.buying", "from campaigns.api import forms"),
        ("campaigns.services.buying", "from ..api.forms import CampaignForm"),
        ("campaigns.services.buying", "from .. import api"),
        ("campaigns.models.coupon", "import loyalty_site.api.envelopes"),
        ("loyalty_site.access.models", "from loyalty_site import api"),
        ("loyalty_site.errors", "from rest_framework.exceptions import APIException"),
        ("tests.test_bursts", "def test():\n    import os"),
        ("campaigns.stock", "class Stock:\n    async def left(self):\n        from os import path"),
    ],
)
def test_a_breach_is_found(module: str, source: str):
    assert len(breaches(module, source)) >= 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("customers.services", "from loyalty_site.access.models import User"),
        ("points.services", "from customers.models import Customer"),
        ("campaigns.services", "from points.services import spend\nfrom customers.models import Customer"),
        ("offers.services", "from offers.models import Offer\nfrom .errors import OfferNotFound"),
        ("campaigns.api.views", "from rest_framework.views import APIView\nfrom campaigns.services import buy"),
        ("campaigns.admin", "from loyalty_site.api import paging"),
        ("loyalty_site.urls", "urls = include('campaigns.api.urls')"),
        ("points.services", "from decimal import Decimal\nimport points_of_sale"),
        ("campaigns.services.buying", "from . import refunds"),
    ],
)
def test_what_is_allowed_is_no_breach(module: str, source: str):
    assert breaches(module, source) == []


def test_a_relative_import_of_a_package_starts_at_the_package():
    assert breaches("campaigns.services", "from .api import forms", is_package=True) != []
    assert breaches("campaigns.services", "from ..api import forms", is_package=True) != []
    assert breaches("campaigns.services", "from .buying import buy", is_package=True) == []
