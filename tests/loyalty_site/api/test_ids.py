from uuid import UUID

import pytest
from rest_framework.exceptions import NotFound

from loyalty_site.api.ids import read_id, uuid_in

TESTS = UUID("000096cf-32a3-43bd-9034-4df343e5fd93")


@pytest.mark.parametrize("text", [str(TESTS), str(TESTS).upper()])
def test_an_id_is_read_in_either_case(text):
    assert read_id(text) == TESTS
    assert uuid_in(text) == TESTS


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        TESTS.hex,
        f"{{{TESTS}}}",
        f"urn:uuid:{TESTS}",
        f" {TESTS}",
        f"{TESTS}\n",
        f"{TESTS}\x00",
        str(TESTS).replace("9", "٩"),
        "0-00096cf32a3-43bd-9034-4df343e5fd93",
        "x" * 100_000,
    ],
)
def test_any_other_text_names_nothing(text):
    assert uuid_in(text) is None
    with pytest.raises(NotFound):
        read_id(text)
