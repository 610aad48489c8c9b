"""How refusals about customers are told to Open Loyalty's clients."""

from dataclasses import dataclass

from customers.errors import (
    CustomerNotFound,
    IdentityTaken,
    LevelNotFound,
    NoLevelYet,
    SegmentNotFound,
    StoreNotFound,
)
from loyalty_site.api.dialects import Answer, Dialect, Saying
from loyalty_site.api.form_errors import BLANK, INVALID
from loyalty_site.api.forms import FieldSaying, Form
from loyalty_site.api.openloyalty import OpenLoyalty
from loyalty_site.errors import DomainError

TAKEN = "This value is already used."
FIELDS = {"email": "email", "phone": "phone", "card_number": "loyaltyCardNumber"}
SAYS = {CustomerNotFound: Saying(404), LevelNotFound: Saying(404), SegmentNotFound: Saying(404)}
DIALECT = OpenLoyalty(says=SAYS)


@dataclass(frozen=True)
class TakenSaying:
    """An identity that another customer has is told at its field."""

    form: type[Form]

    def answer(self, dialect: Dialect, error: DomainError) -> Answer:
        return FieldSaying(self.form, FIELDS[error.facts["field"]], TAKEN).answer(dialect, error)


def of_form(form: type[Form]) -> OpenLoyalty:
    """The dialect of views that read this form of a customer."""
    told_at_fields = {
        IdentityTaken: TakenSaying(form),
        LevelNotFound: FieldSaying(form, "levelId", INVALID),
        NoLevelYet: FieldSaying(form, "levelId", BLANK),
        StoreNotFound: FieldSaying(form, "posId", INVALID),
    }
    return OpenLoyalty(says=SAYS | told_at_fields)
