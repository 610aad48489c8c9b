"""What a worker does for the outbox: pass events on, and send what is due.

Threads send, and know no database; this one claims, prepares and keeps. So one receiver that is slow holds up its own
deliveries only, and no transaction is open while somebody else's server is waited for.
"""

import logging
from collections import Counter
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from loyalty_site.jobs.running import stopping
from loyalty_site.outages import is_outage
from loyalty_site.outbox import letters, posting, webhooks
from loyalty_site.outbox.claims import MAIL, Claim, Receiver, claim, claim_of, keep, receivers_due
from loyalty_site.outbox.models import Delivery
from loyalty_site.outbox.outcomes import Outcome
from loyalty_site.outbox.passing_on import CHUNK, pass_on

log = logging.getLogger(__name__)

HANDS = 8  # things sent at once by one worker
TO_ONE = 2  # of them to the same receiver

Errand = Callable[[], Outcome]


def deliver(at: datetime) -> bool:
    """Pass on and send what is due, until nothing is. A duty of the workers."""
    with ThreadPoolExecutor(HANDS, thread_name_prefix="outbox") as threads:
        return Courier(threads).work()


class Courier:
    """What one worker has under way."""

    def __init__(self, threads: Executor, clock: Callable[[], datetime] = timezone.now) -> None:
        self.threads, self.clock = threads, clock
        self.under_way: dict[Future[Outcome], Claim] = {}

    def work(self) -> bool:
        """Go on until there is nothing more to do now, or this process is asked to end: what is under way is kept."""
        while (not stopping.is_set() and self.begin()) or self.under_way:
            done, _ = wait(self.under_way, timeout=settings.JOB_POLL.total_seconds(), return_when=FIRST_COMPLETED)
            for future in done:
                self.finish(future)
        return False

    def begin(self) -> bool:
        """Begin as much as there is room for. Whether there may be more."""
        passed = pass_on(at=self.clock())
        begun = sum(self.begin_with(receiver) for receiver in receivers_due(at=self.clock()))
        return passed == CHUNK or begun > 0

    def begin_with(self, receiver: Receiver) -> int:
        busy = Counter(held.receiver for held in self.under_way.values())
        room = min(TO_ONE - busy[receiver], HANDS - busy.total())
        if room <= 0:
            return 0
        deliveries = claim(receiver, room, at=self.clock())
        for delivery in deliveries:
            self.under_way[self.threads.submit(self.errand(delivery))] = claim_of(delivery)
        return len(deliveries)

    def errand(self, delivery: Delivery) -> Errand:
        """What a thread has to do. All that the database knows of it is read here."""
        if delivery.subscription_id is not MAIL:
            parcel = webhooks.parcel(delivery, at=self.clock())
            return lambda: posting.post(parcel)
        try:
            mail = letters.message(delivery.event)
        except Exception as error:
            if is_outage(error):
                raise
            return _raising(error)
        return _nobody if mail is None else lambda: letters.send(mail)

    def finish(self, future: Future[Outcome]) -> None:
        held = self.under_way.pop(future)
        try:
            outcome = future.result()
        except Exception as error:
            log.exception("Delivery %s failed in an unforeseen way", held.delivery)
            outcome = Outcome(answer=f"Something unforeseen: {type(error).__name__}. The log says more.")
        if not keep(held, outcome, at=self.clock()):
            log.warning("Delivery %s was taken by another worker before its outcome was kept", held.delivery)


def _nobody() -> Outcome:
    return Outcome(skipped=True, answer="There was nobody to write to.")


def _raising(error: Exception) -> Errand:
    def errand() -> Outcome:
        raise error

    return errand
