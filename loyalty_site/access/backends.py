"""How staff log in to the admin."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest
from django.utils import timezone

from loyalty_site.access.addresses import address_of
from loyalty_site.access.log_in import find_staff, identify
from loyalty_site.access.models import User


class StaffBackend(ModelBackend):
    """By username or e-mail, under the same lock-out as the log-ins of the API."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **others: Any
    ) -> User | None:
        """Raises TooManyAttempts, which the log-in form puts into words."""
        address = address_of(request) if request else "unknown"
        user = identify(find_staff, username, password, address=address, at=timezone.now())
        return user if user is not None and self.user_can_authenticate(user) else None
