from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from loyalty_site.api.fingerprints import fingerprint_of
from loyalty_site.api.parsing import BracketFormParser, BracketMultiPartParser, StrictJSONParser

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


def request(path="/api/campaign", body=b"{}", content_type=JSON, method="POST"):
    plain = APIRequestFactory().generic(method, path, body, content_type=content_type)
    return Request(plain, parsers=[StrictJSONParser(), BracketFormParser(), BracketMultiPartParser()])


def photo(content):
    file = SimpleUploadedFile("a.png", content)
    plain = APIRequestFactory().post("/api/campaign", {"photo[file]": file}, format="multipart")
    return Request(plain, parsers=[BracketMultiPartParser()])


def test_the_same_request_has_the_same_fingerprint():
    assert fingerprint_of(request()) == fingerprint_of(request())
    assert len(fingerprint_of(request())) == 64


def test_spaces_and_the_order_of_members_make_no_difference():
    one, other = request(body=b'{"a": 1, "b": [1, 2]}'), request(body=b'{"b":[1,2],"a":1}')
    assert fingerprint_of(one) == fingerprint_of(other)


def test_what_differs_in_meaning_differs_in_fingerprint():
    requests = [
        request(),
        request(method="PUT"),
        request(path="/api/campaign/1"),
        request(path="/api/campaign?a=1"),
        request(path="/api/campaign?a=2"),
        request(body=b'{"a": 1}'),
        request(body=b'{"a": "1"}'),
        request(body=b'{"a": true}'),
        request(body=b'{"a": [1, 2]}'),
        request(body=b'{"a": [2, 1]}'),
        request(body=b"[]"),
        request(body=b"a[b]=1", content_type=FORM),
        photo(b"x"),
        photo(b"y"),
    ]
    assert len({fingerprint_of(one) for one in requests}) == len(requests)


def test_an_upload_can_be_read_after_it_was_fingerprinted():
    with_photo = photo(b"\x89PNG")
    fingerprint_of(with_photo)
    assert with_photo.data["photo"]["file"].read() == b"\x89PNG"


def test_without_the_sites_key_nobody_can_compute_it(settings):
    """A body may hold a password, which could be guessed from a digest that anybody can make."""
    ours = fingerprint_of(request())
    settings.SECRET_KEY = "another key " * 4
    assert fingerprint_of(request()) != ours
