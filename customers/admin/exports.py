"""The list of customers as a table."""

from typing import Any

from django.contrib.admin import AdminSite
from django.db.models import QuerySet
from django.utils import timezone

from loyalty_site.csv_rows import Row
from loyalty_site.exporting.jobs import writing
from loyalty_site.exporting.tables import Table

PLAIN = ("number", "external_id", "status", "first_name", "last_name", "gender", "email", "phone", "card_number")
ADDRESS = ("street", "address1", "address2", "postal", "city", "province", "country", "level__name", "store__name")
AGREEMENTS = ("agreement1", "agreement2", "agreement3")
HEADER = (
    *("Customer id", "Number", "External id", "Status", "First name", "Last name", "Gender", "E-mail", "Phone"),
    *("Loyalty card", "Street", "House", "Flat", "Postal code", "City", "Province", "Country", "Level", "Store"),
    *("Agrees to the terms", "Agrees to marketing", "Agrees to data processing", "Birth date", "Member since"),
)


def _lines(customers: QuerySet) -> QuerySet:
    return customers.values_list("pk", *PLAIN, *ADDRESS, *AGREEMENTS, "birth_date", "created_at", named=True)


def _row(line: Any, site: AdminSite) -> Row:
    return [
        str(line.pk),
        *(getattr(line, name) for name in (*PLAIN, *ADDRESS)),
        *("yes" if getattr(line, name) else "no" for name in AGREEMENTS),
        line.birth_date and timezone.localtime(line.birth_date).date().isoformat(),
        timezone.localtime(line.created_at).isoformat(timespec="seconds"),
    ]


CUSTOMERS = Table(
    "customers",
    "customers.Customer",
    "customers.export_customers",
    HEADER,
    _lines,
    _row,
    ("-created_at", "-pk"),
)
EXPORT = writing(CUSTOMERS)
