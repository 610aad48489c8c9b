#!/usr/bin/env python3
"""Django's command line: `.venv/bin/python manage.py help`."""

import os
import sys

from django.core.management import execute_from_command_line

from loyalty_site.environment import SettingRefused

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loyalty_site.settings")
    try:
        execute_from_command_line(sys.argv)
    except SettingRefused as refusal:
        sys.exit(str(refusal))
