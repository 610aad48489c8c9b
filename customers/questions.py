"""What is asked about customers, levels and segments."""

from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import ExpressionWrapper, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Lower

from loyalty_site.access.store_scope import in_scope_of

MOST_DIGITS = 18  # of a number that the column can hold


class GroupQuerySet(models.QuerySet):
    def with_customer_counts(self) -> Self:
        """Adds `customers_count`, those who were erased apart; read from the crowds, not from the customers."""
        group = self.model._meta.model_name
        chunks = self.model._meta.get_field("crowds").related_model.objects.filter(**{group: OuterRef("pk")})
        counted = chunks.order_by().values(group).annotate(n=Sum("members")).values("n")
        return self.annotate(customers_count=Coalesce(Subquery(counted), 0))


class LevelQuerySet(GroupQuerySet):
    def for_new_customers(self) -> models.Model | None:
        """The level with the lowest threshold, or None where no level is active."""
        return self.filter(active=True).order_by("from_amount", "id").first()

    def after(self, level: models.Model) -> models.Model | None:
        """The active level with the next higher threshold, or None."""
        return self.filter(active=True, from_amount__gt=level.from_amount).order_by("from_amount", "id").first()


class CustomerQuerySet(models.QuerySet):
    def in_store_scope(self, store_id: UUID | None) -> Self:
        """The customers a caller bound to that store may see: the store's own and those of none. None: everybody."""
        return self.filter(in_scope_of(store_id))

    def by_email(self, text: str) -> Self:
        """Customers with this e-mail, in any case; asked as the unique index has it."""
        return self._with_lower_email().filter(lower_email=Lower(Value(text)))

    def by_login(self, text: str) -> Self:
        """Customers whose e-mail (in any case, as its index has it), card or phone is this text.

        Adds `is_email`: whether the e-mail is.
        """
        mail_in_any_case = Q(lower_email=Lower(Value(text)))
        found = self._with_lower_email().filter(mail_in_any_case | Q(card_number=text) | Q(phone=text))
        return found.annotate(is_email=ExpressionWrapper(mail_in_any_case, models.BooleanField()))

    def by_identifier(self, text: str) -> Self:
        """The customers whose e-mail (in any case), card, phone, external id, number or id is this text."""
        found = Q(lower_email=Lower(Value(text))) | Q(card_number=text) | Q(phone=text) | Q(external_id=text)
        if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS:
            found |= Q(number=int(text))
        if (customer_id := _uuid(text)) is not None:
            found |= Q(pk=customer_id)
        return self._with_lower_email().filter(found)

    def named(self, text: str) -> Self:
        """The customers whose first or last name begins so; of two words each may begin either name."""
        return self.filter(_named(text))

    def found_by(self, text: str) -> Self:
        """Those of `by_identifier` and those of `named`."""
        everybody = self.model.objects.order_by()
        identified, named = everybody.by_identifier(text), everybody.named(text)
        return self.filter(pk__in=identified.values("pk").union(named.values("pk")))  # each half by its own indexes

    def _with_lower_email(self) -> Self:
        return self.annotate(lower_email=Lower("email"))


def _named(text: str) -> Q:
    first, *rest = text.split(maxsplit=1)
    if not rest:
        return _begins("last_name", first) | _begins("first_name", first)
    straight = _begins("first_name", first) & _begins("last_name", rest[0])
    return straight | (_begins("last_name", first) & _begins("first_name", rest[0]))


def _begins(field: str, text: str) -> Q:
    """In any case: SQLite folds the case of ASCII letters only, so a capital is tried as well."""
    return Q(**{f"{field}__istartswith": text}) | Q(**{f"{field}__istartswith": text.capitalize()})


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
