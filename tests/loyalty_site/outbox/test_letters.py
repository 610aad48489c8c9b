"""What the mail server says, and whether another try makes sense."""

from smtplib import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)
from unittest.mock import patch

import pytest
from django.core.mail import EmailMultiAlternatives

from loyalty_site.outbox import letters

TO = "ann@example.com"


@pytest.mark.parametrize(
    ("error", "final"),
    [
        (SMTPRecipientsRefused({TO: (550, b"unknown")}), True),
        (SMTPRecipientsRefused({TO: (450, b"later")}), False),
        (SMTPDataError(554, b"spam"), True),
        (SMTPDataError(451, b"later"), False),
        (SMTPAuthenticationError(535, b"wrong password"), False),
        (SMTPSenderRefused(550, b"not yours", "shop@example.com"), False),
        (SMTPConnectError(554, b"not you"), False),
        (SMTPServerDisconnected("gone"), False),
        (ConnectionRefusedError(), False),
    ],
)
def test_only_what_the_letter_itself_is_refused_for_is_final(error, final):
    mail = EmailMultiAlternatives("Hello", "Hello", to=[TO])
    with patch.object(mail, "send", side_effect=error):
        outcome = letters.send(mail)
    assert (outcome.arrived, outcome.final) == (False, final)
    assert TO not in outcome.kept_answer
