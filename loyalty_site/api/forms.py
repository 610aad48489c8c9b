"""Forms, as Open Loyalty's endpoints take them: `campaign[name]=…`, with all errors told at once.

class TransferForm(Form):
    customer = UUIDField(required=True)
    points = IntegerField(required=True, min_value=1, too_low="This value should be 1 or more.")

values = TransferForm.read(request.data, root="transfer")
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from rest_framework.serializers import Serializer

from loyalty_site.api.dialects import Answer, Dialect
from loyalty_site.api.fields import FAILED
from loyalty_site.api.form_errors import BLANK, INVALID, ErrorTree, FormInvalid, Tree
from loyalty_site.errors import DomainError

Values = dict[str, Any]


class Form(Serializer):
    """Fields by the names that clients send; keys without a field are ignored. A form may be a field of another."""

    @classmethod
    def read(cls, data: Any, *, root: str | None = None, at: datetime | None = None) -> Values:
        """The values by name, of the part of the body called `root`. Raises FormInvalid.

        Without that part the form was not submitted: it is refused without a text. `at` is what `now` means in dates.
        """
        form = cls(context={"at": at or timezone.now()})
        errors = ErrorTree()
        if root is not None and not (isinstance(data, Mapping) and root in data):
            raise FormInvalid(form.shape(errors, None))
        raw = data if root is None else data[root]
        values = form.take(raw, errors)
        if errors:
            raise FormInvalid(form.shape(errors, raw), errors.texts)
        return values

    @classmethod
    def refused(cls, text: str, *paths: str, raw: Any = None) -> FormInvalid:
        """The form with this text at these fields, for what only services know. `raw` gives collections their shape."""
        errors = ErrorTree()
        errors.add(text, *paths)
        return FormInvalid(cls().shape(errors, raw), errors.texts)

    def check(self, values: Values, errors: ErrorTree) -> None:
        """For rules over several fields: add errors, change values. `values` lacks the fields that have errors."""

    def require(self, values: Values, errors: ErrorTree, *names: str) -> None:
        """Refuse as blank those of the fields that were read as nothing or 0."""
        for name in names:
            if name in values and not values[name]:
                errors.add(BLANK, name)

    def take(self, raw: Any, errors: ErrorTree) -> Any:
        """The values that could be read, or FAILED where there is no form at all."""
        sent = _sent(raw)
        if sent is None:
            errors.add(INVALID)
            return FAILED
        read = {name: field.take(sent.get(name), errors.at(name)) for name, field in self.fields.items()}
        values = {name: value for name, value in read.items() if value is not FAILED}
        self.check(values, errors)
        return values

    def shape(self, errors: ErrorTree, raw: Any) -> Tree:
        """This form in the tree of errors: every field, those without errors too."""
        sent = _sent(raw) or {}
        children = {name: field.shape(errors.at(name), sent.get(name)) for name, field in self.fields.items()}
        return errors.shape() | {"children": children}


@dataclass(frozen=True)
class FieldSaying:
    """A refusal by the domain that is told as an error of a form's field."""

    form: type[Form]
    path: str
    text: str

    def answer(self, dialect: Dialect, error: DomainError) -> Answer:
        refused = self.form.refused(self.text, self.path)
        return Answer(refused.status_code, refused.body)


def _sent(raw: Any) -> Mapping[str, Any] | None:
    """The fields sent; none of them for nothing or a list; None for a text or a number in a form's place."""
    if isinstance(raw, Mapping):
        return raw
    return {} if raw is None or raw is False or raw == "" or isinstance(raw, list) else None
