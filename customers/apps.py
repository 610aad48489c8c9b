from django.apps import AppConfig
from django.db.backends.signals import connection_created

from customers.crowds.bits import give_functions


class CustomersConfig(AppConfig):
    name = "customers"
    verbose_name = "Customers"

    def ready(self) -> None:
        connection_created.connect(give_functions)
