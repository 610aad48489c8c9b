from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "loyalty_site.outbox"
    label = "outbox"
    verbose_name = "Outbox"
