"""The second factor of staff: codes of an app on the phone (TOTP, RFC 6238), and recovery codes for a lost phone.

The library compares codes with the clock and takes none twice. Recovery codes are kept as digests.
"""

import secrets
from base64 import b32encode
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from loyalty_site.access import attempts, audit, log_in_tokens
from loyalty_site.access.actors import Actor
from loyalty_site.access.errors import WrongCode
from loyalty_site.access.models import User
from loyalty_site.access.tokens import digest_of
from loyalty_site.database import unit_of_work

OFF, REQUIRED = "off", "required"
CODES = 10
GROUPS, LETTERS = 3, 4  # a recovery code: 60 random bits as abcd-efgh-ijkl
ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
KEPT = 16  # characters of a digest, as the library's column has room for


def stands_before(user: User) -> bool:
    """Whether a password alone does not let this member of the staff in."""
    return settings.SECOND_FACTOR != OFF and user.is_staff and is_set_up(user)


def may_not_log_in_by_password_alone(user: User) -> bool:
    """At the API's log-in, whose callers have no way to send a code."""
    return user.is_staff and (settings.SECOND_FACTOR == REQUIRED or stands_before(user))


def is_set_up(user: User) -> bool:
    return device_of(user) is not None


def device_of(user: User) -> TOTPDevice | None:
    return TOTPDevice.objects.devices_for_user(user, confirmed=True).first()


def new_key() -> str:
    return random_hex(20)


def address_of_key(user: User, key: str) -> str:
    """What the app reads from the picture."""
    return TOTPDevice(user=user, key=key).config_url


def written_key(key: str) -> str:
    """As somebody types it who cannot take a picture."""
    text = b32encode(bytes.fromhex(key)).decode()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def set_up(user: User, key: str, code: str, *, actor: Actor, at: datetime) -> list[str]:
    """Turn it on for the user, whose app shows this code. Returns the recovery codes; log-ins of the API end.

    Raises WrongCode and TooManyAttempts.
    """
    attempts.begin_code(user.pk, at=at)
    codes = _set_up(user, key, code, actor=actor, at=at)
    attempts.code_succeeded(user.pk)
    return codes


@transaction.atomic
def _set_up(user: User, key: str, code: str, *, actor: Actor, at: datetime) -> list[str]:
    User.objects.select_for_update().get(pk=user.pk)
    _forget(user)
    device = TOTPDevice.objects.create(user=user, name="app", key=key)
    if not device.verify_token(_plain(code)):
        raise WrongCode
    audit.record("second factor set up", user, actor=actor, at=at)
    log_in_tokens.end_all(user.pk)
    return _new_codes(user)


def verify(user: User, code: str, *, actor: Actor, at: datetime) -> None:
    """Take a code of the app or a recovery code, which is then used up. Raises WrongCode and TooManyAttempts."""
    attempts.begin_code(user.pk, at=at)
    _verify(user, _plain(code), actor=actor, at=at)
    attempts.code_succeeded(user.pk)


@transaction.atomic
def _verify(user: User, code: str, *, actor: Actor, at: datetime) -> None:
    is_of_app = code.isdecimal()
    devices = (TOTPDevice if is_of_app else StaticDevice).objects.devices_for_user(user, confirmed=True)
    device = devices.select_for_update().first()
    if device is None or not device.verify_token(code if is_of_app else _kept(code)):
        raise WrongCode
    if not is_of_app:
        audit.record("recovery code used", user, actor=actor, at=at, after={"left": codes_left(user)})


@unit_of_work
def renew_codes(user: User, *, actor: Actor, at: datetime) -> list[str]:
    """New recovery codes; the former ones are void."""
    StaticDevice.objects.filter(user=user).delete()
    audit.record("recovery codes renewed", user, actor=actor, at=at)
    return _new_codes(user)


@unit_of_work
def remove(user: User, *, actor: Actor, at: datetime) -> None:
    """By the user. The password is enough from now on."""
    _forget(user)
    audit.record("second factor removed", user, actor=actor, at=at)


@unit_of_work
def reset(user: User, *, actor: Actor, at: datetime, reason: str) -> None:
    """By somebody else, for a user who lost phone and codes: every session and log-in of the user ends."""
    _forget(user)
    user.sessions.all().delete()
    log_in_tokens.end_all(user.pk)
    attempts.code_succeeded(user.pk)
    audit.record("second factor reset", user, actor=actor, at=at, reason=reason)


def codes_left(user: User) -> int:
    return StaticToken.objects.filter(device__user=user).count()


def _forget(user: User) -> None:
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()


def _new_codes(user: User) -> list[str]:
    groups = (["".join(secrets.choice(ALPHABET) for _ in range(LETTERS)) for _ in range(GROUPS)] for _ in range(CODES))
    codes = ["-".join(group) for group in groups]
    device = StaticDevice.objects.create(user=user, name="recovery codes")
    StaticToken.objects.bulk_create(StaticToken(device=device, token=_kept(_plain(code))) for code in codes)
    return codes


def _plain(code: str) -> str:
    """However it was typed: with spaces or hyphens, in capitals."""
    return "".join(filter(str.isalnum, code)).lower()


def _kept(code: str) -> str:
    return digest_of(code)[:KEPT]
