"""The jobs that give a batch and take it back, step by step."""

from collections import Counter
from datetime import datetime

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loyalty_site.jobs import files
from loyalty_site.jobs.errors import CannotGoOn
from loyalty_site.jobs.kinds import Kind, Step
from loyalty_site.jobs.models import Job
from loyalty_site.outbox.telling import tell_all
from offers.batch_models import GiftBatch
from offers.bulk import audience, giving
from offers.bulk.giving import Fate
from offers.events import OFFER_WITHDRAWN, withdrawn
from offers.models import CustomerOffer, Offer

IDS = "customers.txt"  # the list, an id a line
AT_ONCE = 2_000  # customers in a step: a second's work
State = GiftBatch.State


def give(job: Job, *, at: datetime) -> Step:
    """The next customers after those of the checkpoint."""
    batches = GiftBatch.objects.select_for_update(of=("self",), no_key=True)  # it is not taken back within a step
    batch = batches.select_related("offer").get(pk=job.arguments["batch"])
    if batch.state != State.GIVING:
        raise CannotGoOn(because=_("It was taken back, or has been given already."))
    if batch.offer.status != Offer.Status.ACTIVE:
        raise CannotGoOn(because=_("The offer is not switched on. Set its status to “active”, then try again."))
    people, mark = _next(job, batch)
    told = Counter(job.checkpoint.get("told", {}))
    if people:
        new = giving.give(batch, people, at=at)
        told.update({fate.value: count for fate, count in new.items()})
        GiftBatch.objects.filter(pk=batch.pk).update(given=F("given") + new[Fate.GIVEN])
    else:
        GiftBatch.objects.filter(pk=batch.pk).update(state=State.GIVEN)
    done = job.done + len(people)
    return Step(
        done=done,
        checkpoint={"mark": mark, "told": dict(told)},
        finished=not people,
        total=max(done, batch.preview["customers"]),
        outcome={fate.value: told[fate.value] for fate in Fate if told[fate.value] or fate == Fate.GIVEN},
    )


def withdraw(job: Job, *, at: datetime) -> Step:
    """Deletes the next of those that nobody has answered; an answer that comes first keeps its offer."""
    batch = GiftBatch.objects.get(pk=job.arguments["batch"])
    unanswered = CustomerOffer.objects.filter(batch=batch, state=CustomerOffer.State.NONE).order_by()
    some = list(unanswered.select_for_update()[:AT_ONCE])
    gone = unanswered.filter(pk__in=[given.pk for given in some]).delete()[0] if some else 0
    tell_all(OFFER_WITHDRAWN, lambda: [withdrawn(given, at=at) for given in some])
    stay = CustomerOffer.objects.filter(batch=batch).count() if not some else 0
    changes = {"withdrawn": F("withdrawn") + gone} if some else {"state": State.WITHDRAWN}
    GiftBatch.objects.filter(pk=batch.pk).update(**changes)
    done = job.done + gone
    return Step(
        done=done,
        finished=not some,
        total=max(done, batch.given),
        outcome={"Offers taken back": done} | ({"Answered, so they stay": stay} if not some else {}),
    )


def _next(job: Job, batch: GiftBatch) -> tuple[list, int]:
    """The next customers, and the mark after them."""
    mark = job.checkpoint.get("mark")
    if batch.segment_id or batch.level_id:
        return audience.of_crowd(batch, -1 if mark is None else mark, AT_ONCE)
    if not job.files.filter(name=IDS, is_result=False).exists():
        raise CannotGoOn(because=_("The segment or level was deleted."))
    people = audience.of_list(files.reader(job, IDS, mark or 0), AT_ONCE)
    return people, (mark or 0) + audience.LINE * len(people)


def _page(job: Job) -> tuple[str, str]:
    return _("See the batch"), reverse("admin:offers_giftbatch_change", args=[job.arguments["batch"]])


GIVE = Kind(
    "offers.give",
    gettext_lazy("Give an offer to many"),
    give,
    "offers.view_giftbatch",
    gettext_lazy("customers"),
    follow_up=_page,
)
WITHDRAW = Kind(
    "offers.withdraw",
    gettext_lazy("Take an offer back from many"),
    withdraw,
    "offers.view_giftbatch",
    gettext_lazy("offers"),
    follow_up=_page,
)
