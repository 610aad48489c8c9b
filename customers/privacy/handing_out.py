"""All that is held on one customer, written as JSON by a job: one part after the other."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from itertools import chain, islice
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.module_loading import import_string
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers import services
from customers.errors import CustomerNotFound
from customers.models import Customer
from loyalty_site.access.actors import Actor
from loyalty_site.database import unit_of_work
from loyalty_site.jobs import files
from loyalty_site.jobs.errors import CannotGoOn
from loyalty_site.jobs.kinds import Kind, Step
from loyalty_site.jobs.models import Job
from loyalty_site.jobs.services import enqueue
from loyalty_site.privacy import BATCH, Section

PERMISSION = "customers.export_held_data"


@cache
def sections() -> Sequence[Section]:
    """Of all apps, in the order of the setting."""
    return list(chain.from_iterable(import_string(name) for name in settings.CUSTOMER_DATA))


@unit_of_work
def begin(customer: Customer, *, actor: Actor, at: datetime) -> Job:
    """Queue the work. The title names nobody: jobs are remembered longer than people may be."""
    title = _("Data held on customer %(number)s") % {"number": customer.number}
    return enqueue(HAND_OUT, {"customer": str(customer.pk)}, title=title, actor=actor, at=at, about=customer)


def write(job: Job, *, at: datetime) -> Step:
    """The next part. The customer is held, so that whoever erases her finds what this step has written, and deletes it.

    Raises CannotGoOn where she was erased meanwhile.
    """
    n, parts = job.done, sections()
    customer_id = UUID(job.arguments["customer"])
    try:
        services.locked(customer_id)
    except CustomerNotFound as gone:
        raise CannotGoOn(because=_("This customer does not exist any more.")) from gone
    name = f"customer-{customer_id}.json"
    files.write(job, name, f"{'{' if n == 0 else ','}\n{json.dumps(parts[n].name)}: [")
    glue, found = "\n", parts[n].rows(customer_id)
    while rows := list(islice(found, BATCH)):
        files.write(job, name, glue + ",\n".join(map(_line, rows)))
        glue = ",\n"
    last = n + 1 == len(parts)
    files.write(job, name, "]\n}\n" if last else "]")
    return Step(done=n + 1, finished=last, total=len(parts))


def _line(row: Mapping[str, Any]) -> str:
    """With times as the programme's clocks show them: a birthday stays the same day."""
    local = {name: localtime(value) if isinstance(value, datetime) else value for name, value in row.items()}
    return json.dumps(local, cls=DjangoJSONEncoder, ensure_ascii=False)


HAND_OUT = Kind(
    "customers.hand_out",
    gettext_lazy("Write down all data held on a customer"),
    write,
    PERMISSION,
    gettext_lazy("parts"),
    file_permission=PERMISSION,
)
