"""Programs, promotions and enrolments in the back office."""

from promotions.admin.enrolments import EnrolmentAdmin
from promotions.admin.programs import ProgramAdmin
from promotions.admin.promotions import PromotionAdmin

__all__ = ["EnrolmentAdmin", "ProgramAdmin", "PromotionAdmin"]
