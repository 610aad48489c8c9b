from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "loyalty_site.access"
    label = "access"
    verbose_name = "Setup"
