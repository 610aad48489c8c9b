"""Lists that are taken along as tables: small ones at once, long ones by a job that leaves a file.

An app describes a list's `Table` and the kind of job that writes it (`jobs.writing`), names the kind in the setting
JOB_KINDS and lets the list's admin be an `ExportableAdmin`. What is exported is what the list's address asks for.
"""
