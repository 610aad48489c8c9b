"""What the web server runs. A request may not wait for ever, so the database's time bounds are set here."""

import os
import sys

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from loyalty_site.content_type import read_as_utf8
from loyalty_site.environment import SettingRefused, require_hosts

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loyalty_site.settings")
os.environ.setdefault("LOYALTY_LOCK_TIMEOUT_MS", "3000")
os.environ.setdefault("LOYALTY_STATEMENT_TIMEOUT_MS", "8000")
os.environ.setdefault("LOYALTY_IDLE_TRANSACTION_TIMEOUT_MS", "10000")

try:
    require_hosts(settings.ALLOWED_HOSTS)
    application = read_as_utf8(get_wsgi_application())
except SettingRefused as refusal:
    sys.exit(str(refusal))
