"""Where pages for people begin: everything outside the admin's path speaks JSON."""

from django.conf import settings
from django.http import HttpRequest


def inside_admin(request: HttpRequest) -> bool:
    return f"{request.path_info}/".startswith(f"/{settings.ADMIN_PATH}")
