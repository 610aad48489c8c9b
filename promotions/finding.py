"""The promotion and the customer that a partner's call names."""

from django.db.models import QuerySet

from customers.errors import CustomerNotFound
from promotions.errors import ProgramNotFound, PromotionNotFound
from promotions.models import Program, Promotion


def promotion_for(program_id: int, promotion_id: int, customers: QuerySet) -> Promotion:
    """The program's promotion with the `customer_id` and `customer_status` of the one customer asked for.

    Raises ProgramNotFound, PromotionNotFound and CustomerNotFound, in this order.
    """
    found = Promotion.objects.with_customer(customers).filter(pk=promotion_id, program=program_id).first()
    if found is None:
        refuse_unknown_program(program_id)
        raise PromotionNotFound(id=promotion_id)
    if found.customer_id is None:
        raise CustomerNotFound
    return found


def refuse_unknown_program(program_id: int) -> None:
    """Raises ProgramNotFound."""
    if not Program.objects.filter(pk=program_id).exists():
        raise ProgramNotFound(id=program_id)
