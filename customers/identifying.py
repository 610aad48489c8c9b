"""Whom a list of e-mails, phones, cards, external ids, numbers or ids names."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q, Value
from django.db.models.functions import Lower

from customers.models import Customer
from customers.questions import MOST_DIGITS

COLUMNS = ("pk", "email", "card_number", "phone", "external_id", "number")


def named_by(texts: Sequence[str]) -> dict[str, set[UUID]]:
    """The customers whom each of these texts names, as `by_identifier` finds them; who was erased is nobody.

    One query: for so many texts as a statement takes, 1,000 say. A text that names nobody is left out.
    """
    found: dict[str, set[UUID]] = defaultdict(set)
    by_key: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        by_key[text.lower()].append(text)
    for pk, email, *others in _meant_by(texts):
        for text in by_key.get((email or "").lower(), []):
            found[text].add(pk)
        for key in {str(other) for other in (pk, *others) if other}:
            for text in by_key.get(key.lower(), []):
                if text == key or text.lower() == str(pk):  # but for e-mails and ids case counts
                    found[text].add(pk)
    return dict(found)


def _meant_by(texts: Sequence[str]) -> list[tuple[UUID, ...]]:
    mails = [Lower(Value(text)) for text in texts if "@" in text]
    numbers = [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS]
    ids = [one for one in map(_uuid, texts) if one]
    meant = Q(card_number__in=texts) | Q(phone__in=texts) | Q(external_id__in=texts)
    meant |= Q(number__in=numbers) | Q(pk__in=ids)
    known = Customer.objects.exclude(status=Customer.Status.ERASED).order_by()
    rows = list(known.filter(meant).values_list(*COLUMNS))
    by_mail = known.annotate(lower_email=Lower("email")).filter(lower_email__in=mails)
    return rows + (list(by_mail.values_list(*COLUMNS)) if mails else [])


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text) if len(text) == 36 else None
    except ValueError:
        return None
