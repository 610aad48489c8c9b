"""Long work: queued with what causes it, done in steps, taken up again where it stood, whatever dies when.

An app describes a kind of work (`kinds.Kind`: a name and a function that does one step) and names it in the setting
JOB_KINDS; a service queues it with `services.enqueue` in its own transaction; `manage.py work` does it. A step's
effects and the place where the next one goes on are committed together, so nothing is done twice.
"""
