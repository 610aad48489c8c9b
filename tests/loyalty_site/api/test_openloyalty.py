from rest_framework.exceptions import APIException

from loyalty_site.api.openloyalty import OPEN_LOYALTY


class WrongKey(APIException):
    status_code = 403
    default_detail = "Invalid credentials."


def test_phrases_do_not_depend_on_pythons_version():
    assert OPEN_LOYALTY.failed(413) == {"error": {"code": 413, "message": "Payload Too Large"}}
    assert OPEN_LOYALTY.failed(422) == {"error": {"code": 422, "message": "Unprocessable Entity"}}


def test_a_permanent_key_that_is_refused_is_told_by_a_message():
    assert OPEN_LOYALTY.failed(403, WrongKey()) == {"message": "Invalid credentials."}
