"""The tables of crowds: a place for every customer, and who is on a level or in a segment as chunks of bits."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from customers.crowds.bits import BitsField


class Place(models.Model):
    """A customer's number among all, in the order of registration, with gaps; it never changes."""

    customer = models.OneToOneField("customers.Customer", on_delete=models.CASCADE, related_name="place")

    def __str__(self) -> str:
        return str(self.pk)


class Crowd(models.Model):
    """One chunk of a group's customers, those who were erased apart."""

    chunk = models.IntegerField()
    bits = BitsField()
    members = models.IntegerField(help_text=_("How many bits are set."))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.members} in chunk {self.chunk}"


def _constraints(group: str) -> list[Any]:
    return [
        models.UniqueConstraint(fields=[group, "chunk"], name=f"chunk_once_per_{group}"),
        models.CheckConstraint(name=f"{group}_crowd_not_negative", condition=Q(chunk__gte=0, members__gte=0)),
    ]


class LevelCrowd(Crowd):
    level = models.ForeignKey("customers.Level", on_delete=models.CASCADE, related_name="crowds", db_index=False)

    class Meta:
        constraints = _constraints("level")


class SegmentCrowd(Crowd):
    segment = models.ForeignKey("customers.Segment", on_delete=models.CASCADE, related_name="crowds", db_index=False)

    class Meta:
        constraints = _constraints("segment")
