"""Names that Django makes of the code's own, such as “first name” of `first_name`, as texts to be translated.

A model's source so names only what is not called in the admin as it is in the code.
"""

from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.models import Field, Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from loyalty_site.source_texts import as_written


def make_translatable() -> None:
    """To be called once all models are known. Migrations see nothing of it: they go by what the source says."""
    for model in _own_models():
        meta = model._meta
        if not isinstance(meta.verbose_name, Promise):
            meta.verbose_name = gettext_lazy(meta.verbose_name)
        if "verbose_name_plural" not in meta.original_attrs:
            meta.verbose_name_plural = gettext_lazy(f"{as_written(meta.verbose_name)}s")
        for field in implied_fields(model):
            field.verbose_name = gettext_lazy(as_written(field.verbose_name))


def names_of(model: type[Model]) -> Iterator[str]:
    """What a model and those fields are called, in the words of the code."""
    yield as_written(model._meta.verbose_name)
    yield as_written(model._meta.verbose_name_plural)
    yield from (as_written(field.verbose_name) for field in implied_fields(model))


def implied_fields(model: type[Model]) -> Iterator[Field]:
    own = (field for field in model._meta.get_fields() if isinstance(field, Field))
    return (field for field in own if field._verbose_name is None)


def _own_models() -> Iterator[type[Model]]:
    home = Path(settings.BASE_DIR)
    return (model for app in apps.get_app_configs() if _lies_in(home, app.path) for model in app.get_models())


def _lies_in(home: Path, folder: str) -> bool:
    inside = Path(folder)
    return inside.is_relative_to(home) and "site-packages" not in inside.parts
