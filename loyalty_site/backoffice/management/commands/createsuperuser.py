"""`manage.py createsuperuser`: Django's, with a sentence where it would break off, and an entry in the audit trail."""

import os

from django.contrib.auth.management.commands import createsuperuser
from django.core.management.base import CommandError
from django.db import IntegrityError, transaction
from django.utils import timezone

from loyalty_site.access import audit
from loyalty_site.access.actors import SYSTEM
from loyalty_site.access.models import User
from loyalty_site.access.passwords import objections

TAKEN = "There is an administrator with this user name or e-mail already. Nothing was added."


class Command(createsuperuser.Command):
    def handle(self, *args: object, **options: object) -> None:
        if not options["interactive"]:
            refuse_weak_password(os.environ.get("DJANGO_SUPERUSER_PASSWORD", ""))
        before = set(User.objects.filter(is_superuser=True).values_list("pk", flat=True))
        try:
            with transaction.atomic():
                super().handle(*args, **options)
        except IntegrityError as error:
            raise CommandError(TAKEN) from error
        for made in User.objects.filter(is_superuser=True).exclude(pk__in=before):
            audit.record("account opened", made, actor=SYSTEM, at=timezone.now(), after={"is_superuser": True})


def refuse_weak_password(password: str) -> None:
    """Django asks for a good one only where it can ask back."""
    wrong = objections(password) if password else []
    if wrong:
        raise CommandError(" ".join(["DJANGO_SUPERUSER_PASSWORD:", *wrong]))
