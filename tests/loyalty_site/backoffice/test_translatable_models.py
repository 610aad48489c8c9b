"""What models call things can be said in another language."""

import pytest
from django.apps import apps
from django.conf import settings
from django.utils.functional import Promise

from campaigns.models import Campaign
from customers.models import Customer
from loyalty_site.access.permission_names import permission_name
from loyalty_site.source_texts import as_written

OWN = [
    model
    for app in apps.get_app_configs()
    if app.path.startswith(str(settings.BASE_DIR)) and "site-packages" not in app.path
    for model in app.get_models()
]


@pytest.mark.parametrize("model", OWN, ids=lambda model: model._meta.label)
def test_every_text_of_a_model_is_translated_when_it_is_read(model):
    fixed = [text for text in (model._meta.verbose_name, model._meta.verbose_name_plural) if is_fixed(text)]
    fixed += [text for _codename, text in model._meta.permissions if is_fixed(text)]
    for field in model._meta.get_fields():
        fixed += [
            text for text in (getattr(field, "verbose_name", ""), getattr(field, "help_text", "")) if is_fixed(text)
        ]
        fixed += [text for _value, text in getattr(field, "choices", None) or () if is_fixed(text)]
    assert fixed == []


def test_a_field_without_a_name_of_its_own_is_called_after_its_column():
    assert as_written(Customer._meta.get_field("first_name").verbose_name) == "first name"
    assert as_written(Campaign._meta.verbose_name_plural) == "campaigns"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("codename", "text"),
    [("add_campaign", "Can add campaigns"), ("refund_purchase", "Can give a reward back and refund its points")],
)
def test_a_permission_is_said_in_words(codename, text, django_user_model):
    assert permission_name(apps.get_model("auth.Permission").objects.get(codename=codename)) == text


def is_fixed(text):
    return text not in ("", "ID") and not isinstance(text, Promise)
