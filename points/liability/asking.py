"""What is left of additions: the same rule as in measuring.py, asked of single rows for a list."""

from datetime import datetime

from django.db.models import Exists, F, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, Least

from loyalty_site.days import day_of
from points.models import Bucket, Transfer

NOT_CANCELLED = ~Exists(Transfer.objects.order_by().filter(corrects=OuterRef("pk")))
ADDITIONS = Transfer.objects.order_by().filter(NOT_CANCELLED, kind=Transfer.Kind.EARN)


def with_left(transfers: QuerySet[Transfer], at: datetime) -> QuerySet[Transfer]:
    """The additions of which something can still be spent, with how much as `left`."""
    same_bucket = {"account": OuterRef("account"), "expires_on": OuterRef("expires_on")}
    later = ADDITIONS.filter(**same_bucket, sequence__gt=OuterRef("sequence")).values("account")
    held = Bucket.objects.filter(**same_bucket).values("points")
    return (
        transfers.filter(NOT_CANCELLED, kind=Transfer.Kind.EARN, expires_on__gte=day_of(at))
        .annotate(held=Coalesce(Subquery(held), 0))
        .filter(held__gt=0)
        .annotate(newer=Coalesce(Subquery(later.annotate(n=Sum("points")).values("n")), 0, output_field=IntegerField()))
        .filter(held__gt=F("newer"))
        .annotate(left=Least(F("points"), F("held") - F("newer")))
    )


def given_back_to(buckets: QuerySet[Bucket]) -> QuerySet[Bucket]:
    """The buckets that hold more than their additions: points were given back to them, so many as `given_back`."""
    reversed_for = Transfer.objects.filter(kind=Transfer.Kind.REVERSE).values("account")
    same_bucket = {"account": OuterRef("account"), "expires_on": OuterRef("expires_on")}
    added = ADDITIONS.filter(**same_bucket).values("account").annotate(n=Sum("points")).values("n")
    with_added = buckets.filter(account__in=reversed_for).annotate(
        added=Coalesce(Subquery(added), 0, output_field=IntegerField())
    )
    return with_added.filter(points__gt=F("added")).annotate(given_back=F("points") - F("added"))
