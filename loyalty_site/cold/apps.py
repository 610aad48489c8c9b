from django.apps import AppConfig


class ColdConfig(AppConfig):
    name = "loyalty_site.cold"
    label = "cold"
    verbose_name = "Calls to be done later"
