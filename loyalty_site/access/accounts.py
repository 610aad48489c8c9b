"""Making accounts."""

from typing import Any

from django.contrib.auth.models import BaseUserManager

from loyalty_site.access.actors import Role


class UserManager(BaseUserManager):
    """`create_superuser` is what Django's command of that name calls."""

    use_in_migrations = True

    def create_user(self, username: str, email: str | None = None, password: str | None = None, **fields: Any) -> Any:
        user = self.model(username=username, email=self.normalize_email(email) or None, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(
        self, username: str, email: str | None = None, password: str | None = None, **fields: Any
    ) -> Any:
        fields = {"is_staff": True, "is_superuser": True, "role": Role.ADMIN.value} | fields
        return self.create_user(username, email, password, **fields)
