"""Who is at work in the back office, and from where."""

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _


class StaffSession(AbstractBaseSession):
    """A session, under the digest of the key that the browser holds: who reads the table cannot become somebody."""

    session_key = models.CharField(max_length=64, primary_key=True, editable=False)
    user = models.ForeignKey(
        "access.User", null=True, editable=False, on_delete=models.CASCADE, related_name="sessions"
    )
    address = models.GenericIPAddressField(null=True, editable=False)
    agent = models.CharField(_("browser"), max_length=255, editable=False)
    started_at = models.DateTimeField(_("started"), null=True, editable=False)
    seen_at = models.DateTimeField(_("last seen"), null=True, editable=False)

    class Meta:
        verbose_name = _("session")
        ordering = ["-seen_at"]
        indexes = [models.Index(fields=["-seen_at"], name="session_last_seen")]

    def __str__(self) -> str:
        return f"{self.user} from {self.address}"
