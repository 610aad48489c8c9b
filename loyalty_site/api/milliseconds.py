"""Moments as partners read them: in UTC, to the millisecond. What is finer is cut off, in both forms alike."""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def written(moment: datetime) -> str:
    """`2020-05-21T03:55:46.000Z`"""
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"


def epoch(moment: datetime) -> int:
    """Milliseconds since 1970."""
    return (moment - EPOCH) // timedelta(milliseconds=1)


def moment_of(milliseconds: int) -> datetime:
    """Raises OverflowError for a moment that no calendar has."""
    return EPOCH + timedelta(milliseconds=milliseconds)
