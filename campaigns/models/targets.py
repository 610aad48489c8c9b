"""Whom a campaign is aimed at, and what it is sorted by."""

from django.db import models

from campaigns.models.campaign import Campaign


class LevelTarget(models.Model):
    """A level the campaign is aimed at. The id is kept as it was sent, whether or not such a level exists."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="level_targets")
    level_id = models.UUIDField()
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["campaign", "level_id"], name="level_once_per_campaign")]
        indexes = [models.Index(fields=["level_id", "campaign"], name="campaign_by_level")]

    def __str__(self) -> str:
        return str(self.level_id)


class SegmentTarget(models.Model):
    """A segment the campaign is aimed at. The id is kept as it was sent, whether or not such a segment exists."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="segment_targets")
    segment_id = models.UUIDField()
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["campaign", "segment_id"], name="segment_once_per_campaign")]
        indexes = [models.Index(fields=["segment_id", "campaign"], name="campaign_by_segment")]

    def __str__(self) -> str:
        return str(self.segment_id)


class Label(models.Model):
    """A key, or a key and a value, that lists can be filtered by. A key may stand several times."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="labels")
    key = models.CharField(max_length=255)
    value = models.CharField(max_length=255, null=True, blank=True)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(fields=["key", "value"], name="label_by_key_and_value")]

    def __str__(self) -> str:
        return self.key if self.value is None else f"{self.key}:{self.value}"
