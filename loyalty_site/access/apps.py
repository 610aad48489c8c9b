from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from loyalty_site.access.shipped_groups import bring_up_to_date


class AccessConfig(AppConfig):
    name = "loyalty_site.access"
    label = "access"
    verbose_name = _("Setup")

    def ready(self) -> None:
        """Django tells each app in turn that all is migrated; after the last one every permission exists."""
        last = [app for app in apps.get_app_configs() if app.models_module is not None][-1]
        post_migrate.connect(bring_up_to_date, sender=last)
