from django.apps import AppConfig


class BackofficeConfig(AppConfig):
    name = "loyalty_site.backoffice"
    label = "backoffice"
