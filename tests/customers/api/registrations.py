"""A customer as clients register one, and the tree of errors of that form."""

BLANK = "This value should not be blank."
INVALID = "This value is not valid."
USED = "This value is already used."
PATH = "/api/customer/register"

ADDRESS = ("street", "address1", "address2", "postal", "city", "province", "country")
PLAIN = (
    "firstName",
    "lastName",
    "gender",
    "email",
    "phone",
    "birthDate",
    "createdAt",
    "loyaltyCardNumber",
    "agreement1",
    "agreement2",
    "agreement3",
    "levelId",
    "posId",
)
FIELDS = {
    "firstName": "John",
    "lastName": "Kowalski",
    "email": "john3@example.com",
    "phone": "000000004000",
    "birthDate": "1990-01-01",
    "address": {
        "street": "Street",
        "postal": "00-000",
        "city": "Wroclaw",
        "province": "Dolnoslaskie",
        "country": "Poland",
    },
    "company": {"nip": "111-222-33-44", "name": "Company name"},
    "loyaltyCardNumber": "00000000000000002",
    "agreement1": "1",
    "agreement2": "1",
    "agreement3": "1",
}


def sent(**fields):
    return {"customer": FIELDS | fields}


def refused(errors, *, password=True):
    """The answer with these texts at these fields."""
    children = {name: {} for name in (*PLAIN, *(["plainPassword"] if password else []))}
    children |= {"address": {"children": {name: {} for name in ADDRESS}}}
    children |= {"company": {"children": {"name": {}, "nip": {}}}}
    for name, text in errors.items():
        children[name] = {"errors": [text]}
    return 400, {"form": {"children": children}, "errors": []}
