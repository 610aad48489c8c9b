"""The customers that a list or a till asks for. Rule: Open Loyalty, "Customer API", 'Get customers'."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from django.db.models import Case, DateTimeField, F, Q, Value, When
from django.db.models.functions import Lower
from rest_framework.request import Request

from customers.questions import CustomerQuerySet
from loyalty_site.api.fields import is_checked
from loyalty_site.api.parameters import parameters_of
from loyalty_site.api.texts import trimmed

FILTERS: dict[str, tuple[str, ...]] = {  # the name of a filter → the columns of which one must fit
    "firstName": ("first_name",),
    "lastName": ("last_name",),
    "phone": ("phone",),
    "email": ("email",),
    "emailOrPhone": ("email", "phone"),
    "loyaltyCardNumber": ("card_number",),
    "city": ("city",),
    "postcode": ("postal",),
}
IDENTITIES = ("phone", "email", "emailOrPhone", "loyaltyCardNumber")  # filters
AS_WRITTEN = ("phone", "card_number")  # columns
LONGEST = 255  # characters that a column holds
AFTER_ALL = datetime(9999, 1, 1, tzinfo=UTC)


def filtered(customers: CustomerQuerySet, request: Request) -> CustomerQuerySet:
    """The customers who meet every filter of the request: in part of the text, or with `strict` in all of it.

    Adds `nearest`, to sort by from the highest: those whose e-mail, phone or card is all of the text asked for, and
    then the latest. Clients that look somebody up take the first.
    """
    asked = parameters_of(request)
    texts = {name: text for name in FILTERS if (text := _text(asked.get(name)))}
    whole = _fitting({name: text for name, text in texts.items() if name in IDENTITIES}, _is)
    found = meeting(customers, texts, strict=is_checked(asked.get("strict")))
    if not whole:
        return found.annotate(nearest=F("created_at"))
    nearest = Case(When(whole, then=Value(AFTER_ALL)), default=F("created_at"), output_field=DateTimeField())
    return found.annotate(nearest=nearest)


def meeting(customers: CustomerQuerySet, texts: Mapping[str, str], *, strict: bool = False) -> CustomerQuerySet:
    """The customers with these texts, by the names of FILTERS, in any case."""
    asked = customers.alias(lower_email=Lower("email"))
    if any(len(text) > LONGEST for text in texts.values()):
        return asked.none()  # SQLite would not even look
    return asked.filter(_fitting(texts, _is if strict else _holds))


def _fitting(texts: Mapping[str, str], fits: Callable[[str, str], Q]) -> Q:
    every = Q()
    for name, text in texts.items():
        some = Q()
        for column in FILTERS[name]:
            some |= fits(column, text)
        every &= some
    return every


def _is(column: str, text: str) -> Q:
    """As the column's index is asked."""
    if column == "email":
        return Q(lower_email=Lower(Value(text)))
    return Q(**{column if column in AS_WRITTEN else f"{column}__iexact": text})


def _holds(column: str, text: str) -> Q:
    return Q(**{f"{column}__icontains": text})


def _text(raw: object) -> str:
    """Numbers are taken as texts; a group of values is no filter."""
    return trimmed(str(raw)) if isinstance(raw, str | int) and not isinstance(raw, bool) else ""
