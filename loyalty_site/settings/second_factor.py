"""The second factor of staff: a code that an app on their phone shows, besides the password."""

from loyalty_site.environment import choice
from loyalty_site.settings.loyalty import PROGRAM_NAME

SECOND_FACTOR = choice("LOYALTY_SECOND_FACTOR", "optional", ["off", "optional", "required"])
OTP_TOTP_ISSUER = PROGRAM_NAME  # what the app calls it
# The library would only wait longer and longer; `access.attempts` counts codes, and says when to try again.
OTP_TOTP_THROTTLE_FACTOR = OTP_STATIC_THROTTLE_FACTOR = 0
