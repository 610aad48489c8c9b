"""Everything the back office takes from its theme, django-unfold.

Nothing else imports the theme, so that it can be swapped in one place.
"""

from datetime import datetime
from typing import Any

from django.contrib.admin import site
from django.contrib.admin.utils import quote
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, Model
from django.forms import ModelChoiceField, ModelMultipleChoiceField
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from unfold import widgets
from unfold.admin import ModelAdmin, TabularInline
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter,
    BooleanRadioFilter,
    ChoicesDropdownFilter,
    DropdownFilter,
    RangeDateFilter,
    RelatedDropdownFilter,
    TextFilter,
)
from unfold.contrib.filters.forms import AutocompleteDropdownForm as AutocompleteForm
from unfold.decorators import action, display
from unfold.enums import ActionVariant
from unfold.fields import UnfoldAdminReadonlyField
from unfold.forms import (
    AdminOwnPasswordChangeForm,
    AdminPasswordChangeForm,
    AuthenticationForm,
    UserChangeForm,
    UserCreationForm,
)
from unfold.views import ChangeList

from loyalty_site.backoffice.reach import may_follow

CheckboxWidget = widgets.UnfoldBooleanWidget
CheckboxesWidget = widgets.UnfoldAdminCheckboxSelectMultipleWidget
DateTimeWidget = widgets.UnfoldAdminSplitDateTimeWidget
EmailWidget = widgets.UnfoldAdminEmailInputWidget
PasswordWidget = widgets.UnfoldAdminPasswordWidget
DateWidget = widgets.UnfoldAdminSingleDateWidget
FileWidget = widgets.UnfoldAdminFileFieldWidget
NumberWidget = widgets.UnfoldAdminIntegerFieldWidget
SelectWidget = widgets.UnfoldAdminSelectWidget
SearchableMultipleWidget = widgets.UnfoldAdminSelect2MultipleWidget
SwitchWidget = widgets.UnfoldBooleanSwitchWidget
TextWidget = widgets.UnfoldAdminTextInputWidget
TextareaWidget = widgets.UnfoldAdminTextareaWidget

__all__ = [
    "ActionVariant",
    "AdminOwnPasswordChangeForm",
    "AdminPasswordChangeForm",
    "AuthenticationForm",
    "AutocompleteForm",
    "AutocompleteSelectFilter",
    "BooleanRadioFilter",
    "ChangeList",
    "CheckboxWidget",
    "CheckboxesWidget",
    "ChoicesDropdownFilter",
    "DateTimeWidget",
    "DateWidget",
    "DropdownFilter",
    "EmailWidget",
    "FileWidget",
    "ModelAdmin",
    "NumberWidget",
    "PasswordWidget",
    "RangeDateFilter",
    "RelatedDropdownFilter",
    "SearchableMultipleWidget",
    "SelectWidget",
    "SwitchWidget",
    "TabularInline",
    "TextFilter",
    "TextWidget",
    "TextareaWidget",
    "UserChangeForm",
    "UserCreationForm",
    "action",
    "badge",
    "day",
    "display",
    "link",
    "moment",
    "reading_aloud",
    "search_script",
    "searchable",
    "stylesheet",
    "typed",
]


def badge(text: str, tone: str = "") -> SafeString:
    """A small coloured label. Tones: success, info, warning, danger, primary; none is grey."""
    return render_to_string("unfold/helpers/label.html", {"text": text, "type": tone})


def link(text: object, url: str) -> SafeString:
    """A link, or the text alone where the reader may not follow it."""
    return format_html('<a href="{}" class="text-link">{}</a>' if may_follow(url) else "{1}", url, text)


def named(_field: UnfoldAdminReadonlyField, relation: Any, record: Model) -> SafeString:
    """How a field that is only read shows another record; the theme would link it for everybody."""
    meta = relation.model._meta
    try:
        return link(record, reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[quote(record.pk)]))
    except NoReverseMatch:
        return format_html("{}", record)


UnfoldAdminReadonlyField.get_admin_url = named


class TypedSelect(AutocompleteSelect):
    """What is no key of a record is not looked up: the field says what is wrong with it."""

    def optgroups(self, name: str, value: list[Any], attr: dict[str, Any] | None = None) -> list[Any]:
        return super().optgroups(name, [key for key in value if self._could_be(key)], attr)

    def _could_be(self, key: Any) -> bool:
        try:
            return self.field.remote_field.model._meta.pk.to_python(key) is not None
        except ValidationError:
            return False


def typed(relation: ForeignKey, **options: Any) -> ModelChoiceField:
    """A choice that is found by typing, in the list of the records that the relation names."""
    widget = TypedSelect(relation, site)
    return ModelChoiceField(relation.related_model._default_manager.all(), widget=widget, **options)


def searchable(field: ModelMultipleChoiceField, help_text: str) -> ModelMultipleChoiceField:
    """The field, to be chosen from by typing."""
    field.widget, field.help_text = SearchableMultipleWidget(choices=field.widget.choices), help_text
    return field


def day(at: datetime) -> str:
    """The day of that time as people read it, in the programme's time zone."""
    return date_format(timezone.localtime(at), "SHORT_DATE_FORMAT")


def moment(at: datetime) -> str:
    """A time as people read it, in the programme's time zone."""
    return date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")


def search_script(request: HttpRequest) -> str:
    """Of the search box on top of every page."""
    return static("backoffice/search.js")


def stylesheet(request: HttpRequest) -> str:
    """Our own, beside the theme's; asked for while a page is made, when the names of static files are known."""
    return static("backoffice/backoffice.css")


def reading_aloud(request: HttpRequest) -> str:
    """What helps programs that read pages aloud."""
    return static("backoffice/read_aloud.js")
