"""Jobs in the back office: watched, stopped, tried again; what the clock does, and when."""

from django.contrib import admin
from django_tasks_db.models import DBTaskResult

from loyalty_site.jobs.admin.jobs import JobAdmin

admin.site.unregister(DBTaskResult)  # the queue's own rows say nothing that a job's page does not say better

__all__ = ["JobAdmin"]
