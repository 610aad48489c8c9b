"""A POST that means PUT or DELETE: `_method`, as Symfony reads it."""

from io import BytesIO

import pytest
from django.test import RequestFactory

from campaigns.models import Campaign
from loyalty_site.api import parsing
from loyalty_site.middleware import MethodOverride
from tests.books import books
from tests.builders import campaign
from tests.callers import BAD_REQUEST, FORBIDDEN, FORM, JSON, NOT_ALLOWED, UNAUTHORIZED, Caller, failure, told
from tests.campaigns.api.documents import BLANK, as_form, sent

pytestmark = pytest.mark.django_db

PUT_HEADER = {"X_HTTP_Method_Override": "PUT"}
TEA = as_form(sent(name="Free tea"))
BOUNDARY = "multipart/form-data; boundary=b"
MULTIPART = '--b\r\nContent-Disposition: form-data; name="_method"\r\n\r\nPUT\r\n--b--\r\n'


@pytest.fixture(scope="module")
def path(for_the_module):
    with for_the_module():
        return f"/api/campaign/{campaign().pk}"


def name():
    return Campaign.objects.get().name


@pytest.mark.parametrize(
    ("query", "body", "headers"),
    [
        ("", f"_method=PUT&{TEA}", {}),
        ("", f"{TEA}&_method=put", {}),
        ("", f"_method=DELETE&{TEA}&_method=PUT", {}),
        ("?_method=PUT", TEA, {}),
        ("?_method=PUT", sent(name="Free tea"), {}),
        ("?_method=DELETE", f"_method=PUT&{TEA}", {}),
        ("", TEA, PUT_HEADER),
        ("", sent(name="Free tea"), PUT_HEADER),
        ("?_method=DELETE", f"_method=DELETE&{TEA}", PUT_HEADER),
    ],
    ids=[
        *["form", "form, small letters", "form, the last counts", "query", "query beside JSON"],
        *["form before query", "header", "header beside JSON", "header before all"],
    ],
)
def test_it_is_that_method(query, body, headers, path, admin):
    status, answer = admin.post(path + query, body, **headers)
    assert (status, answer) == (200, {"campaignId": path.rpartition("/")[2]})
    assert name() == "Free tea"


def test_deleting_a_photo(path, admin):
    Campaign.objects.update(photo="campaigns/x.jpg")
    assert admin.post(f"{path}/photo?_method=DELETE") == (200, [])
    assert admin.get(path)[1]["hasPhoto"] is False


@pytest.mark.parametrize(
    ("query", "body", "media"),
    [
        ("", sent() | {"_method": "PUT"}, JSON),
        ("", MULTIPART, BOUNDARY),
        ("?_method=", TEA, FORM),
        ("?_method=GET", TEA, FORM),
        ("?_method=NONSENSE", TEA, FORM),
        ("?_method[]=PUT", TEA, FORM),
        ("?method=PUT", TEA, FORM),
        ("?_method=PUT&x=%FF", TEA, FORM),
        ("", f"_method=PUT&x[=y&{TEA}&z=%FF", FORM),
    ],
    ids=["JSON", "multipart", "nothing", "GET", "no method", "a group", "another name", "no query", "no form"],
)
def test_it_stays_a_post(query, body, media, path, admin):
    before = books()
    assert admin.post(path + query, body, media=media) == NOT_ALLOWED
    assert books() == before


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_only_a_post_can_mean_another_method(method, path, admin):
    answers = {
        "GET": lambda status: status == 200,
        "PUT": lambda status: status == 400,  # nothing was sent
        "DELETE": lambda status: status == 405,
    }
    header = {"X_HTTP_Method_Override": "POST" if method == "PUT" else "PUT"}
    status, _ = told(admin.send(method, f"{path}?_method=PUT", **header))
    assert answers[method](status)
    assert name() == "Free coffee"


def test_a_method_that_the_path_does_not_have(path, admin):
    assert admin.post(f"{path}?_method=DELETE") == NOT_ALLOWED
    assert Campaign.objects.count() == 1


def test_who_may_is_asked_of_the_method_meant(path, admin, seller):
    assert Caller().post(f"{path}?_method=PUT", TEA) == UNAUTHORIZED
    assert seller.post(f"{path}?_method=PUT", TEA) == FORBIDDEN
    assert name() == "Free coffee"


def test_a_key_belongs_to_the_method_meant(path, admin):
    """Sent as it is meant or in a POST's place, it is one request; as a mere POST it is another."""
    key = {"Idempotency_Key": "1"}
    assert admin.put(path, TEA, **key)[0] == 200
    Campaign.objects.update(name="Changed since")
    again = admin.send("POST", path, TEA, **key, **PUT_HEADER)
    assert (again.status_code, again.headers["Idempotent-Replayed"], name()) == (200, "true", "Changed since")
    assert admin.put("/api/campaign", TEA) == NOT_ALLOWED
    assert admin.post("/api/campaign", TEA, **key) == failure(422, "Unprocessable Entity")


def test_errors_of_the_form_are_told_as_for_the_method_meant(path, admin):
    status, body = admin.post(path, "_method=PUT&campaign[name]=")
    assert (status, body["form"]["children"]["name"]) == (400, {"errors": [BLANK]})


def test_a_client_that_goes_away_is_no_error_of_ours(path, admin):
    class Gone(BytesIO):
        def read(self, *size):
            raise ConnectionResetError

    assert sent_over(Gone(), admin, path) == BAD_REQUEST


def test_a_body_that_is_cut_short_is_refused(path, admin):
    assert sent_over(BytesIO(f"_method=PUT&{TEA}".encode()), admin, path, CONTENT_LENGTH="100000") == BAD_REQUEST
    assert name() == "Free coffee"


def test_a_length_that_is_none_is_no_body(path, admin):
    assert sent_over(BytesIO(b"_method=PUT"), admin, path, CONTENT_LENGTH="x") == NOT_ALLOWED


def sent_over(stream, admin, path, **environment):
    environment = {"wsgi.input": stream} | environment
    return told(admin.client.generic("POST", path, b"_method=PUT", FORM, headers=admin.headers, **environment))


def test_an_upload_is_read_once(monkeypatch, path, admin):
    """By its parser, from the stream: it is not held a second time."""
    streams = []
    body_of = parsing.body_of
    monkeypatch.setattr(
        parsing, "body_of", lambda stream, context: streams.append(type(stream)) or body_of(stream, context)
    )
    admin.post(f"{path}/photo", MULTIPART, media=BOUNDARY)
    assert [stream for stream in streams if issubclass(stream, BytesIO)] == []
    assert len(streams) == 1


@pytest.mark.parametrize(("path", "method"), [("/admin/login/", "POST"), ("/api/campaign", "PUT")])
def test_the_admin_site_knows_nothing_of_it(path, method):
    request = RequestFactory().post(f"{path}?_method=PUT")
    MethodOverride(lambda request: None).process_view(request, lambda request: None, [], {})
    assert request.method == method
