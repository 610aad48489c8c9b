from django.apps import AppConfig

from loyalty_site.backoffice import implied_names


class BackofficeConfig(AppConfig):
    name = "loyalty_site.backoffice"
    label = "backoffice"

    def ready(self) -> None:
        implied_names.make_translatable()
