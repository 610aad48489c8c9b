import pytest
from django.core.wsgi import get_wsgi_application

from loyalty_site.content_type import read_as_utf8


@pytest.mark.parametrize(
    ("declared", "read"),
    [
        ("application/json", "application/json"),
        ("application/json; charset=utf-16", "application/json"),
        ("text/plain; charset*=bogus'en'x", "text/plain"),
        ("multipart/form-data; charset=bz2; boundary=a-b_c; x=y", "multipart/form-data; boundary=a-b_c"),
        ('multipart/form-data; BOUNDARY="a b"', 'multipart/form-data; BOUNDARY="a b"'),
        ("", ""),
    ],
)
def test_of_a_content_type_only_the_boundary_is_kept(declared, read):
    environ = {"CONTENT_TYPE": declared}
    read_as_utf8(lambda environ, start_response: [])(environ, None)
    assert environ["CONTENT_TYPE"] == read


def test_a_request_without_a_content_type_passes():
    environ = {}
    read_as_utf8(lambda environ, start_response: [])(environ, None)
    assert environ["CONTENT_TYPE"] == ""


@pytest.mark.django_db
def test_a_charset_cannot_break_the_server(rf):
    environ = rf.get("/api/nothing?a=1").environ | {"CONTENT_TYPE": "x/y; charset=bz2"}
    application = read_as_utf8(get_wsgi_application())
    statuses = []
    body = b"".join(application(environ, lambda status, headers: statuses.append(status)))
    assert statuses == ["404 Not Found"]
    assert b"<html" not in body
