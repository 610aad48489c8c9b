"""What staff do to programs and promotions. Enrolling stands in promotions/enrolling.py."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from loyalty_site.access import audit
from loyalty_site.access.actors import Actor
from loyalty_site.database import unit_of_work
from promotions.enrolling import enrol, revoke
from promotions.errors import DatesInDisorder, PromotionNotFound
from promotions.models import Program, Promotion

__all__ = ["add_program", "change_promotion", "create_promotion", "enrol", "revoke", "set_status"]


@unit_of_work
def add_program(*, actor: Actor, at: datetime, **fields: Any) -> Program:
    program = Program(**fields)
    program.save(force_insert=True)
    audit.record("program added", program, actor=actor, at=at, after={"name": program.name})
    return program


@unit_of_work
def create_promotion(*, actor: Actor, at: datetime, **fields: Any) -> Promotion:
    """Raises DatesInDisorder."""
    promotion = Promotion(**({"created_at": at, "updated_at": at} | fields))
    _refuse_disorder(promotion)
    promotion.save(force_insert=True)
    facts = _facts(promotion, ["name", "kind", "status", "starts_at", "ends_at", "enrolment_limit", "valid_days"])
    audit.record("promotion created", promotion, actor=actor, at=at, after=facts)
    return promotion


@unit_of_work
def change_promotion(promotion_id: int, fields: Mapping[str, Any], *, actor: Actor, at: datetime) -> Promotion:
    """Give these fields other values; running enrolments keep the end they were given.

    Raises PromotionNotFound and DatesInDisorder.
    """
    promotion = locked(promotion_id)
    before = _assign(promotion, fields)
    if not before:
        return promotion
    _refuse_disorder(promotion)
    promotion.updated_at = at
    promotion.save(update_fields=[*before, "updated_at"])
    audit.record("promotion changed", promotion, actor=actor, at=at, before=before, after=_facts(promotion, before))
    return promotion


def set_status(promotion_id: int, status: Promotion.Status, *, actor: Actor, at: datetime) -> Promotion:
    """Publish, pause or cancel a promotion. Raises PromotionNotFound."""
    return change_promotion(promotion_id, {"status": status.value}, actor=actor, at=at)


def locked(promotion_id: int) -> Promotion:
    """The promotion, held against other changes. Raises PromotionNotFound."""
    promotion = Promotion.objects.select_for_update().filter(pk=promotion_id).first()
    if promotion is None:
        raise PromotionNotFound(id=promotion_id)
    return promotion


def _assign(promotion: Promotion, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Set the values that differ. Returns what those fields were before."""
    before = _facts(promotion, [name for name, value in fields.items() if getattr(promotion, name) != value])
    for name in before:
        setattr(promotion, name, fields[name])
    return before


def _facts(promotion: Promotion, names: Iterable[str]) -> dict[str, Any]:
    return {name: promotion.serializable_value(name) for name in names}


def _refuse_disorder(promotion: Promotion) -> None:
    if promotion.ends_at is not None and promotion.ends_at <= promotion.starts_at:
        raise DatesInDisorder(starts_at=promotion.starts_at, ends_at=promotion.ends_at)
