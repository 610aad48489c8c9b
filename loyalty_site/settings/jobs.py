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
JOB_PAUSE_ON_SQLITE = timedelta(milliseconds=150)  # after each step, for everybody else who writes
JOB_SILENCE = timedelta(seconds=number("LOYALTY_JOB_SILENCE_SECONDS", 30, 3, 3_600))  # then a worker counts as dead

# What each app can do as a job: descriptions by name.
JOB_KINDS = [
    "loyalty_site.backoffice.verification.VERIFY",
    "loyalty_site.access.upkeep.PURGE_KEYS",
    "loyalty_site.access.upkeep.PURGE_LOG_INS",
    "loyalty_site.access.password_letters.SEND",
    "loyalty_site.jobs.upkeep.FORGET",
    "loyalty_site.bulk.jobs.DO",
    "loyalty_site.bulk.jobs.UNDO",
    "loyalty_site.bulk.upkeep.FORGET",
    "points.upkeep.EXPIRE",
    "points.upkeep.PURGE_PARTNER_DAYS",
    "points.totals.counting.COUNT",
    "points.upkeep.LAPSE_ADJUSTMENTS",
    "points.liability.measuring.MEASURE",
    "offers.upkeep.PURGE_SESSIONS",
    "offers.upkeep.FORGET_BATCHES",
    "offers.bulk.jobs.GIVE",
    "customers.admin.exports.EXPORT",
    "customers.privacy.handing_out.HAND_OUT",
    "points.admin.exports.EXPORT",
    "campaigns.admin.exports.EXPORT_PURCHASES",
    "campaigns.admin.exports.EXPORT_PURCHASES_WITH_CODES",
    "campaigns.admin.exports.EXPORT_COUPONS",
    "loyalty_site.access.admin.audit_export.EXPORT",
    "offers.bulk.jobs.WITHDRAW",
    "campaigns.upkeep.PURGE_PHOTOS",
    "campaigns.totals.counting.COUNT",
    "loyalty_site.cold.upkeep.FORGET",
    "loyalty_site.outbox.upkeep.REPLAY",
    "loyalty_site.outbox.upkeep.PURGE",
    "campaigns.batches.checking.CHECK",
    "campaigns.batches.importing.IMPORT",
    "campaigns.batches.generating.GENERATE",
    "campaigns.batches.emptying.EMPTY",
    "campaigns.batches.forgetting.FORGET_CHECKS",
]
# kind → "daily 02:10" in the programme's time zone, or "every 15 minutes"
JOB_SCHEDULE = {
    "points.expire": "daily 00:05",
    "points.purge_partner_days": "daily 01:10",
    "points.count_days": "every 60 minutes",
    "points.lapse_adjustments": "daily 01:15",
    "points.measure_outstanding": "every 60 minutes",
    "campaigns.count_days": "every 60 minutes",
    "access.purge_keys": "daily 01:20",
    "access.purge_log_ins": "daily 01:30",
    "offers.purge_sessions": "daily 01:40",
    "offers.forget_batches": "daily 01:45",
    "campaigns.purge_photos": "daily 01:50",
    "jobs.forget": "daily 02:00",
    "campaigns.forget_checks": "daily 02:10",
    "bulk.forget": "daily 02:20",
    "cold.forget": "daily 02:05",
    "outbox.purge": "daily 02:15",
    "ledger.verify": "daily 03:30",
}
# What every worker sees to besides, again and again: functions of the time that say whether there is more at once.
WORKER_DUTIES = [
    "loyalty_site.cold.services.do_next",
    "loyalty_site.outbox.courier.deliver",
    "campaigns.stock_watch.look",
]
# Calls of partners that may be done later: action → what does it.
COLD_ACTIONS = {"create-offer": "offers.cold.give", "assign-points": "points.cold.add"}
