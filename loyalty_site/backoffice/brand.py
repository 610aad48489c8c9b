"""The company's logo and the sign on a browser's tab."""

from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from loyalty_site.environment import PICTURES

DAY = 86_400  # seconds
HEART = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'><rect width='32' height='32' rx='7' fill='{colour}'/>"
    "<path d='M16 25.5 6.9 16.6a5.6 5.6 0 0 1 7.9-8l1.2 1.2 1.2-1.2a5.6 5.6 0 0 1 7.9 8z' fill='#fff'/></svg>"
)


def logo(request: HttpRequest, theme: str) -> HttpResponse:
    """For everybody: the page on which staff log in shows it. An SVG file runs no script, whoever drew it."""
    files = {"light": settings.BRAND_LOGO, "dark": settings.BRAND_LOGO_DARK}
    if not files.get(theme):
        raise Http404
    headers = {
        "Cache-Control": f"public, max-age={DAY}",
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox",
    }
    return HttpResponse(_content(files[theme]), content_type=PICTURES[_suffix(files[theme])], headers=headers)


def logos(request: HttpRequest) -> dict[str, str] | None:
    """Their addresses by theme, which change with their content; None where there is no logo."""
    if not settings.BRAND_LOGO:
        return None
    files = {"light": settings.BRAND_LOGO, "dark": settings.BRAND_LOGO_DARK}
    return {theme: f"{reverse('brand-logo', args=[theme])}?v={_version(file)}" for theme, file in files.items()}


def icon(request: HttpRequest) -> str:
    """What a browser shows on the page's tab."""
    return f"data:image/svg+xml,{quote(HEART.format(colour=settings.BRAND_SHADES['600']))}"


@cache
def _content(file: str) -> bytes:
    return Path(file).read_bytes()


def _version(file: str) -> str:
    return sha256(_content(file)).hexdigest()[:8]


def _suffix(file: str) -> str:
    return Path(file).suffix.lower()
