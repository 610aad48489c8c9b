from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ColdConfig(AppConfig):
    name = "loyalty_site.cold"
    label = "cold"
    verbose_name = _("Calls to be done later")
