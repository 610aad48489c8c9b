from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class BulkConfig(AppConfig):
    name = "loyalty_site.bulk"
    label = "bulk"
    verbose_name = gettext_lazy("Bulk changes")
