"""Partners, and the texts that stand for them in calls."""

from collections.abc import Iterable
from uuid import UUID

from loyalty_site.access.partner_models import Partner, PartnerValue
from loyalty_site.database import unit_of_work


def owns(partner_id: UUID, value: str) -> bool:
    """Whether the partner may be called so. Rule: RBI, "Update Points Balance", `partner`: case counts."""
    return PartnerValue.objects.filter(partner=partner_id, value=value).exists()


@unit_of_work
def set_values(partner: Partner, values: Iterable[str]) -> None:
    """Let exactly these texts stand for the partner. No other partner may have one of them."""
    wanted = set(values)
    partner.own_values.exclude(value__in=wanted).delete()
    missing = wanted - set(partner.own_values.values_list("value", flat=True))
    PartnerValue.objects.bulk_create(PartnerValue(partner=partner, value=value) for value in sorted(missing))
