"""How many SQL statements moving points takes, from the credential to the answer."""

import pytest

from tests.builders import customer
from tests.statements import either, statements

pytestmark = pytest.mark.django_db

FIGURES = {"postgresql": 4, "sqlite": 6}


@pytest.mark.parametrize("word", ["add", "spend"])
@pytest.mark.parametrize(("headers", "more"), [({}, 0), ({"Idempotency_Key": "1"}, 2)], ids=["no key", "key"])
def test_moving_points(word, headers, more, admin):
    body = {"transfer": {"customer": str(customer(points=100).pk), "points": 5}}
    with statements() as seen:
        assert admin.post(f"/api/points/transfer/{word}", body, **headers)[0] == 200
    assert len(seen) == either(**FIGURES) + more


def test_the_first_points_of_a_customer(admin):
    body = {"transfer": {"customer": str(customer().pk), "points": 5}}
    with statements() as seen:
        assert admin.post("/api/points/transfer/add", body)[0] == 200
    assert len(seen) == either(**FIGURES)
