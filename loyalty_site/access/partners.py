"""Partners, and the texts that stand for them in calls."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from django.db.models import Aggregate, JSONField, OuterRef, Subquery

from loyalty_site.access.actors import PartnerFacts
from loyalty_site.access.partner_models import Partner, PartnerValue
from loyalty_site.database import unit_of_work


class ListInJson(Aggregate):
    """All values of a group as one list, in no particular order."""

    function = "JSONB_AGG"
    output_field = JSONField()

    def as_sqlite(self, *args: object, **options: object) -> tuple[str, list[object]]:
        return super().as_sql(*args, **options, function="JSON_GROUP_ARRAY")


def values_of(path: str) -> Subquery:
    """The texts that stand for the partner to whom the path leads, or null; for a query that asks something else."""
    own = PartnerValue.objects.filter(partner=OuterRef(path)).order_by().values("partner")
    return Subquery(own.annotate(all=ListInJson("value")).values("all"))


def facts_of(partner_id: UUID) -> PartnerFacts:
    """What services want to know of the partner, as it is now."""
    partner = Partner.objects.prefetch_related("own_values").get(pk=partner_id)
    return replace(partner.facts, values=tuple(one.value for one in partner.own_values.all()))


@unit_of_work
def set_values(partner: Partner, values: Iterable[str]) -> None:
    """Let exactly these texts stand for the partner. No other partner may have one of them.

    Rule: RBI, "Update Points Balance", `partner`: case counts.
    """
    wanted = set(values)
    partner.own_values.exclude(value__in=wanted).delete()
    missing = wanted - set(partner.own_values.values_list("value", flat=True))
    PartnerValue.objects.bulk_create(PartnerValue(partner=partner, value=value) for value in sorted(missing))
