from django.apps import AppConfig


class DescriptionConfig(AppConfig):
    """An app for the sake of its template and its script."""

    name = "loyalty_site.api.description"
    label = "description"
