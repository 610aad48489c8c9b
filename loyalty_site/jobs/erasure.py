"""Files about somebody who is erased, and searches for them that jobs were asked with."""

from datetime import datetime

from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from loyalty_site.access.actors import Actor
from loyalty_site.jobs.models import Job, JobFile
from loyalty_site.privacy import Erasure, Person, naming


def erase(person: Person, *, actor: Actor, at: datetime) -> None:
    """Jobs are few, and forgotten after a month: they are all looked at."""
    JobFile.objects.filter(job__object_type="customer", job__object_id=str(person.id)).delete()
    ended = Job.objects.exclude(state__in=Job.UNFINISHED).annotate(text=Cast("arguments", TextField()))
    ended.filter(naming("text", person.in_addresses | person.as_json)).update(arguments={})


def foretold(person: Person, at: datetime) -> list[str]:
    return [
        _(
            "Files of this customer's data are deleted. Files of whole lists that were exported before are deleted "
            "with their jobs after 30 days; what was taken out of the house is for you to follow up."
        )
    ]


ERASURE = Erasure(erase, foretold)
