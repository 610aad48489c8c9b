"""`manage.py rebuild_crowds`: draw who is on each level and in each segment anew."""

from django.core.management.base import BaseCommand

from customers.crowds.rebuilding import rebuild


class Command(BaseCommand):
    help = "Count the customers of levels and segments anew. Needed after customers were loaded past the product."

    def handle(self, **options: object) -> None:
        self.stdout.write(f"{rebuild()} customers were not counted before")
