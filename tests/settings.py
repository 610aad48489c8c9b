"""The settings of the tests: a company's, on the database that `tests/databases.py` has chosen, made quick."""

import os
from datetime import timedelta

from loyalty_site.settings import *  # noqa: F403
from loyalty_site.settings import DATABASES, ON_POSTGRESQL

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True  # nothing is collected that it could read ahead
SECURE_SSL_REDIRECT = False
JOB_PAUSE_ON_SQLITE = timedelta(0)  # nobody else writes
PASSWORD_RESET_BY_MAIL = True  # as with a mail server

if not ON_POSTGRESQL:
    # A file, since threads share it; its directory goes when the run ends, so nothing need reach the disk.
    DATABASES["default"]["TEST"] = {"NAME": f"{os.environ['LOYALTY_TEST_DIRECTORY']}/test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
