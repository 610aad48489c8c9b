"""The back office shows whose it is."""

import pytest
from django.urls import reverse

from loyalty_site.backoffice import brand
from loyalty_site.environment import SettingRefused, colour, picture

pytestmark = pytest.mark.django_db
DRAWN = b"<svg xmlns='http://www.w3.org/2000/svg'/>"


@pytest.fixture
def logo(tmp_path, settings):
    file = tmp_path / "logo.svg"
    file.write_bytes(DRAWN)
    settings.BRAND_LOGO = settings.BRAND_LOGO_DARK = str(file)
    return file


def test_the_logo_stands_on_the_page_on_which_staff_log_in(client, logo):
    page = client.get(reverse("admin:login")).text
    address = brand.logos(None)["light"]
    assert f'src="{address}"' in page
    answer = client.get(address)
    assert (answer.content, answer.headers["Content-Type"]) == (DRAWN, "image/svg+xml")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_without_a_logo_there_is_none(client):
    assert brand.logos(None) is None
    assert client.get(reverse("brand-logo", args=["light"])).status_code == 404


def test_there_is_no_third_theme(client, logo):
    assert client.get(reverse("brand-logo", args=["sepia"])).status_code == 404


def test_the_sign_on_the_tab_has_the_brands_colour(settings):
    settings.BRAND_SHADES = settings.BRAND_SHADES | {"600": "#8b6e01"}
    assert "%238b6e01" in brand.icon(None)


def test_a_colour_must_be_one(monkeypatch):
    monkeypatch.setenv("LOYALTY_BRAND_COLOUR", "purple")
    with pytest.raises(SettingRefused, match="LOYALTY_BRAND_COLOUR must be a colour such as #9810fa"):
        colour("LOYALTY_BRAND_COLOUR", "#9810fa")


@pytest.mark.parametrize("name", ["missing.png", "page.html", "large.png"])
def test_a_logo_must_be_a_small_picture(monkeypatch, tmp_path, name):
    (tmp_path / "page.html").write_text("<script>")
    (tmp_path / "large.png").write_bytes(bytes(600_000))
    monkeypatch.setenv("LOYALTY_BRAND_LOGO", str(tmp_path / name))
    with pytest.raises(SettingRefused, match="LOYALTY_BRAND_LOGO must be a file of at most 512 KB"):
        picture("LOYALTY_BRAND_LOGO")
