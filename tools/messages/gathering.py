"""Every text of the code that people read, with the files it stands in."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_python
from django.apps import apps
from django.conf import settings
from django.utils.translation.template import templatize

from tools.messages import composed
from tools.messages.known import says_django
from tools.messages.outcomes import labels_in

ROOT = Path(settings.BASE_DIR)
APPS = ("loyalty_site", "customers", "points", "campaigns", "offers", "promotions")
THEME = Path(apps.get_app_config("unfold").path)
# What is written to the audit trail is translated where it is shown, as are the tables that lists are exported as.
KEPT = {"record": None, "record_all": None, "entry": None, "Table": None}
MARKS: dict[str, tuple | None] = KEPT | {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
Text = str | tuple[str, str]  # singular, or singular and plural
Found = tuple[Text, str | None, str]  # text, context, where


def gathered() -> Catalog:
    """All texts, untranslated. Of the theme's, those that Django does not translate itself."""
    catalog = Catalog(charset="utf-8")
    for text, context, where in [*_own(), *composed.texts(), *_of_the_theme()]:
        catalog.add(text, locations=[(where, None)], context=context)
    return catalog


def _own() -> Iterator[Found]:
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*")):
            if "api" in path.relative_to(ROOT).parts:  # the dialects answer in the words of their documents
                continue
            yield from _in_file(path, str(path.relative_to(ROOT)))


def _of_the_theme() -> Iterator[Found]:
    for path in sorted(THEME.rglob("*")):
        if "contrib" in path.parts and "filters" not in path.parts:
            continue
        for text, context, _where in _in_file(path, ""):
            if not says_django(text, context):
                yield text, context, f"unfold/{path.relative_to(THEME)}"


def _in_file(path: Path, where: str) -> Iterator[Found]:
    if path.suffix == ".py" and "migrations" not in path.parts:
        source = path.read_text("utf-8")
        yield from ((*found, where) for found in in_python(source))
        yield from ((label, None, where) for label in labels_in(source))
    elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
        yield from ((*found, where) for found in in_template(path.read_text("utf-8")))


def in_python(source: str) -> Iterator[tuple[Text, str | None]]:
    """Texts and their contexts, as far as they are written out: no variables, no pieces put together."""
    for _line, function, arguments, _comments in extract_python(BytesIO(source.encode()), MARKS, (), {}):
        given = arguments if isinstance(arguments, tuple) else (arguments,)
        found = _text_of(function, given)
        if found is not None:
            yield found


def in_template(source: str) -> Iterator[tuple[Text, str | None]]:
    """Django makes calls of the tags, indented as the template is, which Python would not have."""
    return in_python("\n".join(line.lstrip() for line in templatize(source).splitlines()))


def _text_of(function: str, given: tuple[str | None, ...]) -> tuple[Text, str | None] | None:
    context, given = (given[0], given[1:]) if "pgettext" in function else (None, given)
    wanted = 2 if function.lstrip("_").startswith(("ngettext", "npgettext")) else 1
    texts = given[:wanted]
    if len(texts) < wanted or not all(texts):
        return None
    return (texts[0] if wanted == 1 else tuple(texts)), context
