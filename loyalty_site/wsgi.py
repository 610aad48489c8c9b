"""What the web server runs. A request may not wait for ever, so the database's time bounds are set here."""

import os

from django.core.wsgi import get_wsgi_application

from loyalty_site.content_type import read_as_utf8

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loyalty_site.settings")
os.environ.setdefault("LOYALTY_LOCK_TIMEOUT_MS", "3000")
os.environ.setdefault("LOYALTY_STATEMENT_TIMEOUT_MS", "8000")
os.environ.setdefault("LOYALTY_IDLE_TRANSACTION_TIMEOUT_MS", "10000")

application = read_as_utf8(get_wsgi_application())
