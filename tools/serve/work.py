"""A worker that does jobs, as a process of its own: `manage.py work`, which ends with whoever started it."""

import os
import signal

from django.core.management import execute_from_command_line

from loyalty_site.serving.parent import end_with_parent

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # until the command takes it
    end_with_parent(signal.SIGTERM)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loyalty_site.settings")
    execute_from_command_line(["manage.py", "work"])
