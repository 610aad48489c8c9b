"""Long work: the queue, the kinds of jobs, and what is done by the clock."""

from datetime import timedelta

from loyalty_site.environment import number

TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default", "upkeep"],
    }
}
JOB_POLL = timedelta(seconds=1)  # between two looks at an empty queue
JOB_SILENCE = timedelta(seconds=number("LOYALTY_JOB_SILENCE_SECONDS", 30, 3, 3_600))  # then a worker counts as dead

# What each app can do as a job: descriptions by name.
JOB_KINDS: list[str] = []
# kind → "daily 02:10" in the programme's time zone, or "every 15 minutes"
JOB_SCHEDULE: dict[str, str] = {}
# What every worker sees to besides, again and again: functions of the time that say whether there is more at once.
WORKER_DUTIES: list[str] = []
