"""A delivery as mail to the customer. Apps write the letters: the setting LETTERS names who writes which."""

from collections.abc import Callable
from dataclasses import dataclass
from smtplib import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPException,
    SMTPHeloError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.module_loading import import_string

from loyalty_site.outbox.models import Event
from loyalty_site.outbox.outcomes import Outcome

NEVER = 500  # SMTP's codes from here on say that another try would not help
# The server refuses us, whatever the letter: a wrong password, for example, which somebody mends.
REFUSING_US = (SMTPAuthenticationError, SMTPConnectError, SMTPHeloError, SMTPSenderRefused)


@dataclass(frozen=True)
class Letter:
    """What one customer is written."""

    to: str
    subject: str
    text: str
    html: str
    language: str


Writer = Callable[[Event], Letter | None]  # None: there is nobody who could be, or wants to be, written to


def message(event: Event) -> EmailMultiAlternatives | None:
    """The mail that tells the customer. Every try bears the same Message-ID, by which mail boxes know a second copy."""
    write: Writer = import_string(settings.LETTERS[event.kind])
    letter = write(event)
    if letter is None:
        return None
    headers = {
        "Message-ID": f"<{event.pk}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2]}>",
        "Content-Language": letter.language,
        "Auto-Submitted": "auto-generated",
    }
    mail = EmailMultiAlternatives(" ".join(letter.subject.split()), letter.text, to=[letter.to], headers=headers)
    mail.attach_alternative(letter.html, "text/html")
    return mail


def send(mail: EmailMultiAlternatives) -> Outcome:
    """Hand it to the mail server. What is kept of a failure names no address."""
    try:
        mail.send()
    except SMTPRecipientsRefused as refusal:
        codes = [code for code, _ in refusal.recipients.values()]
        return Outcome(final=min(codes) >= NEVER, answer=f"The mail server refused the recipient ({codes[0]}).")
    except REFUSING_US as refusal:
        return Outcome(answer=f"The mail server takes nothing from us ({refusal.smtp_code}).")
    except SMTPResponseException as refusal:
        return Outcome(final=refusal.smtp_code >= NEVER, answer=f"The mail server refused ({refusal.smtp_code}).")
    except (SMTPException, OSError) as error:
        return Outcome(answer=f"The mail server does not answer ({type(error).__name__}).")
    return Outcome(arrived=True)
