from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from points.adjustments.shipped_ceilings import add_missing


class PointsConfig(AppConfig):
    name = "points"
    verbose_name = _("Points")

    def ready(self) -> None:
        """After the shipped groups have been made, which begin to listen first."""
        last = [app for app in apps.get_app_configs() if app.models_module is not None][-1]
        post_migrate.connect(add_missing, sender=last)
