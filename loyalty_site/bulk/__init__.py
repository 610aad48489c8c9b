"""One act on many rows of a list: what it would do is shown first, it is done in one go, and undone once.

An app describes an act (`actions.Action`), names it in the setting BULK_ACTIONS and offers it on its list
(`admin.offering.BulkAdmin`). What became of each row is kept, with what it was before, so that undoing restores
exactly those rows that nobody has changed since. Few rows are done while one waits, many by a job.
"""
