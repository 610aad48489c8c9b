"""Who may see which jobs: whoever may see jobs at all, and holds the permission that the kind names."""

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet

from loyalty_site.jobs.kinds import Kind, kinds
from loyalty_site.jobs.models import Job


def may_see(user: AbstractBaseUser, kind: Kind) -> bool:
    return user.has_perm(kind.permission)


def may_take_files(user: AbstractBaseUser, kind: Kind) -> bool:
    return may_see(user, kind) and (not kind.file_permission or user.has_perm(kind.file_permission))


def kinds_seen_by(user: AbstractBaseUser) -> list[str]:
    """Names of kinds."""
    return [name for name, kind in kinds().items() if may_see(user, kind)]


def seen_by(user: AbstractBaseUser, jobs: QuerySet[Job]) -> QuerySet[Job]:
    """Those of the jobs that somebody may see; of a kind that is no more, those who may do everything."""
    return jobs if user.is_superuser else jobs.filter(kind__in=kinds_seen_by(user))
