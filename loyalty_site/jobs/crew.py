"""A process that works: a hand for each queue, a clock, and the duties that settings name, each in a thread."""

import logging
import os
import socket
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Thread

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.module_loading import import_string
from django_tasks_db.management.commands.db_worker import Worker as QueueWorker

from loyalty_site.jobs import schedule, stalled
from loyalty_site.jobs.kinds import QUEUES
from loyalty_site.jobs.models import Worker
from loyalty_site.jobs.running import stopping
from loyalty_site.outages import is_outage

log = logging.getLogger(__name__)

SIGNS_OF_LIFE = 6  # in the time after which silence means death
FORGOTTEN_AFTER = timedelta(days=1)
LONGEST_PAUSE = 5  # seconds between two tries to reach a database that is away

Duty = Callable[[datetime], bool]  # does what is due, and says whether there may be more at once


class Hand(QueueWorker):
    """Takes jobs from one queue until this process is asked to end, or until there are no more."""

    def __init__(self, queue: str, *, until_empty: bool = False) -> None:
        super().__init__(
            queue_names=[queue],
            interval=settings.JOB_POLL.total_seconds(),
            batch=until_empty,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id="",
            excluded_queue_names=[],
        )
        self.rename()

    def rename(self) -> None:
        """Go by another name, so that what was held under the old one is taken up again."""
        self.worker_id = get_random_string(32)

    @property
    def running(self) -> bool:
        return not stopping.is_set()

    @running.setter
    def running(self, value: bool) -> None:
        """The queue's own worker would be told by signals; here one event tells the whole process."""


class Crew:
    """All that one process does."""

    def __init__(self, *, until_empty: bool = False) -> None:
        self.hands = [Hand(queue, until_empty=until_empty) for queue in QUEUES]
        self.duties: list[Duty] = [import_string(path) for path in settings.WORKER_DUTIES]
        self.place = f"{socket.gethostname()}, process {os.getpid()}"

    def work(self) -> None:
        """Work until this process is asked to end."""
        self.be_seen(timezone.now())
        threads = [Thread(target=_persist, args=[self._work_of(hand), hand.rename]) for hand in self.hands]
        threads += [Thread(target=_persist, args=[_rounds_of(duty, settings.JOB_POLL)]) for duty in self.duties]
        threads += [Thread(target=_persist, args=[_rounds_of(self.clock, settings.JOB_SILENCE / SIGNS_OF_LIFE)])]
        for thread in threads:
            thread.start()
        stopping.wait()
        for thread in threads:
            thread.join()
        self.leave()

    def work_off(self) -> None:
        """Do what is due and queued by now, and end."""
        self.clock(timezone.now())
        clock = Thread(target=_persist, args=[_rounds_of(self.be_seen, settings.JOB_SILENCE / SIGNS_OF_LIFE)])
        clock.start()
        try:
            for hand in self.hands:
                hand.run()
            for duty in self.duties:
                while not stopping.is_set() and duty(timezone.now()):
                    pass
        finally:
            stopping.set()
            clock.join()
        self.leave()

    def clock(self, at: datetime) -> bool:
        """Say that this process lives; take up what the dead have left; queue what is due."""
        self.be_seen(at)
        stalled.take_up(at=at)
        schedule.enqueue_due(at=at)
        return False

    def be_seen(self, at: datetime) -> bool:
        seen = {"seen_at": at}
        for hand in self.hands:
            new = {"started_at": at, "place": self.place}
            Worker.objects.update_or_create(pk=hand.worker_id, defaults=seen, create_defaults=seen | new)
        Worker.objects.filter(seen_at__lt=at - FORGOTTEN_AFTER).delete()
        return False

    def _work_of(self, hand: Hand) -> Callable[[], None]:
        def work() -> None:
            self.be_seen(timezone.now())  # under a new name before it takes anything, or others take that from it
            hand.run()

        return work

    def leave(self) -> None:
        Worker.objects.filter(pk__in=[hand.worker_id for hand in self.hands]).delete()


def _rounds_of(duty: Duty, pause: timedelta) -> Callable[[], None]:
    def go_round() -> None:
        while not stopping.is_set():
            if not duty(timezone.now()):
                stopping.wait(pause.total_seconds())

    return go_round


def _persist(work: Callable[[], None], after_failure: Callable[[], None] = lambda: None) -> None:
    """Begin the work anew whenever it fails, until this process is asked to end: a database that is away comes back."""
    failures = 0
    while not stopping.is_set():
        try:
            work()
        except Exception as error:
            failures += 1
            _tell(error)
            after_failure()
            connection.close()
            stopping.wait(min(failures, LONGEST_PAUSE))
    connection.close()


def _tell(error: Exception) -> None:
    if is_outage(error):
        log.warning("The database does not answer (%s): trying again", type(error).__name__)
    else:
        log.exception("A part of the worker failed: it begins anew")
