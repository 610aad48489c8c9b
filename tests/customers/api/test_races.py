"""Two tills at one moment."""

import pytest

from customers.models import Customer
from loyalty_site.access.actors import Role
from loyalty_site.access.models import User
from tests.builders import level
from tests.bursts import burst
from tests.callers import logged_in
from tests.customers.api.registrations import PATH, USED, refused, sent

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("field", ["email", "phone", "loyaltyCardNumber"])
def test_one_identity_goes_to_one(field):
    level()
    sellers = User.objects.bulk_create(User(username=str(n), role=Role.SELLER) for n in range(8))

    def registering(n, till):
        own = {"email": f"john{n}@example.com", "phone": f"00{n}", "loyaltyCardNumber": str(n)}
        own[field] = sent()["customer"][field]
        return lambda: till.post(PATH, sent(**own))

    answers = burst([registering(n, logged_in(seller)) for n, seller in enumerate(sellers)])
    assert sorted(status for status, _ in answers) == [200] + [400] * 7
    assert [answer for answer in answers if answer[0] == 400] == [refused({field: USED})] * 7
    assert Customer.objects.count() == 1
