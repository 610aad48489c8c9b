"""Choosing levels or segments from a list: the order of choice is kept, and so are ids that are gone."""

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.models import Level, Segment
from loyalty_site.backoffice.theme import SearchableMultipleWidget, SelectWidget


class InOrderOfChoice(SearchableMultipleWidget):
    """A select submits its options in the order of the page: a script moves what is chosen to the end."""

    class Media:
        js = ("backoffice/order_of_choice.js",)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.attrs["data-order-of-choice"] = ""


class AimField(forms.ChoiceField):
    """Which of the two lists a campaign goes by. It is not kept: what it empties tells it."""

    LEVEL, SEGMENT, BOTH = "level", "segment", "both"
    EMPTIES: ClassVar = {LEVEL: ["segments"], SEGMENT: ["levels"]}

    def __init__(self, **options: Any) -> None:
        choices = [
            (self.LEVEL, gettext_lazy("customers on certain levels")),
            (self.SEGMENT, gettext_lazy("customers in certain segments")),
            (self.BOTH, gettext_lazy("both: on a level, or in a segment")),
        ]
        super().__init__(required=False, choices=choices, widget=SelectWidget, **options)

    @classmethod
    def kind_of(cls, levels: Sequence[UUID], segments: Sequence[UUID]) -> str:
        return cls.BOTH if levels and segments else cls.SEGMENT if segments else cls.LEVEL

    def has_changed(self, initial: Any, data: Any) -> bool:
        return data in self.EMPTIES and data != initial


class TargetField(forms.MultipleChoiceField):
    """Gives the chosen ids as UUIDs, in the order in which they came."""

    widget = InOrderOfChoice

    def offer(self, model: type[Level | Segment], chosen: Sequence[UUID]) -> None:
        """Offer every row, and what is chosen already before all others, whether or not it still exists."""
        names = dict(model.objects.values_list("pk", "name"))
        kept = {pk: names.get(pk) or _("deleted, was %(id)s…") % {"id": str(pk)[:8]} for pk in chosen}
        self.choices = [(str(pk), name) for pk, name in (kept | names).items()]

    def clean(self, value: Any) -> list[UUID]:
        return [UUID(text) for text in super().clean(value)]

    def prepare_value(self, value: Any) -> Any:
        return [str(pk) for pk in value] if isinstance(value, list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return [str(pk) for pk in initial or ()] != list(data or ())
