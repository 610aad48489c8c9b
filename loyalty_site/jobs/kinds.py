"""The kinds of work there are. Apps describe theirs; the setting JOB_KINDS names the descriptions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from loyalty_site.jobs.models import Job

STAFF = "default"  # what somebody waits for
UPKEEP = "upkeep"  # what the schedule asks for, by night above all, and what must not wait behind an import
QUEUES = (STAFF, UPKEEP)


@dataclass(frozen=True)
class Step:
    """How far a job is after one step."""

    done: int  # of the whole job, not of this step
    checkpoint: Mapping[str, Any] = field(default_factory=dict)  # JSON; what the next step needs to go on
    finished: bool = False
    total: int | None = None  # in the same unit as `done`, as soon as it is known
    outcome: Mapping[str, Any] = field(default_factory=dict)  # label → figure or sentence; replaces the last one


@dataclass(frozen=True)
class Kind:
    """A kind of work.

    `step(job, at=…)` does the next piece, a second or two of it, and says how far the job is. It runs in a transaction
    that also keeps the checkpoint, so it must not commit, and whatever it does is undone with it. It raises
    `CannotGoOn` where there is no sense in another try.

    `follow_up(job)` may name what comes after a job that is done: a button's text and the page it leads to.

    With `alone=True` a step has no transaction around it and may be done again after a crash: for what only reads, or
    sees to its own transactions.
    """

    name: str  # as "campaigns.import_coupons"; rows keep it, so it stays
    title: str | Promise
    step: Callable[..., Step]
    permission: str  # who holds it may see such jobs, their files, and stop or retry them
    unit: str | Promise = ""  # what `done` counts: "coupons"
    queue: str = STAFF
    alone: bool = False
    retriable: bool = True
    file_permission: str = ""  # that its results need besides, as for coupon codes or personal data
    follow_up: Callable[[Job], tuple[str, str] | None] = lambda job: None


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by its name."""
    found = [import_string(path) for path in settings.JOB_KINDS]
    return {kind.name: kind for kind in found}


def kind_of(job: Job) -> Kind:
    return kinds()[job.kind]


def once(work: Callable[[datetime], Mapping[str, Any]]) -> Callable[..., Step]:
    """The step of a job that is a single one; what the work returns is the outcome."""

    def step(job: Job, *, at: datetime) -> Step:
        return Step(done=1, total=1, finished=True, outcome=work(at))

    return step
