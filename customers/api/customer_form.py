"""A customer as Open Loyalty's clients send one. Rule: Open Loyalty, "Customer API", 'Create a new customer' and
'Update a customer'.
"""

from collections.abc import Mapping
from typing import Any

from django.core.validators import RegexValidator

from customers.api.customer_object import ADDRESS, COMPANY
from customers.models import Customer
from loyalty_site.access.actors import Principal, Role
from loyalty_site.access.passwords import objections
from loyalty_site.api.date_fields import MomentField
from loyalty_site.api.fields import FAILED, CheckBoxField, ChoiceField, EmailField, FormField, TextField, UUIDField
from loyalty_site.api.form_errors import INVALID, ErrorTree
from loyalty_site.api.forms import Form, Values

LONGEST_PASSWORD = 4_096  # characters; the log-in looks at no longer one
COLUMNS = {
    "firstName": "first_name",
    "lastName": "last_name",
    "gender": "gender",
    "email": "email",
    "phone": "phone",
    "birthDate": "birth_date",
    "createdAt": "created_at",
    "loyaltyCardNumber": "card_number",
    "agreement1": "agreement1",
    "agreement2": "agreement2",
    "agreement3": "agreement3",
}
ADMINISTRATORS_ALONE = {"levelId", "createdAt"}  # may set these
NULLABLE = {"email", "phone", "card_number", "birth_date"}


NO_E_MAIL = RegexValidator(r"\A[^@]*\Z", INVALID)  # customers log in by card or e-mail: one must not pass for the other


class PhoneField(TextField):
    def __init__(self, **options: Any) -> None:
        digits = RegexValidator(r"\A\+?[0-9 ()./-]+\Z", "This value is not a valid phone number.")
        super().__init__(validators=[digits], **options)


class PasswordField(FormField):
    """A text as it was typed."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str) or len(data) > LONGEST_PASSWORD:
            self.fail("invalid")
        return data


class AddressForm(Form):
    street = TextField(max_length=255)
    address1 = TextField(max_length=64)
    address2 = TextField(max_length=64)
    postal = TextField(max_length=32)
    city = TextField(max_length=128)
    province = TextField(max_length=128)
    country = TextField(max_length=64)


class CompanyForm(Form):
    name = TextField(max_length=255)
    nip = TextField(max_length=64)


class CustomerForm(Form):
    firstName = TextField(max_length=255)
    lastName = TextField(max_length=255)
    gender = ChoiceField(choices=Customer.Gender.values)
    email = EmailField(max_length=254)
    phone = PhoneField(max_length=64)
    birthDate = MomentField()
    createdAt = MomentField()
    address = AddressForm()
    company = CompanyForm()
    loyaltyCardNumber = TextField(max_length=64, validators=[NO_E_MAIL])
    agreement1 = CheckBoxField()
    agreement2 = CheckBoxField()
    agreement3 = CheckBoxField()
    levelId = UUIDField()
    posId = UUIDField()

    def check(self, values: Values, errors: ErrorTree) -> None:
        for name in ("birthDate", "createdAt"):
            if (moment := values.get(name)) and moment > self.context["at"]:
                errors.add(INVALID, name)


class RegistrationForm(CustomerForm):
    """With a password the customer can log in."""

    plainPassword = PasswordField()

    def check(self, values: Values, errors: ErrorTree) -> None:
        super().check(values, errors)
        self.require(values, errors, "firstName", "lastName", "email", "agreement1")
        if values.get("plainPassword"):
            names = {"first_name": values.get("firstName") or "", "last_name": values.get("lastName") or ""}
            for text in objections(values["plainPassword"], email=values.get("email"), **names):
                errors.add(text, "plainPassword")


class ChangeForm(CustomerForm):
    """What is left out stays as it is, what is sent empty is emptied; address and company are sent whole."""

    def take(self, raw: Any, errors: ErrorTree) -> Any:
        values = super().take(raw, errors)
        if values is FAILED:
            return FAILED
        sent = {name: value for name, value in values.items() if isinstance(raw, Mapping) and name in raw}
        self.require(sent, errors, "firstName", "lastName")
        return sent


def settable_by(caller: Principal, values: Values) -> Values:
    """What the caller may set of these; the rest is ignored.

    A level gives discounts, and the day of joining may give them too: sellers leave both to the administration.
    """
    if caller.role == Role.ADMIN:
        return values
    return {name: value for name, value in values.items() if name not in ADMINISTRATORS_ALONE}


def columns_of(values: Values) -> dict[str, Any]:
    """The values in the words of the domain; the level and the store go their own way."""
    read = {column: values[name] for name, column in COLUMNS.items() if name in values}
    if "address" in values:
        read |= {key: values["address"][key] for key in ADDRESS}
    if "company" in values:
        read |= {column: values["company"][key] for key, column in COMPANY.items()}
    if read.get("created_at") is None:
        read.pop("created_at", None)  # there is no customer without it
    return {column: "" if value is None and column not in NULLABLE else value for column, value in read.items()}
