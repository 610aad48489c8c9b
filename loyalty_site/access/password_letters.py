"""Letters with a link to a new password, for staff who forgot theirs.

Nobody is told whether an address is known: a request is the same work for any, and a worker writes the letter.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loyalty_site.access import counters
from loyalty_site.access.actors import SYSTEM
from loyalty_site.access.attempts import WINDOW
from loyalty_site.access.errors import TooManyAttempts
from loyalty_site.access.models import User
from loyalty_site.database import unit_of_work
from loyalty_site.jobs.kinds import UPKEEP, Kind, Step
from loyalty_site.jobs.models import Job
from loyalty_site.jobs.services import enqueue

REQUESTS = 5  # from one address in the window of log-ins
LETTERS, LETTERS_WITHIN = 3, timedelta(hours=1)  # to one account


@unit_of_work
def ask(email: str, *, site: str, address: str, at: datetime) -> None:
    """Queue a letter to whoever of the staff has this e-mail. `site` is the address that the link begins with.

    Raises TooManyAttempts.
    """
    seconds = counters.step(f"letters-from:{address}", REQUESTS, WINDOW, at=at)
    if seconds:
        raise TooManyAttempts(seconds=seconds)
    found = _staff().filter(email__iexact=email).values_list("pk", flat=True)
    arguments = {"users": [str(user_id) for user_id in found], "site": site}
    enqueue(SEND, arguments, title=_("Letter with a link to a new password"), actor=SYSTEM, at=at)


def send(job: Job, *, at: datetime) -> Step:
    """To each of the accounts, of which there is one at most unless API roles share the e-mail."""
    sent = 0
    for user_id in job.arguments["users"]:
        user = _staff().filter(pk=UUID(user_id)).first()
        full = counters.step(f"letters-to:{user_id}", LETTERS, LETTERS_WITHIN, at=at)
        if user is not None and not full:
            _send(user, job.arguments["site"])
            sent += 1
    return Step(done=1, total=1, finished=True, outcome={"Letters sent": sent})


def link_for(user: User) -> str:
    """A path that is good once, for as long as PASSWORD_RESET_TIMEOUT says."""
    named = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("new-password", args=[named, default_token_generator.make_token(user)])


def _send(user: User, site: str) -> None:
    minutes = settings.PASSWORD_RESET_TIMEOUT // 60
    facts = {"user": user, "link": f"{site}{link_for(user)}", "minutes": minutes, "program": settings.PROGRAM_NAME}
    letter = render_to_string("access/account/password_letter.txt", facts)
    send_mail(_("A new password for %(program)s") % facts, letter, None, [user.email])


def _staff() -> QuerySet[User]:
    return User.objects.filter(is_staff=True, is_active=True, email__isnull=False)


SEND = Kind(
    "access.password_letter",
    gettext_lazy("Letter with a link to a new password"),
    send,
    "access.change_user",
    queue=UPKEEP,  # by day it is empty: the link is good for an hour, which an import of the staff's may take
    alone=True,
)
