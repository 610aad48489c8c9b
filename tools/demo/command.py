"""`python -m tools.demo.command NAME …`: a management command on the demo's data, such as `verify_ledger`."""

import sys

from django.core.management import execute_from_command_line

from tools.demo import site

if __name__ == "__main__":
    site.set_up()
    execute_from_command_line(["manage.py", *sys.argv[1:]])
