from django.apps import AppConfig


class BulkConfig(AppConfig):
    name = "loyalty_site.bulk"
    label = "bulk"
