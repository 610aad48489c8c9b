"""Form fields that behave as Symfony's: what they take, what they make of nothing, and what they say."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.core.validators import EmailValidator, MaxLengthValidator, URLValidator
from rest_framework.fields import Field, empty
from rest_framework.serializers import ValidationError

from loyalty_site.api.form_errors import BLANK, INVALID, TOO_FEW, ErrorTree, Tree
from loyalty_site.api.ids import uuid_in
from loyalty_site.api.texts import is_storable, trimmed

FAILED = object()  # instead of a value: the field has errors
TOO_LONG = "This value is too long. It should have %(limit_value)d characters or less."
TOO_MANY = "This collection should contain {} elements or less."
MOST_SHOWN = 1_000  # items of a collection whose errors are told one by one


class FormField(Field):
    """One field. Nothing, null and "" are read as None, or refused as blank where the field is required.

    Subclasses read what is there in `to_internal_value`; that may give None for what only looks like something.
    """

    default_error_messages = {"blank": BLANK, "invalid": INVALID}

    def __init__(self, *, required: bool = False, **options: Any) -> None:
        super().__init__(required=required, allow_null=True, **options)

    def run_validation(self, data: Any = empty) -> Any:
        value = None if data is empty or data is None or data == "" else self.to_internal_value(data)
        if value is not None:
            self.run_validators(value)
        elif self.required:
            self.fail("blank")
        return value

    def take(self, raw: Any, errors: ErrorTree) -> Any:
        """The value, or FAILED beside the errors added."""
        try:
            return self.run_validation(raw)
        except ValidationError as refusal:
            for text in refusal.detail:
                errors.add(str(text))
            return FAILED

    def shape(self, errors: ErrorTree, raw: Any) -> Tree:
        """This field in the tree of errors."""
        return errors.shape()


class TextField(FormField):
    """A text, trimmed. Numbers and booleans are taken as the texts that PHP makes of them."""

    def __init__(self, *, max_length: int | None = None, validators: Collection[Any] = (), **options: Any) -> None:
        limits = [] if max_length is None else [MaxLengthValidator(max_length, TOO_LONG)]
        super().__init__(validators=[*limits, *validators], **options)

    def to_internal_value(self, data: Any) -> str | None:
        if isinstance(data, bool):
            data = "1" if data else ""
        elif isinstance(data, float) and data.is_integer():
            data = int(data)
        if not isinstance(data, str | int | float) or not is_storable(str(data)):
            self.fail("invalid")
        return trimmed(str(data)) or None


class EmailField(TextField):
    def __init__(self, **options: Any) -> None:
        super().__init__(validators=[EmailValidator("This value is not a valid email address.")], **options)


class URLField(TextField):
    """The address of a web page: http and https only."""

    def __init__(self, **options: Any) -> None:
        web = URLValidator(schemes=["http", "https"], message="This value is not a valid URL.")
        super().__init__(validators=[web], **options)


class ChoiceField(TextField):
    """One of a few texts."""

    def __init__(self, *, choices: Collection[str], **options: Any) -> None:
        super().__init__(**options)
        self.choices = choices

    def to_internal_value(self, data: Any) -> str | None:
        text = super().to_internal_value(data)
        if text is not None and text not in self.choices:
            self.fail("invalid")
        return text


class UUIDField(TextField):
    def to_internal_value(self, data: Any) -> UUID | None:
        text = super().to_internal_value(data)
        value = uuid_in(text or "")
        if text and value is None:
            self.fail("invalid")
        return value


class CheckBoxField(FormField):
    """True or False; absent is False, on PUT too."""

    def run_validation(self, data: Any = empty) -> bool:
        return data is not empty and is_checked(data)


class UploadField(FormField):
    """An uploaded file; a text in its place is no upload."""

    def to_internal_value(self, data: Any) -> UploadedFile | None:
        return data if isinstance(data, UploadedFile) else None


class CollectionField(FormField):
    """A list of values, sent as a list or by index, in the order sent. Blank items are dropped."""

    def __init__(self, *, child: Any, max_items: int = 1_000, **options: Any) -> None:
        super().__init__(**options)
        self.child = child
        self.max_items = max_items
        self.child.bind(field_name="", parent=self)

    def take(self, raw: Any, errors: ErrorTree) -> Any:
        items = _items(raw)
        if items is None:
            errors.add(INVALID)
            return FAILED
        if len(items) > self.max_items:
            errors.add(TOO_MANY.format(self.max_items))
            return FAILED
        values = self._values(items, errors)
        if FAILED in values:
            errors.add(INVALID)
            return FAILED
        if self.required and not values:
            errors.add(TOO_FEW)
        return values

    def _values(self, items: list[Any], errors: ErrorTree) -> list[Any]:
        """The items' values, FAILED among them; no further than to the first error that nobody would be shown."""
        values = []
        for index, item in enumerate(items):
            value = self.child.take(item, errors.at(str(index)))
            if value is not None:
                values.append(value)
            if value is FAILED and index >= MOST_SHOWN:
                break
        return values

    def shape(self, errors: ErrorTree, raw: Any) -> Tree:
        items = _items(raw) or []
        if not items or len(items) > min(self.max_items, MOST_SHOWN):
            return errors.shape()
        return errors.shape() | {
            "children": [self.child.shape(errors.at(str(index)), item) for index, item in enumerate(items)]
        }


def is_checked(raw: Any) -> bool:
    """A check box's meaning: nothing, false, 0, "0", "false" and "null", quoted or not, are off; all else is on."""
    if isinstance(raw, str):
        return trimmed(raw).strip("\"'") not in {"", "0", "false", "null"}
    return bool(raw)


def _items(raw: Any) -> list[Any] | None:
    """The items in order; None where the value is no collection."""
    if raw is None or raw == "":
        return []
    if isinstance(raw, Mapping):
        return list(raw.values())
    return raw if isinstance(raw, list) else None
