"""Long lists: written by a job, piece by piece, in the name and with the rights of who asked."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loyalty_site.access.actors import Actor
from loyalty_site.access.models import User
from loyalty_site.backoffice import listed
from loyalty_site.csv_rows import heading, lines_of
from loyalty_site.exporting.tables import Table
from loyalty_site.jobs import files
from loyalty_site.jobs.errors import CannotGoOn
from loyalty_site.jobs.kinds import Kind, Step, kinds
from loyalty_site.jobs.models import Job
from loyalty_site.jobs.services import enqueue
from loyalty_site.walking import following

AT_ONCE = 5_000  # rows in a step


def writing(table: Table) -> Kind:
    """The kind of job that writes the table. Its file is for those who may export the list themselves."""
    return Kind(
        f"export.{table.name.replace(' ', '_')}",
        format_lazy(gettext_lazy("Export {what}"), what=gettext_lazy(table.name)),
        partial(_write, table),
        table.permission,
        gettext_lazy("rows"),
        file_permission=table.file_permission or "{}.view_{}".format(*table.model.lower().split(".")),
    )


def begin(table: Table, query: str, *, actor: Actor, at: datetime) -> Job:
    """The job that writes what the list shows at that address; the one that does so already, where there is one."""
    kind = kinds()[writing(table).name]
    asked = {"query": query}
    same = Job.objects.filter(kind=kind.name, actor_key=actor.key, arguments=asked, state__in=Job.UNFINISHED).first()
    return same or enqueue(kind, asked, title=kind.title, actor=actor, at=at)


def _write(table: Table, job: Job, *, at: datetime) -> Step:
    """The next rows after those that are written."""
    rows = _rows(table, job)
    edge = job.checkpoint.get("edge")
    found = list(following(table.lines(rows), table.order, edge and _read(table, edge), AT_ONCE))
    text = "" if edge else heading(table.header)
    files.write(job, table.file_name, text + lines_of(table.row(line, admin.site) for line in found))
    done = job.done + len(found)
    return Step(
        done=done,
        checkpoint={"edge": [_written(value) for value in table.edge_of(found[-1])] if found else edge},
        finished=len(found) < AT_ONCE,
        total=max(done, rows.count() if job.total is None else job.total),
        outcome={"Rows": done},
    )


def _rows(table: Table, job: Job) -> QuerySet:
    """As the list shows them to who asked. Raises CannotGoOn where that is nobody who may see them any more."""
    asked_by = User.objects.filter(pk=job.actor.id, is_active=True).first()
    if asked_by is None or not table.is_for(asked_by):
        raise CannotGoOn(because=_("Who asked for it may not export this any more."))
    return listed.rows(admin.site, apps.get_model(table.model), asked_by, job.arguments["query"])


def _written(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _read(table: Table, edge: Sequence[str]) -> list[Any]:
    meta = apps.get_model(table.model)._meta
    names = [column.removeprefix("-") for column in table.order]
    fields = [meta.pk if name == "pk" else meta.get_field(name.removesuffix("_id")) for name in names]
    return [field.to_python(text) for field, text in zip(fields, edge, strict=True)]
